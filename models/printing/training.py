"""培训学时汇总表 of a year."""

from models.ledger import training
from models.printing.job import NOTHING, Job, year_of
from models.problems import AppError
from models.reports.report import Report
from models.reports.training_summary import training_summary


def summary(job: Job, parameter: str) -> Report:
    """The hours of everybody, where there were any."""
    year = year_of(parameter)
    totals = training.totals(job.ledger, year)
    if not any(total.marks for total in totals):
        raise AppError(f"{year}年没有登记培训考勤，{NOTHING}")
    return training_summary(job.unit_name(), year, job.today(), totals, faces=job.faces)
