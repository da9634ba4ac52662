"""隐患排查治理台账: one line for each finding, in the twenty columns of the form (domain C.5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.figures import Rate
from models.records.workflow import RECTIFIED_STATES
from models.reports.ledger_line import LedgerLine
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import MM, ledger_page
from models.reports.report import Report, printed_on
from models.reports.table_paper import TablePaper

TITLE = "隐患排查治理台账"
SIZE = 7.0
PAGE = replace(ledger_page(), left=10 * MM, right=10 * MM)
COLUMNS = (
    Column("序号", 21, "C"),
    Column("排查时间", 36, "C"),
    Column("隐患部位", 45),
    Column("隐患描述", 101),
    Column("类别", 36),
    Column("等级", 21, "C"),
    Column("排查人", 28, "C"),
    Column("整改措施", 84),
    Column("整改责任部门", 35),
    Column("责任人", 28, "C"),
    Column("整改资金（元）", 35, "R"),
    Column("整改时限", 36, "C"),
    Column("临时防范措施/预案", 56),
    Column("完成时间", 36, "C"),
    Column("复查人", 28, "C"),
    Column("复查时间", 36, "C"),
    Column("复查\n结果", 28, "C"),
    Column("是否\n销号", 21, "C"),
    Column("销号时间", 36, "C"),
    Column("备注", 38),
)


def findings_ledger(
    unit: str, year: int, day: date, lines: Sequence[LedgerLine], *, faces: Faces
) -> Report:
    """The ledger of a year; findings of earlier years that it took over stand apart, first.

    After the end of the year it tells how it stood then, and what the next one took over.
    """
    title = f"{year}年{TITLE}"
    found = [line for line in lines if not _is_older(line, year)]
    older = [line for line in lines if _is_older(line, year)]
    paper = TablePaper(PAGE, faces)
    rows = _rows(found, older, year, "" if day.year <= year else f"结转{year + 1}年")
    story: list[Flowable] = [
        *paper.head(title, [f"填报单位（盖章）：{unit}", printed_on(day, "填报日期：")]),
        fast_table(COLUMNS, rows, faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot([_summary(found, older, year, day)]),
    ]
    return Report(title, PAGE, story)


def _is_older(line: LedgerLine, year: int) -> bool:
    return line.finding.found_on is not None and line.finding.found_on.year < year


def _rows(
    found: Sequence[LedgerLine], older: Sequence[LedgerLine], year: int, carried: str
) -> list[Sequence[str] | Group]:
    texts = [line.texts(at, carried) for at, line in enumerate([*older, *found], 1)]
    rows: list[Sequence[str] | Group] = [*texts[: len(older)]]
    if older:
        rows.insert(0, Group(f"以前年度结转的隐患，共{len(older)}项"))
        rows.append(Group(f"{year}年排查的隐患，共{len(found)}项"))
    return [*rows, *texts[len(older) :]]


def _summary(found: Sequence[LedgerLine], older: Sequence[LedgerLine], year: int, day: date) -> str:
    """The measures of domain C.6; what was carried over is stated apart."""
    is_over, day = day.year > year, min(day, date(year, 12, 31))
    total = len(found)
    rectified = sum(line.standing.state in RECTIFIED_STATES for line in found)
    closed = sum(line.standing.state == "closed" for line in found)
    late = sum(line.standing.is_overdue(day) for line in found)
    text = (
        f"本年排查隐患{total}项：已整改{rectified}项，整改中{total - rectified}项，"
        f"整改率{Rate(rectified, total).percent()}；已销号{closed}项，"
        f"销号率{Rate(closed, total).percent()}；逾期未整改{late}项。"
    )
    done = sum(line.standing.state == "closed" for line in older)
    if older:
        text += f"以前年度结转{len(older)}项，其中已销号{done}项。"
    if is_over:
        text += f"年末未销号{total + len(older) - closed - done}项，已结转{year + 1}年台账。"
    return text
