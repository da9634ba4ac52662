from dataclasses import replace
from datetime import datetime

import pytest

from models.ledger import findings, inspections
from models.ledger.history import history_of
from models.problems import AppError, Problem
from models.records.finding import Finding
from models.records.inspection import Inspection, InspectionAnswer
from models.templates.safety import load_safety
from tests.conftest import OFFICE_CODE, RESOURCES, SCHOOL_CODE, TODAY, a_step
from tests.models.ledger.conftest import give

A, B, C = "sf.fire.05", "sf.fire.06", "sf.sec.10"


@pytest.fixture(scope="module")
def template():
    return load_safety(RESOURCES / "checklists" / "safety_items.json")


@pytest.fixture
def begin(template):
    """Begin an inspection of three items in this ledger."""

    def do(ledger, **changes):
        typed = replace(inspections.blank(ledger), **changes)
        return inspections.begin(ledger, typed, template, template.of([A, B, C]))

    return do


@pytest.fixture
def round_(ledger, begin):
    return begin(ledger)


@pytest.fixture
def fail(ledger, template):
    """Say that an item failed, and where."""

    def do(inspection, item=A, at="教学楼三楼", of=None):
        where = of or ledger
        inspections.answer(where, inspection, item, "failed")
        (entry,) = template.of([item])
        found = replace(inspections.suggested(inspection, entry), place=at)
        return inspections.describe(where, found)

    return do


def results(ledger, inspection):
    return {item: a.result for item, a in inspections.answers(ledger, inspection).items()}


# ---- beginning -------------------------------------------------------------------------------


def test_the_form_knows_day_person_and_the_kind_chosen_last(ledger, begin):
    opened = inspections.blank(ledger)
    assert (opened.kind, opened.inspectors) == ("daily", "李安全")
    assert opened.started.date() == TODAY
    begin(ledger, kind="weekly")
    assert inspections.blank(ledger).kind == "weekly"


def test_an_office_always_supervises(office, begin):
    assert inspections.blank(office, SCHOOL_CODE).kind == "supervision"
    begin(office, unit=SCHOOL_CODE)
    assert office.setting(inspections.KIND_SETTING) == ""


def test_a_ledger_where_nobody_works_yet_leaves_the_name_open(ledger):
    ledger.set_setting("user", "")
    assert inspections.blank(ledger).inspectors is None


def test_items_and_version_are_frozen_as_it_begins(round_, template):
    assert (round_.template, round_.version) == (template.id, template.version)
    assert inspections.item_ids(round_) == [A, B, C]


# ---- answering -------------------------------------------------------------------------------


def test_each_answer_is_one_line_and_the_latest_stands(ledger, round_):
    for result in ("passed", "not_applicable", "passed"):
        lines = ledger.rows("SELECT count(*) FROM op")[0][0]
        inspections.answer(ledger, round_, A, result)
        assert ledger.rows("SELECT count(*) FROM op")[0][0] == lines + 1
    assert results(ledger, round_) == {A: "passed"}
    (answer,) = ledger.all(InspectionAnswer)
    changes = history_of(ledger, "inspection_answer", answer.id)
    assert [change.new for change in changes if change.field == "检查结果"] == [
        "合格",
        "不适用",
        "合格",
    ]


def test_the_same_answer_again_writes_nothing(ledger, round_):
    inspections.answer(ledger, round_, A, "passed")
    lines = ledger.rows("SELECT count(*) FROM op")
    inspections.answer(ledger, round_, A, "passed")
    assert ledger.rows("SELECT count(*) FROM op") == lines


def test_an_answer_can_be_taken_back(ledger, round_):
    inspections.answer(ledger, round_, A, "passed")
    inspections.answer(ledger, round_, A, None)
    assert inspections.tally([A], inspections.answers(ledger, round_)).left == 1


def test_a_note_stands_beside_an_item_answered_or_not(ledger, round_):
    inspections.annotate(ledger, round_, A, "钥匙在门卫")
    inspections.answer(ledger, round_, A, "passed")
    inspections.annotate(ledger, round_, A, "钥匙在总务处")
    answer = inspections.answers(ledger, round_)[A]
    assert (answer.result, answer.note) == ("passed", "钥匙在总务处")
    inspections.annotate(ledger, round_, A, None)
    assert inspections.answers(ledger, round_)[A].note is None


def test_two_pcs_answer_one_item_and_the_later_stands_on_both(ledger, second, round_):
    give(ledger, second)
    inspections.answer(ledger, round_, A, "passed")
    inspections.answer(second, round_, A, "not_applicable")
    give(ledger, second)
    give(second, ledger)
    for pc in (ledger, second):
        assert results(pc, round_) == {A: "not_applicable"}
        assert inspections.unfinished(pc)[0].progress == inspections.Progress(3, not_applicable=1)


