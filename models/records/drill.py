"""Emergency drills (应急演练) and safety lessons (安全教育)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from models.records.fields import Choice, Day, Moment, Number, Text
from models.records.finding import CATEGORIES
from models.records.record import Record, answer

DRILLS = {
    "evacuation": "应急疏散",
    "fire": "消防",
    "earthquake": "防震",
    "crowd": "防拥挤踩踏",
    "bus": "校车事故",
    "intrusion": "防暴恐防侵害",
    "flood": "防汛防溺水",
    "food": "食物中毒与传染病",
    "other": "其他",
}
LESSONS = {
    "course": "安全课",
    "class_meeting": "主题班会",
    "lecture": "讲座",
    "reminder": "“1530”提醒",
    "letter": "致家长信",
    "staff": "教职工培训",
    "other": "其他",
}


@dataclass(frozen=True, kw_only=True)
class Drill(Record):
    """One drill. Source: domain C.5 form 8; the evacuation's seconds are held against C.7."""

    table: ClassVar[str] = "drill"
    title: ClassVar[str] = "应急演练"

    topic: str | None = answer(Text(label="主题", required=True, longest=60))
    kind: str | None = answer(Choice(label="种类", required=True, options=DRILLS))
    held: datetime | None = answer(Moment(label="时间", required=True))
    place: str | None = answer(Text(label="地点", required=True, longest=60))
    commander: str | None = answer(Text(label="总指挥", longest=60))
    participants: int | None = answer(Number(label="参加人数", unit="人", high=100_000))
    storeys: int | None = answer(Number(label="教学楼层数", unit="层", low=1, high=30))
    evacuation_seconds: int | None = answer(Number(label="疏散用时", unit="秒", low=1, high=7200))
    course: str | None = answer(Text(label="过程", longest=2000, lines=4))
    problems: str | None = answer(Text(label="存在问题", longest=1000, lines=2))
    improvements: str | None = answer(Text(label="改进措施", longest=1000, lines=2))


@dataclass(frozen=True, kw_only=True)
class SafetyLesson(Record):
    """One lesson, talk or letter about safety."""

    table: ClassVar[str] = "safety_lesson"
    title: ClassVar[str] = "安全教育"

    topic: str | None = answer(Text(label="主题", required=True, longest=60))
    form: str | None = answer(Choice(label="形式", required=True, options=LESSONS))
    category: str | None = answer(Choice(label="内容", options=CATEGORIES))
    held_on: date | None = answer(Day(label="日期", required=True))
    audience: str | None = answer(Text(label="对象", longest=60, help="班级、年级或岗位"))
    participants: int | None = answer(Number(label="参加人数", unit="人", high=100_000))
    periods: int | None = answer(Number(label="课时", unit="课时", high=100))
    teacher: str | None = answer(Text(label="主讲人", longest=60))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))
