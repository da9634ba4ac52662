from dataclasses import replace
from datetime import date

import pytest

from models.records.characters import METHOD
from models.records.development import Placement, Project, Reflection
from models.records.growth import Growth, placement_days, ten_thousands, with_characters
from models.records.person import Person
from tests.models.ledger.growing import a_placement, a_project, a_reflection, a_talk

ZHAO = Person(id="a.1", name="赵𬱖")
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def test_a_body_is_counted_and_names_its_method():
    counted = with_characters(Reflection(body="学习GB/T 9704标准", characters=9))
    assert (counted.characters, counted.method) == (6, METHOD)


def test_a_count_of_an_earlier_method_stands_until_the_body_changes():
    old = Reflection(body="学习", characters=5, method="cn-words/0")
    assert with_characters(replace(old, topic="新"), old) == replace(old, topic="新")
    longer = with_characters(replace(old, body="学习了"), old)
    assert (longer.characters, longer.method) == (3, METHOD)
    unsaid = replace(old, method=None)
    assert with_characters(old, unsaid).method == METHOD


def test_without_a_body_the_count_is_a_persons():
    on_paper = Reflection(characters=5000, method=METHOD)
    assert with_characters(on_paper) == Reflection(characters=5000)


def test_two_hundred_reflections_of_500_are_ten_times_ten_thousand():
    growth = Growth(reflections=[a_reflection(ZHAO)] * 200 + [Reflection()])
    assert growth.characters == 100_000
    assert ten_thousands(growth.characters) == "10万"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (9_999, "9999"), (12_345, "1.23万"), (105_000, "10.5万")]
)
def test_large_counts_as_people_say_them(count, words):
    assert ten_thousands(count) == words


@pytest.mark.parametrize(
    ("changes", "days"), [({}, 30), ({"days": 20}, 20), ({"days": 0}, 0), ({"ends": None}, 0)]
)
def test_days_of_a_placement(changes, days):
    assert placement_days(a_placement(ZHAO, **changes)) == days
    assert placement_days(Placement()) == 0


def test_what_falls_in_a_year():
    growth = Growth(
        [a_talk(ZHAO), a_talk(ZHAO, held_on=date(2025, 5, 1)), a_talk(ZHAO, held_on=None)],
        [a_reflection(ZHAO), a_reflection(ZHAO, submitted_on=date(2027, 1, 1))],
        [a_placement(ZHAO), a_placement(ZHAO, ends=date(2027, 1, 2))],
        [
            a_project(ZHAO),
            a_project(ZHAO, begins=date(2025, 1, 1), ends=None),
            a_project(ZHAO, begins=date(2025, 1, 1), ends=date(2025, 9, 1)),
            a_project(ZHAO, begins=date(2027, 1, 1), ends=None),
            Project(),
        ],
    )
    this = growth.within(*YEAR)
    counts = [len(n) for n in (this.talks, this.reflections, this.placements, this.projects)]
    assert counts == [1, 1, 1, 2]
    assert (this.characters, this.days) == (500, 30)
