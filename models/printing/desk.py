"""What every gatherer of a report needs: names, days, pictures, and years and months as typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from models.ledger.ledger import Ledger
from models.ledger.titles import unit_name
from models.problems import AppError
from models.records.fields import show_day
from models.records.finding import PHOTO_STAGES
from models.records.finding import Photo as PhotoRecord
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult, write_pdf
from models.reports.paper.photos import Photo
from models.reports.report import Report
from models.templates.five_management import ChecklistTemplate

NOTHING: Final = "没有可打印的内容。"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a report is gathered with."""

    ledger: Ledger
    faces: Faces
    checklist: ChecklistTemplate


# The report that is asked for by a parameter; AppError in words where there is nothing to print.
Gather: TypeAlias = Callable[[Desk, str], Report]


def write_report(ledger: Ledger, faces: Faces, report: Report, path: Path) -> PrintResult:
    """Write the report as a PDF of this unit."""
    return write_pdf(
        path,
        report.story,
        faces=faces,
        page=report.page,
        title=report.title,
        author=name_of(ledger),
        created=ledger.clock(),
    )


def name_of(ledger: Ledger, unit: str = "") -> str:
    """The name of a unit, of our own unless told; its code where its name has not arrived."""
    unit = unit or ledger.unit
    return unit_name(ledger, unit) or unit


def today_of(ledger: Ledger) -> date:
    """The day that a report bears."""
    return ledger.clock().astimezone().date()


def picture(ledger: Ledger, photo: PhotoRecord, place: str | None) -> Photo:
    """The photo with stage, place and day, or an empty frame that tells that it did not arrive."""
    data = ledger.photo(photo.sha256 or "")
    day = show_day(photo.taken_on) if photo.taken_on else ""
    words = [PHOTO_STAGES[photo.stage or ""], place, day, None if data else "（照片未收到）"]
    return Photo(data or b"", "\u3000".join(filter(None, words)))


def year_of(text: str) -> int:
    """2026; AppError where the text is no year."""
    if not re.fullmatch(r"[12]\d{3}", text):
        raise AppError(f"“{text}”不是年份，没有打印。请按 2026 的样子填写。")
    return int(text)


def month_of(text: str) -> tuple[int, int]:
    """(2026, 11) of 2026-11; AppError where the text is no month."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        raise AppError(f"“{text}”不是月份，没有打印。请按 2026-11 的样子填写。")
    return int(text[:4]), int(text[5:])
