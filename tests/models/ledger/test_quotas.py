from datetime import date, datetime
from decimal import Decimal

import pytest

from models.ledger.quotas import bind, short, short_words, standings
from models.ledger.training import mark_attendance
from models.records.person import Person
from tests.models.ledger.test_training import a_session

AUTUMN = date(2026, 11, 23)


@pytest.fixture
def trainee(ledger):
    def make(name, quota=None, since=None):
        roles = frozenset({"trainee"})
        return ledger.save(Person(name=name, roles=roles, quota=quota, quota_from=since))

    return make


def attend(ledger, person, year, minutes=450):
    held = ledger.save(a_session(minutes, datetime(year, 5, 4, 8, 0)))
    mark_attendance(ledger, held, person, "present")


def test_a_person_stands_against_the_quota_that_binds_them(ledger, trainee):
    zhao, free = trainee("赵𬱖", "cadre_year"), trainee("张㛃")
    attend(ledger, zhao, 2026)
    attend(ledger, zhao, 2025)
    found = standings(ledger, 2026)
    assert free.id not in found
    assert (found[zhao.id].hours, found[zhao.id].missing) == (Decimal("10.00"), Decimal("80.00"))
    assert found[zhao.id].words() == "还差 80.00"
    assert found[zhao.id].basis().splitlines()[1] == "2026年已有 10.00 学时"


def test_five_years_are_added_up_from_the_year_they_are_counted_from(ledger, trainee):
    head = trainee("李校长", "head_five", 2022)
    for year in (2021, 2022, 2026):
        attend(ledger, head, year)
    standing = standings(ledger, 2026)[head.id]
    assert (standing.first, standing.last, standing.hours) == (2022, 2026, Decimal("20.00"))
    assert standing.basis().splitlines()[1:3] == ["2022—2026年已有 20.00 学时", "　聚焦发展 20.00"]
    assert short(ledger, AUTUMN) == [standing]


def test_without_a_beginning_five_years_are_counted_and_nobody_is_warned(ledger, trainee):
    head = trainee("李校长", "head_five")
    assert "没有填写起算年份" in standings(ledger, 2026)[head.id].basis()
    assert short(ledger, AUTUMN) == []


def test_who_is_counted_from_next_year_on_is_not_short_this_year(ledger, trainee):
    head, yearly = trainee("李校长", "head_five", 2027), trainee("赵𬱖", "cadre_year", 2027)
    assert [one.person for one in short(ledger, AUTUMN)] == [yearly]
    assert standings(ledger, 2026)[head.id].basis().endswith("从2027年起算")


def test_who_is_short_is_told_of_in_autumn_the_most_missing_first(ledger, trainee):
    names = ["甲", "乙", "丙", "丁"]
    people = [trainee(f"学员{name}", "cadre_year") for name in names]
    attend(ledger, people[0], 2026)
    found = short(ledger, AUTUMN)
    assert [standing.person.name for standing in found][-1] == "学员甲"
    assert short_words(found, AUTUMN) == (
        "离年底还有 38 天，学员乙（差 90.00）、学员丙（差 90.00）、学员丁（差 90.00）等 4 人的学时"
        "还没有达到要求。"
    )
    assert short_words(found[:1], AUTUMN).endswith("学员乙（差 90.00）的学时还没有达到要求。")
    assert short(ledger, date(2026, 9, 30)) == []


def test_advice_is_called_advice(ledger, trainee):
    teacher = trainee("王老师", "teacher_year")
    assert standings(ledger, 2026)[teacher.id].words() == "建议：还差 72.00"
    assert short_words(short(ledger, AUTUMN), AUTUMN).endswith("还没有达到要求或建议值。")


def test_who_has_enough_is_done(ledger, trainee):
    zhao = trainee("赵𬱖", "cadre_year")
    for _ in range(9):
        attend(ledger, zhao, 2026)
    assert standings(ledger, 2026)[zhao.id].words() == "已达标"
    assert short(ledger, AUTUMN) == []


def test_one_quota_binds_all_who_have_none(ledger, trainee):
    trainee("赵𬱖", "head_five", 2022)
    zhang = trainee("张㛃")
    assert bind(ledger, "cadre_year") == 1
    assert {one.quota.id for one in standings(ledger, 2026).values()} == {"head_five", "cadre_year"}
    assert standings(ledger, 2026)[zhang.id].quota.hours == 90
