"""The reports there are: what each is asked for, who gathers it, and what its file is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.files import safe_name
from models.ledger.ledger import Ledger
from models.printing import findings, periods, sheets
from models.printing.desk import Desk, Gather, name_of, write_report
from models.records.finding import Finding
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult
from models.templates.five_management import ChecklistTemplate

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be asked for, and what it is asked for: a year, a finding, a month …"""

    key: str
    title: str
    parameter: str
    gather: Gather


REPORTS: Final[Mapping[str, ReportKind]] = {
    kind.key: kind
    for kind in (
        ReportKind("findings_ledger", "隐患排查治理台账", "year", findings.ledger_of_year),
        ReportKind("rectification_notice", "整改通知书", "finding", findings.notice),
        ReportKind("five_management", "五项管理自查表", "month", sheets.five_management),
        ReportKind("training_summary", "培训学时汇总表", "year", sheets.training_of_year),
        ReportKind("month_report", "安全隐患排查治理月报", "month", periods.month),
        ReportKind("term_report", "安全隐患学期报告", "term", periods.term_report),
        ReportKind("review_report", "双月督查点评情况报告", "two_months", periods.two_months),
    )
}
PERIOD_REPORTS: Final = frozenset({"month_report", "term_report", "review_report"})


def file_name(ledger: Ledger, key: str, parameter: str) -> str:
    """示例县实验小学-2026年隐患排查治理台账.pdf: legal on every system, at most 80 characters."""
    kind = REPORTS[key]
    if key in PERIOD_REPORTS:
        span = periods.Span.of(kind.parameter, parameter)
        name = f"{span.name}{span.matter}"
    elif kind.parameter == "finding":
        finding = ledger.get(Finding, parameter)
        number = finding.number if finding else None
        name = "-".join(filter(None, (kind.title, number)))
    elif kind.parameter == "month":
        year, _, month = parameter.partition("-")
        name = f"{year}年{month.lstrip('0')}月{kind.title}"
    else:
        name = f"{parameter}年{kind.title}"
    tail = f"-{safe_name(name)}.pdf"
    return safe_name(name_of(ledger))[: LONGEST_NAME - len(tail)] + tail


def print_report(
    ledger: Ledger,
    template: ChecklistTemplate,
    faces: Faces,
    key: str,
    parameter: str,
    path: Path,
) -> PrintResult:
    """Write the report; where there is nothing to print, an AppError says so."""
    report = REPORTS[key].gather(Desk(ledger, faces, template), parameter)
    return write_report(ledger, faces, report, path)
