"""The people of the unit: looked up by name or initials, and taken in from a pasted list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.ledger.ledger import Ledger
from models.ledger.search import hits
from models.problems import Problem
from models.records.person import Person
from models.records.reading import tidy
from models.records.record import problems_of

MOST_PEOPLE = 10_000
HEADINGS = {"姓名": "name", "名字": "name", "职务": "post", "岗位": "post", "部门": "department"}
_ORDER = ("name", "post", "department")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from a list: the people, and the problem of each line that gave none."""

    people: Sequence[Person]
    problems: Mapping[int, Problem]


def people(ledger: Ledger, words: str = "") -> list[Person]:
    """The people of this unit, of those whom the words find, in the order of their entry."""
    everybody = ledger.all(Person, unit=ledger.unit)
    if not words.strip():
        return everybody
    with ledger.transaction() as db:
        listed = ", ".join(map(str, hits(db, "person", words, MOST_PEOPLE)))
    found = {row[0] for row in ledger.rows(f"SELECT id FROM person WHERE no IN ({listed})")}
    return [person for person in everybody if person.id in found]


def read_people(text: str) -> Pasted:
    """Read a list copied from Excel or Word: 姓名, 职务, 部门 with tabs between, a person a line.

    A heading line tells another order; a leading column of serial numbers is skipped.
    """
    found: dict[tuple[str | None, ...], Person] = {}
    problems: dict[int, Problem] = {}
    order: Sequence[str] = _ORDER
    for number, line in enumerate(text.splitlines(), 1):
        cells = [tidy(cell) for cell in line.split("\t")]
        if "姓名" in cells or "名字" in cells:
            order = [HEADINGS.get(cell, "") for cell in cells]
        elif any(cells):
            if order is _ORDER and cells[0].isdecimal():
                cells = cells[1:]
            person = _person(dict(zip(order, cells, strict=False)))
            if wrong := problems_of(person):
                problems[number] = next(iter(wrong.values()))
            found.setdefault((person.name, person.post, person.department), person)
    good = [person for person in found.values() if not problems_of(person)]
    return Pasted(good, problems)


def _person(cells: Mapping[str, str]) -> Person:
    return Person(
        name=_close_up(cells.get("name", "")) or None,
        post=cells.get("post") or None,
        department=cells.get("department") or None,
        state="active",
    )


def _close_up(name: str) -> str:
    """李　伟 is 李伟: lists pad short names with spaces; names in letters keep theirs."""
    return name if re.search("[A-Za-z]", name) else "".join(name.split())


def take_in(ledger: Ledger, newcomers: Sequence[Person], roles: frozenset[str]) -> tuple[int, int]:
    """Save a pasted list in one transaction; tell how many are new, and how many were here.

    Who is here already is not entered twice, but is given the roles.
    """
    here = people(ledger)
    new = 0
    with ledger.transaction():
        for person in newcomers:
            known = next((p for p in here if _same(p, person)), None)
            if known is None:
                ledger.save(replace(person, roles=roles))
                new += 1
            else:
                ledger.save(replace(known, roles=(known.roles or frozenset()) | roles), known)
    return new, len(newcomers) - new


def _same(known: Person, pasted: Person) -> bool:
    """A bare name means whoever bears it; a post or department that differs means another."""
    return known.name == pasted.name and all(
        mine in (None, theirs)
        for mine, theirs in (
            (pasted.post, known.post),
            (pasted.department, known.department),
        )
    )
