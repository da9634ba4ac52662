"""What is offered while one types a person, a place, a unit or a department: one list for all.

A field says which list it belongs to (`Text.suggest`); what is written in any of them is offered
in all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property

from models.ledger.ledger import Ledger
from models.ledger.same_person import standing
from models.ledger.search import Initials
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Text
from models.records.person import Person, told_apart
from models.records.record import Record, fields_of

LOOKED_BACK, MOST_WORDS, MOST_OFFERED = 2_000, 10_000, 30


class Offers:
    """Words to choose from, found by any part of them or by 拼音首字母; read when first asked."""

    def __init__(self, read: Callable[[], Iterable[str]], initials: Initials | None) -> None:
        self._read, self._initials = read, initials

    @cached_property
    def words(self) -> list[str]:
        """All of them, each once, in their order."""
        return list(dict.fromkeys(filter(None, self._read())))

    @cached_property
    def _spelled(self) -> list[tuple[str, str, str]]:
        """Each word with how it is compared: in small letters, and by its initials."""
        initials = self._initials
        of = initials.of if initials else lambda _word: ""
        return [(word, word.lower(), of(word).replace(" ", "")) for word in self.words]

    def prepare(self) -> None:
        """Read and spell them now, before the first key asks."""
        _ = self._spelled

    def matching(self, typed: str, most: int = MOST_OFFERED) -> list[str]:
        """Those that have it, what begins with it first; none where only what was typed is left."""
        sought = typed.strip().lower()
        first, other = [], []
        for word, small, spelled in self._spelled:
            if small.startswith(sought) or spelled.startswith(sought):
                first.append(word)
            elif sought in small or sought in spelled:
                other.append(word)
        found = [*first, *other][:most]
        return [] if found == [typed.strip()] else found


def offers(ledger: Ledger, kind: str) -> Offers:
    """What to offer in a field of this kind."""
    return Offers(lambda: words_of(ledger, kind), ledger.initials)


def words_of(ledger: Ledger, kind: str) -> list[str]:
    """The people in service, namesakes told apart; then what was written lately, most often first.

    A name that two people bear is not offered bare: it would not say who is meant.
    """
    people = _people(ledger) if kind == "person" else []
    called = told_apart(people)
    unclear = {person.name for person in people} - {*called.values()}
    written = (word for word, _count in written_words(ledger, kind))
    return [*called.values(), *(word for word in written if word not in unclear)]


def _people(ledger: Ledger) -> list[Person]:
    """The people in service with no more than their names ask for: thousands, at a key's stroke."""
    rows = ledger.rows(
        "SELECT id, name, department, post FROM person WHERE unit = ? AND deleted = 0"
        " AND ifnull(state, '') <> 'left' ORDER BY no",
        (ledger.unit,),
    )
    stands = standing(ledger)
    return [
        Person(id=one, name=name, department=department, post=post)
        for one, name, department, post in rows
        if one not in stands
    ]


def tables_of(kind: str) -> set[str]:
    """The types of record that change what is offered in a field of this kind."""
    own = {record.table for record, _name in fields_that_suggest(kind)}
    return own | {Person.table, "exchange"}


def written_words(ledger: Ledger, kind: str) -> list[tuple[str, int]]:
    """(word, how often) of the newest LOOKED_BACK of the unit's records, most often first."""
    parts = [
        f"SELECT word FROM (SELECT {name} AS word FROM {record.table}"
        f" WHERE unit = :unit AND deleted = 0 ORDER BY no DESC LIMIT :most)"
        for record, name in fields_that_suggest(kind)
    ]
    rows: Sequence[tuple[str, int]] = ledger.rows(
        f"SELECT word, count(*) FROM ({' UNION ALL '.join(parts)})"
        f" WHERE typeof(word) = 'text' GROUP BY word ORDER BY count(*) DESC, word"
        f" LIMIT {MOST_WORDS}",
        {"unit": ledger.unit, "most": LOOKED_BACK},
    )
    return [(word, count) for word, count in rows]


@cache
def fields_that_suggest(kind: str) -> list[tuple[type[Record], str]]:
    """The fields, of whatever record type, that share the list of this kind."""
    return [
        (record, name)
        for record in RECORD_TYPES.values()
        for name, field in fields_of(record).items()
        if isinstance(field, Text) and field.suggest == kind
    ]
