"""A filled 五项管理 sheet: one for each unit and month or term, an answer for each line of its
template, and what an inspector or the office says of a line beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.records.fields import Choice, Day, Flags, Link, Text
from models.records.record import Record, answer

# Screen order of the areas, as the ministry lists them (B.1); their codes are those of the sheet.
AREAS = {
    "homework": "作业管理",
    "sleep": "睡眠管理",
    "phone": "手机管理",
    "reading": "读物管理",
    "fitness": "体质管理",
}
# B.1: two sets of PE rules are in force at once; which ones a school keeps is its setting.
RULE_SETS = {
    "national": "国家要求（2021年五项管理文件）",
    "shandong_2025": "山东2025（鲁教体字〔2025〕1号）",
}
# The day of the paper, of several the last; a sheet of an earlier day is not held against it.
IN_FORCE_SINCE = {"national": date(2021, 4, 19), "shandong_2025": date(2025, 5, 17)}
REVIEWS = {"met": "达标", "unmet": "不达标", "na": "不适用"}


def in_force(rule_sets: Iterable[str], day: date) -> frozenset[str]:
    """Those of the rule sets that were in force on a day; one that is not known never was."""
    return frozenset(one for one in rule_sets if IN_FORCE_SINCE.get(one, date.max) <= day)


@dataclass(frozen=True, kw_only=True)
class Checklist(Record):
    """The sheet of one month or term. Two PCs that fill the same month fill the same sheet."""

    table: ClassVar[str] = "checklist"
    title: ClassVar[str] = "五项管理自查表"
    key: ClassVar[tuple[str, ...]] = ("template", "period")

    template: str | None = answer(Text(label="模板", longest=40, required=True, hidden=True))
    version: str | None = answer(Text(label="模板版本", longest=20, required=True, hidden=True))
    period: str | None = answer(Text(label="月份或学期", longest=7, required=True, hidden=True))
    rule_sets: frozenset[str] | None = answer(Flags(label="执行标准", options=RULE_SETS))
    filled_on: date | None = answer(Day(label="填表日期"))
    filled_by: str | None = answer(Text(label="填表人", longest=30, suggest="person"))


@dataclass(frozen=True, kw_only=True)
class ChecklistAnswer(Record):
    """The answer of one line: its plain value, and what was explained beside it."""

    table: ClassVar[str] = "checklist_answer"
    title: ClassVar[str] = "自查项"
    key: ClassVar[tuple[str, ...]] = ("checklist", "line")

    checklist: str | None = answer(Link(label="自查表", to="checklist", required=True, hidden=True))
    line: str | None = answer(Text(label="检查项", longest=40, required=True, hidden=True))
    response: str | None = answer(Text(label="答案", longest=500))
    detail: str | None = answer(Text(label="补充", longest=100, help="例如责任人姓名"))
    evidence: str | None = answer(Text(label="佐证材料", longest=200))
    note: str | None = answer(Text(label="说明", longest=500))


@dataclass(frozen=True, kw_only=True)
class ChecklistReview(Record):
    """督评: what the responsible inspector, or the office, says of one line of a sheet.

    It has no key, so that neither of them writes into what the other wrote.
    """

    table: ClassVar[str] = "checklist_review"
    title: ClassVar[str] = "督评"

    checklist: str | None = answer(Link(label="自查表", to="checklist", required=True, hidden=True))
    line: str | None = answer(Text(label="检查项", longest=40, required=True, hidden=True))
    result: str | None = answer(Choice(label="督评", options=REVIEWS))
    note: str | None = answer(Text(label="督评意见", longest=500))
