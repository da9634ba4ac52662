"""Registers as people look them up, and the findings that point to a risk point."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from models.ledger.findings import FindingRow, page
from models.ledger.ledger import Ledger
from models.ledger.search import Initials, says
from models.records.drill import Drill, SafetyLesson
from models.records.finding import CATEGORIES
from models.records.record import Record, show_answer
from models.records.risk import COLOURS, Duty, RiskPoint
from models.records.task import Task

R = TypeVar("R", bound=Record)
SEARCHED: dict[str, tuple[str, ...]] = {
    RiskPoint.table: ("name", "place", "category", "accident", "department", "responsible"),
    Duty.table: ("post", "person", "duties"),
    Drill.table: ("topic", "kind", "place", "commander"),
    Task.table: ("name", "kind", "area", "person", "state"),
    SafetyLesson.table: ("topic", "form", "category", "audience", "teacher"),
}
MOST_FINDINGS = 200


class Pointed(NamedTuple):
    """How many findings point to a risk point, and how many of them are not closed."""

    total: int
    open: int


def find_records(ledger: Ledger, kind: type[R], initials: Initials, words: str = "") -> list[R]:
    """The records of this unit that the words find, in the order of their entry."""
    everything = ledger.all(kind, unit=ledger.unit)
    if not words.strip():
        return everything
    return [one for one in everything if says(initials, _searched(one), words)]


def _searched(record: Record) -> str:
    return "\n".join(show_answer(record, name) for name in SEARCHED[record.table])


def choices(ledger: Ledger) -> dict[str, str]:
    """The risk points a finding may point to: id → words, no two alike."""
    found: dict[str, str] = {}
    met: Counter[str] = Counter()
    for point in by_category(ledger.all(RiskPoint, unit=ledger.unit)):
        words = " · ".join(filter(None, (point.name, point.place)))
        met[words] += 1
        found[point.id] = words if met[words] == 1 else f"{words}（第 {met[words]} 个）"
    return found


def by_category(points: Sequence[RiskPoint]) -> list[RiskPoint]:
    """In the order of the categories, within one the gravest colour first."""
    return sorted(points, key=lambda p: (_at(CATEGORIES, p.category), _at(COLOURS, p.colour)))


def _at(known: Mapping[str, str], code: str | None) -> int:
    """The place of a code among those known; one of a newer program stands last."""
    return next((at for at, one in enumerate(known) if one == code), len(known))


def pointed_at(ledger: Ledger) -> dict[str, Pointed]:
    """The figures of each risk point that findings point to."""
    rows = ledger.rows(
        "SELECT risk_point, count(*), sum(now_state <> 'closed') FROM finding"
        " WHERE risk_point IS NOT NULL AND deleted = 0 GROUP BY risk_point"
    )
    return {point: Pointed(total, unclosed) for point, total, unclosed in rows}


def findings_at(ledger: Ledger, risk_point: str) -> list[FindingRow]:
    """The newest findings that point to this risk point."""
    rows = ledger.rows(
        "SELECT no FROM finding WHERE risk_point = ? AND deleted = 0"
        " ORDER BY found_on DESC, no DESC LIMIT ?",
        (risk_point, MOST_FINDINGS),
    )
    return page(ledger, [no for (no,) in rows])
