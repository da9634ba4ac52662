"""督导 on the page: an office works with what it found in a school, through real widgets."""

import pytest

from models.ledger import findings
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import SCHOOL_CODE, a_finding, a_step
from tests.models.ledger.conftest import give
from tests.ui.pages.findings_acts import press, take, texts, type_in
from ui.pages.findings import FindingsPage
from ui.pages.findings_selection import ONLY_SEEN


@pytest.fixture
def found(office, ledger):
    """Two findings that the office made in the school, and one of the school's own."""
    give(ledger, office)
    known = {"unit": SCHOOL_CODE, "source": "supervision", "responsible": "李安全"}
    return [findings.register(office, a_finding(place=p, **known)) for p in ("食堂", "宿舍")]


@pytest.fixture
def page(make_page, office, found):
    return make_page(FindingsPage, office)


def offered(page):
    return {b.objectName().removeprefix("step_") for b in page.detail._steps}


def test_an_office_grades_and_issues_what_it_found(page, office, ledger, found, qtbot):
    page.open_record(found[0].id)
    detail = page.detail
    assert detail.only_seen.text() == ("这是示例县实验小学的隐患，由本单位检查发现，学校负责整改。")
    asked = (detail.edit_button, detail.print_button, detail.next_steps, detail.strips["before"])
    assert all(part.isVisible() for part in asked)
    take(page, "graded", level="general", opinion="可以整改")
    press(page, "step_notice_issued")
    assert page.step_form.form.entry("document").raw() == "〔2026〕1号"
    type_in(page.step_form, deadline="2026-12-1")
    page.step_form.save()
    assert offered(page) == {"supervised", "extended", "taken_out_of_use"}
    assert "王局安 · 示例县教育局" in "\n".join(texts(detail.timeline))
    with qtbot.waitSignal(page.open_asked) as printing:
        press(page, "打印整改通知书")
    assert printing.args == ["reports", f"rectification_notice:{found[0].id}"]
    give(office, ledger)
    assert findings.standing(ledger, found[0]).state == "notice_issued"


def test_supervision_knows_the_office_and_its_number(page, office, found):
    findings.take_step(office, found[0], a_step("graded"))
    page.open_record(found[0].id)
    press(page, "step_supervised")
    form = page.step_form.form
    assert form.entry("office").raw() == "示例县教育局"
    assert form.entry("document").raw() == "〔2026〕1号"


def test_a_step_that_is_the_schools_is_refused_with_words(page, office, found):
    findings.take_step(office, found[0], a_step("graded"))
    page.open_record(found[0].id)
    page.detail.step_asked.emit("rectifying")
    page.step_form.save()
    assert "“开始整改”由学校办理" in page.step_form.notice.text()


def test_an_office_edits_what_it_found(page, office, found):
    page.open_record(found[0].id)
    page.detail.edit_asked.emit()
    type_in(page.form, place="食堂二楼")
    page.form.save()
    assert office.get(Finding, found[0].id).place == "食堂二楼"


def test_a_major_finding_of_the_school_can_be_supervised_and_nothing_else(
    page, office, ledger, found
):
    finding = findings.register(ledger, a_finding(level="major"))
    findings.take_step(ledger, finding, a_step("graded", level="major"))
    give(ledger, office)
    page.open_record(finding.id)
    detail = page.detail
    assert offered(page) == {"supervised"}
    assert detail.next_steps.isVisible()
    assert not any(part.isVisible() for part in (detail.edit_button, detail.print_button))
    assert detail.only_seen.text().endswith("学校负责整改，本单位督办。")


def test_one_notice_for_all_that_the_office_found(page, office, found):
    for finding in found:
        findings.take_step(office, finding, a_step("graded"))
    page.refresh()
    page.list.table.selectAll()
    page.list.many_asked.emit("notice_issued")
    form = page.many.many.form
    assert form.summary.text() == "2 条都可以办理"
    type_in(form, deadline="2026-12-8")
    form.save()
    assert {findings.standing(office, one).state for one in found} == {"notice_issued"}


def test_many_are_taken_together_only_where_the_office_found_all(page, office, ledger, found):
    findings.register(ledger, a_finding())
    give(ledger, office)
    page.refresh()
    page.list.table.selectAll()
    with pytest.raises(AppError, match="学校自己登记的"):
        page.list.selected_ids()
    page.list.many_asked.emit("notice_issued")
    assert page.notice.text() == ONLY_SEEN


def test_what_is_the_schools_stops_many_with_its_reason(page, office, found):
    for finding in found:
        findings.take_step(office, finding, a_step("graded"))
    page.refresh()
    page.list.table.selectAll()
    page.list.many_asked.emit("rectifying")
    assert page.many.many.form.summary.text() == "2 条中有 2 条不能办理"
    assert "由学校办理" in page.many.many.form.why.text()
