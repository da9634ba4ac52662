"""Training of young cadres: sessions to the minute, attendance, and hours by a stated rule."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Link, Moment, Number, Text
from models.records.figures import HOUR_RULES, credit_hours
from models.records.person import Person
from models.records.record import Record, answer

# The five modules of the first class of the programme (seed 000).
MODULES = {
    "party_spirit": "党性教育",
    "development": "聚焦发展",
    "professional_growth": "业务成长",
    "research_frontier": "课题前沿",
    "project": "项目攻坚",
}
FORMS = {
    "intensive": "集中培训",
    "lecture": "专题讲座",
    "visit": "参观考察",
    "micro_talk": "微分享",
    "placement": "跟岗研修",
    "project": "项目攻坚",
    "self_study": "自学",
    "network": "网络",
}
ATTENDANCE = {"present": "出勤", "late": "迟到", "leave": "请假", "absent": "缺勤"}
LONGEST_SESSION_MINUTES = 14 * 60


@dataclass(frozen=True, kw_only=True)
class TrainingSession(Record):
    """One session. Minutes are kept with the id of the conversion rule, never bare hours."""

    table: ClassVar[str] = "training_session"
    title: ClassVar[str] = "培训活动"

    programme: str | None = answer(Link(label="班次", to="programme", hidden=True))
    topic: str | None = answer(Text(label="主题", required=True, longest=100))
    module: str | None = answer(Choice(label="模块", required=True, options=MODULES))
    form: str | None = answer(Choice(label="形式", required=True, options=FORMS))
    mode: str | None = answer(Choice(label="方式", options={"offline": "线下", "online": "线上"}))
    starts: datetime | None = answer(Moment(label="开始时间", required=True))
    ends: datetime | None = answer(Moment(label="结束时间", required=True))
    break_minutes: int | None = answer(Number(label="中间休息", unit="分钟", high=600))
    hour_rule: str | None = answer(
        Choice(label="折算规则", required=True, options={r.id: r.name for r in HOUR_RULES.values()})
    )
    place: str | None = answer(Text(label="地点", longest=60, suggest="place"))
    speaker: str | None = answer(
        Text(label="主讲", longest=100, help="姓名、单位、职务", suggest="person")
    )
    organiser: str | None = answer(Text(label="主办单位", longest=60, suggest="unit"))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if not self.starts or not self.ends:
            return
        length = int((self.ends - self.starts).total_seconds()) // 60
        if length <= 0:
            yield "ends", Problem("结束时间应晚于开始时间，请检查。")
        elif length > LONGEST_SESSION_MINUTES:
            yield "ends", Problem("一次活动超过 14 小时。跨天的活动请按天分开登记。")
        elif (self.break_minutes or 0) >= length:
            yield "break_minutes", Problem("中间休息比活动时间还长，请检查。")

    @property
    def minutes(self) -> int:
        """Minutes of training: from start to end less the breaks."""
        if not self.starts or not self.ends:
            return 0
        length = int((self.ends - self.starts).total_seconds()) // 60
        return max(0, length - (self.break_minutes or 0))


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """How one person attended one session."""

    table: ClassVar[str] = "attendance"
    title: ClassVar[str] = "考勤"
    key: ClassVar[tuple[str, ...]] = ("session", "person")

    session: str | None = answer(Link(label="活动", to="training_session", required=True))
    person: str | None = answer(Link(label="学员", to="person", required=True))
    status: str | None = answer(Choice(label="考勤", required=True, options=ATTENDANCE))
    leave_minutes: int | None = answer(Number(label="请假时长", unit="分钟", high=1440))
    reason: str | None = answer(Text(label="事由", longest=60))


def check_leave(session: TrainingSession, minutes: int) -> None:
    """Raises the Problem of leave minutes that cannot be."""
    if minutes <= 0:
        raise Problem("请假时长应大于 0 分钟；没有请假的，请登记为“出勤”。")
    if minutes > session.minutes:
        raise Problem(f"请假 {minutes} 分钟，比活动的 {session.minutes} 分钟还长，请检查。")


def attended_minutes(session: TrainingSession, attendance: Attendance) -> int:
    """Minutes that count for a person: a leave takes its minutes off, or the whole session."""
    if attendance.status in ("present", "late"):
        return session.minutes
    if attendance.status == "leave" and attendance.leave_minutes:
        return max(0, session.minutes - attendance.leave_minutes)
    return 0


def best_mark(session: TrainingSession, marks: Sequence[Attendance]) -> Attendance:
    """The one that counts of a person's marks for a session: the most minutes, then the better."""
    order = [*ATTENDANCE]

    def worth(mark: Attendance) -> tuple[int, int, str]:
        known = mark.status in order
        rank = -order.index(mark.status or "") if known else -len(order)
        return attended_minutes(session, mark), rank, mark.id

    return max(marks, key=worth)


def mode_of(session: TrainingSession) -> str:
    """offline or online; empty where it is not known. Training by network is online."""
    return session.mode or ("online" if session.form == "network" else "")


@dataclass(frozen=True, slots=True)
class PersonTotal:
    """A person with every session for which they are marked: what screen and paper add up."""

    person: Person
    marks: Sequence[tuple[TrainingSession, Attendance]] = ()

    def minutes(self, module: str = "", mode: str = "") -> Counter[str]:
        """Minutes by conversion rule; of one module or mode where it is named."""
        found: Counter[str] = Counter()
        for session, mark in self.marks:
            if module in ("", session.module) and mode in ("", mode_of(session)):
                found[session.hour_rule or ""] += attended_minutes(session, mark)
        return found

    def minutes_of(self, module: str) -> int:
        """Minutes in one module, by whatever rule."""
        return self.minutes(module).total()

    def hours_of(self, module: str = "", mode: str = "") -> Decimal:
        """Credit hours in one module or mode."""
        return credit_hours(self.minutes(module, mode))

    @property
    def total_minutes(self) -> int:
        """All minutes."""
        return self.minutes().total()

    @property
    def total(self) -> Decimal:
        """All credit hours: rounded once, so 2010 minutes are 44.67 in however many modules."""
        return self.hours_of()

    @property
    def attended(self) -> list[TrainingSession]:
        """The sessions that count for the person."""
        return [session for session, mark in self.marks if attended_minutes(session, mark)]
