"""抽测统计表 of homework or sleep by class, computed from counts; or the empty form of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from reportlab.platypus.flowables import Flowable

from models.records.fields import show_day
from models.records.figures import Rate
from models.records.organisation import GRADES
from models.records.spot_check import (
    BEDTIMES,
    LIMITS,
    SpotCheck,
    SpotTotals,
    by_stage,
    limit_of,
    totals_of,
)
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Sum, TableRow, fast_table
from models.reports.paper.page import MM, official_page
from models.reports.report import Report
from models.reports.table_paper import TablePaper

PAGE = replace(official_page(), top=20 * MM, bottom=20 * MM, left=18 * MM, right=18 * MM)
SIZE = 10.0
EMPTY_ROWS = 16  # as many as leave room for notes and signatures on one sheet
SIGNERS = ("抽测人", "填表人", "校长签字")
TITLES = {"homework": "书面作业时长抽测统计表", "sleep": "学生睡眠抽测统计表"}
_FIRST = (("序号", 32), ("日期", 92), ("班级", 82))
_LAST = {
    "homework": (("每天书面作业要求", 118), ("抽测人数", 56), ("超时人数", 56), ("超时率", 60)),
    "sleep": (
        ("睡眠时间要求", 86),
        ("抽测\n人数", 44),
        ("睡眠不足\n人数", 50),
        ("睡眠\n不足率", 52),
        ("晚于就寝\n时间人数", 50),
    ),
}
COLUMNS = {
    kind: [
        *(Column(title, width, "C") for title, width in (*_FIRST, rule)),
        *(Column(title, width, "R") for title, width in numbers),
    ]
    for kind, (rule, *numbers) in _LAST.items()
}
NOTES = {
    "homework": (
        "依据教基厅函〔2021〕13号：{limits}。一、二年级布置了书面家庭作业的，计入超时人数。",
        "超时率＝超时人数÷抽测人数。有学生超时的班级计作超时班级，这一口径是本程序的建议。",
    ),
    "sleep": (
        "依据教基厅函〔2021〕11号：每天睡眠时间{limits}；就寝时间一般不晚于：{bedtimes}。",
        "睡眠不足率＝睡眠不足人数÷抽测人数。",
    ),
}
PRIVATE = "本表只填人数，不写学生姓名。"


def spot_check_sheet(
    school: str,
    kind: str,
    month: str,
    checks: Sequence[SpotCheck],
    *,
    system: str,
    stages: Iterable[str],
    faces: Faces,
) -> Report:
    """The checks of a month (as people call it, or empty); without any, rows to fill by hand."""
    title = TITLES[kind]
    paper = TablePaper(PAGE, faces)
    rows = _filled(kind, checks, system) if checks else _empty(kind)
    story: list[Flowable] = [
        *paper.head(title, [f"学校（盖章）：{school}", f"月份：{month or '　　　年　　月'}"]),
        fast_table(COLUMNS[kind], rows, faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot(notes=[*_notes(kind, stages), PRIVATE], signers=SIGNERS),
    ]
    return Report(f"{month}{title}", PAGE, story)


def _notes(kind: str, stages: Iterable[str]) -> list[str]:
    stages = frozenset(stages)
    limits, bedtimes = by_stage(LIMITS[kind], stages), by_stage(BEDTIMES, stages)
    return [text.format(limits=limits, bedtimes=bedtimes) for text in NOTES[kind]]


def _empty(kind: str) -> list[TableRow]:
    """Numbered rows, high enough to write into."""
    blanks = [""] * (len(COLUMNS[kind]) - 1)
    rows: list[TableRow] = [(f"{n}\n ", *blanks) for n in range(1, EMPTY_ROWS + 1)]
    return [*rows, Sum("合计\n ", blanks[3:])]


def _filled(kind: str, checks: Sequence[SpotCheck], system: str) -> list[TableRow]:
    """The classes under each other, the sum of a grade below it, and of all at the end."""
    rows: list[TableRow] = []
    number = 0
    for grade, group in groupby(checks, key=lambda check: check.grade or ""):
        of_grade = list(group)
        for check in of_grade:
            number += 1
            rows.append(_row(kind, number, check, system))
        rows.append(_sum(kind, f"{GRADES.get(grade, grade)}小计", totals_of(of_grade)))
    return [*rows, _sum(kind, "合计", totals_of(checks))]


def _sum(kind: str, name: str, totals: SpotTotals) -> Sum:
    """The sums below their columns, and in words what has no column."""
    words = f"{name}：{totals.classes}个班"
    numbers = [str(totals.rate.whole), str(totals.rate.part), totals.rate.percent()]
    if kind == "homework":
        classes = Rate(totals.classes_beyond, totals.classes)
        return Sum(f"{words}，超时班级{classes.part}个，占{classes.percent()}", numbers)
    if not totals.late.whole:
        return Sum(words, [*numbers, ""])
    late = f"，晚于就寝时间的占{totals.late.percent()}"
    return Sum(words + late, [*numbers, str(totals.late.part)])


def _row(kind: str, number: int, check: SpotCheck, system: str) -> tuple[str, ...]:
    late = "" if check.late is None else str(check.late)
    return (
        str(number),
        show_day(check.held_on) if check.held_on else "",
        check.group,
        limit_of(kind, check.grade or "", system),
        str(check.asked or 0),
        str(check.beyond or 0),
        check.rate.percent(),
        *((late,) if kind == "sleep" else ()),
    )
