"""The people of the unit: looked up by name or initials, and taken in from a pasted list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from models.ledger.ledger import Ledger
from models.ledger.same_person import standing, standing_people
from models.problems import Problem
from models.records.person import Person
from models.records.reading import tidy
from models.records.record import problems_of

MOST_PEOPLE = 10_000
HEADINGS = {"姓名": "name", "名字": "name", "职务": "post", "岗位": "post", "部门": "department"}
_ORDER = ("name", "post", "department")
# A serial number before a name: 1, 1. or 1、
_NUMBERED = re.compile(r"^\d+\s*[.、．]?\s*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from a list: the people, and the problem of each line that gave none."""

    people: Sequence[Person]
    problems: Mapping[int, Problem]


class Taken(NamedTuple):
    """How many of a list are new, how many were here, and how many of those came back."""

    new: int
    known: int
    returned: int

    def words(self) -> str:
        """What became of the list, in a sentence."""
        words = f"已添加 {self.new} 人。"
        if self.known:
            words += f"另有 {self.known} 人原来就在名单里，只补上了身份，没有重复添加。"
        if self.returned:
            words += f"其中 {self.returned} 人原来已离岗，现在改回了在岗。"
        return words


def people(ledger: Ledger, words: str = "") -> list[Person]:
    """The people of this unit, of those whom the words find, in the order of their entry.

    Who was merged into another is found as that other one.
    """
    everybody = standing_people(ledger)
    if not words.strip():
        return everybody
    listed = ", ".join(map(str, ledger.hits("person", words, MOST_PEOPLE)))
    stands = standing(ledger)
    hits = ledger.rows(f"SELECT id FROM person WHERE no IN ({listed})")
    found = {stands.get(row[0], row[0]) for row in hits}
    return [person for person in everybody if person.id in found]


def read_people(text: str) -> Pasted:
    """Read a list copied from Excel or Word: 姓名, 职务, 部门 with tabs between, a person a line.

    A heading line tells another order; a leading column of serial numbers is skipped.
    """
    found: dict[tuple[str | None, ...], Person] = {}
    problems: dict[int, Problem] = {}
    order: Sequence[str] = _ORDER
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        headings = ["".join(cell.split()) for cell in cells]
        if "姓名" in headings or "名字" in headings:
            order = [HEADINGS.get(heading, "") for heading in headings]
        elif any(cells):
            cells = _without_number(cells, order)
            person = _person(dict(zip(order, cells, strict=False)))
            wrong = problems_of(person) or _doubts(person.name or "")
            if wrong:
                problems[number] = next(iter(wrong.values()))
            else:
                found.setdefault((person.name, person.post, person.department), person)
    return Pasted(list(found.values()), problems)


def _cells(line: str) -> list[str]:
    """The cells of a line; words with blanks between them are cells too, a padded name is not."""
    parts = tidy(line).split()
    words = "\t" not in line and all(len(part) > 1 for part in parts)
    if words and len(parts) > 1 and not re.search("[A-Za-z]", parts[0]):
        return parts
    return [tidy(cell) for cell in line.split("\t")]


def _without_number(cells: list[str], order: Sequence[str]) -> list[str]:
    """The cells without a serial number: 1⇥张三, 1.⇥张三, 1、张三."""
    at = order.index("name") if "name" in order else 0
    if at >= len(cells):
        return cells
    bare = _NUMBERED.sub("", cells[at])
    if bare == cells[at]:
        return cells
    return [*cells[:at], bare, *cells[at + 1 :]] if bare else [*cells[:at], *cells[at + 1 :]]


def _doubts(name: str) -> dict[str, Problem]:
    """What looks like no name of one person."""
    if re.search(r"[、，,;；:：/]", name):
        return {"name": Problem(f"“{name}”不像一个人的姓名。请一行只写一个人。")}
    if not any(char.isalpha() for char in name):
        return {"name": Problem(f"“{name}”里没有字，不像姓名，请检查。")}
    return {}


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


def take_in(ledger: Ledger, newcomers: Sequence[Person], roles: frozenset[str]) -> Taken:
    """Save a pasted list in one transaction, and tell what became of it.

    Who is here already is not entered twice, but is given the roles; who had left is back.
    """
    here = {person.id: person for person in people(ledger)}
    stands = standing(ledger)
    named: dict[str | None, list[Person]] = {}
    for known in [*here.values(), *ledger.all(Person, unit=ledger.unit)]:
        named.setdefault(known.name, []).append(known)
    new, returned = 0, set()
    with ledger.transaction():
        for person in newcomers:
            bearers = named.get(person.name, ())
            meant = next((p.id for p in bearers if same(p, person)), None)
            if meant is None:
                ledger.save(replace(person, roles=roles))
                new += 1
                continue
            known = here[stands.get(meant, meant)]
            if known.state == "left":
                returned.add(known.id)
            both = (known.roles or frozenset()) | roles
            ledger.save(replace(known, roles=both, state="active"), known)
    return Taken(new, len(newcomers) - new, len(returned))


def same(known: Person, pasted: Person) -> bool:
    """A bare name means whoever bears it; a post or department that differs means another."""
    return known.name == pasted.name and all(
        mine in (None, theirs)
        for mine, theirs in (
            (pasted.post, known.post),
            (pasted.department, known.department),
        )
    )
