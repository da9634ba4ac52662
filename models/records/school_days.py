"""The days on which a school teaches, and the stretches of days within which a thing is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Day, Days, show_day
from models.records.periods import Period, latest_terms, months, term
from models.records.record import Record, answer

EVERY = {
    "day": "每天",
    "week": "每周",
    "fortnight": "每两周",
    "fifteen_days": "每15天",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "term": "每学期",
    "year": "每年",
}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "fifteen_days": 15}
VACATIONS = {"winter": "寒假", "summer": "暑假"}
# Until the school has said its own; holidays differ by stage and year (domain E.3).
_USUAL = {"winter": ((1, 20), (2, 20)), "summer": ((7, 10), (8, 31))}
# New Year, Labour Day and National Day; what moves with the moon is not known years ahead.
_HOLIDAYS = frozenset({(1, 1), *((5, day) for day in range(1, 6)), *((10, d) for d in range(1, 8))})
DAY = timedelta(days=1)
FRIDAY = 4
LONGEST_VACATION = timedelta(days=100)


@dataclass(frozen=True, kw_only=True)
class Vacations(Record):
    """The vacations of one calendar year and the weekend days that were swapped into days of
    school, as their form asks for them; settings, not records."""

    table: ClassVar[str] = "vacations"
    title: ClassVar[str] = "假期"

    winter_start: date | None = answer(Day(label="寒假开始", required=True))
    winter_end: date | None = answer(Day(label="寒假结束", required=True))
    summer_start: date | None = answer(Day(label="暑假开始", required=True))
    summer_end: date | None = answer(Day(label="暑假结束", required=True))
    swapped: frozenset[date] | None = answer(
        Days(label="周末调休上课", help="例如 2027-02-20、2027-02-27")
    )

    @property
    def by_season(self) -> dict[str, Period]:
        """Each vacation, its first and last day included; of answers that have no problem."""
        days = [(s, getattr(self, f"{s}_start"), getattr(self, f"{s}_end")) for s in VACATIONS]
        return {season: Period(start, end) for season, start, end in days}

    def rules(self) -> Iterator[tuple[str, Problem]]:
        """Each within one year, and not longer than a vacation can be."""
        for season, vacation in self.by_season.items():
            word, at = VACATIONS[season], f"{season}_end"
            if vacation.end < vacation.start:
                yield at, Problem(f"{word}的结束日期早于开始日期，请检查。")
            elif vacation.end - vacation.start > LONGEST_VACATION:
                yield at, Problem(f"{word}超过了{LONGEST_VACATION.days}天，请检查日期。")
            elif vacation.start.year != vacation.end.year:
                yield at, Problem(f"{word}的开始和结束要在同一年，请检查。")
        for day in sorted(self.swapped or ()):
            if day.weekday() <= FRIDAY:
                yield "swapped", Problem(f"{show_day(day)}不是周末，本来就上课，请检查。")


def usual_vacation(season: str, year: int) -> Period:
    """The winter or summer vacation of a year, as long as nobody has said another."""
    first, last = _USUAL[season]
    return Period(date(year, *first), date(year, *last))


def span(every: str, day: date) -> Period:
    """The day, week, month … that holds this day; weeks begin on Monday."""
    if every in _LENGTHS:
        length = _LENGTHS[every]
        # day 1 of the calendar was a Monday
        start = day - timedelta(days=(day.toordinal() - 1) % length)
        return Period(start, start + timedelta(days=length - 1))
    if every == "term":
        return term(latest_terms(day, 1)[0])
    count = _MONTHS[every]
    return months(f"{day.year:04}-{(day.month - 1) // count * count + 1:02}", count)


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """Weekdays outside vacations, and the days of weekends `swapped` for them.

    `vacations` are those that differ from the usual ones. Weekdays off around a holiday that moves
    with the moon are not known.
    """

    vacations: Mapping[tuple[str, int], Period] = field(default_factory=dict)
    swapped: frozenset[date] = frozenset()

    def vacation(self, season: str, year: int) -> Period:
        """The winter or summer vacation of a year."""
        return self.vacations.get((season, year)) or usual_vacation(season, year)

    def __contains__(self, day: object) -> bool:
        if day in self.swapped:
            return True
        if not isinstance(day, date) or day.weekday() > FRIDAY:
            return False
        if (day.month, day.day) in _HOLIDAYS:
            return False
        return not any(day in self.vacation(season, day.year) for season in VACATIONS)

    def last_in(self, period: Period) -> date | None:
        """The last day of school within a period, None where there is none."""
        return next(self._back(period.end, period.start), None)

    def last_before(self, day: date, within: timedelta) -> date | None:
        """The last day of school before a day, None where none is that near."""
        return next(self._back(day - DAY, day - within), None)

    def _back(self, last: date, first: date) -> Iterator[date]:
        days = (last - timedelta(days=back) for back in range((last - first).days + 1))
        return (day for day in days if day in self)
