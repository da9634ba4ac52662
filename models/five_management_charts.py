"""The charts of 五项管理, the same on the screen and on paper."""

from collections.abc import Sequence
from decimal import Decimal

from models.charts.lines import Lines
from models.charts.marks import BLUE, GREEN, ORANGE, RED, TEAL
from models.charts.series import Series
from models.records.figures import Rate, rounded
from models.templates.five_management import AREAS
from models.templates.trend import HEALTH, MonthFigures

WHOLE = 100
_COLOURS = dict(zip(AREAS, (BLUE, GREEN, ORANGE, RED, TEAL), strict=True))


def area_trend(title: str, months: Sequence[MonthFigures]) -> Lines:
    """达标率 of each area by month, in whole percent; an area without any rate is left out."""
    series = [
        Series(
            name.removesuffix("管理"),
            _COLOURS[area],
            [_percent(month.areas[area].rate) if area in month.areas else None for month in months],
        )
        for area, name in AREAS.items()
    ]
    return Lines(title, "%", _names(months), _told(series), highest=WHOLE)


def health_trend(title: str, months: Sequence[MonthFigures]) -> Lines:
    """近视率 and 优良率 by month, in percent with one decimal: they change by little."""
    series = [
        Series(name, colour, [_tenths(month.health[line]) for month in months])
        for (line, name), colour in zip(HEALTH.items(), (ORANGE, GREEN), strict=True)
    ]
    return Lines(title, "%", _names(months), _told(series), highest=WHOLE, fitted=True)


def _names(months: Sequence[MonthFigures]) -> list[str]:
    return [f"{int(month.period[5:])}月" for month in months]


def _told(series: Sequence[Series]) -> list[Series]:
    return [row for row in series if any(value is not None for value in row.values)]


def _percent(rate: Rate) -> int | None:
    return int(rounded(Decimal(rate.part * WHOLE) / rate.whole, 0)) if rate.whole else None


def _tenths(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else rounded(percent, 1)
