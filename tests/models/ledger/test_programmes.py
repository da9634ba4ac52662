from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.ledger.programmes import (
    enrol,
    leave_words,
    programme_words,
    programmes,
    progress,
    put_on,
    totals_of,
)
from models.ledger.same_person import merge
from models.ledger.training import mark_attendance, of_programme, roster, sessions, trainees
from models.problems import AppError
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.training import MODULES
from tests.models.ledger.test_training import a_session

TRAINEE = frozenset({"trainee"})


@pytest.fixture
def programme(ledger):
    return ledger.save(
        Programme(
            name="首期培训班",
            begins=date(2026, 3, 1),
            ends=date(2027, 2, 28),
            plan_development=12,
        )
    )


@pytest.fixture
def two(ledger, programme):
    enrol(ledger, programme.id, [Person(name="王平安"), Person(name="赵𬱖")], TRAINEE)
    return roster(ledger, programme.id)


def hold(ledger, programme, minutes, **answers):
    return ledger.save(a_session(minutes, programme=programme.id, **answers))


def test_a_pasted_list_is_on_the_roster_once(ledger, programme, two):
    again = enrol(ledger, programme.id, [Person(name="王平安"), Person(name="张㛃")], TRAINEE)
    assert again.enrolled == 1
    assert again.words().startswith("已添加 1 人。另有 1 人原来就在名单里")
    assert [person.name for person in roster(ledger, programme.id)] == ["王平安", "赵𬱖", "张㛃"]
    assert {trainee.standing for trainee, _ in trainees(ledger, programme.id)} == {"selected"}


def test_a_bare_name_that_two_people_bear_is_asked_about(ledger, programme):
    for post in ("主任", "干事"):
        ledger.save(Person(name="张伟", post=post))
    asked = enrol(ledger, programme.id, [Person(name="张伟")], TRAINEE)
    assert "张伟有重名，没有加入" in asked.words()
    assert roster(ledger, programme.id) == []
    enrol(ledger, programme.id, [Person(name="张伟", post="干事")], TRAINEE)
    assert [person.post for person in roster(ledger, programme.id)] == ["干事"]


def test_who_has_withdrawn_is_not_expected_any_more(ledger, programme, two):
    (first, _), _second = trainees(ledger, programme.id)
    ledger.save(Trainee(**{**vars(first), "standing": "withdrawn"}), first)
    assert [person.name for person in roster(ledger, programme.id)] == ["赵𬱖"]


def test_who_was_taken_off_comes_back_with_the_number_they_had(ledger, programme, two):
    (first, _person), _second = trainees(ledger, programme.id)
    numbered = ledger.save(replace(first, team="一组", certificate="2026-001"), first)
    ledger.remove(numbered)
    again = enrol(ledger, programme.id, [Person(name="王平安")], TRAINEE)
    assert again.enrolled == 1
    assert numbered in [trainee for trainee, _person in trainees(ledger, programme.id)]


def test_who_is_on_the_roster_is_not_written_over(ledger, programme, two):
    (first, person), _second = trainees(ledger, programme.id)
    numbered = ledger.save(replace(first, team="一组", certificate="2026-001"), first)
    other = ledger.save(Person(name="王 平安"))
    merge(ledger, other, person)
    for same in (person, other):
        with pytest.raises(AppError, match="已经在班次里"):
            put_on(ledger, Trainee(programme=programme.id, person=same.id))
    assert ledger.get(Trainee, first.id) == numbered
    newcomer = ledger.save(Person(name="张㛃"))
    added = put_on(ledger, Trainee(programme=programme.id, person=newcomer.id, team="二组"))
    assert ledger.get(Trainee, added.id).team == "二组"


def test_who_was_merged_joins_by_the_post_under_which_they_were_entered(ledger, programme):
    kept, gone = (ledger.save(Person(name="张伟", post=post)) for post in ("主任", "干事"))
    merge(ledger, gone, kept)
    again = enrol(ledger, programme.id, [Person(name="张伟", post="干事")], TRAINEE)
    assert (again.taken.known, again.enrolled) == (1, 1)
    assert [person.id for person in roster(ledger, programme.id)] == [kept.id]


def test_the_programme_that_began_last_stands_first(ledger, programme):
    later = ledger.save(Programme(name="二期", begins=date(2026, 9, 1), ends=date(2026, 12, 1)))
    assert programmes(ledger) == [later, programme]


def test_modules_stand_against_the_plan(ledger, programme, two):
    held = hold(ledger, programme, 90)
    ledger.save(a_session(45))  # of no programme
    mark_attendance(ledger, held, two[0], "present")
    lines = progress(ledger, programme, totals_of(ledger, programme.id))
    assert [line.module for line in lines] == [*MODULES]
    development = next(line for line in lines if line.module == "development")
    assert (development.planned, development.held, development.average) == (
        12,
        Decimal("2.00"),
        Decimal("1.00"),
    )
    assert of_programme(sessions(ledger), programme.id) == [held]


def test_without_trainees_there_is_no_average(ledger, programme):
    hold(ledger, programme, 90)
    assert {line.average for line in progress(ledger, programme, [])} == {Decimal("0.00")}


def test_leave_beyond_a_seventh_is_told_with_its_source(ledger, programme, two):
    held = hold(ledger, programme, 90)
    mark_attendance(ledger, held, two[0], "leave", 45)
    totals = totals_of(ledger, programme.id)
    assert leave_words(programme, Decimal(2), totals) == ""  # 1 of 12 planned hours
    unplanned = Programme(name="不定计划")
    words = leave_words(unplanned, Decimal(2), totals)
    assert words.startswith("王平安（1.00 学时）请假超过上限 0.29 学时。")
    assert "《干部教育培训工作条例》" in words


def test_many_who_are_beyond_the_limit_are_counted(ledger, programme):
    newcomers = [Person(name=f"学员{letter}") for letter in "甲乙丙丁"]
    enrol(ledger, programme.id, newcomers, TRAINEE)
    held = hold(ledger, programme, 90)
    for person in roster(ledger, programme.id):
        mark_attendance(ledger, held, person, "leave")
    words = leave_words(Programme(name="班"), Decimal(2), totals_of(ledger, programme.id))
    assert "学员丙（2.00 学时）等 4 人请假" in words


def test_programmes_of_one_name_are_told_apart(ledger, programme):
    ledger.save(Programme(name="首期培训班", begins=date(2025, 3, 1), ends=date(2025, 9, 1)))
    assert [*programme_words(ledger).values()] == ["首期培训班", "首期培训班（第 2 个）"]
