from dataclasses import replace
from datetime import date, datetime

import pytest

from models.ledger import findings
from models.ledger.certificates import number_all
from models.printing import REPORTS
from models.printing.batch_plan import ALONE, SECTIONS, plan_package
from models.printing.job import Job
from models.problems import AppError
from models.records.measure import Measure
from models.records.risk import Duty
from tests.conftest import SCHOOL_CODE, a_finding, a_step
from tests.models.ledger.conftest import give
from tests.models.ledger.growing import a_programme, a_trainee, enrol_all
from tests.models.ledger.test_period import an_inspection
from tests.models.ledger.test_risks import a_point
from tests.models.ledger.test_schedule import a_drill
from tests.models.ledger.test_training import a_session
from tests.models.printing.conftest import LISTS
from tests.models.printing.test_printing import closed_on
from tests.models.records.test_spot_check import a_check
from tests.models.records.test_task import a_task

COMMITTED = {"responsible": "赵𬱖", "measures": "换", "funding": 1, "contingency": "疏散"}


@pytest.fixture
def planned(faces):
    """The papers of a period: key → what they are asked for; and what it has none of."""

    def do(ledger, period):
        plan = plan_package(Job(ledger, LISTS, faces), period)
        asked = {}
        for paper in plan.papers:
            asked.setdefault(paper.key, []).append(paper.parameter)
        return asked, plan.gaps

    return do


def taken(ledger, finding, *steps):
    """The finding taken through these steps, each on its day."""
    saved = findings.register(ledger, finding)
    for kind, day in steps:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        findings.take_step(ledger, saved, a_step(kind, taken_on=day, person=person))
    return saved


def test_every_report_is_in_the_package_or_said_to_be_for_one_person():
    asked = [key for section in SECTIONS.values() for key in section]
    assert sorted([*asked, *ALONE]) == sorted(REPORTS)


@pytest.mark.parametrize("name", ["2026", "2026-1", "2026-11"])
def test_an_empty_ledger_has_gaps_in_words_for_all_that_depends_on_records(ledger, planned, name):
    asked, gaps = planned(ledger, name)
    assert set(asked) == {"findings_ledger"}
    words, _, empty = gaps[-1].partition("没有记录的：")
    assert words in ("2026—2027学年", "2026—2027学年第一学期", "2026年11月")
    titles = ("安全检查登记表", "整改通知书", "整改回执", "销号单", "五项管理自查表", "结业证书")
    for title in (*titles, "应急演练记录", "安全风险清单", "安全隐患排查治理月报"):
        assert title in empty.removesuffix("。").split("、"), title


def test_where_there_is_something_of_everything_no_gap_is_told(ledger, planned, monkeypatch):
    every = {"隐患排查": {"findings_ledger": SECTIONS["隐患排查"]["findings_ledger"]}}
    monkeypatch.setattr("models.printing.batch_plan.SECTIONS", every)
    assert planned(ledger, "2026-11") == ({"findings_ledger": ["2026"]}, [])


def test_a_school_year_has_its_terms_its_months_and_every_two_of_them_so_far(ledger, planned):
    findings.register(ledger, a_finding(found_on=date(2025, 9, 1)))
    asked, _gaps = planned(ledger, "2026")
    assert asked["month_report"] == ["2026-09", "2026-10", "2026-11"]
    assert asked["review_report"] == ["2026-09"]  # December has not begun
    assert asked["term_report"] == ["2026-1"]
    assert asked["findings_ledger"] == ["2026"]
    asked, _gaps = planned(ledger, "2025")
    assert asked["term_report"] == ["2025-1", "2025-2"]
    assert asked["review_report"] == [f"{month}" for month in PAIRS]
    assert asked["findings_ledger"] == ["2025", "2026"]


PAIRS = ("2025-09", "2025-11", "2026-01", "2026-03", "2026-05", "2026-07")


def test_a_month_asks_for_no_term(ledger, planned):
    findings.register(ledger, a_finding(found_on=date(2026, 10, 1)))
    asked, gaps = planned(ledger, "2026-10")
    assert not {"term_report", "five_term", "review_report"} & set(asked)
    assert not [gap for gap in gaps if "学期" in gap]


def test_lists_without_a_date_are_printed_as_they_stand(ledger, planned):
    ledger.save(a_point())
    ledger.save(Duty(post="门卫", duties="登记来访"))
    ledger.save(a_task())
    ledger.save(Measure(number="1", name="作业"))
    asked, _gaps = planned(ledger, "2026-10")
    for key in ("risk_list", "duty_list", "tasks_ledger"):
        assert asked[key] == ["now"]
    assert asked["measures"] == ["2026"]


def test_a_period_is_written_as_a_month_a_term_or_a_school_year(ledger, planned):
    for name, words in (("今年", "不是月份、学期或学年"), ("2027-1", "还没有开始")):
        with pytest.raises(AppError, match=words):
            planned(ledger, name)


