"""From the ledger to paper: gathers what a report prints, in few queries, and writes the PDF."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.files import safe_name
from models.ledger import checklists, findings, training
from models.ledger.ledger import Ledger
from models.ledger.titles import unit_name
from models.printing_periods import Span
from models.printing_periods import gather as period_gathered
from models.problems import AppError
from models.records.fields import show_day
from models.records.finding import Finding
from models.records.finding import Photo as PhotoRecord
from models.reports.findings_ledger import LedgerLine, findings_ledger
from models.reports.five_management_sheet import FilledSheet, five_management_sheet
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult, write_pdf
from models.reports.paper.photos import Photo
from models.reports.recovery_sheet import FIRST, SECOND, WHOLE, RecoveryPage, recovery_sheet
from models.reports.rectification_notice import rectification_notice
from models.reports.report import Report
from models.reports.training_summary import training_summary
from models.templates.five_management import ChecklistTemplate

LONGEST_NAME = 80
NOTHING = "没有可打印的内容。"


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be asked for, and what it is asked for: a year, a finding, a month …"""

    key: str
    title: str
    parameter: str


REPORTS = {
    kind.key: kind
    for kind in (
        ReportKind("findings_ledger", "隐患排查治理台账", "year"),
        ReportKind("rectification_notice", "整改通知书", "finding"),
        ReportKind("five_management", "五项管理自查表", "month"),
        ReportKind("training_summary", "培训学时汇总表", "year"),
        ReportKind("month_report", "安全隐患排查治理月报", "month"),
        ReportKind("term_report", "安全隐患学期报告", "term"),
        ReportKind("review_report", "双月督查点评情况报告", "two_months"),
    )
}
PERIOD_REPORTS = {"month_report", "term_report", "review_report"}


def file_name(ledger: Ledger, key: str, parameter: str) -> str:
    """示例县实验小学-2026年隐患排查治理台账.pdf: legal on every system, at most 80 characters."""
    kind = REPORTS[key]
    if kind.key in PERIOD_REPORTS:
        span = Span.of(kind.parameter, parameter)
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
    return safe_name(_unit_name(ledger))[: LONGEST_NAME - len(tail)] + tail


def print_report(
    ledger: Ledger,
    template: ChecklistTemplate,
    faces: Faces,
    key: str,
    parameter: str,
    path: Path,
) -> PrintResult:
    """Write the report; where there is nothing to print, an AppError says so."""
    if key in PERIOD_REPORTS:
        report = period_gathered(ledger, faces, REPORTS[key].parameter, parameter)
        return _write(ledger, faces, report, path)
    gather: dict[str, Callable[[], Report]] = {
        "findings_ledger": lambda: _findings_ledger(ledger, faces, _year(parameter)),
        "rectification_notice": lambda: _notice(ledger, faces, parameter),
        "five_management": lambda: _five_management(ledger, template, faces, parameter),
        "training_summary": lambda: _training_summary(ledger, faces, _year(parameter)),
    }
    return _write(ledger, faces, gather[key](), path)


def print_recovery_sheets(
    ledger: Ledger, seed: bytes, faces: Faces, folder: Path, split: bool
) -> list[Path]:
    """Write the office's key into a folder as its recovery page, or as two that need each other.

    The files hold the key: whoever printed them deletes them.
    """
    from models.exchange import recovery  # keys are loaded only where they are used
    from models.exchange.keys import groups
    from models.exchange.members import pinned_office

    office = pinned_office(ledger)
    if office is None:
        raise AppError(f"教育局还没有密钥，{NOTHING}")
    halves = zip((FIRST, SECOND), recovery.split(seed), strict=True)
    paths = []
    for which, part in halves if split else [(WHOLE, seed)]:
        page = RecoveryPage(
            office=office.name,
            which=which,
            lines=recovery.lines_of(part),
            digits=groups(office.digits),
            printed=show_day(_today(ledger)),
        )
        path = folder / f"密钥恢复页{'-' + which[:3] if split else ''}.pdf"
        _write(ledger, faces, recovery_sheet(page, faces=faces), path)
        paths.append(path)
    return paths


def _write(ledger: Ledger, faces: Faces, report: Report, path: Path) -> PrintResult:
    return write_pdf(
        path,
        report.story,
        faces=faces,
        page=report.page,
        title=report.title,
        author=_unit_name(ledger),
        created=ledger.clock(),
    )


def _findings_ledger(ledger: Ledger, faces: Faces, year: int) -> Report:
    lines = [LedgerLine.of(*found) for found in findings.of_year(ledger, year)]
    if not lines:
        raise AppError(f"{year}年没有登记隐患，{NOTHING}")
    return findings_ledger(_unit_name(ledger), year, _today(ledger), lines, faces=faces)


def _notice(ledger: Ledger, faces: Faces, record: str) -> Report:
    finding = ledger.get(Finding, record)
    if finding is None:
        raise AppError(f"这条隐患不在台账里，可能已经删除，{NOTHING}")
    photos = [photo for photo in findings.photos(ledger, finding) if photo.stage == "before"]
    return rectification_notice(
        _unit_name(ledger, finding.unit),
        finding,
        findings.steps(ledger, finding),
        [_picture(ledger, photo) for photo in photos],
        faces=faces,
    )


def _picture(ledger: Ledger, photo: PhotoRecord) -> Photo:
    """The photo, or an empty frame whose caption tells that it has not arrived."""
    data = ledger.photo(photo.sha256 or "")
    day = show_day(photo.taken_on) if photo.taken_on else ""
    words = ["整改前", photo.caption, day, None if data else "（照片未收到）"]
    return Photo(data or b"", "\u3000".join(filter(None, words)))


def _five_management(
    ledger: Ledger, template: ChecklistTemplate, faces: Faces, period: str
) -> Report:
    year, month = _month(period)
    filled = checklists.sheet(ledger, f"{year}-{month:02}")
    organisation = ledger.organisation
    if filled is None or organisation is None:
        raise AppError(f"{year}年{month}月没有填写五项管理自查表，{NOTHING}")
    lines = template.lines(organisation.stages)
    answers = checklists.answers(ledger, filled)
    sheet = FilledSheet(filled, lines, checklists.given_of(lines, answers), answers)
    return five_management_sheet(_unit_name(ledger), sheet, _today(ledger), faces=faces)


def _training_summary(ledger: Ledger, faces: Faces, year: int) -> Report:
    totals = training.totals(ledger, year)
    if not any(total.marks for total in totals):
        raise AppError(f"{year}年没有登记培训考勤，{NOTHING}")
    return training_summary(_unit_name(ledger), year, _today(ledger), totals, faces=faces)


def _unit_name(ledger: Ledger, unit: str = "") -> str:
    """The name of a unit, of our own unless told; its code where its name has not arrived."""
    unit = unit or ledger.unit
    return unit_name(ledger, unit) or unit


def _today(ledger: Ledger) -> date:
    return ledger.clock().astimezone().date()


def _year(text: str) -> int:
    if not re.fullmatch(r"[12]\d{3}", text):
        raise AppError(f"“{text}”不是年份，没有打印。请按 2026 的样子填写。")
    return int(text)


def _month(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        raise AppError(f"“{text}”不是月份，没有打印。请按 2026-11 的样子填写。")
    return int(text[:4]), int(text[5:])
