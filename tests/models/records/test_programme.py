from datetime import date

from models.records.development import Placement, Project
from models.records.programme import Programme, Trainee
from models.records.record import problems_of

FIRST, SECOND = date(2026, 3, 1), date(2026, 4, 1)


def test_a_programme_does_not_end_before_it_begins():
    programme = Programme(name="首期培训班", begins=SECOND, ends=FIRST)
    assert set(problems_of(programme)) == {"ends"}
    assert not problems_of(Programme(name="首期培训班", begins=FIRST, ends=SECOND))


def test_the_steps_of_recommendation_follow_each_other_but_may_be_left_out():
    good = Trainee(programme="p", person="z", nominated=FIRST, decided=SECOND)
    assert not problems_of(good)
    bad = Trainee(programme="p", person="z", nominated=SECOND, decided=FIRST)
    assert set(problems_of(bad)) == {"decided"}


def test_a_placement_has_no_more_days_than_its_period():
    def placement(**answers):
        return Placement(person="z", host="示例县第二小学", begins=FIRST, ends=SECOND, **answers)

    assert not problems_of(placement(days=32))
    assert not problems_of(placement())
    assert set(problems_of(placement(days=33))) == {"days"}


def test_a_project_does_not_end_before_it_begins():
    project = Project(name="校园读写", leader="z", begins=SECOND, ends=FIRST)
    assert set(problems_of(project)) == {"ends"}
    assert not problems_of(Project(name="校园读写", leader="z", begins=FIRST))


def test_the_plans_of_the_modules_are_no_more_than_the_whole():
    given = {"name": "首期培训班", "begins": FIRST, "ends": SECOND, "plan_project": 40}
    assert set(problems_of(Programme(**given, planned_hours=30))) == {"planned_hours"}
    assert not problems_of(Programme(**given, planned_hours=40))
    assert Programme(**given).plan == 40
    assert Programme(**given, planned_hours=90).plan == 90
    assert Programme().plan == 0
