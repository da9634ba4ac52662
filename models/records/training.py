"""Training of young cadres: sessions to the minute, attendance, and hours by a stated rule."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Link, Moment, Number, Text
from models.records.figures import HOUR_RULES, HourRule, credit_hours, rounded
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
LONGEST_STATED = timedelta(days=60)
LONGEST_LEAVE = 60 * 8 * 60  # minutes: stated days may all be taken off again


@dataclass(frozen=True, kw_only=True)
class TrainingSession(Record):
    """One session. Minutes are kept with the id of the conversion rule, never bare hours.

    Its minutes and years are worked out once: thousands of marks ask for them.
    """

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
    days: Decimal | None = answer(
        Number(label="自报天数", unit="天", high=60, decimals=1, help="按自报天数折算时填写")
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
        length = self._length
        if length <= 0:
            yield "ends", Problem("结束时间应晚于开始时间，请检查。过了零点的，结束日期是第二天。")
        elif self._by_days:
            yield from self._rules_of_days()
        elif self.days:
            yield "days", Problem("所选的折算规则不按天数，请清空自报天数，或换一种折算规则。")
        elif length > LONGEST_SESSION_MINUTES:
            yield "ends", Problem("一次活动超过 14 小时。跨天的活动请按天分开登记。")
        elif (self.break_minutes or 0) >= length:
            yield "break_minutes", Problem("中间休息比活动时间还长，请检查。")

    def _rules_of_days(self) -> Iterator[tuple[str, Problem]]:
        """What stated days may be: no more than the calendar has."""
        starts, ends = self.starts or datetime.min, self.ends or datetime.min
        calendar = (ends.date() - starts.date()).days + 1
        if not self.days:
            yield "days", Problem("按自报天数折算的，请填写天数。")
        elif self.days > calendar:
            yield (
                "days",
                Problem(f"自报 {self.days} 天，比起止之间的 {calendar} 天还多，请检查。"),
            )
        elif ends - starts > LONGEST_STATED:
            yield "ends", Problem("一次活动超过 60 天，请检查，或分段登记。")

    @property
    def rule(self) -> HourRule | None:
        """The conversion rule; None for one of a newer program."""
        return HOUR_RULES.get(self.hour_rule or "")

    @property
    def _by_days(self) -> bool:
        return self.rule is not None and self.rule.full_day is not None

    @property
    def _length(self) -> int:
        if not self.starts or not self.ends:
            return 0
        return int((self.ends - self.starts).total_seconds()) // 60

    @cached_property
    def minutes(self) -> int:
        """Minutes of training: from start to end less the breaks, or what stated days amount to."""
        if self.rule is not None and self._by_days:
            return self.rule.minutes_of_days(self.days or Decimal(0))
        return max(0, self._length - (self.break_minutes or 0))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which it was held; the last moment of a year is no part of the next."""
        if not self.starts or not self.ends:
            return (self.starts.year,) if self.starts else ()
        last = max(self.starts, self.ends - timedelta(minutes=1)).year
        return tuple(range(self.starts.year, last + 1))

    def share(self, minutes: int, year: int | None) -> int:
        """So many of these minutes as fall into the year; the years together give all of them."""
        if year is None or self.years == (year,):
            return minutes
        if year not in self.years:
            return 0
        return self._up_to(minutes, year) - self._up_to(minutes, year - 1)

    def _up_to(self, minutes: int, year: int) -> int:
        """So many of these minutes as lie before the end of the year."""
        if not self.starts or year < self.starts.year:
            return 0
        if year >= self.years[-1]:
            return minutes
        before = int((datetime(year + 1, 1, 1) - self.starts).total_seconds()) // 60
        return int(rounded(Decimal(minutes) * before / self._length, 0))


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """How one person attended one session."""

    table: ClassVar[str] = "attendance"
    title: ClassVar[str] = "考勤"
    key: ClassVar[tuple[str, ...]] = ("session", "person")

    session: str | None = answer(Link(label="活动", to="training_session", required=True))
    person: str | None = answer(Link(label="学员", to="person", required=True))
    status: str | None = answer(Choice(label="考勤", required=True, options=ATTENDANCE))
    leave_minutes: int | None = answer(Number(label="请假时长", unit="分钟", high=LONGEST_LEAVE))
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


def counted_minutes(session: TrainingSession, minutes: int) -> int:
    """Minutes of one session as its rule counts them."""
    return session.rule.counted(minutes) if session.rule else minutes


def session_hours(
    session: TrainingSession, minutes: int | None = None, year: int | None = None
) -> Decimal:
    """Credit hours of a session, or of these minutes of it; of one year where it is named."""
    counted = counted_minutes(session, session.minutes if minutes is None else minutes)
    return credit_hours({session.hour_rule or "": session.share(counted, year)})


def mode_of(session: TrainingSession) -> str:
    """offline or online; empty where it is not known. Training by network is online."""
    return session.mode or ("online" if session.form == "network" else "")


@dataclass(frozen=True, slots=True)
class PersonTotal:
    """A person with every session for which they are marked: what screen and paper add up."""

    person: Person
    marks: Sequence[tuple[TrainingSession, Attendance]] = ()
    year: int | None = None  # of a session over two years only its share counts

    def minutes(self, module: str = "", mode: str = "") -> Counter[str]:
        """Minutes by conversion rule; of one module or mode where it is named."""
        found: Counter[str] = Counter()
        for session, minutes in self._counted(module, mode):
            found[session.hour_rule or ""] += session.share(minutes, self.year)
        return found

    def _counted(self, module: str, mode: str) -> Iterator[tuple[TrainingSession, int]]:
        for session, mark in self.marks:
            if module in ("", session.module) and mode in ("", mode_of(session)):
                yield session, attended_minutes(session, mark)

    def minutes_of(self, module: str) -> int:
        """Minutes in one module, by whatever rule."""
        return self.minutes(module).total()

    def hours_of(self, module: str = "", mode: str = "") -> Decimal:
        """Credit hours in one module or mode."""
        found: Counter[str] = Counter()
        for session, minutes in self._counted(module, mode):
            counted = counted_minutes(session, minutes)
            found[session.hour_rule or ""] += session.share(counted, self.year)
        return credit_hours(found)

    @property
    def leave(self) -> Decimal:
        """Credit hours of leave: of the minutes as stated, or of the whole session."""
        found: Counter[str] = Counter()
        for session, mark in self.marks:
            if mark.status == "leave":
                whole = counted_minutes(session, session.minutes)
                away = whole - counted_minutes(session, attended_minutes(session, mark))
                found[session.hour_rule or ""] += session.share(away, self.year)
        return credit_hours(found)

    @property
    def minutes_elsewhere(self) -> int:
        """Minutes in modules of a newer program: part of all, and of no module here."""
        return self.total_minutes - sum(map(self.minutes_of, MODULES))

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
