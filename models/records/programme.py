"""A training programme (班次) and its roster: who was recommended, by which steps, stands where.

Source: seed 000 (优秀年轻干部培养工程: recommended in five steps, 选育用管), domain D.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Day, Link, Number, Text
from models.records.periods import rules_of_days
from models.records.record import Record, answer
from models.records.training import MODULES

# The chain along which a cadre is developed.
STANDINGS = {
    "selected": "选：已入选",
    "developing": "育：培养中",
    "appointed": "用：已使用",
    "managed": "管：跟踪管理",
    "withdrawn": "已退出",
}
# The five steps of recommendation, in their order; each is a date of the trainee.
RECOMMENDATION = ("nominated", "reviewed", "consulted", "decided", "examined")


def _module_plan(module: str) -> Number:
    return Number(label=f"其中{MODULES[module]}", unit="学时", high=2000)


@dataclass(frozen=True, kw_only=True)
class Programme(Record):
    """One class of trainees with a period of its own, which need not be a calendar year."""

    table: ClassVar[str] = "programme"
    title: ClassVar[str] = "培训班次"

    name: str | None = answer(Text(label="班次名称", required=True, longest=60))
    organiser: str | None = answer(Text(label="主办单位", longest=60, suggest="unit"))
    begins: date | None = answer(Day(label="开始日期", required=True))
    ends: date | None = answer(Day(label="结束日期", required=True))
    planned_hours: int | None = answer(Number(label="计划学时", unit="学时", high=2000))
    plan_party_spirit: int | None = answer(_module_plan("party_spirit"))
    plan_development: int | None = answer(_module_plan("development"))
    plan_professional_growth: int | None = answer(_module_plan("professional_growth"))
    plan_research_frontier: int | None = answer(_module_plan("research_frontier"))
    plan_project: int | None = answer(_module_plan("project"))
    least_characters: int | None = answer(
        Number(label="心得最少字数", unit="字", high=100_000, help="不填表示不限")
    )
    note: str | None = answer(Text(label="备注", longest=500, lines=2))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        yield from rules_of_days(self.begins, self.ends)
        modules = sum(self.plan_of(module) for module in MODULES)
        if self.planned_hours is not None and modules > self.planned_hours:
            yield (
                "planned_hours",
                Problem(f"各模块的计划合计 {modules} 学时，比总计划还多，请检查。"),
            )

    def plan_of(self, module: str) -> int:
        """The hours planned for one module; 0 where none are."""
        return getattr(self, f"plan_{module}") or 0

    @property
    def plan(self) -> int:
        """All planned hours: as stated, else those of the modules together."""
        return self.planned_hours or sum(self.plan_of(module) for module in MODULES)


@dataclass(frozen=True, kw_only=True)
class Trainee(Record):
    """A person in a programme. The steps of recommendation follow each other in time."""

    table: ClassVar[str] = "trainee"
    title: ClassVar[str] = "班次学员"
    key: ClassVar[tuple[str, ...]] = ("programme", "person")

    programme: str | None = answer(Link(label="班次", to="programme", required=True))
    person: str | None = answer(Link(label="学员", to="person", required=True))
    team: str | None = answer(Text(label="小组", longest=30))
    nominated: date | None = answer(Day(label="单位提名"))
    reviewed: date | None = answer(Day(label="资格审查"))
    consulted: date | None = answer(Day(label="征求意见"))
    decided: date | None = answer(Day(label="研究确定"))
    examined: date | None = answer(Day(label="组织考察"))
    standing: str | None = answer(Choice(label="培养状态", options=STANDINGS))
    certificate: str | None = answer(Text(label="证书编号", longest=40))
    note: str | None = answer(Text(label="备注", longest=200))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        before: date | None = None
        for name in RECOMMENDATION:
            day = getattr(self, name)
            if day and before and day < before:
                yield name, Problem("推荐程序的日期应依次向后，这一步早于前一步，请检查。")
            before = day or before
