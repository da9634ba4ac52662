import pytest
from PySide6.QtCore import Qt

from models.ledger import findings
from models.ledger.many_steps import take_steps
from models.records.finding import FindingStep
from tests.conftest import a_finding, a_step
from tests.ui.pages.findings_acts import type_in
from ui.pages.findings_many import FindingsMany
from ui.pages.findings_selection import PRINT, SEVERAL


@pytest.fixture
def many(make_page_part):
    return make_page_part(FindingsMany)


@pytest.fixture
def five(ledger):
    """Five findings at different places, all graded as general."""
    found = [
        findings.register(ledger, a_finding(place=f"{n} 号楼", responsible="赵𬱖"))
        for n in range(1, 6)
    ]
    for finding in found:
        findings.take_step(ledger, finding, a_step("graded"))
    return found


def ids(found):
    return [finding.id for finding in found]


def kinds(ledger, finding):
    return [step.kind for step in findings.steps(ledger, finding)]


def rows(many):
    model = many.form.list.model()
    return [
        tuple(model.index(row, column).data() for column in (1, 2))
        for row in range(model.rowCount())
    ]


def test_one_notice_for_all_of_them_with_its_number_filled_in(many, ledger, five, qtbot):
    many.open(ids(five), "notice_issued")
    form = many.form
    assert form.title.text() == "下达整改通知 · 5 条隐患"
    assert form.form.entry("document").raw() == "〔2026〕1号"
    assert form.summary.text() == "5 条都可以办理"
    assert not form.rest.isVisible()
    assert form.form.entry("deadline").typed.hasFocus()
    type_in(form, deadline="2026-12-8")
    with qtbot.waitSignal(many.taken) as taken:
        qtbot.keyClick(
            form.form.entry("document"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
        )
    assert taken.args == ["notice_issued", 5]
    issued = ledger.all(FindingStep, kind="notice_issued")
    assert [(step.finding, step.document) for step in issued] == [
        (finding.id, "〔2026〕1号") for finding in five
    ]
    many.open(ids(five), "notice_issued")
    assert many.form.form.entry("document").raw() == "〔2026〕2号"


def test_each_that_cannot_go_along_stands_first_with_its_reason(many, ledger, five):
    findings.take_step(ledger, five[3], a_step("fixed_on_site"))
    many.open(ids(five), "notice_issued")
    form = many.form
    assert form.summary.text() == "5 条中有 1 条不能办理"
    first, *others = rows(many)
    assert first[0] == "4 号楼"
    assert "先定级，再下达整改通知" in first[1]
    assert {words for _place, words in others} == {"可以办理"}
    assert "先定级，再下达整改通知" in form.why.text()


def test_nothing_is_taken_until_the_person_leaves_the_others_out(many, ledger, five, qtbot):
    findings.take_step(ledger, five[3], a_step("fixed_on_site"))
    many.open(ids(five), "notice_issued")
    form = many.form
    type_in(form, deadline="2026-12-8")
    form.save()
    assert "一条也没有办理" in form.notice.text()
    assert "只办理其余 4 条" in form.notice.text()
    assert ledger.all(FindingStep, kind="notice_issued") == []
    with qtbot.waitSignal(many.taken) as taken:
        form.rest.click()
    assert taken.args == ["notice_issued", 4]
    assert kinds(ledger, five[3]) == ["graded", "fixed_on_site"]
    assert kinds(ledger, five[4]) == ["graded", "notice_issued"]


def test_what_all_of_them_lack_stands_beside_its_field(many, ledger, five):
    many.open(ids(five), "notice_issued")
    many.form.save()
    assert many.form.form.rows["deadline"].complaint.isVisible()
    assert ledger.all(FindingStep, kind="notice_issued") == []


def test_who_rectified_some_of_them_may_recheck_the_others(many, ledger, five, qtbot):
    for finding, person in zip(five, ("赵𬱖", "赵 𬱖", "张㛃", "张㛃", "张㛃"), strict=True):
        findings.take_step(ledger, finding, a_step("fixed_on_site", person=person))
    many.open(ids(five), "recheck_passed")
    form = many.form
    assert form.form.entry("person").raw() == "李安全"
    assert form.summary.text() == "5 条都可以办理"
    type_in(form, person="赵𬱖")
    assert form.summary.text() == "5 条中有 2 条不能办理"
    assert "不能自己复查" in form.why.text()
    with qtbot.waitSignal(many.taken) as taken:
        form.rest.click()
    assert taken.args == ["recheck_passed", 3]
    assert kinds(ledger, five[0])[-1] == "fixed_on_site"


def test_who_rectified_is_not_suggested_for_the_recheck(many, ledger, five):
    for finding in five:
        findings.take_step(ledger, finding, a_step("fixed_on_site", person="李安全"))
    many.open(ids(five), "recheck_passed")
    assert many.form.form.entry("person").raw() == ""


def test_what_is_the_same_for_all_is_filled_in(many, ledger):
    found = [
        findings.register(ledger, a_finding(item="sf.dorm.09", level="major")) for _ in range(2)
    ]
    many.open(ids(found), "graded")
    assert many.form.form.entry("level").raw() == "major"
    assert "直接判定" in many.form.form.entry("opinion").raw()
    found.append(findings.register(ledger, a_finding(level="general")))
    many.open(ids(found), "graded")
    assert many.form.form.entry("level").raw() == ""


def test_a_reading_that_cannot_be_read_yet_stops_nobody(many, five):
    many.open(ids(five), "notice_issued")
    type_in(many.form, deadline="2026-")
    assert many.form.summary.text() == "5 条都可以办理"
    type_in(many.form, deadline="2026-1-1")
    assert many.form.summary.text() == "5 条中有 5 条不能办理"


def test_what_was_taken_elsewhere_meanwhile_is_told_and_nothing_is_taken(
    many, ledger, five, monkeypatch
):
    many.open(ids(five), "notice_issued")
    type_in(many.form, deadline="2026-12-8")
    findings.take_step(ledger, five[0], a_step("fixed_on_site"))  # a bundle brought it
    monkeypatch.setattr(many.form, "_check", lambda _step: {})  # it came after the check
    many.form.save()
    assert "刚刚有了变化" in many.form.notice.text()
    assert rows(many)[0][0] == "1 号楼"
    assert ledger.all(FindingStep, kind="notice_issued") == []


def test_one_that_is_gone_or_named_twice_is_counted_right(many, ledger, five):
    ledger.remove(five[0])
    many.open([*ids(five), five[1].id, "no such"], "notice_issued")
    assert many.form.title.text() == "下达整改通知 · 4 条隐患"


def test_what_was_typed_comes_back(many, five, qtbot):
    many.open(ids(five), "notice_issued")
    type_in(many.form, deadline="2026-12-8", opinion="统一整改")
    with qtbot.waitSignal(many.closed):
        many.close_form()
    many.open(ids(five[:2]), "notice_issued")
    assert many.form.form.entry("opinion").raw() == "统一整改"


def test_only_one_notice_is_printed_and_it_holds_all_that_are_selected(
    make_findings_page, ledger, five
):
    page, asked = make_findings_page(), []
    page.open_asked.connect(lambda _page, record: asked.append(record))
    page.list.table.selectAll()
    page.list.many_asked.emit(PRINT)
    assert page.notice.text() == SEVERAL
    assert asked == []
    assert not take_steps(ledger, five, a_step("notice_issued"))
    page.list.table.selectAll()
    page.list.many_asked.emit(PRINT)
    assert asked[0].removeprefix("rectification_notice:") in ids(five)
