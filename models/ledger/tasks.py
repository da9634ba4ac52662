"""Tasks: those that arose from the lines of a sheet, and a new one with what is known already."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.ledger.ledger import Ledger
from models.records.five_management import Checklist
from models.records.task import Task
from models.templates.five_management import Line

USUAL_TIME = timedelta(days=30)  # a suggestion: no paper says how long a school may take
_ORDER = {"open": 0, "done": 1}


def tasks_of(ledger: Ledger, filled: Checklist) -> dict[str, list[Task]]:
    """The tasks that arose from a sheet, by line, oldest first."""
    found: dict[str, list[Task]] = {}
    for task in ledger.all(Task, checklist=filled.id) if filled.id else ():
        found.setdefault(task.line or "", []).append(task)
    return found


def blank_task(ledger: Ledger) -> Task:
    """A task as its form opens, for a good deed that no sheet asked for."""
    today = ledger.clock().astimezone().date()
    return Task(
        kind="service",
        area="other",
        person=ledger.user or None,
        due=today + USUAL_TIME,
        state="open",
    )


def task_from(ledger: Ledger, filled: Checklist, line: Line, said: str) -> Task:
    """A task for a line of a saved sheet that fell short; `said` is its answer as it is read."""
    earlier = [one for one in ledger.all(Task, unit=ledger.unit) if one.area == line.item.area]
    answered = f"（{said}）" if said else ""
    wanted = "要求" if line.item.is_confirmed else "建议"
    name = f"{line.label}{answered}，{wanted}：{line.item.compliant_when}"
    return Task(
        kind="rectify",
        name=name[:200],
        area=line.item.area,
        person=earlier[-1].person if earlier else ledger.user or None,
        due=ledger.clock().astimezone().date() + USUAL_TIME,
        state="open",
        checklist=filled.id,
        line=line.id,
    )


def due_tasks(ledger: Ledger, until: date) -> list[Task]:
    """The open tasks of this unit that are due by a day or late already, the latest first."""
    open_ones = ledger.all(Task, unit=ledger.unit, state="open")
    found = [task for task in open_ones if task.due and task.due <= until]
    return sorted(found, key=lambda task: task.due or until)


def arranged(tasks: Sequence[Task]) -> list[Task]:
    """What is open stands first, the most urgent above; then what was done."""
    return sorted(tasks, key=lambda task: (_ORDER.get(task.state or "", 2), task.due or date.max))
