"""The places and units of all modules as one list, and one word put in the place of others.

A place is no record of its own: it is what people wrote. So renaming is an ordinary edit of each
record that says it, in one transaction, and taking it back is another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.ledger.suggestions import fields_that_suggest
from models.records.record import Record, fields_of, problems_of

KINDS = {"place": "地点", "unit": "单位"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how many records say it; {title of the record: count}."""

    text: str
    used: Mapping[str, int]

    @property
    def count(self) -> int:
        """In how many records it stands."""
        return sum(self.used.values())


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a renaming changed: (the record's type, its id, the field, the former words)."""

    to: str
    changed: Sequence[tuple[type[Record], str, str, str]]
    left: int = 0  # records that could not be saved for another reason, and stay as they are


def words_in_use(ledger: Ledger, kind: str) -> list[Word]:
    """The words of a kind, the most used first."""
    used: dict[str, dict[str, int]] = {}
    for record, name in fields_that_suggest(kind):
        rows = ledger.rows(
            f"SELECT {name}, count(*) FROM {record.table} WHERE unit = ? AND deleted = 0"
            f" AND typeof({name}) = 'text' GROUP BY {name}",
            (ledger.unit,),
        )
        for word, count in rows:
            titles = used.setdefault(word, {})
            titles[record.title] = titles.get(record.title, 0) + count
    words = [Word(text, titles) for text, titles in used.items()]
    return sorted(words, key=lambda word: (-word.count, word.text))


def rename(ledger: Ledger, kind: str, former: Sequence[str], to: str) -> Renamed:
    """Write `to` wherever one of these words stands, all or nothing.

    Raises the Problem of a word that a field cannot hold.
    """
    for record, name in fields_that_suggest(kind):
        fields_of(record)[name].check(to)
    changed, left = [], 0
    with ledger.transaction():
        for said, name in _saying(ledger, kind, [word for word in former if word != to]):
            if _put(ledger, said, name, to):
                changed.append((type(said), said.id, name, str(getattr(said, name))))
            else:
                left += 1
    return Renamed(to, changed, left)


def take_back(ledger: Ledger, renamed: Renamed) -> int:
    """Put the former words back, but where somebody wrote something else since; how many."""
    count = 0
    with ledger.transaction():
        for kind, record, name, former in renamed.changed:
            known = ledger.get(kind, record)
            if known is not None and getattr(known, name) == renamed.to:
                count += _put(ledger, known, name, former)
    return count


def _put(ledger: Ledger, record: Record, name: str, word: str) -> bool:
    """Save the record with this word; not where it was imported with answers we do not accept."""
    changed = replace(record, **{name: word})
    if problems_of(changed):
        return False
    ledger.save(changed, record)
    return True


def _saying(ledger: Ledger, kind: str, words: Sequence[str]) -> Iterator[tuple[Record, str]]:
    for record, name in fields_that_suggest(kind):
        with ledger.reading() as db:
            found = read(
                db,
                record,
                f"WHERE t.unit = ? AND t.deleted = 0 AND t.{name} IN"
                " (SELECT value FROM json_each(?)) ORDER BY t.no",
                (ledger.unit, pack([*words])),
            )
        for one in found:
            yield one, name
