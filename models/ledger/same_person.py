"""Who was entered twice: one stands for both, two who are not the same are told apart for good.

Whatever points to a person keeps pointing there; whoever reads it asks `standing` whom it counts
for. So a merge is one edit of one field, on whatever PC, and undoing it is another.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.problems import Problem
from models.records.person import Namesakes, Person, bare_name, standing_of, told_apart, with_merged

MOST_PAIRS = 50
_LINKS = (
    "SELECT p.id, p.same_as FROM person p JOIN person k ON k.id = p.same_as AND k.unit = p.unit"
    " WHERE p.same_as IS NOT NULL AND NOT p.deleted AND NOT k.deleted"
)


def standing(ledger: Ledger) -> dict[str, str]:
    """Who stands for those that were merged: their ids → the id of whoever was kept."""
    return standing_of(dict(ledger.rows(_LINKS)))


def standing_person(ledger: Ledger, person: str) -> Person | None:
    """Whoever stands for this person: mostly they themselves; None where they are not here."""
    found = ledger.get(Person, standing(ledger).get(person, person))
    return found and with_merged(found, merged_into(ledger, found))


def standing_people(ledger: Ledger) -> list[Person]:
    """The people of this unit in the order of their entry, each of them once."""
    everybody = ledger.all(Person, unit=ledger.unit)
    stands = standing(ledger)
    others: dict[str, list[Person]] = {}
    for person in everybody:
        if person.id in stands:
            others.setdefault(stands[person.id], []).append(person)
    return [
        with_merged(person, others[person.id]) if person.id in others else person
        for person in everybody
        if person.id not in stands
    ]


def in_service(ledger: Ledger) -> list[Person]:
    """Those of them who have not left."""
    return [person for person in standing_people(ledger) if person.state != "left"]


def person_choices(ledger: Ledger) -> dict[str, str]:
    """Whom one may choose: id → what they are called, trainees first, who has left last."""
    everybody = sorted(
        standing_people(ledger),
        key=lambda one: (one.state == "left", "trainee" not in (one.roles or ())),
    )
    return told_apart(everybody)


def called_people(ledger: Ledger) -> dict[str, str]:
    """The same, and who was merged like whoever stands for them: so a link to them reads well."""
    called = person_choices(ledger)
    merged = {gone: called[end] for gone, end in standing(ledger).items() if end in called}
    return called | merged


def person_called(ledger: Ledger, words: str) -> Person | None:
    """Who in service is called so; of namesakes whoever the words name, or else the first."""
    people = in_service(ledger)
    called = told_apart(people)
    exact = (person for person in people if called[person.id] == words)
    return next(exact, None) or next((p for p in people if p.name == words), None)


def merged_into(ledger: Ledger, kept: Person) -> list[Person]:
    """Those whom this person stands for, as they were entered."""
    gone = [person for person, end in standing(ledger).items() if end == kept.id]
    found = (ledger.get(Person, person) for person in sorted(gone))
    return [person for person in found if person is not None]


def everyone_of(ledger: Ledger, kept: str) -> list[str]:
    """The ids under which this person was entered, their own first."""
    return [kept, *sorted(person for person, end in standing(ledger).items() if end == kept)]


def merge(ledger: Ledger, gone: Person, kept: Person) -> None:
    """Let `kept` stand for `gone` too. Raises the Problem of two who are one already."""
    with ledger.transaction():
        stands = standing(ledger)
        ends = [stands.get(person.id, person.id) for person in (gone, kept)]
        if ends[0] == ends[1]:
            raise Problem("这两条记录已经是同一个人，不用再合并。")
        _point(ledger, ends[0], ends[1])


def part(ledger: Ledger, gone: Person) -> None:
    """Take a merge back: `gone` stands for themselves again, with whoever was merged into them.

    In a ring that two PCs made, the one who stands points back, and must let go as well.
    """
    with ledger.transaction():
        kept = standing(ledger).get(gone.id)
        _point(ledger, gone.id, None)
        if kept is not None:
            _point(ledger, kept, None)


def _point(ledger: Ledger, person: str, to: str | None) -> None:
    known = ledger.get(Person, person)
    if known is not None:
        ledger.save(replace(known, same_as=to), known)


# ---- who may be the same -------------------------------------------------------------------------


def likely_pairs(ledger: Ledger) -> list[tuple[Person, Person]]:
    """People who may be the same: alike by name, of one department first; at most MOST_PAIRS.

    Those of whom somebody said that they are two are not asked about again.
    """
    apart = {(one.one, one.other) for one in ledger.all(Namesakes, unit=ledger.unit)}
    pairs = (pair for pair in _alike(standing_people(ledger)) if _key(*pair) not in apart)
    found = list(islice(pairs, MOST_PAIRS))
    return sorted(found, key=lambda pair: pair[0].department != pair[1].department)


def _alike(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    named: dict[str, list[Person]] = {}
    for person in people:
        named.setdefault(bare_name(person.name), []).append(person)
    for namesakes in named.values():
        yield from combinations(namesakes, 2)


def keep_apart(ledger: Ledger, first: Person, second: Person) -> Namesakes:
    """Say that two are not the same: they are not asked about any more."""
    one, other = _key(first, second)
    saying = Namesakes(unit=ledger.unit, one=one, other=other)
    known = ledger.find(Namesakes, natural_id(ledger.unit, Namesakes.table, (one, other)))
    with ledger.transaction():
        saved = known or ledger.save(saying)
        ledger.restore(saved)  # it may have been taken back before; else this does nothing
    return saved


def _key(first: Person, second: Person) -> tuple[str, str]:
    one, other = sorted((first.id, second.id))
    return one, other
