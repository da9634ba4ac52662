"""From the ledger to paper: gathers what a report prints, in few queries, and writes the PDF.

A report is one line of `REPORTS`; what it is asked for is named in `names`.
"""

from pathlib import Path

from models.files import safe_name
from models.ledger.ledger import Ledger
from models.printing import (
    checklist,
    drills,
    findings,
    inspection,
    letters,
    management,
    papers,
    periods,
    risks,
    tasks,
    training,
    training_papers,
)
from models.printing.job import Job, ReportKind, name_of, write
from models.printing.names import NAMES
from models.reports.paper.pdf_file import PrintResult
from models.reports.report import Report

LONGEST_NAME = 80
LONGEST_WORDS = 60  # of it, what the report was asked for: the title of a letter may be any text
FINDINGS, RISKS, PERIODS, OTHERS = "隐患排查治理", "风险责任与演练", "定期报告", "五项管理与培训"
LETTERS = "自己写的"
# fmt: off
REPORTS = {
    kind.key: kind
    for kind in (
        ReportKind("findings_ledger", "隐患排查治理台账", "year", FINDINGS, findings.of_year),
        ReportKind("inspection_sheet", "安全检查登记表", "inspection", FINDINGS, inspection.sheet),
        ReportKind("rectification_notice", "整改通知书", "notice", FINDINGS, papers.notice),
        ReportKind("rectification_receipt", "整改回执", "notice", FINDINGS, papers.receipt),
        ReportKind("recheck_opinion", "复查意见书", "notice", FINDINGS, papers.recheck),
        ReportKind("closing_slip", "销号单", "closed", FINDINGS, papers.closing),
        ReportKind("major_plan", "重大隐患治理方案", "major", FINDINGS, papers.major),
        ReportKind("risk_list", "安全风险清单", "none", RISKS, risks.risk_points),
        ReportKind("duty_list", "安全责任清单", "none", RISKS, risks.duties),
        ReportKind("drill_record", "应急演练记录", "drill", RISKS, drills.record_of_drill),
        ReportKind("month_report", "安全隐患排查治理月报", "month", PERIODS, periods.of_month),
        ReportKind("term_report", "安全隐患学期报告", "term", PERIODS, periods.of_term),
        ReportKind("review_report", "双月督查点评情况报告", "two_months", PERIODS, periods.of_two),
        ReportKind("five_management", "五项管理自查表", "month", OTHERS, checklist.five_management),
        ReportKind(
            "five_points", "“五项管理”实地督查要点", "month", OTHERS, management.points_form
        ),
        ReportKind("five_letter", "五项管理自查报告", "month", OTHERS, management.month_letter),
        ReportKind(
            "five_term", "五项管理自查报告（学期）", "school_term", OTHERS, management.term_letter
        ),
        ReportKind("homework_spot", "作业抽测统计表", "spot", OTHERS, management.homework_checks),
        ReportKind("sleep_spot", "睡眠抽测统计表", "spot", OTHERS, management.sleep_checks),
        ReportKind(
            "measures", "方案与举措", "school_year", OTHERS, management.plans_and_measures
        ),
        ReportKind("tasks_ledger", "整改与办实事任务台账", "none", OTHERS, tasks.all_tasks),
        ReportKind("training_summary", "培训学时汇总表", "year", OTHERS, training.summary),
        ReportKind("hours_proof", "培训学时证明", "trainee", OTHERS, training_papers.hours),
        ReportKind("training_file", "培训档案", "person", OTHERS, training_papers.dossier),
        ReportKind("certificates", "结业证书", "programme", OTHERS, training_papers.certificates),
        ReportKind("programme_report", "培训情况报告", "programme", OTHERS, training_papers.course),
        ReportKind("self_test", "能力自测表", "assessment", OTHERS, training_papers.assessment),
        ReportKind("official_letter", "公文", "letter", LETTERS, letters.of_draft),
    )
}
# fmt: on
PERIOD_REPORTS = {kind.key for kind in REPORTS.values() if kind.group == PERIODS}


def report_name(ledger: Ledger, key: str, parameter: str) -> str:
    """2026年隐患排查治理台账: what a report is about, in its file name and a package."""
    kind = REPORTS[key]
    return NAMES[kind.parameter](ledger, kind, parameter)


def file_name(ledger: Ledger, key: str, parameter: str) -> str:
    """示例县实验小学-2026年隐患排查治理台账.pdf: legal on every system, at most 80 characters."""
    words = safe_name(report_name(ledger, key, parameter), LONGEST_WORDS) or REPORTS[key].title
    tail = f"-{words}.pdf"
    return safe_name(name_of(ledger))[: LONGEST_NAME - len(tail)] + tail


def report_of(job: Job, key: str, parameter: str) -> Report:
    """The report, and what it is about; AppError where there is nothing to print."""
    report = REPORTS[key].gather(job, parameter)
    return report._replace(subject=report_name(job.ledger, key, parameter))


def print_report(job: Job, key: str, parameter: str, path: Path) -> PrintResult:
    """Write the report; where there is nothing to print, an AppError says so."""
    return write(job.ledger, job.faces, report_of(job, key, parameter), path)
