"""The stub of a 整改通知书: a form to file, with the hand of who received the other copy."""

from reportlab.platypus.flowables import Flowable

from models.reports.case import Case, named
from models.reports.notice_words import GENERAL_DEMAND, Notice, deadline_of, is_advice
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.paragraph import Style
from models.reports.report import BLANK_DAY, paragraph, short_day

COLUMNS = (
    Column("序号", 30, "C"),
    Column("隐患编号", 62, "C"),
    Column("部位"),
    Column("问题"),
    Column("等级", 34, "C"),
    Column("整改时限", 56, "C"),
    Column("责任人", 48, "C"),
)


def stub(notice: Notice, faces: Faces, width: float) -> list[Flowable]:
    """The form, and below it the list where there are several findings."""
    findings = [case.finding for case in notice.cases]
    shares = [1.1, 2, 1.2, 2]
    head = [
        pair_row(
            "受文单位" if notice.receiver else "受文部门",
            notice.receiver or named(finding.department for finding in findings),
            "责任人",
            named(finding.responsible for finding in findings),
        ),
        pair_row("检查日期", notice.found, "检查人", named(finding.finder for finding in findings)),
    ]
    foot = [
        pair_row("整改时限", notice.deadline or "见清单", "发出日期", notice.issued),
        wide_row("发出单位", notice.unit),
        pair_row("签发人", "", "检查人签字", "", height=40),
        pair_row("签收人", "", "签收日期", BLANK_DAY, height=40),
    ]
    if len(findings) == 1:
        rows = [*head, *_facts(notice.cases[0]), *foot]
        return [grid_form(shares, rows, faces=faces, width=width)]
    rows = [*head, wide_row("隐患数量", f"{len(findings)}项，见下列清单"), *foot]
    listed = [_line(number, case) for number, case in enumerate(notice.cases, 1)]
    return [
        grid_form(shares, rows, faces=faces, width=width),
        paragraph("隐患清单", Style(faces.hei, 12, 30, before=6, keep_with_next=True)),
        fast_table(COLUMNS, listed, faces=faces, width=width),
    ]


def _facts(case: Case) -> list[FormRow]:
    finding = case.finding
    return [
        pair_row("隐患编号", finding.number or "", "等级", case.level),
        wide_row("部位", finding.place or ""),
        wide_row("问题", finding.description or ""),
        wide_row("建议" if is_advice(finding) else "依据", finding.basis or ""),
        wide_row("整改要求", finding.measures or GENERAL_DEMAND),
    ]


def _line(number: int, case: Case) -> tuple[str, ...]:
    finding = case.finding
    return (
        str(number),
        finding.number or "",
        finding.place or "",
        finding.description or "",
        case.level.removesuffix("隐患"),
        short_day(deadline_of(case)),
        finding.responsible or "",
    )
