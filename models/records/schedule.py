"""What is due today of all that a school does again and again: late, today, this week or done."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.records.routines import Deed, Routine
from models.records.school_days import EVERY, SchoolDays, span

# A vacation lies between two days of school that are further apart: then all begins afresh.
FRESH_START = timedelta(days=10)


class Due(NamedTuple):
    """A routine today: the day by which it is due, and the times done in this stretch.

    `state` is overdue, today, week, later or done. `last` is the day of the newest deed,
    whenever that was.
    """

    routine: Routine
    state: str
    day: date
    done: int
    last: date | None

    @property
    def tally(self) -> str:
        """本月 0/1."""
        stretch = {"day": "今天", "fortnight": "这两周", "fifteen_days": "这15天", "year": "今年"}
        word = stretch.get(self.routine.every) or EVERY[self.routine.every].replace("每", "本")
        return f"{word} {self.done}/{self.routine.times}"


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
