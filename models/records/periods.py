"""Months as a sheet names them: 2026-11."""

import re
from datetime import date

_PERIOD = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def period_of(day: date) -> str:
    """2026-11, the month of a day."""
    return f"{day.year:04}-{day.month:02}"


def show_period(period: str) -> str:
    """2026年11月, as people read it."""
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
