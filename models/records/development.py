"""What a trainee does beside the sessions: talks, reflections, placements, projects, self-tests.

Source: domain D.3, after seeds 000 and 002.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Day, Link, Number, Text
from models.records.periods import rules_of_days
from models.records.record import Record, answer

LONGEST_REFLECTION = 50_000
RATINGS = {"excellent": "优秀", "good": "良好", "passed": "合格", "returned": "退回修改"}
PROJECT_STATES = {"planned": "未开始", "running": "进行中", "done": "已完成", "stopped": "已中止"}


@dataclass(frozen=True, kw_only=True)
class MicroTalk(Record):
    """A 微分享: one person shares with the group."""

    table: ClassVar[str] = "micro_talk"
    title: ClassVar[str] = "微分享"

    programme: str | None = answer(Link(label="班次", to="programme"))
    person: str | None = answer(Link(label="分享人", to="person", required=True))
    topic: str | None = answer(Text(label="题目", required=True, longest=100))
    held_on: date | None = answer(Day(label="日期", required=True))
    minutes: int | None = answer(Number(label="时长", unit="分钟", high=600))
    chosen: str | None = answer(Text(label="推选方式", longest=30))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))


@dataclass(frozen=True, kw_only=True)
class Reflection(Record):
    """A 心得感悟. Its characters are counted by `method`, so that a later method changes none."""

    table: ClassVar[str] = "reflection"
    title: ClassVar[str] = "心得感悟"

    programme: str | None = answer(Link(label="班次", to="programme"))
    person: str | None = answer(Link(label="作者", to="person", required=True))
    topic: str | None = answer(Text(label="题目", required=True, longest=100))
    submitted_on: date | None = answer(Day(label="提交日期", required=True))
    body: str | None = answer(Text(label="正文", longest=LONGEST_REFLECTION, lines=12))
    file_name: str | None = answer(Text(label="来自文件", longest=120, hidden=True))
    characters: int | None = answer(Number(label="字数", unit="字", high=1_000_000))
    method: str | None = answer(Text(label="计数方法", longest=20, hidden=True))
    reviewer: str | None = answer(Text(label="评阅人", longest=30, suggest="person"))
    rating: str | None = answer(Choice(label="等次", options=RATINGS))


@dataclass(frozen=True, kw_only=True)
class Placement(Record):
    """A 跟岗研修 with a host unit."""

    table: ClassVar[str] = "placement"
    title: ClassVar[str] = "跟岗研修"

    programme: str | None = answer(Link(label="班次", to="programme"))
    person: str | None = answer(Link(label="学员", to="person", required=True))
    host: str | None = answer(Text(label="接收单位", required=True, longest=60, suggest="unit"))
    post: str | None = answer(Text(label="岗位", longest=60))
    begins: date | None = answer(Day(label="开始日期", required=True))
    ends: date | None = answer(Day(label="结束日期", required=True))
    days: int | None = answer(Number(label="实际天数", unit="天", high=400))
    mentor: str | None = answer(Text(label="导师", longest=60, suggest="person"))
    journals: int | None = answer(Number(label="周志", unit="篇", high=100))
    summary: str | None = answer(Text(label="总结", longest=5000, lines=4))
    appraisal: str | None = answer(Text(label="接收单位鉴定", longest=1000, lines=2))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        yield from rules_of_days(self.begins, self.ends)
        stretch = (self.ends - self.begins).days + 1 if self.begins and self.ends else None
        if stretch and stretch < (self.days or 0):
            yield "days", Problem("实际天数比起止日期之间的天数还多，请检查。")


@dataclass(frozen=True, kw_only=True)
class Project(Record):
    """A 项目攻坚: a hard task that a group takes on."""

    table: ClassVar[str] = "project"
    title: ClassVar[str] = "攻坚项目"

    programme: str | None = answer(Link(label="班次", to="programme"))
    name: str | None = answer(Text(label="项目名称", required=True, longest=100))
    leader: str | None = answer(Link(label="牵头人", to="person", required=True))
    begins: date | None = answer(Day(label="开始日期", required=True))
    ends: date | None = answer(Day(label="计划完成"))
    difficulty: str | None = answer(Text(label="难点", longest=1000, lines=2))
    goal: str | None = answer(Text(label="目标", longest=1000, lines=2))
    state: str | None = answer(Choice(label="进展", options=PROJECT_STATES))
    outcome: str | None = answer(Text(label="成果", longest=2000, lines=2))
    accepted_by: str | None = answer(Text(label="验收人", longest=60, suggest="person"))
    accepted_on: date | None = answer(Day(label="验收日期"))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        yield from rules_of_days(self.begins, self.ends)


@dataclass(frozen=True, kw_only=True)
class ProjectMember(Record):
    """A person who works in a project."""

    table: ClassVar[str] = "project_member"
    title: ClassVar[str] = "项目成员"
    key: ClassVar[tuple[str, ...]] = ("project", "person")

    project: str | None = answer(Link(label="项目", to="project", required=True))
    person: str | None = answer(Link(label="成员", to="person", required=True))
    task: str | None = answer(Text(label="分工", longest=100))


@dataclass(frozen=True, kw_only=True)
class Milestone(Record):
    """A dated step of a project."""

    table: ClassVar[str] = "milestone"
    title: ClassVar[str] = "项目节点"

    project: str | None = answer(Link(label="项目", to="project", required=True))
    name: str | None = answer(Text(label="节点", required=True, longest=100))
    due: date | None = answer(Day(label="计划日期", required=True))
    done_on: date | None = answer(Day(label="完成日期"))


@dataclass(frozen=True, kw_only=True)
class SelfAssessment(Record):
    """A score a person gives themselves for one indicator of a list that the user imported.

    Source: seed 002 (《基层党组织书记能力提升自测表》, 42 项); the 42 indicators themselves are not
    public, so the program ships only an empty list to fill.
    """

    table: ClassVar[str] = "self_assessment"
    title: ClassVar[str] = "能力自测"
    key: ClassVar[tuple[str, ...]] = ("person", "period", "indicator")

    person: str | None = answer(Link(label="学员", to="person", required=True))
    period: str | None = answer(Text(label="自测期", required=True, longest=10))
    indicator: str | None = answer(Link(label="指标", to="indicator", required=True))
    own_score: Decimal | None = answer(Number(label="自评分", high=100, decimals=1))
    peer_score: Decimal | None = answer(Number(label="互评分", high=100, decimals=1))
    plan: str | None = answer(Text(label="提升计划", longest=500, lines=2))


@dataclass(frozen=True, kw_only=True)
class Indicator(Record):
    """One indicator of the self-assessment, as imported."""

    table: ClassVar[str] = "indicator"
    title: ClassVar[str] = "自测指标"

    section: str | None = answer(Text(label="类别", required=True, longest=30))
    number: int | None = answer(Number(label="序号", low=1, high=999))
    name: str | None = answer(Text(label="指标", required=True, longest=200))
    full_marks: int | None = answer(Number(label="满分", unit="分", low=1, high=100))
    state: str | None = answer(Choice(label="状态", options={"used": "使用", "retired": "停用"}))
