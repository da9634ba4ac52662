"""五项方案 and 十项举措: the plan document of each area, the measures and what is done for them.

Source: seed 000 and domain B.3 (JN10). Of Jinan's ten measures only five were named in the press;
the others, and the numbers, are the school's to fill from the document it was sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.records.fields import Choice, Day, Text
from models.records.figures import Rate
from models.records.five_management import AREAS
from models.records.periods import Period, months
from models.records.record import Record, answer

NUMBERS = {str(number): f"第{word}项" for number, word in enumerate("一二三四五六七八九十", 1)}


def show_school_year(name: str) -> str:
    """2026—2027学年; also of a year that nobody may choose, as a wrong clock names it."""
    return f"{name}—{int(name) + 1}学年"


SCHOOL_YEARS = {str(year): show_school_year(str(year)) for year in range(2020, 2051)}


@dataclass(frozen=True, kw_only=True)
class AreaPlan(Record):
    """The plan document (实施方案) of one area for one school year."""

    table: ClassVar[str] = "area_plan"
    title: ClassVar[str] = "管理方案"

    area: str | None = answer(Choice(label="领域", required=True, options=AREAS))
    school_year: str | None = answer(Choice(label="学年", required=True, options=SCHOOL_YEARS))
    name: str | None = answer(Text(label="方案名称", required=True, longest=100))
    document: str | None = answer(Text(label="文号", longest=40))
    approved_on: date | None = answer(Day(label="批准日期"))
    file_note: str | None = answer(
        Text(label="文件存放", longest=200, help="例如 档案柜3号盒，或电脑里的文件夹")
    )


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """One of the ten measures, as the school writes it."""

    table: ClassVar[str] = "measure"
    title: ClassVar[str] = "举措"
    key: ClassVar[tuple[str, ...]] = ("number",)

    number: str | None = answer(Choice(label="序号", required=True, options=NUMBERS, hidden=True))
    name: str | None = answer(Text(label="举措名称", longest=60))
    text: str | None = answer(Text(label="举措内容", longest=1000, lines=4))


@dataclass(frozen=True, kw_only=True)
class MeasureAction(Record):
    """What is done for a measure: by whom, by when, and when it was done."""

    table: ClassVar[str] = "measure_action"
    title: ClassVar[str] = "落实行动"

    number: str | None = answer(Choice(label="举措", required=True, options=NUMBERS))
    what: str | None = answer(Text(label="做什么", required=True, longest=200, lines=2))
    person: str | None = answer(Text(label="责任人", required=True, longest=60, suggest="person"))
    due: date | None = answer(Day(label="计划完成", required=True))
    done_on: date | None = answer(Day(label="完成日期"))

    def is_late(self, today: date) -> bool:
        """Whether it is not done, and its day is over."""
        return self.done_on is None and self.due is not None and self.due < today

    def concerns(self, year: Period) -> bool:
        """Whether it belongs to a school year: due or done in it, or left over from before."""
        if self.due in year or self.done_on in year:
            return True
        return self.due is not None and self.due < year.start and self.done_on is None


def done_of(actions: Iterable[MeasureAction]) -> Rate:
    """Done of all that is planned."""
    actions = list(actions)
    return Rate(sum(action.done_on is not None for action in actions), len(actions))


def school_year_of(day: date) -> str:
    """2026: the school year of a day is named by the September in which it begins."""
    return str(day.year - (day.month < 9))


def school_year(name: str) -> Period:
    """The days of a school year."""
    return months(f"{name}-09", 12)


def latest_plans(plans: Iterable[AreaPlan], year: str) -> dict[str, AreaPlan]:
    """The plan of each area for a school year; of several, the one entered last."""
    return {plan.area: plan for plan in plans if plan.school_year == year and plan.area}
