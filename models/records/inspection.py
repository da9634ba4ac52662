"""An inspection by list (检查), and what was found of each of its items."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Flags, Link, Moment, Text
from models.records.finding import CATEGORIES, SOURCES
from models.records.record import Record, answer

RESULTS = {"passed": "合格", "failed": "不合格", "not_applicable": "不适用"}


@dataclass(frozen=True, kw_only=True)
class Inspection(Record):
    """One round through a list of check items; it keeps the version of the list it began with.

    `items` are the ids of the items, joined by commas, as they applied to the school that day. An
    inspection is finished once it has ended. Source: domain C.5, 安全检查登记表.
    """

    table: ClassVar[str] = "inspection"
    title: ClassVar[str] = "检查"

    kind: str | None = answer(Choice(label="检查类型", options=SOURCES, required=True))
    started: datetime | None = answer(Moment(label="检查时间", required=True))
    inspectors: str | None = answer(
        Text(label="检查人员", required=True, longest=120, suggest="person")
    )
    accompanied: str | None = answer(Text(label="陪同人员", longest=120, suggest="person"))
    categories: frozenset[str] | None = answer(Flags(label="检查范围", options=CATEGORIES))
    template: str | None = answer(Text(label="检查表", longest=60, required=True, hidden=True))
    version: str | None = answer(Text(label="检查表版本", longest=20, required=True, hidden=True))
    items: str | None = answer(Text(label="检查项", longest=8000, required=True, hidden=True))
    summary: str | None = answer(Text(label="检查小结", longest=1000, lines=3))
    ended: datetime | None = answer(Moment(label="结束时间", hidden=True))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if self.ended and self.started and self.ended < self.started:
            yield "ended", Problem("结束时间早于开始时间，请检查。")


@dataclass(frozen=True, kw_only=True)
class InspectionAnswer(Record):
    """What was found of one item in one inspection; a failed one names the finding it became."""

    table: ClassVar[str] = "inspection_answer"
    title: ClassVar[str] = "检查结果"

    inspection: str | None = answer(Link(label="检查", to="inspection", required=True, hidden=True))
    item: str | None = answer(Text(label="检查项", longest=20, required=True, hidden=True))
    result: str | None = answer(Choice(label="检查结果", options=RESULTS))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))
    finding: str | None = answer(Link(label="隐患", to="finding", hidden=True))
