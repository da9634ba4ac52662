"""What a merge of two people would bring together, before anybody merges them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.same_person import everyone_of
from models.ledger.suggestions import fields_that_suggest
from models.ledger.training import attended, sessions
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link
from models.records.person import Namesakes, Person
from models.records.record import fields_of
from models.records.training import PersonTotal

_WITHIN = "IN (SELECT value FROM json_each(?)) AND NOT deleted"


@dataclass(frozen=True, slots=True)
class Belongings:
    """What points to a person, and where their name is written; {title of the record: count}.

    `hours` are their credit hours of all years, a session of both names once.
    """

    linked: Mapping[str, int]
    written: Mapping[str, int]
    hours: Decimal


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What each of two has, what both would have, and what stands twice and will count once."""

    gone: Belongings
    kept: Belongings
    together: Belongings
    twice: Mapping[str, int]


def preview(ledger: Ledger, gone: Person, kept: Person) -> MergePreview:
    """What merging these two would mean."""
    mine, other = everyone_of(ledger, gone.id), everyone_of(ledger, kept.id)
    names = [person.name or "" for person in (gone, kept)]
    return MergePreview(
        _belongings(ledger, mine, names[:1]),
        _belongings(ledger, other, names[1:]),
        _belongings(ledger, [*mine, *other], names),
        _twice(ledger, [*mine, *other]),
    )


def _belongings(ledger: Ledger, people: Sequence[str], names: Sequence[str]) -> Belongings:
    linked = {RECORD_TYPES[table].title: 0 for table, _name in _links()}
    twice = _twice(ledger, people)
    for table, name in _links():
        rows = ledger.rows(
            f"SELECT count(*) FROM {table} WHERE {name} {_WITHIN}", (pack([*people]),)
        )
        title = RECORD_TYPES[table].title
        linked[title] += rows[0][0] - twice.get(title, 0)
    written: dict[str, int] = {}
    for kind, name in fields_that_suggest("person"):
        sql = f"SELECT count(*) FROM {kind.table} WHERE {name} {_WITHIN} AND unit = ?"
        count = ledger.rows(sql, (pack([*names]), ledger.unit))[0][0]
        written[kind.title] = written.get(kind.title, 0) + count
    hours = PersonTotal(Person(), attended(ledger, people, sessions(ledger))).total
    return Belongings(_some(linked), _some(written), hours)


def _twice(ledger: Ledger, people: Sequence[str]) -> dict[str, int]:
    """How many records of one key, such as a session's mark, stand once too often."""
    found = {}
    for table, name in _links():
        key = RECORD_TYPES[table].key
        if name not in key:
            continue
        rest = ", ".join(field for field in key if field != name)
        count = ledger.rows(
            f"SELECT ifnull(sum(n - 1), 0) FROM (SELECT count(*) n FROM {table}"
            f" WHERE {name} {_WITHIN} GROUP BY {rest})",
            (pack([*people]),),
        )
        found[RECORD_TYPES[table].title] = count[0][0]
    return _some(found)


def _links() -> list[tuple[str, str]]:
    """(table, field) of everything that points to a person."""
    return [
        (table, name)
        for table, kind in RECORD_TYPES.items()
        for name, field in fields_of(kind).items()
        if isinstance(field, Link) and field.to == Person.table
        if table not in (Person.table, Namesakes.table)
    ]


def _some(counted: Mapping[str, int]) -> dict[str, int]:
    return {title: count for title, count in counted.items() if count}