@pytest.mark.parametrize("item", ["sf.bus.01", ""])
def test_what_is_not_asked_is_not_answered(ledger, round_, item):
    with pytest.raises(ValueError, match="not asked"):
        inspections.answer(ledger, round_, item, "passed")


def test_an_inspection_that_is_not_here_takes_no_answer(ledger):
    with pytest.raises(ValueError, match="no inspection"):
        inspections.answer(ledger, Inspection(id="nowhere.1"), A, "passed")
    with pytest.raises(ValueError, match="no inspection"):
        inspections.describe(ledger, Finding(item=A))


# ---- what failed -----------------------------------------------------------------------------


def test_a_failed_item_becomes_a_finding_with_all_that_is_known(ledger, begin, fail, template):
    inspection = begin(ledger, kind="monthly", inspectors="李安全、赵𬱖")
    finding = fail(inspection)
    (item,) = template.of([A])
    assert finding.number == "2026-0001"
    assert (finding.item, finding.category, finding.basis) == (A, "fire", item.basis)
    assert (finding.source, finding.inspection) == ("monthly", inspection.id)
    assert (finding.found_on, finding.finder) == (TODAY, "李安全、赵𬱖")
    assert item.wording in finding.description
    assert inspections.answers(ledger, inspection)[A].finding == finding.id


def test_more_inspectors_than_a_finding_can_name_are_cut_short(ledger, begin, fail):
    inspection = begin(ledger, inspectors="赵钱孙李" * 30)
    assert len(fail(inspection).finder) == inspections.LONGEST_FINDER


def test_a_failed_item_has_one_finding(ledger, round_, fail):
    finding = fail(round_)
    with pytest.raises(ValueError, match="already"):
        inspections.describe(ledger, finding)
    assert len(ledger.all(Finding)) == 1


def test_describing_is_answering_too(ledger, round_, template):
    (item,) = template.of([B])
    found = replace(inspections.suggested(round_, item), place="一楼")
    inspections.describe(ledger, found)
    assert results(ledger, round_) == {B: "failed"}


def test_an_item_that_passes_after_all_takes_its_finding_along_and_brings_it_back(
    ledger, round_, fail
):
    finding = fail(round_)
    inspections.answer(ledger, round_, A, "passed")
    assert ledger.get(Finding, finding.id) is None
    assert inspections.finding_of(ledger, inspections.answers(ledger, round_)[A]) is None
    inspections.answer(ledger, round_, A, "failed")
    assert ledger.get(Finding, finding.id) == finding
    assert inspections.undescribed(ledger, inspections.answers(ledger, round_)) == []


def test_a_finding_that_is_being_dealt_with_stays_whatever_the_answer(ledger, round_, fail):
    finding = fail(round_)
    findings.take_step(ledger, finding, a_step("graded"))
    inspections.answer(ledger, round_, A, "passed")
    assert ledger.get(Finding, finding.id) == finding


def test_a_finding_that_has_not_arrived_hinders_no_answer(ledger, round_):
    answer = InspectionAnswer(inspection=round_.id, item=A, result="failed", finding="elsewhere.7")
    ledger.save(answer)
    inspections.answer(ledger, round_, A, "passed")
    assert results(ledger, round_) == {A: "passed"}


# ---- ending ----------------------------------------------------------------------------------


def test_nothing_found_is_a_zero_report_by_itself(ledger, round_):
    for item in (A, B):
        inspections.answer(ledger, round_, item, "passed")
    assert not inspections.recent(ledger)[0].is_zero_report
    inspections.answer(ledger, round_, C, "not_applicable")
    assert not inspections.recent(ledger)[0].is_zero_report
    ended = inspections.finish(ledger, round_)
    assert ended.summary == (
        "共检查 3 项：合格 2 项，不合格 0 项，不适用 1 项。未发现隐患（零报告）。"
    )
    assert inspections.recent(ledger)[0].is_zero_report


def test_what_was_not_looked_at_is_no_zero_report(ledger, round_):
    inspections.answer(ledger, round_, A, "passed")
    assert inspections.finish(ledger, round_).summary.endswith("另有 2 项未查。")
    assert not inspections.recent(ledger)[0].is_zero_report


def test_a_fault_is_no_zero_report(ledger, round_, fail):
    for item in (A, B, C):
        fail(round_, item)
    assert inspections.finish(ledger, round_).summary == (
        "共检查 3 项：合格 0 项，不合格 3 项，不适用 0 项。"
    )
    assert not inspections.recent(ledger)[0].is_zero_report


def test_the_persons_own_summary_is_kept(ledger, round_):
    assert inspections.finish(ledger, round_, "总体良好").summary == "总体良好"


def test_it_does_not_end_while_nobody_has_said_where(ledger, round_, fail):
    inspections.answer(ledger, round_, A, "failed")
    with pytest.raises(Problem, match="还有 1 项不合格没有写部位"):
        inspections.finish(ledger, round_)
    fail(round_)
    assert inspections.finish(ledger, round_).ended is not None


