"""Findings on paper: the ledger of a year, and the papers of single findings."""

from models.ledger import findings
from models.ledger.year import of_year
from models.printing.job import NOTHING, Job, year_of
from models.problems import AppError
from models.records.fields import show_day
from models.records.finding import Finding
from models.records.finding import Photo as PhotoRecord
from models.reports.findings_ledger import LedgerLine, findings_ledger
from models.reports.paper.photos import Photo
from models.reports.rectification_notice import rectification_notice
from models.reports.report import Report


def ledger_of_year(job: Job, parameter: str) -> Report:
    """隐患排查治理台账."""
    year = year_of(parameter)
    lines = [LedgerLine.of(*found) for found in of_year(job.ledger, year)]
    if not lines:
        raise AppError(f"{year}年没有登记隐患，{NOTHING}")
    return findings_ledger(job.unit_name(), year, job.today(), lines, faces=job.faces)


def notice(job: Job, record: str) -> Report:
    """整改通知书."""
    finding = job.ledger.get(Finding, record)
    if finding is None:
        raise AppError(f"这条隐患不在台账里，可能已经删除，{NOTHING}")
    photos = [photo for photo in findings.photos(job.ledger, finding) if photo.stage == "before"]
    return rectification_notice(
        job.unit_name(finding.unit),
        finding,
        findings.steps(job.ledger, finding),
        [_picture(job, photo) for photo in photos],
        faces=job.faces,
    )


def _picture(job: Job, photo: PhotoRecord) -> Photo:
    """The photo, or an empty frame whose caption tells that it has not arrived."""
    data = job.ledger.photo(photo.sha256 or "")
    day = show_day(photo.taken_on) if photo.taken_on else ""
    words = ["整改前", photo.caption, day, None if data else "（照片未收到）"]
    return Photo(data or b"", "\u3000".join(filter(None, words)))
