"""What every report is gathered from, and what its parameter may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.ledger.ledger import Ledger
from models.ledger.titles import unit_name
from models.problems import AppError
from models.records.periods import is_period
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult, write_pdf
from models.reports.report import Report

NOTHING = "没有可打印的内容。"


@dataclass(frozen=True, slots=True)
class Job:
    """The ledger, the folder with the lists of items, and the faces to print with."""

    ledger: Ledger
    lists: Path
    faces: Faces

    def unit_name(self, unit: str = "") -> str:
        """The name of a unit, of our own unless told; its code where its name has not arrived."""
        return name_of(self.ledger, unit)

    def today(self) -> date:
        """The day by this PC's clock."""
        return self.ledger.clock().astimezone().date()


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be asked for.

    `parameter` is what it is asked for: a year (2026), a month (2026-11), an inspection (its id) …;
    `gather` takes that as text, and raises AppError where there is nothing to print. `group` is the
    heading it is listed under.
    """

    key: str
    title: str
    parameter: str
    group: str
    gather: Callable[[Job, str], Report]


def name_of(ledger: Ledger, unit: str = "") -> str:
    """What a unit calls itself, our own unless told; its code where its name has not arrived."""
    unit = unit or ledger.unit
    return unit_name(ledger, unit) or unit


def write(ledger: Ledger, faces: Faces, report: Report, path: Path) -> PrintResult:
    """Write the file of a report, whole or not at all."""
    return write_pdf(
        path,
        report.story,
        faces=faces,
        page=report.page,
        title=report.title,
        author=name_of(ledger),
        created=ledger.clock(),
        subject=report.subject,
    )


def year_of(text: str) -> int:
    """The year; AppError where the text is none."""
    if not re.fullmatch(r"[12]\d{3}", text):
        raise AppError(f"“{text}”不是年份，没有打印。请按 2026 的样子填写。")
    return int(text)


def month_of(text: str) -> str:
    """The month as it came, such as 2026-11; AppError where the text is none."""
    if not is_period(text):
        raise AppError(f"“{text}”不是月份，没有打印。请按 2026-11 的样子填写。")
    return text
