from dataclasses import replace

import pytest

from models.ledger.certificates import given_twice, number_all, usual_prefix
from models.ledger.same_person import merge
from models.problems import AppError
from models.records.person import Person
from models.records.programme import Programme
from tests.models.ledger.growing import a_programme, a_trainee, enrol_all


def roster(ledger, *names):
    programme = ledger.save(a_programme())
    people = [ledger.save(a_trainee(name)) for name in names]
    return programme, enrol_all(ledger, programme, *people)


def test_everybody_gets_the_next_number_once(ledger):
    programme, (first, second, third) = roster(ledger, "赵𬱖", "张㛃", "王平安")
    ledger.save(replace(second, certificate="2026-041"), second)
    ledger.save(replace(third, standing="withdrawn"), third)
    (given,) = number_all(ledger, programme.id, usual_prefix(programme))
    assert (given.id, given.certificate) == (first.id, "2026-042")
    with pytest.raises(AppError, match="没有等待编号"):
        number_all(ledger, programme.id, "2026-")


def test_numbers_go_on_through_the_programmes_of_a_year(ledger):
    for expected in (["2026-001", "2026-002"], ["2026-003"]):
        programme, _trainees = roster(ledger, *(f"学员{n}" for n in expected))
        given = number_all(ledger, programme.id, "2026-")
        assert [one.certificate for one in given] == expected


def test_a_number_of_a_deleted_trainee_is_not_given_again(ledger):
    programme, (first,) = roster(ledger, "赵𬱖")
    number_all(ledger, programme.id, "甲-")
    ledger.remove(first)
    other, _trainees = roster(ledger, "张㛃")
    assert [one.certificate for one in number_all(ledger, other.id, "甲-")] == ["甲-002"]


def test_who_was_merged_is_not_given_a_second_number(ledger):
    programme, (first, second, third) = roster(ledger, "张伟", "张 伟", "王平安")
    ledger.save(replace(second, certificate="甲-001"), second)
    merge(ledger, ledger.get(Person, second.person), ledger.get(Person, first.person))
    (given,) = number_all(ledger, programme.id, "甲-")
    assert (given.id, given.certificate) == (third.id, "甲-002")


def test_a_number_that_two_pcs_gave_apart_is_told(ledger):
    programme, (first, second) = roster(ledger, "赵𬱖", "张㛃")
    other, (third,) = roster(ledger, "王平安")
    assert given_twice(ledger, programme.id) == ""
    ledger.save(replace(first, certificate="2026-001"), first)
    ledger.save(replace(second, certificate="2026-002"), second)
    assert given_twice(ledger, programme.id) == ""
    ledger.save(replace(third, certificate="2026-001"), third)
    for one in (programme, other):
        assert "证书编号 2026-001 给了不止一个人" in given_twice(ledger, one.id)


def test_one_who_was_entered_twice_and_numbered_once_bears_it_alone(ledger):
    programme, (first, second) = roster(ledger, "张伟", "张 伟")
    for one in (first, second):
        ledger.save(replace(one, certificate="2026-001"), one)
    merge(ledger, ledger.get(Person, second.person), ledger.get(Person, first.person))
    assert given_twice(ledger, programme.id) == ""


def test_other_words_behind_the_prefix_are_no_number(ledger):
    programme, (first, second) = roster(ledger, "赵𬱖", "张㛃")
    ledger.save(replace(first, certificate="2026-x"), first)
    (given,) = number_all(ledger, programme.id, "2026-")
    assert (given.id, given.certificate) == (second.id, "2026-001")
    assert usual_prefix(Programme()) == ""
