"""Months as a sheet names them, 2026-11, and the stretches of days that reports are about."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.problems import Problem
from models.records.fields import show_day

_PERIOD = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_TERM = re.compile(r"[12][0-9]{3}-[12]")


def period_of(day: date) -> str:
    """2026-11, the month of a day."""
    return f"{day.year:04}-{day.month:02}"


def show_period(period: str) -> str:
    """2026年11月, or a term by its school year, as people read it."""
    if is_term(period):
        return show_term(period)
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月"


def is_period(text: str) -> bool:
    """Whether a text names a month."""
    return _PERIOD.fullmatch(text) is not None


def moved(period: str, months: int) -> str:
    """The month so many months later, or earlier where negative."""
    year, _, month = period.partition("-")
    count = int(year) * 12 + int(month) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def latest(today: date, months: int) -> list[str]:
    """The month of today and those before it, so many in all, newest first."""
    return [moved(period_of(today), -back) for back in range(months)]


class Period(NamedTuple):
    """A stretch of days, the first and the last one included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def show(self) -> str:
        """2026年9月1日至2027年1月31日, as people read it."""
        return f"{show_day(self.start)}至{show_day(self.end)}"


def rules_of_days(begins: date | None, ends: date | None) -> Iterator[tuple[str, Problem]]:
    """The rule of a record that `begins` and `ends`, as `Record.rules` tells it."""
    if begins and ends and ends < begins:
        yield "ends", Problem("结束日期早于开始日期，请检查。")


def months(first: str, count: int = 1) -> Period:
    """So many whole months, beginning with the one that a text names."""
    start, after = (date.fromisoformat(f"{month}-01") for month in (first, moved(first, count)))
    return Period(start, after - timedelta(days=1))


def term(name: str) -> Period:
    """2026-1 and 2026-2: the terms of the school year that begins in September 2026.

    The holidays belong to the term before them, so that no day is left out (domain E.3).
    """
    year, _, half = name.partition("-")
    return months(f"{year}-09", 5) if half == "1" else months(f"{int(year) + 1}-02", 7)


def show_term(name: str) -> str:
    """2026—2027学年第一学期."""
    year, _, half = name.partition("-")
    return f"{year}—{int(year) + 1}学年第{'一' if half == '1' else '二'}学期"


def is_term(text: str) -> bool:
    """Whether a text names a term."""
    return _TERM.fullmatch(text) is not None


def latest_terms(today: date, count: int) -> list[str]:
    """The term of today and those before it, so many in all, newest first."""
    began = today.year * 2 - (today.month < 9)  # a year has two: from September, from February
    began -= today.month < 2
    return [f"{at // 2}-{at % 2 + 1}" for at in range(began, began - count, -1)]


def period_like(period: str, day: date) -> str:
    """The term of a day where `period` is a term, else its month."""
    return latest_terms(day, 1)[0] if is_term(period) else period_of(day)


def beside(period: str, step: int) -> str:
    """The month, or the term, so many later, or earlier where negative."""
    if not is_term(period):
        return moved(period, step)
    year, _, half = period.partition("-")
    at = int(year) * 2 + int(half) - 1 + step
    return f"{at // 2:04}-{at % 2 + 1}"


def show_months(first: str, count: int) -> str:
    """2026年10月至11月, 2026年12月至2027年1月."""
    last = moved(first, count - 1)
    end = show_period(last)
    return f"{show_period(first)}至{end.partition('年')[2] if last[:4] == first[:4] else end}"
