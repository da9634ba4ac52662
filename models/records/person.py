"""A person of the unit: one list for all three kinds of work, with the least personal data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from unicodedata import normalize

from models.records.fields import Choice, Flags, Link, Number, Text
from models.records.quotas import QUOTAS
from models.records.record import Record, answer, numbered

ROLES = {
    "safety": "安全员",
    "head": "校长",
    "inspector": "检查人",
    "trainee": "培训学员",
}
MOST_NAMES = 3  # that one sentence tells


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Somebody who checks, rectifies, signs or is trained. ID numbers are not asked for.

    Somebody who was entered twice is not deleted: `same_as` names the one who stands for both, so
    whatever points to either stays true, and it can be taken back.
    """

    table: ClassVar[str] = "person"
    title: ClassVar[str] = "人员"

    name: str | None = answer(Text(label="姓名", required=True, longest=30))
    post: str | None = answer(Text(label="职务", longest=30))
    department: str | None = answer(Text(label="部门", longest=30, suggest="department"))
    roles: frozenset[str] | None = answer(Flags(label="身份", options=ROLES))
    state: str | None = answer(Choice(label="状态", options={"active": "在岗", "left": "已离岗"}))
    quota: str | None = answer(
        Choice(label="学时要求", options={quota.id: quota.name for quota in QUOTAS.values()})
    )
    quota_from: int | None = answer(
        Number(label="学时起算年份", unit="年", low=2000, high=2100, help="5年一个周期的从哪年算起")
    )
    same_as: str | None = answer(Link(label="并入", to="person", hidden=True))


@dataclass(frozen=True, kw_only=True)
class Namesakes(Record):
    """Two people who are alike by name and are not the same; `one` has the smaller id."""

    table: ClassVar[str] = "namesakes"
    title: ClassVar[str] = "同名不同人"
    key: ClassVar[tuple[str, ...]] = ("one", "other")

    one: str | None = answer(Link(label="人员", to="person", required=True))
    other: str | None = answer(Link(label="另一人", to="person", required=True))


def standing_of(links: Mapping[str, str]) -> dict[str, str]:
    """Who stands for whom, of {person: same_as}: the end of each chain of links.

    Two PCs may each merge the other's way round. In such a ring the smallest id stands, so every
    PC says the same, in whatever order it heard. Who stands for themselves is not in the answer.
    """
    ends: dict[str, str] = {}
    for start in links:
        path: list[str] = []
        met: set[str] = set()
        at = start
        while at in links and at not in ends and at not in met:
            path.append(at)
            met.add(at)
            at = links[at]
        end = min(path[path.index(at) :]) if at in met else ends.get(at, at)
        ends.update(dict.fromkeys(path, end))
    return {person: end for person, end in ends.items() if person != end}


def bare_name(name: str | None) -> str:
    """A name without blanks and full-width forms: 张　伟 is 张伟."""
    return "".join(normalize("NFKC", name or "").split()).lower()


def told_apart(people: Sequence[Person]) -> dict[str, str]:
    """What each is called where a name must be enough: 张伟（教务处）, by id.

    Only namesakes get their department or post; where even those are alike, a number.
    """
    bare = [bare_name(person.name) for person in people]
    bearers = Counter(bare)
    called = {
        person.id: person.name or "" if bearers[name] == 1 else _with_post(person)
        for person, name in zip(people, bare, strict=True)
    }
    return numbered(called)


def some_names(names: Sequence[str]) -> str:
    """Names in a sentence, the first MOST_NAMES of them: 甲、乙、丙等 5 人."""
    more = f"等 {len(names)} 人" if len(names) > MOST_NAMES else ""
    return "、".join(names[:MOST_NAMES]) + more


def _with_post(person: Person) -> str:
    more = "，".join(filter(None, (person.department, person.post)))
    return f"{person.name}（{more}）" if more else person.name or ""


def with_merged(person: Person, others: Iterable[Person]) -> Person:
    """The person as they stand for these others too: with their roles, and what was not known."""
    others = sorted(others, key=lambda other: other.id)
    roles = frozenset().union(*(one.roles or () for one in (person, *others)))
    posts = filter(None, (one.post for one in (person, *others)))
    departments = filter(None, (one.department for one in (person, *others)))
    return replace(
        person,
        roles=roles or None,
        post=next(posts, None),
        department=next(departments, None),
    )
