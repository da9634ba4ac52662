from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from models.ledger.certificates import number_all
from models.ledger.development import trainee_years
from models.ledger.ledger import Ledger
from models.ledger.same_person import merge
from models.ledger.training import mark_attendance
from models.problems import AppError
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.training import TrainingSession
from tests.models.ledger.growing import (
    a_programme,
    a_project,
    a_reflection,
    a_talk,
    a_trainee,
    enrol_all,
    score_all,
)

Print = Callable[[str, str], str]


@pytest.fixture
def course(ledger: Ledger) -> Programme:
    return ledger.save(a_programme())


@pytest.fixture
def zhao(ledger: Ledger, course: Programme) -> Person:
    person = ledger.save(a_trainee("赵𬱖"))
    enrol_all(ledger, course, person)
    return person


def attend(ledger: Ledger, person: Person, programme: str | None, year: int = 2026) -> None:
    starts = datetime(year, 5, 6, 8, 0)
    given = {"topic": f"{year}年的安全课", "module": "project", "form": "lecture"}
    session = ledger.save(
        TrainingSession(
            starts=starts,
            ends=starts + timedelta(minutes=90),
            hour_rule="m45",
            mode="offline",
            programme=programme,
            **given,
        )
    )
    mark_attendance(ledger, session, person, "present")


def test_a_proof_is_of_one_person_and_one_year(
    ledger: Ledger, printed: Print, zhao: Person
) -> None:
    for year in (2025, 2026):
        attend(ledger, zhao, None, year)
    assert trainee_years(ledger) == [(zhao.id, 2026), (zhao.id, 2025)]
    text = printed("hours_proof", f"{zhao.id}@2026")
    assert "赵𬱖于2026年度参加培训活动1次，计90分钟，折合2.00学时" in text
    assert "2025年的安全课" not in text
    with pytest.raises(AppError, match="赵𬱖在2024年没有培训考勤"):
        printed("hours_proof", f"{zhao.id}@2024")


def test_a_file_is_of_all_years_and_programmes(
    ledger: Ledger, printed: Print, course: Programme, zhao: Person
) -> None:
    attend(ledger, zhao, None, 2025)
    attend(ledger, zhao, course.id)
    ledger.save(a_talk(zhao, programme=course.id))
    ledger.save(Trainee(programme="gone.1", person=zhao.id))
    text = printed("training_file", zhao.id)
    assert "累计学时4.00" in text
    assert "班次：优秀年轻干部培训班" in text
    assert "2025年的安全课" in text
    assert "微分享1次" in text


def test_a_file_is_also_of_what_was_entered_under_the_other_name(
    ledger: Ledger, printed: Print, course: Programme, zhao: Person
) -> None:
    (enrolled,) = ledger.all(Trainee)
    ledger.save(replace(enrolled, certificate="2026-001"), enrolled)
    kept = ledger.save(a_trainee("赵 𬱖", post="主任"))
    enrol_all(ledger, course, kept)
    attend(ledger, zhao, None)
    merge(ledger, zhao, kept)
    for one in (kept, zhao):
        text = printed("training_file", one.id)
        assert "职务主任" in text
        assert text.count("班次：优秀年轻干部培训班") == 1
        assert "证书编号2026-001" in text
        assert "计90分钟，折合2.00学时" in printed("hours_proof", f"{one.id}@2026")


def test_certificates_are_for_those_with_a_number_by_the_hours_of_the_programme(
    ledger: Ledger, printed: Print, course: Programme, zhao: Person
) -> None:
    with pytest.raises(AppError, match="还没有编证书号"):
        printed("certificates", course.id)
    attend(ledger, zhao, course.id)
    attend(ledger, zhao, None)
    guest = ledger.save(a_trainee("张㛃"))
    attend(ledger, guest, None)
    number_all(ledger, course.id, "2026-")
    (trainee,) = ledger.all(Trainee)
    text = printed("certificates", course.id)
    assert text.startswith("结业证书编号：2026-001赵𬱖同志（示例县实验小学）")
    assert "完成培训2.00学时" in text
    assert "示例县教育局（盖章）" in text
    ledger.save(replace(trainee, standing="withdrawn"), trainee)
    with pytest.raises(AppError, match="还没有编证书号"):
        printed("certificates", course.id)


