"""五项管理方案与举措: the plan of each area, and the measures with what is done for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.fields import show_day
from models.records.five_management import AREAS
from models.records.measure import NUMBERS, AreaPlan, Measure, MeasureAction, done_of
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import MM, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import Report, paragraph, printed_on
from models.reports.table_paper import TablePaper

TITLE = "五项管理方案与举措落实情况"
PAGE = replace(official_page(), top=20 * MM, bottom=20 * MM, left=18 * MM, right=18 * MM)
SIZE = 9.0
PLANS = (
    Column("领域", 56, "C"),
    Column("方案名称"),
    Column("文号", 104),
    Column("批准日期", 88, "C"),
    Column("文件存放", 104),
)
ACTIONS = (
    Column("序号", 32, "C"),
    Column("落实行动"),
    Column("责任人", 68, "C"),
    Column("计划完成", 86, "C"),
    Column("完成日期", 86, "C"),
    Column("进展", 60, "C"),
)
MISSING, UNNAMED = "（没有登记）", "（举措名称待填）"
NOTE = (
    "济南市十项举措中，公开报道见到名称的只有作业、睡眠、手机、读物、心理健康五项，"
    "序号是本程序排的；其余各项由学校按收到的文件填写。"
)


def measures_list(
    school: str,
    year: str,
    plans: Mapping[str, AreaPlan],
    measures: Iterable[Measure],
    actions: Sequence[MeasureAction],
    day: date,
    *,
    faces: Faces,
) -> Report:
    """The state of a school year (as people call it) on a day; `plans` holds those by area."""
    width = PAGE.text_width
    paper = TablePaper(PAGE, faces)
    heading = Style(faces.hei, 12, 20, before=8, after=4, keep_with_next=True)
    planned = [_plan(area, plans.get(area)) for area in AREAS]
    rate = done_of(actions)
    counted = f"二、举措与落实（行动{rate.whole}项，已完成{rate.part}项，{rate.percent()}）"
    rows = _actions(measures, actions, day)
    story: list[Flowable] = [
        *paper.head(f"{year}{TITLE}", [f"学校（盖章）：{school}", printed_on(day, "截至：")]),
        paragraph(f"一、五项管理方案（{len(plans)}/{len(AREAS)}）", heading),
        fast_table(PLANS, planned, faces=faces, width=width, size=SIZE),
        paragraph(counted, heading),
        fast_table(ACTIONS, rows, faces=faces, width=width, size=SIZE),
        paper.foot(notes=[NOTE]),
    ]
    return Report(f"{year}{TITLE}", PAGE, story)


def _plan(area: str, plan: AreaPlan | None) -> tuple[str, ...]:
    if plan is None:
        return AREAS[area], MISSING, "", "", ""
    approved = _shown(plan.approved_on)
    return AREAS[area], plan.name or "", plan.document or "", approved, plan.file_note or ""


def _shown(day: date | None) -> str:
    return show_day(day) if day else ""


def _actions(
    measures: Iterable[Measure], actions: Sequence[MeasureAction], day: date
) -> list[Sequence[str] | Group]:
    """All ten measures in their order, the actions of each below it."""
    known = {measure.number: measure for measure in measures}
    rows: list[Sequence[str] | Group] = []
    for number, word in NUMBERS.items():
        measure = known.get(number, Measure())
        rows.append(Group(_head(word, measure)))
        mine = [action for action in actions if action.number == number]
        ordered = sorted(mine, key=lambda action: action.due or date.max)
        rows += [_action(at, action, day) for at, action in enumerate(ordered, 1)]
    return rows


def _head(word: str, measure: Measure) -> str:
    name = measure.name or UNNAMED
    return f"{word}　{name}" + (f"：{measure.text}" if measure.text else "")


def _action(at: int, action: MeasureAction, day: date) -> tuple[str, ...]:
    late = "逾期未完成" if action.is_late(day) else "未完成"
    return (
        str(at),
        action.what or "",
        action.person or "",
        _shown(action.due),
        _shown(action.done_on),
        "已完成" if action.done_on else late,
    )
