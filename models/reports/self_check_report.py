"""五项管理自查报告 of a month or a term: an official letter with its tables and charts."""

from collections.abc import Iterator, Sequence

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.five_management_charts import area_trend, health_trend
from models.reports.letter import PAGE, SIGNERS, Letter
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from models.reports.report import Report, printed_on
from models.reports.self_check_tables import area_table, month_table
from models.reports.self_check_words import (
    SelfCheck,
    health,
    measures,
    problems,
    remedies,
    situation,
)
from models.templates.trend import MonthFigures

MATTER = "五项管理自查报告"
NOTE = "达标率＝达标题数÷应答题数（不适用的不算，未答的算作应答）；统计、鼓励、目标项不计。"


def self_check_report(check: SelfCheck, *, faces: Faces) -> Report:
    """The letter."""
    letter = Letter(faces)
    closing = [
        *map(letter.words, ("五、方案与举措", measures(check))),
        letter.signed(check.unit, printed_on(check.day), SIGNERS),
    ]
    story: list[Flowable] = [
        *letter.opening("\n".join((check.unit, check.name, MATTER)), check.addressee),
        letter.words(f"现将{check.name}作业、睡眠、手机、读物、体质管理自查情况报告如下。"),
        *_situation(check, letter),
        *_health(check, letter),
        letter.words("三、存在的问题"),
        *_problems(check, letter),
        *map(letter.words, ("四、整改措施", *remedies(check))),
        KeepTogether(closing),
    ]
    return Report(f"{check.name}{MATTER}", PAGE, story)


def _situation(check: SelfCheck, letter: Letter) -> Iterator[Flowable]:
    yield from map(letter.words, ("一、总体情况", *situation(check)))
    yield area_table(check.last, letter.faces)
    yield letter.note(NOTE)
    if len(compared := _compared(check)) > 1:
        yield ChartPiece(area_trend("各月五项达标率", compared), letter.faces)


def _health(check: SelfCheck, letter: Letter) -> Iterator[Flowable]:
    yield from map(letter.words, ("二、近视率和体质健康优良率", health(check)))
    months = _compared(check)
    if len(months) > 1:
        yield month_table(months, letter.faces)
    told = [percent for month in months for percent in month.health.values()]
    if len(months) > 1 and any(percent is not None for percent in told):
        yield ChartPiece(health_trend("各月近视率和体质健康优良率", months), letter.faces)


def _problems(check: SelfCheck, letter: Letter) -> Iterator[Flowable]:
    """What falls short by area; nothing is claimed of what was not answered."""
    found = problems(check)
    if not found:
        yield letter.words("已答的项目中没有不达标的。")
    for number, (area, texts) in zip("一二三四五", found, strict=False):  # there are five areas
        yield letter.words(f"（{number}）{area}")
        yield from map(letter.words, texts)


def _compared(check: SelfCheck) -> Sequence[MonthFigures]:
    """The months of the charts: those of a term; a single month beside the one before it."""
    before = [check.before] if check.before and not check.is_term else []
    return [*before, *check.months]
