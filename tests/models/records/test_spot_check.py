from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.figures import Rate
from models.records.record import problems_of
from models.records.spot_check import (
    BEDTIMES,
    LIMITS,
    SpotCheck,
    arranged,
    by_stage,
    limit_of,
    totals_of,
    totals_words,
)


def a_check(**changes):
    """三年级2班: 45 asked about homework, 9 of them beyond the limit."""
    check = SpotCheck(
        kind="homework",
        held_on=date(2026, 11, 10),
        grade="3",
        class_name="2班",
        asked=45,
        beyond=9,
    )
    return replace(check, **changes)


def test_a_class_has_its_rate_and_its_name():
    assert a_check().rate == Rate(9, 45)
    assert a_check().rate.percent() == "20.00%"
    assert a_check().group == "三年级2班"
    assert SpotCheck().group == ""


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"beyond": 46}, "beyond", "不达标人数比抽测人数还多"),
        ({"kind": "sleep", "late": 46}, "late", "晚于就寝时间的人数比抽测人数还多"),
        ({"late": 3}, "late", "作业抽测不填就寝时间"),
        ({"asked": 0, "beyond": 0}, "asked", "应在 1 到"),
    ],
)
def test_counts_that_cannot_be_are_told_at_their_field(changes, field, words):
    assert words in str(problems_of(a_check(**changes))[field])


def test_counts_that_can_be_are_taken():
    assert problems_of(a_check(kind="sleep", late=45, beyond=0)) == {}


def test_totals_add_pupils_and_count_a_class_once():
    checks = [
        a_check(),
        a_check(held_on=date(2026, 11, 20), asked=40, beyond=0),
        a_check(class_name="3班", beyond=0),
    ]
    totals = totals_of(checks)
    assert (totals.classes, totals.classes_beyond) == (2, 1)
    assert totals.rate == Rate(9, 130)
    assert totals.kept == Rate(121, 130)
    assert totals.late == Rate(0, 0)


def test_bedtimes_count_only_where_they_were_asked():
    checks = [a_check(kind="sleep", late=5), a_check(kind="sleep", class_name="3班")]
    assert totals_of(checks).late == Rate(5, 45)


def test_nothing_adds_up_to_no_rate():
    assert totals_of([]).rate.percent() == "—"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("123"), st.sampled_from("12"), st.integers(1, 60), st.floats(0, 1)
        )
    ),
    st.randoms(use_true_random=False),
)
def test_rates_stay_within_a_hundred_percent_in_whatever_order(classes, random):
    checks = [
        a_check(grade=grade, class_name=f"{name}班", asked=asked, beyond=int(asked * share))
        for grade, name, asked, share in classes
    ]
    totals = totals_of(checks)
    assert 0 <= totals.rate.part <= totals.rate.whole
    assert totals.classes_beyond <= totals.classes <= len(checks)
    random.shuffle(checks)
    assert totals_of(checks) == totals


def test_totals_are_said_with_their_counts():
    assert totals_words("homework", totals_of([a_check()])) == (
        "抽测1个班、45人，超时9人，超时率20.00%；超时班级1个，占100.00%。"
    )
    asleep = a_check(kind="sleep")
    assert totals_words("sleep", totals_of([asleep])) == (
        "抽测1个班、45人，睡眠不足9人，睡眠不足率20.00%。"
    )
    late = totals_words("sleep", totals_of([replace(asleep, late=15)]))
    assert late.endswith("；晚于就寝时间15人，占33.33%。")


def test_classes_stand_by_grade_and_number():
    names = [("10", "1班"), ("2", "10班"), ("2", "9班"), ("13", "1班"), ("2", "1班")]
    checks = [a_check(grade=grade, class_name=name) for grade, name in names]
    assert [(check.grade, check.class_name) for check in arranged(checks)] == [
        ("2", "1班"),
        ("2", "9班"),
        ("2", "10班"),
        ("10", "1班"),
        ("13", "1班"),
    ]


@pytest.mark.parametrize(
    ("kind", "grade", "system", "words"),
    [
        ("homework", "2", "six_three", "不布置书面家庭作业"),
        ("homework", "6", "six_three", "不超过60分钟"),
        ("homework", "6", "five_four", "不超过90分钟"),
        ("homework", "10", "six_three", "国家没有统一规定"),
        ("sleep", "6", "six_three", "不少于10小时"),
        ("sleep", "6", "five_four", "不少于9小时"),
        ("sleep", "12", "six_three", "不少于8小时"),
        ("sleep", "strange", "six_three", "国家没有统一规定"),
    ],
)
def test_the_limit_of_a_grade_follows_its_stage(kind, grade, system, words):
    assert limit_of(kind, grade, system) == words


def test_limits_of_a_school_are_said_once_each():
    primary = {"primary_low", "primary_mid", "primary_high"}
    assert by_stage(LIMITS["homework"], primary) == (
        "小学低段不布置书面家庭作业；小学中段、小学高段不超过60分钟"
    )
    assert by_stage(LIMITS["sleep"], {*primary, "junior"}) == "小学不少于10小时；初中不少于9小时"
    assert by_stage(BEDTIMES, {"junior", "senior"}) == "初中22:00；普通高中23:00"
    assert by_stage(LIMITS["homework"], {"senior"}) == ""
