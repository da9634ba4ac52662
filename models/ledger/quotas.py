"""How far everybody is with the hours that bind them, and who is short before the period ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from models.ledger.ledger import Ledger
from models.ledger.training import marks_of, roster, sessions
from models.records.person import Person, some_names
from models.records.quotas import QUOTAS, Quota
from models.records.training import MODULES, PersonTotal

WARNED_FROM = 10  # the month of a period's last year from which who is short is told of


@dataclass(frozen=True)  # without slots: the hours are added up once
class Standing:
    """A person against the quota that binds them: the period, its years so far, the rest."""

    person: Person
    quota: Quota
    first: int
    last: int
    years: Sequence[PersonTotal] = ()

    @cached_property
    def hours(self) -> Decimal:
        """The hours of the period."""
        return sum((year.total for year in self.years), Decimal("0.00"))

    @property
    def missing(self) -> Decimal:
        """The hours that are still to come."""
        return self.quota.missing(self.hours)

    @property
    def ends(self) -> int | None:
        """The year in which the period ends; None where nobody said when it began, or where the
        counting begins after it."""
        since = self.person.quota_from
        return self.last if self.quota.years == 1 or (since and since <= self.last) else None

    def words(self) -> str:
        """For a cell: 已达标, or what is missing; of advice it is said that it is some."""
        words = f"还差 {self.missing}" if self.missing else "已达标"
        return words if self.quota.confirmed else f"建议：{words}"

    def basis(self) -> str:
        """The quota, the period and the source."""
        period = f"{self.first}年" if self.first == self.last else f"{self.first}—{self.last}年"
        lines = [self.quota.name, f"{period}已有 {self.hours} 学时", *self._modules()]
        lines.append(self.quota.basis)
        if self.ends is None:
            since = self.person.quota_from
            lines.append(f"从{since}年起算" if since else "没有填写起算年份，按最近几年计算")
        return "\n".join(lines)

    def _modules(self) -> Iterator[str]:
        for module, word in MODULES.items():
            if hours := sum(year.hours_of(module) for year in self.years):
                yield f"　{word} {hours}"


def standings(ledger: Ledger, year: int) -> dict[str, Standing]:
    """Every trainee with a quota, by the person's id, for the period that `year` belongs to."""
    bound = [(p, QUOTAS[p.quota]) for p in roster(ledger) if p.quota in QUOTAS]
    spans = {person.id: quota.span(year, person.quota_from) for person, quota in bound}
    years = {y for first, last in spans.values() for y in range(first, last + 1)}
    marked = marks_of(ledger, [one for one in sessions(ledger) if years.intersection(one.years)])
    found = {}
    for person, quota in bound:
        first, last = spans[person.id]
        marks = marked.get(person.id, ())
        own = [
            PersonTotal(person, [(held, mark) for held, mark in marks if y in held.years], y)
            for y in range(first, last + 1)
        ]
        found[person.id] = Standing(person, quota, first, last, own)
    return found


def bind(ledger: Ledger, quota: str) -> int:
    """Let this quota bind every trainee who has none; tells how many they were."""
    free = [person for person in roster(ledger) if not person.quota]
    with ledger.transaction():
        for person in free:
            ledger.save(replace(person, quota=quota), person)
    return len(free)


def short(ledger: Ledger, today: date) -> list[Standing]:
    """Who is short in the last months of their period, the most hours missing first."""
    if today.month < WARNED_FROM:
        return []
    late = [s for s in standings(ledger, today.year).values() if s.missing and s.ends == today.year]
    return sorted(late, key=lambda standing: -standing.missing)


def short_words(found: Sequence[Standing], today: date) -> str:
    """Who is short and by how much, in a sentence."""
    whom = some_names([f"{one.person.name}（差 {one.missing}）" for one in found])
    days = (date(today.year, 12, 31) - today).days
    aim = "要求" if all(standing.quota.confirmed for standing in found) else "要求或建议值"
    return f"离年底还有 {days} 天，{whom}的学时还没有达到{aim}。"
