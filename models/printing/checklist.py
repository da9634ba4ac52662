"""五项管理自查表 of a month."""

from models.ledger import checklists
from models.printing.job import NOTHING, Job, month_of
from models.problems import AppError
from models.records.periods import show_period
from models.reports.filled_sheet import FilledSheet
from models.reports.five_management_sheet import five_management_sheet
from models.reports.report import Report
from models.templates.five_management import load_template


def five_management(job: Job, period: str) -> Report:
    """The sheet of a month, as far as it is filled in."""
    filled = checklists.sheet(job.ledger, month_of(period))
    organisation = job.ledger.organisation
    if filled is None or organisation is None:
        raise AppError(f"{show_period(period)}没有填写五项管理自查表，{NOTHING}")
    template = load_template(job.lists / "five_management.json").as_of(filled.version or "")
    lines = template.lines(organisation.scopes)
    answers = checklists.answers(job.ledger, filled)
    sheet = FilledSheet(filled, lines, checklists.given_of(lines, answers), answers)
    return five_management_sheet(job.unit_name(), sheet, job.today(), faces=job.faces)