def test_notices_closings_and_plans_are_those_of_the_period(ledger, planned):
    before, inside = date(2026, 10, 20), date(2026, 11, 10)
    way = ("graded", "notice_issued", "submitted", "recheck_passed", "closed")
    taken(ledger, a_finding(found_on=before), *((kind, before) for kind in way))
    october = a_finding(found_on=before)
    one = taken(ledger, october, ("graded", before), ("notice_issued", inside))
    taken(ledger, a_finding(found_on=inside), ("graded", inside), ("notice_issued", inside))
    closed = closed_on(ledger, inside)
    major = findings.register(ledger, a_finding(level="major", found_on=inside))
    asked, gaps = planned(ledger, "2026-11")
    assert asked["rectification_notice"] == ["〔2026〕1号"]  # both findings stand on one
    assert "rectification_receipt" not in asked
    assert "整改回执（〔2026〕1号）：还没有报告整改完成。" in gaps
    assert "复查意见书（〔2026〕1号）：还没有复查。" in gaps
    assert not [gap for gap in gaps if "整改通知书" in gap]
    assert asked["closing_slip"] == [f"{closed.id}@1"]
    assert asked["major_plan"] == [f"{major.id}@1"]
    findings.take_step(ledger, one, a_step("submitted"))
    asked, gaps = planned(ledger, "2026-11")
    assert asked["rectification_receipt"] == ["〔2026〕1号"]
    assert not [gap for gap in gaps if gap.startswith("整改回执")]


def test_a_notice_without_a_number_goes_by_its_finding(ledger, planned):
    finding = taken(ledger, a_finding(), ("graded", date(2026, 11, 23)))
    step = findings.take_step(ledger, finding, a_step("notice_issued"))
    ledger.save(replace(step, document=None), step)
    assert planned(ledger, "2026-11")[0]["rectification_notice"] == [f"{finding.id}@1"]


def test_each_round_has_its_own_papers(ledger, planned):
    days = {"closed": date(2026, 10, 9), "reopened": date(2026, 11, 5)}
    way = ("graded", "notice_issued", "submitted", "recheck_passed", "closed", "reopened")
    found = a_finding(found_on=date(2026, 10, 1))
    finding = taken(ledger, found, *((kind, days.get(kind, date(2026, 10, 8))) for kind in way))
    assert planned(ledger, "2026-10")[0]["closing_slip"] == [f"{finding.id}@1"]
    assert "closing_slip" not in planned(ledger, "2026-11")[0]


def test_an_office_has_the_papers_of_its_own_notices_and_inspections(ledger, office, planned):
    give(ledger, office)
    own = datetime(2026, 11, 12, 9, 0)
    office.save(an_inspection(own, kind="supervision", unit=SCHOOL_CODE))
    ledger.save(an_inspection(own))
    finding = findings.register(office, a_finding(unit=SCHOOL_CODE))
    for kind in ("graded", "notice_issued"):
        findings.take_step(office, finding, a_step(kind))
    closed_on(ledger, date(2026, 11, 20))  # by the school itself
    give(ledger, office)
    give(office, ledger)
    asked, gaps = planned(office, "2026-11")
    assert asked["rectification_notice"] == [f"{finding.id}@1"]
    assert len(asked["inspection_sheet"]) == 1
    assert "closing_slip" not in asked
    assert not [gap for gap in gaps if "五项管理" in gap]  # an office fills no sheets
    assert len(planned(ledger, "2026-11")[0]["inspection_sheet"]) == 2


def test_an_inspection_that_goes_on_is_named_and_left_out(ledger, planned):
    begun = an_inspection(datetime(2026, 11, 3, 9, 0))
    ledger.save(replace(begun, ended=None))
    ledger.save(an_inspection(datetime(2026, 10, 3, 9, 0)))
    asked, gaps = planned(ledger, "2026-11")
    assert "inspection_sheet" not in asked
    assert "安全检查登记表：2026年11月3日 9:00的日常巡查还没有结束。" in gaps


def test_sheets_are_those_that_were_begun_and_the_others_are_named(ledger, planned, fill):
    fill("2026-10", fm_hw_01="yes")
    fill("2026-06", fm_hw_01="yes")
    asked, gaps = planned(ledger, "2026-1")
    assert asked["five_management"] == asked["five_points"] == asked["five_letter"] == ["2026-10"]
    assert asked["five_term"] == ["2026-1"]
    lacking = "2026年9月、2026年11月没有填写（假期不用填）。"
    assert f"五项管理自查表：{lacking}" in gaps
    _asked, gaps = planned(ledger, "2026-10")
    assert not [gap for gap in gaps if gap.startswith("五项管理自查表")]


def test_checks_drills_and_programmes_are_those_of_the_period(ledger, planned):
    ledger.save(a_check(held_on=date(2026, 10, 9)))
    late, early = (ledger.save(a_drill(held=datetime(2026, 11, day, 9, 0))) for day in (20, 4))
    ledger.save(a_drill(held=datetime(2026, 3, 1, 9, 0)))
    running = ledger.save(a_programme())
    ledger.save(a_programme(begins=date(2025, 1, 1), ends=date(2025, 2, 1)))
    asked, _gaps = planned(ledger, "2026-1")
    assert asked["homework_spot"] == ["2026-10"]
    assert "sleep_spot" not in asked
    assert asked["drill_record"] == [early.id, late.id]
    assert asked["programme_report"] == [running.id]
    assert "certificates" not in asked


def test_certificates_and_hours_are_those_that_were_given(ledger, planned):
    programme, zhao = ledger.save(a_programme()), ledger.save(a_trainee("赵𬱖"))
    enrol_all(ledger, programme, zhao)
    assert "certificates" not in planned(ledger, "2026-1")[0]
    number_all(ledger, programme.id, "2026-")
    ledger.save(a_session())
    asked, _gaps = planned(ledger, "2026-1")
    assert asked["certificates"] == [programme.id]
    assert asked["training_summary"] == ["2026"]
