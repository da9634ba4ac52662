"""The ledger of tasks, as they stand."""

from models.ledger.tasks import arranged
from models.printing.job import NOTHING, Job
from models.problems import AppError
from models.records.task import Task
from models.reports.report import Report
from models.reports.tasks_ledger import tasks_ledger


def all_tasks(job: Job, _parameter: str) -> Report:
    """任务台账."""
    found = arranged(job.ledger.all(Task, unit=job.ledger.unit))
    if not found:
        raise AppError(f"还没有登记任务，{NOTHING}")
    return tasks_ledger(job.unit_name(), job.today(), found, faces=job.faces)
