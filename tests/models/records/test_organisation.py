import pytest

from models.records.organisation import (
    GRADES,
    SCHOOL_TYPES,
    STAGES,
    Organisation,
    grades_by_stage,
    stage_of_grade,
    usual_grades,
)
from models.records.record import problems_of
from tests.conftest import a_school, an_office


def test_the_sample_units_have_no_problem():
    assert problems_of(a_school()) == {}
    assert problems_of(an_office()) == {}


def test_a_school_tells_its_type_system_and_grades():
    bare = Organisation(kind="school", name="示例县实验小学", code="2137000001")
    assert set(problems_of(bare)) == {"school_type", "system", "grades"}


@pytest.mark.parametrize("code", ["21370000", "２１３７０００００１", "21-3700-0001"])
def test_a_wrong_or_untidy_code_is_told_at_its_field(code):
    assert set(problems_of(a_school(code=code))) == {"code"}


@pytest.mark.parametrize("system", ["six_three", "five_four"])
@pytest.mark.parametrize("school_type", SCHOOL_TYPES)
def test_every_school_type_has_grades_and_their_stages(school_type, system):
    grades = usual_grades(school_type, system)
    assert grades
    assert grades <= GRADES.keys()
    assert {stage_of_grade(g, system) for g in grades} <= STAGES.keys()


def test_grade_six_belongs_to_the_junior_stage_under_five_four():
    assert "6" in usual_grades("primary", "six_three")
    assert "6" not in usual_grades("primary", "five_four")
    assert "6" in usual_grades("junior", "five_four")
    assert stage_of_grade("6", "six_three") == "primary_high"
    assert stage_of_grade("6", "five_four") == "junior"


def test_an_unknown_type_has_no_grades():
    assert usual_grades("circus", "six_three") == frozenset()


@pytest.mark.parametrize(
    ("grade", "stage"),
    [
        ("k", "kindergarten"),
        ("1", "primary_low"),
        ("3", "primary_mid"),
        ("5", "primary_high"),
        ("9", "junior"),
        ("10", "senior"),
        ("v", "secondary_vocational"),
    ],
)
def test_a_grade_is_bound_by_the_rules_of_its_stage(grade, stage):
    assert stage_of_grade(grade, "six_three") == stage


def test_stages_and_scopes_are_derived():
    school = a_school()
    assert school.stages == {"primary_low", "primary_mid", "primary_high"}
    assert school.scopes == school.stages | {"canteen", "all"}
    assert an_office().scopes == {"all"}


def test_grades_stand_under_their_stage_in_school_order():
    found = grades_by_stage(frozenset({"6", "1", "2"}), "six_three")
    assert found == {"primary_low": ["一年级", "二年级"], "primary_high": ["六年级"]}
