"""Tasks (整改与办实事): what somebody does by a day, such as a check item that fell short.

Source: domain A.4 (“我为群众办实事”台账: item, area, owner, due date, status; 办结率).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Day, Link, Text
from models.records.figures import Rate
from models.records.five_management import AREAS
from models.records.record import Record, answer

KINDS = {"rectify": "整改", "service": "办实事"}
STATES = {"open": "办理中", "done": "已办结", "dropped": "不再办理"}
TASK_AREAS = {**AREAS, "other": "其他"}


@dataclass(frozen=True, kw_only=True)
class Task(Record):
    """One task; `checklist` and `line` name the item of the sheet that it arose from."""

    table: ClassVar[str] = "task"
    title: ClassVar[str] = "任务"

    name: str | None = answer(Text(label="事项", required=True, longest=200, lines=2))
    kind: str | None = answer(Choice(label="性质", required=True, options=KINDS))
    area: str | None = answer(Choice(label="领域", required=True, options=TASK_AREAS))
    person: str | None = answer(Text(label="责任人", required=True, longest=60, suggest="person"))
    due: date | None = answer(Day(label="完成时限", required=True))
    measures: str | None = answer(Text(label="措施", longest=1000, lines=2))
    state: str | None = answer(Choice(label="状态", required=True, options=STATES))
    done_on: date | None = answer(Day(label="办结日期"))
    outcome: str | None = answer(Text(label="办理结果", longest=1000, lines=2))
    checklist: str | None = answer(Link(label="自查表", to="checklist", hidden=True))
    line: str | None = answer(Text(label="检查项", longest=40, hidden=True))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if self.state == "done":
            if not self.done_on:
                yield "done_on", Problem("已办结的事项请填写办结日期。")
            if not self.outcome:
                yield "outcome", Problem("请写明办理结果，例如怎样整改、效果如何。")
        elif self.done_on:
            yield "state", Problem("填了办结日期，状态请选“已办结”；没有办结就清空日期。")

    def is_late(self, today: date) -> bool:
        """Whether it is still open behind its day."""
        return self.state == "open" and self.due is not None and self.due < today


def completion(tasks: Iterable[Task]) -> Rate:
    """办结率: closed of all that are to be done; what was dropped is not among them."""
    states = [task.state for task in tasks if task.state != "dropped"]
    return Rate(states.count("done"), len(states))
