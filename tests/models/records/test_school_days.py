from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.periods import Period
from models.records.record import problems_of
from models.records.school_days import EVERY, SchoolDays, Vacations, span, usual_vacation

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("day", (2026, 11, 25), (2026, 11, 25)),
        ("week", (2026, 11, 23), (2026, 11, 29)),
        ("month", (2026, 11, 1), (2026, 11, 30)),
        ("quarter", (2026, 10, 1), (2026, 12, 31)),
        ("half_year", (2026, 7, 1), (2026, 12, 31)),
        ("term", (2026, 9, 1), (2027, 1, 31)),
        ("year", (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_the_stretch_that_holds_a_day(every, first, last):
    assert span(every, date(2026, 11, 25)) == Period(date(*first), date(*last))


@given(DAYS, st.sampled_from([*EVERY]))
def test_stretches_follow_each_other_without_gap_or_overlap(day, every):
    here = span(every, day)
    assert day in here
    assert span(every, here.start) == here == span(every, here.end)
    assert span(every, here.end + timedelta(days=1)).start == here.end + timedelta(days=1)


@given(DAYS)
def test_two_weeks_begin_on_a_monday_and_fifteen_days_are_fifteen(day):
    here = span("fortnight", day)
    assert here.start.weekday() == 0
    assert (here.end - here.start).days == 13
    fifteen = span("fifteen_days", day)
    assert (fifteen.end - fifteen.start).days == 14


@pytest.mark.parametrize(
    ("day", "taught"),
    [
        ((2026, 11, 27), True),
        ((2026, 11, 28), False),  # Saturday
        ((2026, 10, 1), False),
        ((2026, 10, 8), True),
        ((2027, 1, 19), True),
        ((2027, 1, 20), False),
        ((2027, 2, 22), True),
        ((2026, 8, 31), False),
        ((2026, 9, 1), True),
    ],
)
def test_weekends_holidays_and_vacations_are_no_days_of_school(day, taught):
    assert (date(*day) in SchoolDays()) is taught


def test_a_vacation_that_was_said_takes_the_place_of_the_usual_one_of_its_year():
    said = SchoolDays({("winter", 2027): Period(date(2027, 1, 11), date(2027, 2, 14))})
    assert date(2027, 1, 12) not in said
    assert date(2027, 2, 16) in said
    assert date(2028, 2, 16) not in said
    assert said.vacation("summer", 2027) == usual_vacation("summer", 2027)


def test_a_weekend_that_was_swapped_for_a_holiday_is_a_day_of_school():
    saturday = date(2026, 10, 10)
    days = SchoolDays(swapped=frozenset({saturday}))
    assert saturday in days
    assert saturday + timedelta(days=7) not in days
    assert days.last_in(span("week", saturday)) == saturday


def test_the_last_day_of_school_within_a_stretch_and_before_a_day():
    days = SchoolDays()
    assert days.last_in(span("week", date(2026, 11, 25))) == date(2026, 11, 27)
    assert days.last_in(span("month", date(2026, 8, 3))) is None
    assert days.last_before(date(2026, 11, 23), timedelta(days=10)) == date(2026, 11, 20)
    assert days.last_before(date(2026, 9, 1), timedelta(days=10)) is None


def test_what_is_no_day_is_no_day_of_school():
    assert "2026-11-27" not in SchoolDays()


VACATIONS = Vacations(
    winter_start=date(2027, 1, 16),
    winter_end=date(2027, 2, 20),
    summer_start=date(2027, 7, 10),
    summer_end=date(2027, 8, 31),
)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"winter_end": date(2027, 1, 1)}, "winter_end", "寒假的结束日期早于开始日期"),
        ({"summer_start": date(2027, 3, 1)}, "summer_end", "暑假超过了100天"),
        ({"winter_start": date(2026, 12, 30)}, "winter_end", "寒假的开始和结束要在同一年"),
        ({"summer_end": None}, "summer_end", "请填写“暑假结束”"),
        (
            {"swapped": frozenset({date(2027, 2, 21), date(2027, 2, 22)})},
            "swapped",
            "2027年2月22日不是周末",
        ),
    ],
)
def test_a_vacation_that_cannot_be_is_told_beside_its_end(changes, field, words):
    assert problems_of(VACATIONS) == {}
    found = problems_of(replace(VACATIONS, **changes))
    assert [*found] == [field]
    assert words in str(found[field])
