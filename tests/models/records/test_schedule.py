from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.routines import Deed
from models.records.schedule import due
from models.records.school_days import SchoolDays
from tests.conftest import TODAY
from tests.models.records.test_routines import BY_ID, drilled, inspected

LONG_AGO = date(2020, 1, 1)
PATROL, MONTH, EVACUATION = BY_ID["patrol"], BY_ID["month"], BY_ID["evacuation"]


def one(routine, deeds, today, since=LONG_AGO):
    (found,) = due([routine], deeds, today, SchoolDays(), since)
    return found


def test_a_patrol_is_due_every_day_of_school_and_never_on_a_weekend():
    friday = date(2026, 11, 20)
    assert one(PATROL, [inspected(friday)], TODAY).state == "today"
    assert one(PATROL, [inspected(friday), inspected(TODAY)], TODAY).state == "done"
    assert due([PATROL], [], date(2026, 11, 22), SchoolDays(), LONG_AGO) == []


def test_a_sunday_that_was_swapped_asks_for_its_patrol():
    sunday = date(2026, 11, 22)
    friday = inspected(date(2026, 11, 20))
    (found,) = due([PATROL], [friday], sunday, SchoolDays(swapped=frozenset({sunday})), LONG_AGO)
    assert (found.state, found.day) == ("today", sunday)


def test_a_lift_is_looked_after_every_fifteen_days():
    found = one(BY_ID["lift"], [inspected(TODAY, items=("sf.spec.04",))], TODAY)
    assert (found.state, found.tally) == ("done", "这15天 1/1")
    assert found.routine.basis.startswith("每15天至少一次，依据：")


def test_a_day_of_school_without_a_patrol_is_told_until_the_next_one():
    missed = one(PATROL, [inspected(date(2026, 11, 19))], TODAY)
    assert (missed.state, missed.day, missed.last) == (
        "overdue",
        date(2026, 11, 20),
        date(2026, 11, 19),
    )
    assert one(PATROL, [inspected(TODAY)], TODAY).state == "done"


@pytest.mark.parametrize(
    ("today", "state", "day"),
    [
        (date(2026, 11, 2), "later", date(2026, 11, 30)),
        (date(2026, 11, 27), "later", date(2026, 11, 30)),
        (date(2026, 11, 30), "today", date(2026, 11, 30)),
        (date(2026, 12, 3), "overdue", date(2026, 11, 30)),
        (date(2026, 12, 30), "overdue", date(2026, 11, 30)),
    ],
)
def test_a_monthly_drill_is_due_by_the_last_day_of_school(today, state, day):
    found = one(EVACUATION, [drilled(date(2026, 10, 16))], today)
    assert (found.state, found.day) == (state, day)


def test_what_is_due_by_the_end_of_this_week_stands_in_this_week():
    assert one(BY_ID["week"], [], date(2026, 11, 25)).state == "week"
    assert one(BY_ID["week"], [], date(2026, 11, 27)).state == "today"


def test_a_month_that_ends_on_a_weekend_is_over_with_its_last_day_of_school():
    found = one(MONTH, [inspected(date(2026, 9, 30), "monthly")], date(2026, 10, 31))
    assert (found.state, found.day) == ("overdue", date(2026, 10, 30))


def test_one_drill_takes_a_missed_month_off_the_list():
    found = one(EVACUATION, [drilled(date(2026, 12, 3))], date(2026, 12, 4))
    assert (found.state, found.tally) == ("done", "本月 1/1")


def test_of_two_a_year_the_first_clears_last_year_and_the_second_is_still_due():
    fire, today = BY_ID["fire_drill"], date(2027, 3, 10)
    assert one(fire, [], today).state == "overdue"
    half = one(fire, [drilled(date(2027, 3, 9), "fire")], today)
    assert (half.state, half.tally) == ("later", "今年 1/2")


def test_a_vacation_asks_nothing_and_school_begins_afresh_after_it():
    assert due([EVACUATION], [], date(2026, 8, 12), SchoolDays(), LONG_AGO) == []
    first_day = date(2026, 9, 1)
    assert one(PATROL, [], first_day).state == "today"
    assert one(EVACUATION, [], first_day).state == "later"


def test_a_term_is_due_before_its_vacation():
    assert one(BY_ID["bullying"], [], TODAY).day == date(2027, 1, 19)


def test_a_school_that_starts_today_owes_nothing_of_last_month():
    assert one(EVACUATION, [], date(2026, 12, 1), since=TODAY).state == "later"
    assert one(EVACUATION, [], date(2027, 1, 4), since=TODAY).state == "overdue"
    sunday = date(2026, 11, 29)
    assert one(BY_ID["food_week"], [], sunday, since=date(2026, 11, 26)).state == "later"


def test_advice_is_never_overdue():
    assert one(BY_ID["lessons"], [], date(2026, 11, 23)).state == "later"
    assert one(BY_ID["week"], [], date(2026, 11, 29)).state == "later"


def test_what_lies_in_the_future_is_not_done_yet():
    assert one(EVACUATION, [drilled(date(2026, 11, 30))], TODAY).done == 0


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=12),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_to_do_it_today_always_settles_it(days, today):
    """Whatever was missed before: where it is asked today, doing it as often as asked is enough."""
    for routine in BY_ID.values():
        kind = min(routine.kinds, default="term")
        deeds = [
            Deed(
                record=routine.record,
                kind=kind,
                day=day,
                scope=frozenset({routine.category} - {""}),
                items=frozenset({routine.item}),
            )
            for day in [*days, *[today] * routine.times]
        ]
        for found in due([routine], deeds, today, SchoolDays(), LONG_AGO):
            assert found.state == "done"
            assert found.last == today
        for found in due([routine], deeds[: len(days)], today, SchoolDays(), LONG_AGO):
            assert found.state in {"overdue", "today", "week", "later", "done"}
            assert (found.state == "overdue") <= (found.day < today)
