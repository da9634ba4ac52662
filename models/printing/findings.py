"""隐患排查治理台账 of a year."""

from models.ledger import year as ledgers
from models.printing.job import NOTHING, Job, year_of
from models.problems import AppError
from models.reports.findings_ledger import findings_ledger
from models.reports.ledger_line import LedgerLine
from models.reports.report import Report


def of_year(job: Job, parameter: str) -> Report:
    """What was found in a year and what it took over."""
    year = year_of(parameter)
    lines = [LedgerLine.of(*found) for found in ledgers.of_year(job.ledger, year)]
    if not lines:
        raise AppError(f"{year}年没有登记隐患，{NOTHING}")
    return findings_ledger(job.unit_name(), year, job.today(), lines, faces=job.faces)
