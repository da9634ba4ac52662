"""Moments of the ledger, which are kept in UTC, by the clock on the wall."""

from datetime import datetime


def local_time(moment: str) -> str:
    """2026-11-23 16:01 for a moment as the ledger keeps it; empty where there is none."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if moment else ""
