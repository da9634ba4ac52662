"""抽测统计表 of homework or sleep by class, computed from counts; or the empty form of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from models.records.spot_check import (
    BEDTIMES,
    LIMITS,
    SpotCheck,
    by_stage,
)
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import fast_table
from models.reports.paper.page import MM, official_page
from models.reports.report import Report
from models.reports.spot_check_rows import COLUMNS, empty_rows, filled_rows
from models.reports.table_paper import TablePaper

PAGE = replace(official_page(), top=20 * MM, bottom=20 * MM, left=18 * MM, right=18 * MM)
SIZE = 10.0
SIGNERS = ("抽测人", "填表人", "校长签字")
TITLES = {"homework": "书面作业时长抽测统计表", "sleep": "学生睡眠抽测统计表"}
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
    rows = filled_rows(kind, checks, system) if checks else empty_rows(kind)
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
