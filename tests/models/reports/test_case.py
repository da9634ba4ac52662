from models.reports.case import Case, named
from tests.conftest import a_finding, a_step
from tests.models.reports.cases import CLOSED, FAILED, PASSED, SUBMITTED, a_case

REOPENED = a_step("reopened", deadline=None)


def test_a_round_begins_where_the_finding_was_reopened() -> None:
    case = a_case(SUBMITTED, PASSED, CLOSED, REOPENED)
    assert case.round == [REOPENED]
    assert (case.number, case.recheck, case.report, case.cost) == ("", None, None, "")


def test_a_step_out_of_turn_is_no_part_of_it() -> None:
    case = Case(a_finding(), [CLOSED])
    assert case.round == []
    assert case.last(["closed"]) is None


def test_a_failed_recheck_takes_the_report_back_and_stays_the_last_recheck() -> None:
    failed = a_case(SUBMITTED, FAILED)
    assert (failed.report, failed.recheck) == (None, FAILED)
    again = a_case(SUBMITTED, FAILED, SUBMITTED)
    assert (again.report, again.recheck, again.cost) == (SUBMITTED, FAILED, "720")


def test_a_notice_without_a_number_has_none() -> None:
    assert (
        Case(a_finding(), [a_step("graded"), a_step("notice_issued", document=None)]).number == ""
    )


def test_of_many_names_the_first_are_told_and_how_many_there_are() -> None:
    assert named(["王", None, "李", "", "王"]) == "王、李"
    assert named("一二三四五") == "一、二、三、四等5个"
