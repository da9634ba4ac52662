"""五项管理自查报告 of a month or a term: an official letter with its tables and charts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer

from models.five_management_charts import area_trend, health_trend
from models.records.fields import show_day
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Sum, TableRow, fast_table
from models.reports.paper.grid import Grid
from models.reports.paper.paragraph import Style
from models.reports.period_report import LEADING, PAGE, SIZE, TRACKING
from models.reports.report import Report, SigningBlock, paragraph
from models.reports.self_check_words import (
    SelfCheck,
    health,
    measures,
    month_word,
    problems,
    remedies,
    situation,
)
from models.templates.compliance import AreaFigures
from models.templates.five_management import AREAS
from models.templates.trend import HEALTH, MonthFigures, show_percent

MATTER = "五项管理自查报告"
TABLE_SIZE = 9.0
FIGURES = (
    Column("项目", 96, "C"),
    *(Column(title, None, "R") for title in ("计入项数", "达标", "未达标", "未答", "达标率")),
)
NOTE = "达标率＝达标题数÷应答题数（不适用的不算，未答的算作应答）；统计、鼓励、目标项不计。"


def self_check_report(check: SelfCheck, *, faces: Faces) -> Report:
    """The letter."""
    body = Style(faces.body, SIZE, LEADING, 2, tracking=TRACKING)
    head = replace(body, face=faces.hei, keep_with_next=True)
    title = Style(faces.title, 22, 36, align="C", tracking=0)
    addressed = f"{check.addressee}：" if check.addressee else ""
    story: list[Flowable] = [
        paragraph("\n".join((check.unit, check.name, MATTER)), title),
        Spacer(1, LEADING),
        *([paragraph(addressed, replace(body, indent=0))] if addressed else []),
        paragraph(f"现将{check.name}作业、睡眠、手机、读物、体质管理自查情况报告如下。", body),
        *_situation(check, faces, head, body),
        *_health(check, faces, head, body),
        paragraph("三、存在的问题", head),
        *_problems(check, body),
        paragraph("四、整改措施", head),
        *(paragraph(text, body) for text in remedies(check)),
        KeepTogether(
            [
                paragraph("五、方案与举措", head),
                paragraph(measures(check), body),
                SigningBlock(
                    ["填报人：", "审核人：", "主要负责人："],
                    f"{check.unit}（盖章）",
                    show_day(check.day),
                    replace(body, size=14, leading=28, indent=0, align="L", tracking=0),
                ),
            ]
        ),
    ]
    return Report(f"{check.name}{MATTER}", PAGE, story)


def _situation(check: SelfCheck, faces: Faces, head: Style, body: Style) -> Iterator[Flowable]:
    yield paragraph("一、总体情况", head)
    texts = situation(check)
    yield from (paragraph(text, body) for text in texts[:-1])
    yield paragraph(texts[-1], replace(body, after=4))
    yield _area_table(check.last, faces)
    small = replace(body, face=faces.table, size=9, leading=15, indent=0, tracking=0, before=4)
    yield paragraph(NOTE, small)
    if len(compared := _compared(check)) > 1:
        yield ChartPiece(area_trend("各月五项达标率", compared), faces)


def _compared(check: SelfCheck) -> Sequence[MonthFigures]:
    """The months of the charts: those of a term; a single month beside the one before it."""
    before = [check.before] if check.before and not check.is_term else []
    return [*before, *check.months]


def _health(check: SelfCheck, faces: Faces, head: Style, body: Style) -> Iterator[Flowable]:
    yield paragraph("二、近视率和体质健康优良率", head)
    yield paragraph(health(check), replace(body, after=4))
    months = _compared(check)
    if len(months) > 1:
        yield _month_table(months, faces)
    told = [percent for month in months for percent in month.health.values()]
    if len(months) > 1 and any(percent is not None for percent in told):
        yield ChartPiece(health_trend("各月近视率和体质健康优良率", months), faces)


def _problems(check: SelfCheck, body: Style) -> Iterator[Flowable]:
    """What falls short by area; nothing is claimed of what was not answered."""
    found = problems(check)
    if not found:
        yield paragraph("已答的项目中没有不达标的。", body)
    for area, texts in found:
        yield paragraph(area, replace(body, keep_with_next=True))
        yield from (paragraph(text, body) for text in texts)


def _area_table(month: MonthFigures, faces: Faces) -> Grid:
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


def _month_table(months: Sequence[MonthFigures], faces: Faces) -> Grid:
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
