"""任务台账 (domain A.4): what is to be done, by whom, until when, and what came of it."""

from collections.abc import Sequence
from datetime import date

from models.records.fields import show_day
from models.records.record import show_answer
from models.records.task import Task, completion
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column
from models.reports.report import Report, short_day
from models.reports.risk_lists import register

TITLE = "整改与办实事任务台账"
COLUMNS = (
    Column("序号", 28, "C"),
    Column("性质", 42, "C"),
    Column("领域", 56, "C"),
    Column("事项"),
    Column("责任人", 60, "C"),
    Column("完成时限", 64, "C"),
    Column("措施", 95),
    Column("状态", 66, "C"),
    Column("办理结果", 100),
)


def tasks_ledger(unit: str, day: date, tasks: Sequence[Task], *, faces: Faces) -> Report:
    """The tasks in the given order; below them how many are done, and how many late on `day`."""
    rows = [_row(number, task, day) for number, task in enumerate(tasks, 1)]
    rate = completion(tasks)
    late = sum(task.is_late(day) for task in tasks)
    summary = f"共{len(tasks)}项任务，办结率{rate.percent()}（{rate.counts()}），逾期{late}项。"
    return register(unit, day, TITLE, COLUMNS, rows, summary, faces)


def _row(number: int, task: Task, day: date) -> Sequence[str]:
    state = "逾期未办结" if task.is_late(day) else show_answer(task, "state")
    done = f"{show_day(task.done_on)}办结。" if task.done_on else ""
    return (
        str(number),
        show_answer(task, "kind"),
        show_answer(task, "area"),
        task.name or "",
        task.person or "",
        short_day(task.due),
        task.measures or "",
        state,
        done + (task.outcome or ""),
    )