def test_two_certificates_of_one_number_are_not_printed(
    ledger: Ledger, printed: Print, course: Programme, zhao: Person
) -> None:
    other = ledger.save(a_trainee("张㛃"))
    enrol_all(ledger, course, other, certificate="2026-001")
    (first, _second) = ledger.all(Trainee)
    ledger.save(replace(first, certificate="2026-001"), first)
    with pytest.raises(AppError, match=r"2026-001 给了不止一个人.*没有打印"):
        printed("certificates", course.id)


def test_a_programme_without_an_organiser_is_certified_by_the_unit(
    ledger: Ledger, printed: Print, zhao: Person
) -> None:
    own = ledger.save(a_programme(organiser=None))
    enrol_all(ledger, own, zhao, certificate="甲1")
    assert "示例县实验小学（盖章）" in printed("certificates", own.id)


def test_the_report_adds_up_one_programme(
    ledger: Ledger, printed: Print, course: Programme, zhao: Person
) -> None:
    attend(ledger, zhao, course.id)
    attend(ledger, zhao, None)
    ledger.save_all([a_reflection(zhao, programme=course.id), a_reflection(zhao)])
    ledger.save(a_project(zhao, programme=course.id))
    text = printed("programme_report", course.id)
    assert "举办培训活动1次、1.5小时，其中项目攻坚1次；参加1人次" in text
    assert "心得感悟1篇、500字" in text
    assert "1赵𬱖2.0001/50001" in text


def test_a_self_test_is_of_a_person_and_a_period(
    ledger: Ledger, printed: Print, zhao: Person
) -> None:
    with pytest.raises(AppError, match="还没有导入自测指标"):
        printed("self_test", f"{zhao.id}@2026上")
    score_all(ledger, zhao, "2026上")
    assert "政治能力80" in printed("self_test", f"{zhao.id}@2026上")


@pytest.mark.parametrize(
    ("key", "parameter", "words"),
    [
        ("hours_proof", "gone.1@2026", "不在名单里"),
        ("training_file", "gone.1", "不在名单里"),
        ("self_test", "gone.1@2026上", "不在名单里"),
        ("certificates", "gone.1", "不在台账里"),
        ("programme_report", "gone.1", "不在台账里"),
    ],
)
def test_what_is_gone_is_told(printed: Print, key: str, parameter: str, words: str) -> None:
    with pytest.raises(AppError, match=words):
        printed(key, parameter)


def test_the_summary_judges_by_the_confirmed_quota_of_a_year(
    ledger: Ledger, printed: Print, zhao: Person
) -> None:
    given = (("cadre_year", "90"), ("teacher_year", ""), ("head_five", ""))
    for at, (quota, _hours) in enumerate(given):
        bound = ledger.save(a_trainee(f"学员{at}", quota=quota))
        attend(ledger, bound, None)
    text = printed("training_summary", "2026")
    for at, (_quota, hours) in enumerate(given):
        assert f"学员{at}示例县实验小学{hours}2.000.00" in text
    assert text.count("否") == 1
    assert "应修学时依据：乡科级及以下干部：每年90学时（12天）" in text
    assert "建议" not in text


def test_of_a_session_over_new_year_a_proof_counts_the_share_of_its_year(
    ledger: Ledger, printed: Print, zhao: Person
) -> None:
    starts = datetime(2025, 12, 31, 23, 0)
    given = {"topic": "跨年值守", "module": "project", "form": "lecture", "hour_rule": "m60"}
    session = ledger.save(
        TrainingSession(starts=starts, ends=starts + timedelta(minutes=180), **given)
    )
    mark_attendance(ledger, session, zhao, "present")
    text = printed("hours_proof", f"{zhao.id}@2026")
    assert "计120分钟，折合2.00学时" in text
    assert "出勤1202.00" in text
