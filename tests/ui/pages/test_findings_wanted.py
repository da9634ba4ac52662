"""What a step wants beside what the rules refuse: told once beside its field, then let through."""

import pytest

from models.ledger import findings
from models.records.finding import Finding, Photo
from tests.conftest import a_finding, a_step
from tests.ui.pages.findings_acts import press, take, type_in
from ui.pages.findings_many import FindingsMany


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


def begun(ledger, page, *kinds, **changes):
    finding = findings.register(ledger, a_finding(**changes))
    for kind in kinds:
        findings.take_step(ledger, finding, a_step(kind))
    page.refresh()
    return finding


def state(ledger, finding):
    return findings.standing(ledger, finding).state


def told(form, name):
    return form.form.rows[name].complaint.text()


def test_who_has_been_told_saves_again_and_goes_on(page, ledger):
    finding = begun(ledger, page, "graded")
    take(page, "notice_issued", deadline="2026-12-1", opinion="限期整改")
    assert "还缺责任人" in told(page.step_form, "document")
    assert "再保存一次" in told(page.step_form, "document")
    assert page.step_form.form.entry("opinion").raw() == "限期整改"
    assert state(ledger, finding) == "graded"
    page.step_form.save()
    assert state(ledger, finding) == "notice_issued"


def test_what_the_rules_refuse_comes_first(page, ledger):
    begun(ledger, page, "graded")
    take(page, "notice_issued")
    assert told(page.step_form, "deadline") == "办理这一步需要填写此项。"
    assert told(page.step_form, "document") == ""


def test_a_major_finding_is_graded_with_what_protects_people_meanwhile(page, ledger):
    finding = begun(ledger, page)
    take(page, "graded", level="major", opinion="集体研究确定")
    assert "临时防范措施" in told(page.step_form, "level")
    page.step_form.save()
    assert state(ledger, finding) == "graded"


def test_without_a_photo_the_opinion_says_why(page, ledger):
    finding = begun(ledger, page)
    take(page, "fixed_on_site", opinion="当场搬走了")
    page.step_form.save()  # saving again is no reason
    assert "没有照片：学校没有相机" in told(page.step_form, "opinion")
    assert state(ledger, finding) == "registered"
    type_in(page.step_form, opinion="当场搬走了。没有照片：学校没有相机")
    page.step_form.save()
    assert state(ledger, finding) == "fixed_on_site"
    assert "没有相机" in findings.steps(ledger, finding)[-1].opinion


def test_a_photo_is_all_that_a_quick_report_needs(page, ledger):
    finding = begun(ledger, page)
    ledger.save(Photo(finding=finding.id, stage="after", sha256="0" * 64))
    take(page, "fixed_on_site", opinion="当场搬走了")
    assert state(ledger, finding) == "fixed_on_site"


@pytest.mark.parametrize(("category", "asked"), [("fire", True), ("duty", False)])
def test_a_new_finding_is_saved_at_once_and_then_asked_for_its_photo(page, ledger, category, asked):
    page.open_record("")
    type_in(page.form, description="门卫没有签责任书", place="门卫室", category=category)
    page.form.save()
    assert len(ledger.all(Finding)) == 1
    assert ("还没有照片，可以现在粘贴" in page.notice.text()) == asked


def test_cost_and_photo_are_told_together(page, ledger):
    finding = begun(ledger, page, "graded", "rectifying")
    take(page, "submitted", opinion="已更换")
    assert "没有花钱请填 0" in told(page.step_form, "cost")
    assert "整改后照片" in told(page.step_form, "opinion")
    type_in(page.step_form, opinion="已更换，不便拍照")
    page.step_form.save()
    assert state(ledger, finding) == "submitted"


def test_a_recheck_and_a_closing_come_filled_in(page, ledger):
    finding = begun(ledger, page, "fixed_on_site")
    press(page, "step_recheck_passed")
    assert page.step_form.form.entry("opinion").raw() == "已整改到位。"
    page.step_form.save()
    press(page, "step_closed")
    assert page.step_form.form.entry("approver").raw() == "李安全"
    page.step_form.save()
    assert state(ledger, finding) == "closed"


def test_a_major_finding_is_approved_by_somebody_who_is_named(page, ledger):
    known = {"measures": "更换", "funding": 0, "contingency": "值守", "responsible": "赵𬱖"}
    begun(ledger, page, "fixed_on_site", level="major", deadline=a_finding().found_on, **known)
    take(page, "recheck_passed")
    press(page, "step_closed")
    assert page.step_form.form.entry("approver").raw() == ""
    page.step_form.save()
    assert told(page.step_form, "approver") == "重大隐患销号须填写批准人。"


def test_of_many_it_is_told_how_many_lack_something(make_page_part, ledger):
    many = make_page_part(FindingsMany)
    found = [findings.register(ledger, a_finding()) for _ in range(3)]
    ledger.save(Photo(finding=found[0].id, stage="after", sha256="0" * 64))
    many.open([finding.id for finding in found], "fixed_on_site")
    type_in(many.form, opinion="当场搬走了")
    many.form.save()
    assert told(many.form, "opinion").startswith("3 条中有 2 条：报告整改要附整改后照片")
    type_in(many.form, opinion="当场搬走了，不便拍照")
    many.form.save()
    assert {state(ledger, one) for one in found} == {"fixed_on_site"}


def test_many_are_closed_with_the_approver_filled_in(make_page_part, ledger):
    many = make_page_part(FindingsMany)
    found = [findings.register(ledger, a_finding(level=level)) for level in ("general", "major")]
    many.open([found[0].id], "closed")
    assert many.form.form.entry("approver").raw() == "李安全"
    many.open([finding.id for finding in found], "closed")
    assert many.form.form.entry("approver").raw() == ""
