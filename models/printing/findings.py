"""Reports about findings: their yearly ledger and their documents."""

from models.ledger import findings
from models.ledger.ledger import Ledger
from models.printing.desk import NOTHING, Desk, name_of, picture, today_of, year_of
from models.problems import AppError
from models.records.finding import Finding
from models.reports.findings_ledger import LedgerLine, findings_ledger
from models.reports.rectification_notice import rectification_notice
from models.reports.report import Report


def ledger_of_year(desk: Desk, parameter: str) -> Report:
    """隐患排查治理台账 of a year."""
    ledger, year = desk.ledger, year_of(parameter)
    lines = [LedgerLine.of(*found) for found in findings.of_year(ledger, year)]
    if not lines:
        raise AppError(f"{year}年没有登记隐患，{NOTHING}")
    return findings_ledger(name_of(ledger), year, today_of(ledger), lines, faces=desk.faces)


def notice(desk: Desk, parameter: str) -> Report:
    """整改通知书 of a finding."""
    ledger = desk.ledger
    finding = finding_of(ledger, parameter)
    photos = [photo for photo in findings.photos(ledger, finding) if photo.stage == "before"]
    return rectification_notice(
        name_of(ledger, finding.unit),
        finding,
        findings.steps(ledger, finding),
        [picture(ledger, photo, photo.caption) for photo in photos],
        faces=desk.faces,
    )


def finding_of(ledger: Ledger, record: str) -> Finding:
    """The finding that is to be printed; AppError where it is not here."""
    finding = ledger.get(Finding, record)
    if finding is None:
        raise AppError(f"这条隐患不在台账里，可能已经删除，{NOTHING}")
    return finding
