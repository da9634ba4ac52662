from dataclasses import replace

import pytest

from models.ledger import findings
from models.ledger.many_steps import assign, refused_of, take_steps
from models.problems import AppError
from models.records.finding import Finding, FindingStep
from tests.conftest import a_finding, a_step


@pytest.fixture
def ten(ledger):
    """Ten findings, all graded."""
    found = [findings.register(ledger, a_finding()) for _ in range(10)]
    for finding in found:
        findings.take_step(ledger, finding, a_step("graded"))
    return found


def states(ledger, found):
    return [findings.standing(ledger, finding).state for finding in found]


def test_ten_findings_get_one_notice_under_one_number(ledger, ten):
    number = findings.next_document_number(ledger, "notice_issued", 2026)
    assert take_steps(ledger, ten, a_step("notice_issued", document=number)) == []
    assert states(ledger, ten) == ["notice_issued"] * 10
    issued = ledger.all(FindingStep, kind="notice_issued")
    assert {step.document for step in issued} == {"〔2026〕1号"}
    assert {step.finding for step in issued} == {finding.id for finding in ten}
    assert all(step.after for step in issued)
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕2号"


def test_where_one_is_refused_none_is_taken_and_each_is_told_why(ledger, ten):
    for finding in ten[:2]:
        findings.take_step(ledger, finding, a_step("fixed_on_site"))
    findings.take_step(ledger, ten[2], a_step("fixed_on_site", person="张㛃"))
    before = states(ledger, ten)
    refused = take_steps(ledger, ten, a_step("recheck_passed", person="张㛃"))
    assert [one.finding for one in refused] == ten[2:]
    assert "不能自己复查" in str(refused[0].problems["person"])
    assert {str(one.problems["kind"]).count("先报告整改完成") for one in refused[1:]} == {1}
    assert states(ledger, ten) == before


def test_the_legal_ones_go_ahead_once_that_is_said(ledger, ten):
    for finding in ten[:3]:
        findings.take_step(ledger, finding, a_step("fixed_on_site"))
    step = a_step("recheck_passed", person="张㛃")
    refused = take_steps(ledger, ten, step, leave_out=True)
    assert [one.finding for one in refused] == ten[3:]
    assert states(ledger, ten) == ["recheck_passed"] * 3 + ["graded"] * 7


def test_what_breaks_off_halfway_has_taken_no_step(ledger, ten, monkeypatch):
    take, taken = findings.take_step, []

    def break_off(*args):
        if len(taken) == 5:
            raise AppError("磁盘已满，这一次没有保存。")
        taken.append(take(*args))

    monkeypatch.setattr("models.ledger.many_steps.take_step", break_off)
    with pytest.raises(AppError):
        take_steps(ledger, ten, a_step("rectifying"))
    assert len(taken) == 5
    assert states(ledger, ten) == ["graded"] * 10


def test_one_that_is_named_twice_takes_its_step_once(ledger, ten):
    assert take_steps(ledger, [ten[0], ten[0]], a_step("notice_issued")) == []
    assert [s.kind for s in findings.steps(ledger, ten[0])] == ["graded", "notice_issued"]


def test_looking_who_is_refused_takes_nothing(ledger, ten):
    step = replace(a_step("notice_issued"), deadline=None)
    assert len(refused_of(ledger, ten, step)) == 10
    assert len(refused_of(ledger, ten, a_step("notice_issued"))) == 0
    assert states(ledger, ten) == ["graded"] * 10


def test_many_are_given_to_one_person_and_what_is_left_empty_stays(ledger):
    mine = ledger.save(a_finding(department="教务处", responsible="周平"))
    yours = ledger.save(a_finding(department="总务处", responsible="赵𬱖"))
    assert assign(ledger, [mine, yours], "总务处", None) == 1
    assert assign(ledger, [ledger.get(Finding, mine.id), yours], None, "张㛃") == 2
    assert {(f.department, f.responsible) for f in ledger.all(Finding)} == {("总务处", "张㛃")}