def test_the_end_is_never_before_the_beginning(ledger, begin):
    late = begin(ledger, started=datetime(2026, 11, 23, 23, 59))
    assert inspections.finish(ledger, late).ended == late.started


def test_an_answer_after_the_end_is_refused_until_it_is_taken_up_again(ledger, round_):
    ended = inspections.finish(ledger, round_)
    with pytest.raises(ValueError, match="has ended"):
        inspections.answer(ledger, ended, A, "passed")
    resumed = inspections.resume(ledger, ended)
    assert (resumed.ended, resumed.summary) == (None, None)
    inspections.answer(ledger, resumed, A, "passed")
    assert results(ledger, round_) == {A: "passed"}


# ---- going on --------------------------------------------------------------------------------


def test_what_has_not_ended_is_offered_newest_first_with_its_progress(ledger, begin):
    first = begin(ledger, started=datetime(2026, 11, 20, 9, 0))
    last = begin(ledger, started=datetime(2026, 11, 22, 9, 0))
    done = begin(ledger)
    inspections.answer(ledger, first, A, "passed")
    inspections.finish(ledger, done)
    found = inspections.unfinished(ledger)
    assert [one.inspection.id for one in found] == [last.id, first.id]
    assert [(one.progress.done, one.progress.left) for one in found] == [(0, 3), (1, 2)]
    assert [one.inspection.id for one in inspections.recent(ledger)] == [
        done.id,
        last.id,
        first.id,
    ]
    assert len(inspections.recent(ledger, 2)) == 2


def test_the_second_pc_goes_on_where_the_first_was(ledger, second, round_):
    inspections.answer(ledger, round_, A, "passed")
    give(ledger, second)
    assert inspections.is_ours(second, round_)
    inspections.answer(second, round_, B, "passed")
    give(second, ledger)
    assert results(ledger, round_) == {A: "passed", B: "passed"}


def test_the_list_does_not_sort_all_that_ever_was_inspected(ledger):
    plan = ledger.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM inspection t WHERE t.deleted = 0 ORDER BY t.started DESC"
    )
    assert "inspection_started" in str(plan)
    assert "B-TREE" not in str(plan)


# ---- an office inspects ----------------------------------------------------------------------


def test_an_office_inspects_and_its_school_only_looks_on(ledger, office, begin, fail):
    give(ledger, office)
    inspection = begin(office, unit=SCHOOL_CODE)
    finding = fail(inspection, of=office)
    inspections.answer(office, inspection, B, "passed")
    assert {
        r.unit for kind in (Finding, Inspection, InspectionAnswer) for r in office.all(kind)
    } == {SCHOOL_CODE}
    give(office, ledger)
    assert ledger.rows("SELECT * FROM refused") == []
    assert results(ledger, inspection) == {A: "failed", B: "passed"}
    assert ledger.get(Finding, finding.id).source == "supervision"
    assert inspections.unfinished(ledger) == []
    assert not inspections.is_ours(ledger, inspection)
    assert [one.inspection.id for one in inspections.unfinished(office)] == [inspection.id]
    assert inspections.is_ours(office, inspection)


def test_a_schools_own_inspection_is_not_the_offices_to_go_on_with(ledger, office, round_):
    give(ledger, office)
    assert inspections.unfinished(office) == []
    assert not inspections.is_ours(office, round_)
    assert len(inspections.recent(office)) == 1


def test_an_office_takes_its_finding_back_and_the_school_hears_it(ledger, office, begin, fail):
    inspection = begin(office, unit=SCHOOL_CODE)
    finding = fail(inspection, of=office)
    give(office, ledger)
    inspections.answer(office, inspection, A, "passed")
    give(office, ledger)
    assert ledger.get(Finding, finding.id) is None


def test_findings_of_a_school_are_numbered_in_its_own_row(ledger, office, begin, fail):
    fail(begin(ledger))
    give(ledger, office)
    fail(begin(office, unit=OFFICE_CODE), of=office)
    assert fail(begin(office, unit=SCHOOL_CODE), B, of=office).number == "2026-0002"


@pytest.mark.parametrize("year", [2106, 9998])
def test_an_inspection_has_not_begun_in_the_future(ledger, begin, year):
    opened = inspections.blank(ledger)
    assert inspections.begin_problems(ledger, opened) == {}
    assert inspections.begin_problems(ledger, replace(opened, started=None)) == {}
    late = replace(opened, started=opened.started.replace(year=year))
    assert "晚于现在" in str(inspections.begin_problems(ledger, late)["started"])


def test_an_inspection_does_not_end_by_a_clock_that_is_wrong(ledger, clock, round_):
    clock.at = clock.at.replace(year=2106)
    with pytest.raises(AppError, match="2106 年 11 月 23 日，不对，没有保存"):
        inspections.finish(ledger, round_)
    clock.at = clock.at.replace(year=2026)
    assert inspections.finish(ledger, round_).ended.year == 2026
