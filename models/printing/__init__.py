"""From the ledger to paper: gathers what a report prints, in few queries, and writes the PDF.

A report is one line of `REPORTS`; what it is asked for is named in `names`.
"""

from pathlib import Path

from models.files import safe_name
from models.ledger.ledger import Ledger
from models.printing import checklist, drills, findings, periods, training
from models.printing.job import Job, ReportKind, name_of, write
from models.printing.names import NAMES
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult

LONGEST_NAME = 80
REPORTS = {
    kind.key: kind
    for kind in (
        ReportKind("findings_ledger", "隐患排查治理台账", "year", findings.ledger_of_year),
        ReportKind("rectification_notice", "整改通知书", "finding", findings.notice),
        ReportKind("drill_record", "应急演练记录", "drill", drills.record_of_drill),
        ReportKind("five_management", "五项管理自查表", "month", checklist.five_management),
        ReportKind("training_summary", "培训学时汇总表", "year", training.summary),
        ReportKind("month_report", "安全隐患排查治理月报", "month", periods.of_month),
        ReportKind("term_report", "安全隐患学期报告", "term", periods.of_term),
        ReportKind(
            "review_report",
            "双月督查点评情况报告",
            "two_months",
            periods.of_two_months,
        ),
    )
}
PERIOD_REPORTS = {"month_report", "term_report", "review_report"}


def file_name(ledger: Ledger, key: str, parameter: str) -> str:
    """示例县实验小学-2026年隐患排查治理台账.pdf: legal on every system, at most 80 characters."""
    kind = REPORTS[key]
    tail = f"-{safe_name(NAMES[kind.parameter](ledger, kind, parameter))}.pdf"
    return safe_name(name_of(ledger))[: LONGEST_NAME - len(tail)] + tail


def print_report(
    ledger: Ledger, lists: Path, faces: Faces, key: str, parameter: str, path: Path
) -> PrintResult:
    """Write the report; where there is nothing to print, an AppError says so.

    `lists` is the folder with the lists of items (resources/checklists).
    """
    return write(ledger, faces, REPORTS[key].gather(Job(ledger, lists, faces), parameter), path)
