"""What the sheets of several months come to, for trends: rates by area, 近视率 and 优良率."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.records.figures import NOTHING, Rate, rounded
from models.templates.compliance import AreaFigures, Given, figures
from models.templates.five_management import Line

# The two figures for which the province answers, too (domain B.3).
MYOPIA, FITNESS = "fm.pe.10", "fm.pe.12"
HEALTH = {MYOPIA: "近视率", FITNESS: "体质健康优良率"}


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month (2026-11), the figures of each area, and the percentages of HEALTH, None untold."""

    period: str
    areas: Mapping[str, AreaFigures]
    health: Mapping[str, Decimal | None]

    @property
    def total(self) -> AreaFigures:
        """All areas together."""
        rate = sum((area.rate for area in self.areas.values()), Rate(0, 0))
        return AreaFigures(rate, sum(area.unanswered for area in self.areas.values()))


def month_figures(
    period: str,
    lines: Iterable[Line],
    given: Mapping[str, Given],
    rule_sets: Iterable[str],
    day: date,
) -> MonthFigures:
    """The figures of a sheet's answers, as of the day on which it was filled."""
    health = {line: percent_of(given.get(line, Given()).value) for line in HEALTH}
    return MonthFigures(period, figures(lines, given, rule_sets, day), health)


def percent_of(value: object) -> Decimal | None:
    """A percentage that was answered as such, or as two counts, the whole first."""
    if isinstance(value, tuple):
        whole, part = value
        return rounded(Decimal(part * 100) / whole, 2) if whole else None
    return value if isinstance(value, Decimal) else None


def show_percent(percent: Decimal | None) -> str:
    """41.30%, or — where it was not told."""
    return NOTHING if percent is None else f"{rounded(percent, 2)}%"
