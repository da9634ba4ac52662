"""培训学时汇总表 of a year."""

from datetime import date

from models.ledger import quotas, training
from models.ledger.development import growths
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
    beside = {
        person: growth.within(date(year, 1, 1), date(year, 12, 31))
        for person, growth in growths(job.ledger).items()
    }
    standings = quotas.standings(job.ledger, year)
    owed = {
        person: standing.quota
        for person, standing in standings.items()
        if standing.quota.years == 1 and standing.quota.confirmed
    }
    return training_summary(
        job.unit_name(), year, job.today(), totals, beside, owed, faces=job.faces
    )
