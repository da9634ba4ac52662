"""抽测 of homework and sleep: how many pupils of a class were asked, how many beyond the limit.

Counts only: no pupil is named, and no minutes or bedtimes of a single pupil are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from models.problems import Problem
from models.records.fields import Choice, Day, Number, Text
from models.records.figures import Rate
from models.records.organisation import GRADES, STAGES, stage_of_grade
from models.records.record import Record, answer

SPOT_KINDS = {"homework": "书面作业时长", "sleep": "睡眠时间"}
# domain B.4.1 and B.4.2, both confirmed: HW13 (教基厅函〔2021〕13号), SL11 (教基厅函〔2021〕11号).
_PRIMARY = ("primary_low", "primary_mid", "primary_high")
LIMITS = {
    "homework": {
        "primary_low": "不布置书面家庭作业",
        **dict.fromkeys(_PRIMARY[1:], "不超过60分钟"),
        "junior": "不超过90分钟",
    },
    "sleep": {
        **dict.fromkeys(_PRIMARY, "不少于10小时"),
        "junior": "不少于9小时",
        "senior": "不少于8小时",
    },
}
BEDTIMES = {**dict.fromkeys(_PRIMARY, "21:20"), "junior": "22:00", "senior": "23:00"}
NO_LIMIT = "国家没有统一规定"


@dataclass(frozen=True, kw_only=True)
class SpotCheck(Record):
    """One class asked once, about one matter."""

    table: ClassVar[str] = "spot_check"
    title: ClassVar[str] = "抽测"

    kind: str | None = answer(Choice(label="抽测内容", required=True, options=SPOT_KINDS))
    held_on: date | None = answer(Day(label="日期", required=True))
    grade: str | None = answer(Choice(label="年级", required=True, options=GRADES))
    class_name: str | None = answer(
        Text(label="班级", required=True, longest=20, help="例如 2班，不写学生姓名")
    )
    asked: int | None = answer(
        Number(label="抽测人数", unit="人", low=1, high=10_000, required=True)
    )
    beyond: int | None = answer(
        Number(
            label="不达标人数",
            unit="人",
            high=10_000,
            required=True,
            help="作业：超过时长上限的人数；睡眠：睡眠时间不足的人数",
        )
    )
    late: int | None = answer(
        Number(label="晚于就寝时间人数", unit="人", high=10_000, help="只有睡眠抽测填")
    )
    note: str | None = answer(Text(label="备注", longest=200))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        asked = self.asked or 0
        if (self.beyond or 0) > asked:
            yield "beyond", Problem("不达标人数比抽测人数还多，请检查。")
        if (self.late or 0) > asked:
            yield "late", Problem("晚于就寝时间的人数比抽测人数还多，请检查。")
        if self.kind == "homework" and self.late is not None:
            yield "late", Problem("作业抽测不填就寝时间，请清空这一项。")

    @property
    def rate(self) -> Rate:
        """超时率 or 睡眠不足率 of the class."""
        return Rate(self.beyond or 0, self.asked or 0)

    @property
    def group(self) -> str:
        """The class as people call it: 三年级2班."""
        return f"{GRADES.get(self.grade or '', self.grade or '')}{self.class_name or ''}"


class SpotTotals(NamedTuple):
    """What several checks of one kind come to."""

    classes: int
    classes_beyond: int  # in which at least one pupil was beyond the limit
    rate: Rate
    late: Rate  # of those checks that asked for the bedtime

    @property
    def kept(self) -> Rate:
        """The pupils within the limit."""
        return Rate(self.rate.whole - self.rate.part, self.rate.whole)


def totals_of(checks: Iterable[SpotCheck]) -> SpotTotals:
    """Add up checks; a class that was asked twice is one class."""
    checks = list(checks)
    asked_late = [check for check in checks if check.late is not None]
    return SpotTotals(
        len({check.group for check in checks}),
        len({check.group for check in checks if check.beyond}),
        sum((check.rate for check in checks), Rate(0, 0)),
        sum((Rate(check.late or 0, check.asked or 0) for check in asked_late), Rate(0, 0)),
    )


def totals_words(kind: str, totals: SpotTotals) -> str:
    """The totals as a sentence, each rate behind its counts."""
    rate = totals.rate
    asked = f"抽测{totals.classes}个班、{rate.whole}人，"
    if kind == "homework":
        classes = Rate(totals.classes_beyond, totals.classes)
        return (
            f"{asked}超时{rate.part}人，超时率{rate.percent()}；"
            f"超时班级{classes.part}个，占{classes.percent()}。"
        )
    late = totals.late
    bed = f"；晚于就寝时间{late.part}人，占{late.percent()}" if late.whole else ""
    return f"{asked}睡眠不足{rate.part}人，睡眠不足率{rate.percent()}{bed}。"


def arranged(checks: Iterable[SpotCheck]) -> list[SpotCheck]:
    """By grade and class, the earlier day first."""
    grades = list(GRADES)
    return sorted(
        checks,
        key=lambda check: (
            grades.index(check.grade) if check.grade in grades else len(grades),
            len(check.class_name or ""),  # so that 10班 stands behind 9班
            check.class_name or "",
            check.held_on or date.max,
        ),
    )


def limit_of(kind: str, grade: str, system: str) -> str:
    """What a grade is held to, in words."""
    if grade not in GRADES:
        return NO_LIMIT
    return LIMITS[kind].get(stage_of_grade(grade, system), NO_LIMIT)


def by_stage(words: Mapping[str, str], stages: Iterable[str]) -> str:
    """What each of these stages is held to, each word once: 小学不少于10小时；初中不少于9小时."""
    wanted = frozenset(stages)
    named: dict[str, list[str]] = {}
    for stage, name in STAGES.items():
        if stage in wanted and stage in words:
            named.setdefault(words[stage], []).append(name)
    return "；".join(f"{_together(names)}{word}" for word, names in named.items())


def _together(names: list[str]) -> str:
    """All three parts of a primary school are simply 小学."""
    primary = [STAGES[stage] for stage in _PRIMARY]
    return "小学" if names == primary else "、".join(names)
