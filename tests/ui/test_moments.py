from datetime import UTC, date, datetime

from ui.moments import local_time, long_day


def test_a_moment_is_shown_by_the_clock_on_the_wall():
    moment = datetime(2026, 11, 23, 8, 1, 30, tzinfo=UTC)
    shown = local_time(moment.isoformat())
    assert shown == f"{moment.astimezone():%Y-%m-%d %H:%M}"
    here = local_time("2026-11-23T16:01:00+08:00")
    assert here == shown


def test_no_moment_is_nothing():
    assert local_time("") == ""


def test_a_day_is_written_with_its_weekday():
    assert long_day(date(2026, 11, 22)) == "2026年11月22日 (周日)"
