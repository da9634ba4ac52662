"""Risk points in their order, and the findings that point to one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.ledger.findings import FindingRow, page
from models.ledger.ledger import Ledger
from models.records.finding import CATEGORIES
from models.records.record import numbered
from models.records.risk import COLOURS, RiskPoint

MOST_FINDINGS = 200


class Pointed(NamedTuple):
    """How many findings point to a risk point, and how many of them are not closed."""

    total: int
    open: int


def choices(ledger: Ledger) -> dict[str, str]:
    """The risk points a finding may point to: id → words, no two alike."""
    points = by_category(ledger.all(RiskPoint, unit=ledger.unit))
    return numbered({one.id: " · ".join(filter(None, (one.name, one.place))) for one in points})


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
