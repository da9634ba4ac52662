from datetime import date

import pytest

from models.records.figures import Rate
from models.records.measure import (
    AreaPlan,
    MeasureAction,
    done_of,
    latest_plans,
    school_year,
    school_year_of,
)

YEAR = school_year("2026")


def an_action(due=date(2026, 11, 1), done_on=None):
    return MeasureAction(number="1", what="公示作业总量", person="张㛃", due=due, done_on=done_on)


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 8, 31), "2025"), (date(2026, 9, 1), "2026"), (date(2027, 1, 5), "2026")],
)
def test_a_school_year_is_named_by_its_september(day, name):
    assert school_year_of(day) == name
    assert day in school_year(name)


def test_an_action_is_late_behind_its_day_until_it_is_done():
    assert an_action().is_late(date(2026, 11, 2))
    assert not an_action().is_late(date(2026, 11, 1))
    assert not an_action(done_on=date(2026, 11, 5)).is_late(date(2026, 11, 9))
    assert not MeasureAction().is_late(date(2026, 11, 9))


@pytest.mark.parametrize(
    ("action", "concerns"),
    [
        (an_action(), True),
        (an_action(date(2026, 3, 1)), True),  # left over
        (an_action(date(2026, 3, 1), date(2026, 3, 1)), False),
        (an_action(date(2026, 3, 1), date(2026, 10, 1)), True),  # done within the year
        (an_action(date(2027, 10, 1)), False),
        (MeasureAction(), False),
    ],
)
def test_an_action_belongs_to_the_years_in_which_it_is_due_open_or_done(action, concerns):
    assert action.concerns(YEAR) is concerns


def test_done_of_all_that_is_planned():
    assert done_of([an_action(), an_action(done_on=date(2026, 10, 1))]) == Rate(1, 2)
    assert done_of([]).percent() == "—"


def test_of_two_plans_of_an_area_the_later_stands():
    plans = [
        AreaPlan(area="sleep", school_year="2026", name="一稿"),
        AreaPlan(area="sleep", school_year="2026", name="二稿"),
        AreaPlan(area="phone", school_year="2025", name="去年"),
        AreaPlan(school_year="2026"),
    ]
    assert {area: plan.name for area, plan in latest_plans(plans, "2026").items()} == {
        "sleep": "二稿"
    }
