"""五项管理自查表 of a month and 培训学时汇总表 of a year."""

from models.ledger import checklists, training
from models.printing.desk import NOTHING, Desk, month_of, name_of, today_of, year_of
from models.problems import AppError
from models.reports.five_management_sheet import FilledSheet, five_management_sheet
from models.reports.report import Report
from models.reports.training_summary import training_summary


def five_management(desk: Desk, parameter: str) -> Report:
    """五项管理自查表 of a month."""
    ledger = desk.ledger
    year, month = month_of(parameter)
    filled = checklists.sheet(ledger, f"{year}-{month:02}")
    organisation = ledger.organisation
    if filled is None or organisation is None:
        raise AppError(f"{year}年{month}月没有填写五项管理自查表，{NOTHING}")
    lines = desk.checklist.lines(organisation.stages)
    answers = checklists.answers(ledger, filled)
    sheet = FilledSheet(filled, lines, checklists.given_of(lines, answers), answers)
    return five_management_sheet(name_of(ledger), sheet, today_of(ledger), faces=desk.faces)


def training_of_year(desk: Desk, parameter: str) -> Report:
    """培训学时汇总表 of a year."""
    ledger, year = desk.ledger, year_of(parameter)
    totals = training.totals(ledger, year)
    if not any(total.marks for total in totals):
        raise AppError(f"{year}年没有登记培训考勤，{NOTHING}")
    return training_summary(name_of(ledger), year, today_of(ledger), totals, faces=desk.faces)
