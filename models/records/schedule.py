"""What is due again and again (domain C.7): as data, with its source, and what is due today.

What was not confirmed at its source is advice and says so; it is never shown as law.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.records.organisation import STAGES, Organisation
from models.records.school_days import EVERY, SchoolDays, span

_PUPILS = frozenset(STAGES) - {"kindergarten"}
_ALL = frozenset({"all"})
# A vacation lies between two days of school that are further apart: then all begins afresh.
FRESH_START = timedelta(days=10)
ADVICE = "建议"
STATES = {
    "overdue": "逾期",
    "today": "今天",
    "week": "本周",
    "later": "以后",
    "done": "已完成",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done: an inspection that ended, a drill or a lesson.

    `scope` are the categories it was about, none of them meaning all; `items` the check items
    that passed in it.
    """

    record: str
    kind: str
    day: date
    scope: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A thing to do so many times within each stretch of days, and which deeds count as it."""

    id: str
    name: str
    every: str
    times: int = 1
    scope: frozenset[str] = _ALL
    source: str = ""
    confirmed: bool = True
    note: str = ""
    record: str = "inspection"
    kinds: frozenset[str] = frozenset()
    category: str = ""
    item: str = ""

    @property
    def title(self) -> str:
        """Its name; advice is called advice."""
        return self.name if self.confirmed else f"{ADVICE}：{self.name}"

    @property
    def basis(self) -> str:
        """How often, and where that stands."""
        often = EVERY[self.every] + (f"至少{self.times}次" if self.times > 1 else "至少一次")
        source = self.source or "一般做法"
        words = f"{often}，依据：{source}" if self.confirmed else f"{ADVICE}{often}（{source}）"
        return f"{words}。{self.note}"

    def counts(self, deed: Deed) -> bool:
        """Whether a deed is a time of this; an inspection without findings is one like any."""
        if deed.record != self.record or (self.kinds and deed.kind not in self.kinds):
            return False
        if self.item:
            return self.item in deed.items
        # an inspection of no category is one of all, a lesson of no category is of none
        whole = not deed.scope and self.record == "inspection"
        return not self.category or whole or self.category in deed.scope


class Due(NamedTuple):
    """A routine today: its state, the day by which it is due, the times done in this stretch.

    `last` is the day of the newest deed, whenever that was.
    """

    routine: Routine
    state: str
    day: date
    done: int
    last: date | None

    @property
    def tally(self) -> str:
        """本月 0/1."""
        stretch = {"day": "今天", "year": "今年", "term": "本学期"}
        word = stretch.get(self.routine.every) or EVERY[self.routine.every].replace("每", "本")
        return f"{word} {self.done}/{self.routine.times}"


def _checked(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


XF10 = "《中小学校、幼儿园消防安全十项规定》（教发厅〔2024〕1号）"
YJ14 = "《中小学幼儿园应急疏散演练指南》（教基一厅〔2014〕2号）"
JZYC = "《集中用餐单位落实食品安全主体责任监督管理规定》"
_CANTEEN = frozenset({"canteen"})

ROUTINES = (
    Routine(
        id="patrol",
        name="日常巡查（含防火巡查）",
        every="day",
        source=XF10,
        note="校内重点部位每天巡查不少于5次（GB/T 29315—2022），每天登记一次即可。",
        kinds=_checked("daily"),
        category="fire",
    ),
    Routine(
        id="food_day",
        name="食品安全日管控",
        every="day",
        scope=_CANTEEN,
        source=JZYC,
        kinds=_checked("daily"),
        category="food",
    ),
    Routine(
        id="week",
        name="周检查",
        every="week",
        confirmed=False,
        kinds=_checked("weekly"),
    ),
    Routine(
        id="food_week",
        name="食品安全周排查",
        every="week",
        scope=_CANTEEN,
        source=JZYC,
        kinds=_checked("weekly"),
        category="food",
    ),
    Routine(
        id="month",
        name="月检查（含防火检查）",
        every="month",
        source=XF10,
        kinds=_checked("monthly", "term"),
        category="fire",
    ),
    Routine(
        id="food_month",
        name="食品安全月调度",
        every="month",
        scope=_CANTEEN,
        source=JZYC,
        kinds=_checked("monthly", "term"),
        category="food",
    ),
    Routine(
        id="special_equipment",
        name="特种设备自查",
        every="month",
        scope=frozenset({"special_equipment", "boiler", "lift"}),
        source="《特种设备安全监察条例》第二十七条",
        kinds=_checked("monthly", "term", "special"),
        category="spec",
    ),
    Routine(
        id="lift",
        name="电梯维护保养（核对维保记录）",
        every="fortnight",
        scope=frozenset({"lift"}),
        source="《特种设备安全监察条例》第三十一条",
        note="电梯至少每15日维护保养一次，由维保单位进行。",
        item="sf.spec.04",
    ),
    Routine(
        id="term",
        name="学期检查",
        every="term",
        confirmed=False,
        kinds=_checked("term"),
    ),
    Routine(
        id="buildings",
        name="校舍安全排查",
        every="half_year",
        source="国办发〔2013〕103号",
        kinds=_checked("term", "special", "third_party"),
        category="bldg",
    ),
    Routine(
        id="fire_test",
        name="消防设施全面检测（核对检测报告）",
        every="year",
        source="《消防法》第十六条",
        item="sf.fire.10",
    ),
    Routine(
        id="bus",
        name="校车安全技术检验（核对检验记录）",
        every="half_year",
        scope=frozenset({"bus"}),
        source="《校车安全管理条例》第二十条",
        item="sf.bus.03",
    ),
    Routine(
        id="evacuation",
        name="应急疏散演练",
        every="month",
        scope=_PUPILS,
        source=YJ14,
        note="寄宿制学校和特殊教育学校应适当增加次数。",
        record="drill",
        kinds=_checked("evacuation"),
    ),
    Routine(
        id="evacuation_kindergarten",
        name="幼儿园应急疏散演练",
        every="quarter",
        scope=frozenset({"kindergarten"}),
        source=YJ14,
        record="drill",
        kinds=_checked("evacuation"),
    ),
    Routine(
        id="fire_drill",
        name="消防演练",
        every="year",
        times=2,
        source="《山东省消防条例》第四十二条",
        note="11月是消防宣传月，消防安全重点单位要组织一次综合演练。",
        record="drill",
        kinds=_checked("fire"),
    ),
    Routine(
        id="bullying",
        name="防治欺凌专题教育",
        every="term",
        scope=_PUPILS,
        source="国务院教育督导委员会办公室《关于开展中小学生欺凌防治落实年行动的通知》",
        record="safety_lesson",
        category="bully",
    ),
    Routine(
        id="lessons",
        name="安全课（地方课程）",
        every="fortnight",
        scope=_PUPILS,
        source="山东省学校安全工作若干意见，原文尚未核对",
        confirmed=False,
        record="safety_lesson",
        kinds=_checked("course"),
    ),
)


def routines_of(organisation: Organisation) -> list[Routine]:
    """What a school has to do; an office has none of it."""
    if organisation.kind != "school":
        return []
    return [routine for routine in ROUTINES if routine.scope & organisation.scopes]


def due(
    routines: Iterable[Routine],
    deeds: Sequence[Deed],
    today: date,
    school_days: SchoolDays,
    since: date,
) -> list[Due]:
    """Each routine as it stands today; what has no day of school in its stretch is left out.

    A stretch that ended undone makes a routine overdue until it is done once, if it began on
    `since` or later: a school that starts today owes nothing of last month. Advice is never
    overdue.
    """
    found = []
    for routine in routines:
        days = sorted(deed.day for deed in deeds if deed.day <= today and routine.counts(deed))
        now = span(routine.every, today)
        last_day = school_days.last_in(now)
        if last_day is None:
            continue
        done = sum(day in now for day in days)
        missed = _missed(routine, days, today, school_days) if routine.confirmed else None
        if missed and span(routine.every, missed).start >= since:
            state, day = "overdue", missed
        else:
            state, day = _state(routine, done, last_day, today), last_day
        found.append(Due(routine, state, day, done, days[-1] if days else None))
    return found


def _state(routine: Routine, done: int, last_day: date, today: date) -> str:
    if done >= routine.times:
        return "done"
    if last_day == today:
        return "today"
    return "week" if today < last_day <= span("week", today).end else "later"


def _missed(
    routine: Routine, days: Sequence[date], today: date, school_days: SchoolDays
) -> date | None:
    """The day of school by which it was due and undone: of this stretch, or of the one before."""
    now = span(routine.every, today)
    done = sum(day in now for day in days)
    last_day = school_days.last_in(now)
    if last_day and last_day < today and done < routine.times:
        return last_day
    before = school_days.last_before(now.start, FRESH_START)
    if done or before is None:
        return None
    earlier = span(routine.every, before)
    return before if sum(day in earlier for day in days) < routine.times else None
