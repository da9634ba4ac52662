"""The tables of the 五项管理自查报告: areas, and months beside each other."""

from collections.abc import Sequence

from models.reports.letter import PAGE
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Sum, TableRow, fast_table
from models.reports.paper.grid import Grid
from models.reports.self_check_words import month_word
from models.templates.compliance import AreaFigures
from models.templates.five_management import AREAS
from models.templates.trend import HEALTH, MonthFigures, show_percent

TABLE_SIZE = 9.0
FIGURES = (
    Column("项目", 96, "C"),
    *(Column(title, None, "R") for title in ("计入项数", "达标", "未达标", "未答", "达标率")),
)


def area_table(month: MonthFigures, faces: Faces) -> Grid:
    """The figures of each area, and of all."""
    rows: list[TableRow] = [
        (name, *_figures(month.areas[area])) for area, name in AREAS.items() if area in month.areas
    ]
    rows.append(Sum("合计", _figures(month.total)))
    return fast_table(FIGURES, rows, faces=faces, width=PAGE.text_width, size=TABLE_SIZE)


def _figures(area: AreaFigures) -> tuple[str, ...]:
    rate, unanswered = area.rate, area.unanswered
    short = rate.whole - rate.part - unanswered
    numbers = (rate.whole, rate.part, short, unanswered)
    return (*map(str, numbers), rate.percent())


def month_table(months: Sequence[MonthFigures], faces: Faces) -> Grid:
    """The rates of each area by month, and the two figures of the pupils' health."""
    titles = [name.removesuffix("管理") for name in AREAS.values()]
    columns = (
        Column("月份", 74, "C"),
        *(Column(title, None, "R") for title in (*titles, "合计", "近视率", "优良率")),
    )
    rows = [
        (
            month_word(month),
            *(month.areas[area].rate.percent(1) if area in month.areas else "" for area in AREAS),
            month.total.rate.percent(1),
            *(show_percent(month.health[line]) for line in HEALTH),
        )
        for month in months
    ]
    return fast_table(columns, rows, faces=faces, width=PAGE.text_width, size=8.5)
