"""Risk points and duties as people look them up, and the findings that point to a risk point."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from models.ledger.findings import FindingRow, page
from models.ledger.ledger import Ledger
from models.ledger.search import Initials, says
from models.records.record import Record, show_answer
from models.records.risk import COLOURS, Duty, RiskPoint

R = TypeVar("R", bound=Record)
SEARCHED: dict[str, tuple[str, ...]] = {
    RiskPoint.table: ("name", "place", "category", "accident", "department", "responsible"),
    Duty.table: ("post", "person", "duties"),
}
MOST_FINDINGS = 200


class Pointed(NamedTuple):
    """How many findings point to a risk point, and how many of them are not closed."""

    total: int
    open: int


def find_records(ledger: Ledger, kind: type[R], initials: Initials, words: str = "") -> list[R]:
    """The risk points or duties of this unit that the words find, in the order of their entry."""
    everything = ledger.all(kind, unit=ledger.unit)
    if not words.strip():
        return everything
    return [one for one in everything if says(initials, _searched(one), words)]


def _searched(record: Record) -> str:
    return "\n".join(show_answer(record, name) for name in SEARCHED[record.table])


def by_grade(points: Sequence[RiskPoint]) -> list[RiskPoint]:
    """The gravest colour first; within one, the order they came in."""
    order = list(COLOURS)
    return sorted(points, key=lambda p: order.index(p.colour) if p.colour in order else len(order))


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
