"""The rows of an 抽测统计表: a class each, the sum of a grade below it, of all at the end."""

from collections.abc import Sequence
from itertools import groupby

from models.records.fields import show_day
from models.records.figures import Rate
from models.records.organisation import GRADES
from models.records.spot_check import (
    SpotCheck,
    SpotTotals,
    limit_of,
    totals_of,
)
from models.reports.paper.fast_table import Column, Sum, TableRow

EMPTY_ROWS = 16  # as many as leave room for notes and signatures on one sheet
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


def empty_rows(kind: str) -> list[TableRow]:
    """Numbered rows, high enough to write into."""
    blanks = [""] * (len(COLUMNS[kind]) - 1)
    rows: list[TableRow] = [(f"{n}\n ", *blanks) for n in range(1, EMPTY_ROWS + 1)]
    return [*rows, Sum("合计\n ", blanks[3:])]


def filled_rows(kind: str, checks: Sequence[SpotCheck], system: str) -> list[TableRow]:
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
