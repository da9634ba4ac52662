"""Moments of the ledger, which are kept in UTC, by the clock on the wall, and days in words."""

from datetime import date, datetime

from models.records.fields import show_day

WEEKDAYS = "一二三四五六日"


def local_time(moment: str) -> str:
    """2026-11-23 16:01 for a moment as the ledger keeps it; empty where there is none."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if moment else ""


def long_day(day: date) -> str:
    """2026年11月22日 (周日)."""
    return f"{show_day(day)} (周{WEEKDAYS[day.weekday()]})"
