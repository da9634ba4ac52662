import pytest

from models.records.organisation import usual_grades
from models.records.routines import ROUTINES, Deed, routines_of
from tests.conftest import TODAY, a_school, an_office

BY_ID = {routine.id: routine for routine in ROUTINES}


def inspected(day, kind="daily", scope=(), items=()):
    return Deed(
        record="inspection", kind=kind, day=day, scope=frozenset(scope), items=frozenset(items)
    )


def drilled(day, kind="evacuation"):
    return Deed(record="drill", kind=kind, day=day)


def taught(day, kind="course", *scope):
    return Deed(record="safety_lesson", kind=kind, day=day, scope=frozenset(scope))


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
    assert BY_ID["evacuation"].basis.startswith(
        "每月至少一次，依据：《中小学幼儿园应急疏散演练指南》"
    )
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
        ("month", inspected(TODAY, "monthly"), True),
        ("month", inspected(TODAY, "term"), False),
        ("inspector", inspected(TODAY, "supervision"), True),
        ("inspector", inspected(TODAY, "term"), False),
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


@pytest.mark.parametrize(
    ("routine", "about"),
    [
        ("patrol", "daily"),
        ("month", "monthly"),
        ("special_equipment", "special:spec"),
        ("fire_test", "special:fire"),
        ("evacuation", "evacuation"),
        ("bullying", "bully"),
        ("lessons", ""),
    ],
)
def test_a_new_record_begins_with_what_the_routine_asks_for(routine, about):
    assert BY_ID[routine].about == about
