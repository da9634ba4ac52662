from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.organisation import usual_grades
from models.records.schedule import ROUTINES, STATES, Deed, due, routines_of
from models.records.school_days import SchoolDays
from tests.conftest import TODAY, a_school, an_office

LONG_AGO = date(2020, 1, 1)
BY_ID = {routine.id: routine for routine in ROUTINES}
PATROL, MONTH, EVACUATION = BY_ID["patrol"], BY_ID["month"], BY_ID["evacuation"]


def inspected(day, kind="daily", scope=(), items=()):
    return Deed(
        record="inspection", kind=kind, day=day, scope=frozenset(scope), items=frozenset(items)
    )


def drilled(day, kind="evacuation"):
    return Deed(record="drill", kind=kind, day=day)


def taught(day, kind="course", *scope):
    return Deed(record="safety_lesson", kind=kind, day=day, scope=frozenset(scope))


def one(routine, deeds, today, since=LONG_AGO):
    (found,) = due([routine], deeds, today, SchoolDays(), since)
    return found


def ids(**changes):
    return {routine.id for routine in routines_of(a_school(**changes))}


# ---- which routines a school has -----------------------------------------------------------------


def test_a_primary_school_drills_monthly_a_kindergarten_quarterly():
    assert BY_ID["evacuation"].every == "month"
    assert BY_ID["evacuation_kindergarten"].every == "quarter"
    kindergarten = ids(
        school_type="kindergarten", grades=usual_grades("kindergarten", "six_three"), features=None
    )
    assert "evacuation_kindergarten" in kindergarten
    assert not {"evacuation", "bullying", "lessons", "food_day"} & kindergarten
    assert "evacuation" in ids()
    assert "evacuation_kindergarten" not in ids()


@pytest.mark.parametrize(
    ("feature", "has"),
    [
        ("lift", {"special_equipment", "lift"}),
        ("boiler", {"special_equipment"}),
        ("bus", {"bus"}),
        ("canteen", {"food_day", "food_week", "food_month"}),
    ],
)
def test_what_a_school_does_not_have_is_not_asked(feature, has):
    without = ids(features=frozenset())
    assert not has & without
    assert ids(features=frozenset({feature})) - without == has


def test_an_office_has_no_rounds_to_make():
    assert routines_of(an_office()) == []


def test_every_routine_tells_its_source_and_advice_is_called_advice():
    for routine in ROUTINES:
        assert routine.title.startswith("建议：") is not routine.confirmed
        assert ("依据：" in routine.basis) is routine.confirmed
        assert routine.source or not routine.confirmed
    assert EVACUATION.basis.startswith("每月至少一次，依据：《中小学幼儿园应急疏散演练指南》")
    assert BY_ID["fire_drill"].basis.startswith("每年至少2次，")
    assert BY_ID["week"].basis == "建议每周至少一次（一般做法）。"


# ---- what counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("routine", "deed", "counts"),
    [
        ("patrol", inspected(TODAY), True),
        ("patrol", inspected(TODAY, scope=("fire", "elec")), True),
        ("patrol", inspected(TODAY, scope=("elec",)), False),
        ("patrol", inspected(TODAY, "weekly"), False),
        ("patrol", drilled(TODAY, "daily"), False),
        ("month", inspected(TODAY, "term"), True),
        ("buildings", inspected(TODAY, "special", ("bldg",)), True),
        ("fire_test", inspected(TODAY, "term"), False),
        ("fire_test", inspected(TODAY, "term", items=("sf.fire.10",)), True),
        ("evacuation", drilled(TODAY), True),
        ("evacuation", drilled(TODAY, "fire"), False),
        ("fire_drill", drilled(TODAY, "fire"), True),
        ("bullying", taught(TODAY, "lecture", "bully"), True),
        ("bullying", taught(TODAY, "lecture"), False),
        ("lessons", taught(TODAY), True),
        ("lessons", taught(TODAY, "letter"), False),
    ],
)
def test_what_counts_as_done(routine, deed, counts):
    assert BY_ID[routine].counts(deed) is counts


# ---- when it is due ------------------------------------------------------------------------------


def test_a_patrol_is_due_every_day_of_school_and_never_on_a_weekend():
    friday = date(2026, 11, 20)
    assert one(PATROL, [inspected(friday)], TODAY).state == "today"
    assert one(PATROL, [inspected(friday), inspected(TODAY)], TODAY).state == "done"
    assert due([PATROL], [], date(2026, 11, 22), SchoolDays(), LONG_AGO) == []


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
    for routine in ROUTINES:
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
            assert found.state in STATES
            assert (found.state == "overdue") <= (found.day < today)
