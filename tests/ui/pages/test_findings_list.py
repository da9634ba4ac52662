"""The list's conditions, saved views, columns, charts, and what is done to many at once."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from models.ledger import findings
from models.ledger.finding_filter import FindingFilter, saved_views
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import TODAY, a_finding, a_step
from tests.models.exchange.enrolling import send, take
from tests.ui.pages.findings_acts import listed, texts
from ui.colours import Tone
from ui.pages import findings_list


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


@pytest.fixture
def four(ledger, page):
    """Two in the canteen, of which one is major; two at the stairs, of which one is closed."""
    ids = {
        "major": findings.register(ledger, a_finding(place="食堂后厨", level="major")).id,
        "canteen": findings.register(ledger, a_finding(place="食堂库房", finder="张㛃")).id,
        "stairs": findings.register(ledger, a_finding(category="bldg", responsible="赵𬱖")).id,
    }
    done = findings.register(ledger, a_finding(found_on=TODAY - timedelta(99)))
    for step in (a_step("fixed_on_site"), a_step("recheck_passed", person="张㛃")):
        findings.take_step(ledger, done, step)
    findings.take_step(ledger, done, a_step("closed"))
    page.refresh()
    return ids | {"closed": done.id}


def fill_in(panel, **answers):
    """Answer as a person would: the text, and the signal that it was edited."""
    for name, text in answers.items():
        panel.rows[name].entry.set_raw(text)
        panel.rows[name].entry.changed.emit()


def act(menu: QMenu, *words):
    """Choose an action of a menu, as one sees it when it opens."""
    menu.aboutToShow.emit()
    for word in words[:-1]:
        menu = next(part for part in menu.findChildren(QMenu) if part.title() == word)
    next(action for action in menu.actions() if action.text() == words[-1]).trigger()


# ---- conditions --------------------------------------------------------------------------------


def test_conditions_hold_at_once_and_are_taken_away_one_by_one(page, four, qtbot):
    page.list.head.filter.click()
    panel = page.list.panel
    qtbot.waitUntil(lambda: panel.rows["state"].widget.hasFocus())
    fill_in(panel, place="食堂", level="major")
    assert panel.count.text() == "符合条件的隐患 1 条"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()
    assert listed(page) == {four["major"]}
    assert page.detail.finding.id == four["major"]
    words = [tag.text() for tag in page.list.tags.tags.values()]
    assert {word.split("　")[0] for word in words} == {"等级：重大隐患", "部位：食堂"}
    page.list.tags.tags["level"].click()
    assert listed(page) == {four["major"], four["canteen"]}
    page.list.chips.chip("closed").click()
    assert listed(page) == set()
    assert "点上面带 ✕ 的条件，可以去掉它。" in texts(page.list.nothing)
    page.list.tags.tags["place"].click()
    assert listed(page) == {four["closed"]}
    assert page.list.tags.isHidden()


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"state": "closed"}, {"closed"}),
        ({"category": "bldg"}, {"stairs"}),
        ({"person": "张㛃"}, {"canteen"}),
        ({"person": "赵"}, {"stairs"}),
        ({"since": "2026年11月1日", "until": "20261130"}, {"major", "canteen", "stairs"}),
        ({"level": "none", "category": "fire"}, {"canteen", "closed"}),
    ],
)
def test_each_condition_narrows_the_list(page, four, answers, found):
    page.list.head.filter.click()
    fill_in(page.list.panel, **answers)
    page.list.panel.done.click()
    assert listed(page) == {four[name] for name in found}


def test_a_day_that_cannot_be_read_yet_narrows_nothing_and_says_so(page, four):
    page.list.head.filter.click()
    panel = page.list.panel
    fill_in(panel, since="2026-13-45")
    assert len(listed(page)) == 4
    assert panel.rows["since"].complaint.text()
    assert panel.rows["since"].entry.raw() == "2026-13-45"
    fill_in(panel, since="2026-11-01")
    assert panel.rows["since"].complaint.text() == ""
    assert len(listed(page)) == 3
    panel.clear.click()
    assert page.list.filter == FindingFilter()


def test_filter_and_order_are_kept_over_a_restart(page, four, make_findings_page):
    page.list.take(FindingFilter(view="open", place="食堂", since="2026-11-01", order="-number"))
    again = make_findings_page()
    assert listed(again) == {four["major"], four["canteen"]}
    assert again.list.model.finding_at(0).id == four["canteen"]
    assert again.list.chips.chosen() == ["open"]
    assert [*again.list.tags.tags] == ["place", "since"]
    assert again.list.table.header.order == "-number"


def test_the_search_looks_within_the_conditions(page, four, qtbot):
    page.list.take(FindingFilter(place="食堂"))
    page.list.search.setText("2026-0003")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert listed(page) == set()
    page.list.search.setText("st")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert listed(page) == {four["major"], four["canteen"]}


def test_a_kept_day_that_is_none_is_shown_as_it_is(page, four):
    page.list.take(FindingFilter(since="bald"))
    assert page.list.tags.tags["since"].text().startswith("排查日期从 bald")


# ---- saved views -------------------------------------------------------------------------------


def test_a_view_is_saved_taken_renamed_deleted_and_brought_back(page, four, ledger, qtbot):
    page.list.take(FindingFilter(place="食堂", level="major"))
    act(page.list.views, "保存现在的筛选…")
    qtbot.waitUntil(page.list.view_name.typed.hasFocus)
    qtbot.keyClicks(page.list.view_name.typed, "A&B")
    qtbot.keyClick(page.list.view_name.typed, Qt.Key.Key_Return)
    page.show_view("all")
    act(page.list.views, "A&&B")
    assert listed(page) == {four["major"]}
    act(page.list.views, "改名", "A&&B")
    page.list.view_name.typed.setText("食堂重大")
    qtbot.keyClick(page.list.view_name.typed, Qt.Key.Key_Return)
    kept = {"食堂重大": FindingFilter(place="食堂", level="major")}
    assert saved_views(ledger) == kept
    act(page.list.views, "删除", "食堂重大")
    assert saved_views(ledger) == {}
    assert "已删除视图“食堂重大”" in page.notice.text()
    page.notice.acted.emit()
    assert saved_views(ledger) == kept


def test_a_view_without_a_name_is_not_kept_and_esc_leaves(page, four, ledger, qtbot):
    act(page.list.views, "保存现在的筛选…")
    name = page.list.view_name
    qtbot.waitUntil(name.typed.hasFocus)
    qtbot.keyClick(name.typed, Qt.Key.Key_Return)
    assert name.isVisible()
    qtbot.keyClick(name.typed, Qt.Key.Key_Escape)
    assert not name.isVisible()
    assert saved_views(ledger) == {}


# ---- columns -----------------------------------------------------------------------------------


def test_columns_and_order_are_chosen_from_a_menu_and_remembered(
    page, four, make_findings_page, qtbot
):
    act(page.list.columns, "整改措施")
    act(page.list.columns, "部位")
    act(page.list.columns, "排序", "编号 ↑")
    assert page.list.model.finding_at(0).id == four["major"]
    again = make_findings_page()
    shown = again.list.table.header.shown()
    assert "measures" in shown
    assert "place" not in shown
    assert again.list.model.finding_at(0).id == four["major"]
    act(again.list.columns, "恢复默认的列")
    assert "measures" not in again.list.table.header.shown()


def test_a_low_window_shows_the_tools_without_words(look, page, four, qtbot):
    page.resize(740, 400)
    qtbot.waitUntil(lambda: page.list.head.filter.text() == "")
    assert page.list.head.filter.accessibleName() == "筛选"
    assert page.list.head.filter.shortcut().toString() == "Ctrl+Shift+F"
    page.resize(1080, 760)
    qtbot.waitUntil(lambda: page.list.head.filter.text() == "筛选")


# ---- charts ------------------------------------------------------------------------------------


def test_the_charts_follow_the_filter(page, four):
    page.list.head.charts.click()
    charts = page.list.charts
    assert charts.isVisible()
    spoken = charts.by_category.accessibleDescription()
    assert "消防安全：已销号 1，已整改待销号 0，整改中 2，逾期未整改 0" in spoken
    assert "11月：发现 3，销号 1" in charts.trend.accessibleDescription()
    assert "已销号 1（25.0%）" in charts.by_standing.accessibleDescription()
    assert "合计 4" in charts.by_level.accessibleDescription()
    page.list.take(FindingFilter(category="bldg"))
    assert charts.isVisible()
    assert "消防安全" not in charts.by_category.accessibleDescription()
    assert "合计 4" not in charts.by_level.accessibleDescription()
    page.list.head.charts.click()
    assert page.list.table.isVisible()


# ---- many at once ------------------------------------------------------------------------------


def choose_all(page, qtbot):
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def test_one_notice_is_issued_for_many(page, four, ledger, qtbot):
    for name in ("major", "canteen", "stairs"):
        finding = ledger.get(Finding, four[name])
        findings.take_step(ledger, finding, a_step("graded"))
    page.show_view("open")
    assert page.list.selection.isHidden()
    choose_all(page, qtbot)
    assert page.list.selection.count.text() == "已选 3 条"
    qtbot.keyClick(page.list.table, Qt.Key.Key_1)
    form = page.many.many.form
    form.form.entry("deadline").set_raw("2026-12-01")
    form.save()
    assert "还缺责任人" in form.form.rows["document"].complaint.text()
    form.save()  # having been told
    assert "3 条隐患已办理：下达整改通知" in page.notice.text()
    assert page.list.table.hasFocus()
    found = [ledger.get(Finding, four[name]) for name in ("major", "canteen", "stairs")]
    documents = {findings.steps(ledger, finding)[-1].document for finding in found}
    assert documents == {"〔2026〕1号"}


def test_many_are_given_to_one_person(page, four, ledger, qtbot):
    page.list.take(FindingFilter(place="食堂"))
    choose_all(page, qtbot)
    page.list.selection.buttons["assign"].click()
    form = page.many.assign
    form.save()
    assert "至少一项" in form.form.rows["responsible"].complaint.text()
    form.form.set_raw({"department": "总务处", "responsible": "赵𬱖"})
    form.save()
    given = {(f.department, f.responsible) for f in ledger.all(Finding) if "食堂" in f.place}
    assert given == {("总务处", "赵𬱖")}
    assert "2 条隐患已指定责任人" in page.notice.text()


def test_going_to_another_finding_leaves_the_form_and_keeps_what_was_typed(page, four, qtbot):
    choose_all(page, qtbot)
    page.list.selection.buttons["assign"].click()
    form = page.many.assign.form
    form.entry("department").set_raw("总务处")
    form.entry("department").changed.emit()
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.detail.isVisible()
    choose_all(page, qtbot)
    page.list.selection.buttons["assign"].click()
    assert form.entry("department").text() == "总务处"


def test_too_many_at_once_are_refused_in_a_sentence(page, four, qtbot, monkeypatch):
    monkeypatch.setattr(findings_list, "MOST_AT_ONCE", 2)
    choose_all(page, qtbot)
    page.list.selection.buttons["closed"].click()
    assert "一次最多办理" in page.notice.text()
    assert page.detail.isVisible()


def test_what_is_selected_stays_selected_when_others_change_the_ledger(page, four, session, qtbot):
    page.list.table.choose(0)
    page.list.table.select([0, 1])
    before = page.list.selected_ids()
    session.write(lambda ledger: findings.register(ledger, a_finding()), "finding")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 5)
    assert page.list.selected_ids() == before
    assert page.list.selection.count.text() == "已选 2 条"


def test_a_digit_takes_the_next_step_and_enter_goes_to_it(page, four, qtbot):
    page.open_record(four["canteen"])
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_9)
    assert page.detail.isVisible()
    first = page.detail.findChild(QPushButton, "step_graded")
    qtbot.waitUntil(first.isVisible)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert first.hasFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_2)
    assert page.step_form.kind == "fixed_on_site"
    qtbot.keyClick(page.list.table, Qt.Key.Key_1)  # a form in hand is left alone
    assert page.step_form.kind == "fixed_on_site"


def test_an_office_takes_no_step_of_many_for_its_schools(make_page, pair, tmp_path):
    school, office = pair
    for _ in range(2):
        findings.register(school, a_finding())
    assert take(office, send(school, tmp_path).path).clean
    from ui.pages.findings import FindingsPage

    page = make_page(FindingsPage, office)
    page.list.table.selectAll()
    with pytest.raises(AppError, match="只能查看"):
        page.list.selected_ids()
    page.list.selection.buttons["closed"].click()
    assert "只能查看" in page.notice.text()
    assert page.notice.property("tone") == Tone.RED.value
