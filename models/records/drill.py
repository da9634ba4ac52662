"""Emergency drills (应急演练) and safety lessons (安全教育)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple

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
# Confirmed for low schools only; no figure is known for higher ones.
LOW_STOREYS, LOW_SECONDS = 4, 120
YJ14 = "《中小学幼儿园应急疏散演练指南》（教基一厅〔2014〕2号）"


@dataclass(frozen=True, kw_only=True)
class Drill(Record):
    """One drill. Source: domain C.5 form 8; the evacuation's seconds are held against C.7."""

    table: ClassVar[str] = "drill"
    title: ClassVar[str] = "应急演练"

    topic: str | None = answer(Text(label="主题", required=True, longest=60))
    kind: str | None = answer(Choice(label="种类", required=True, options=DRILLS))
    held: datetime | None = answer(Moment(label="时间", required=True))
    place: str | None = answer(Text(label="地点", required=True, longest=60, suggest="place"))
    commander: str | None = answer(Text(label="总指挥", longest=60, suggest="person"))
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
    teacher: str | None = answer(Text(label="主讲人", longest=60, suggest="person"))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))


class Judgement(NamedTuple):
    """Whether an evacuation kept the two minutes, None where that cannot be said; in words."""

    kept: bool | None
    words: str


def judge_evacuation(seconds: int | None, storeys: int | None) -> Judgement:
    """Whether an evacuation took at most two minutes, which is asked of low buildings only."""
    if seconds is None:
        return Judgement(None, "填写疏散用时和教学楼层数后，自动对照2分钟的要求。")
    took = f"疏散用时{show_seconds(seconds)}"
    if storeys is None:
        return Judgement(
            None, f"{took}；还缺教学楼层数，不能判断（四层及以下教学楼要在2分钟以内）。"
        )
    if storeys > LOW_STOREYS:
        return Judgement(None, f"{took}；2分钟的要求只针对四层及以下教学楼，本次不作判断。")
    kept = seconds <= LOW_SECONDS
    verdict = "符合" if kept else "超过"
    return Judgement(kept, f"{took}，{verdict}四层及以下教学楼2分钟以内的要求。")


def show_seconds(seconds: int) -> str:
    """108 seconds are 1分48秒."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"
