from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from models.ledger import findings
from tests.conftest import TODAY, a_finding, a_step
from tests.ui.pages.findings_acts import listed, take, texts, type_in
from ui.pages import findings_list


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


@pytest.fixture
def three(ledger):
    """One late, one closed on the spot, one major and due."""
    day = TODAY - timedelta(20)
    late = findings.register(ledger, a_finding(found_on=day, deadline=TODAY - timedelta(3)))
    done = findings.register(ledger, a_finding(found_on=day, description="楼道堆放课桌"))
    for step in (
        a_step("fixed_on_site"),
        a_step("recheck_passed", person="张㛃"),
        a_step("closed", person="张㛃"),
    ):
        findings.take_step(ledger, done, step)
    major = findings.register(
        ledger, a_finding(level="major", deadline=TODAY + timedelta(2), place="食堂后厨")
    )
    return {"late": late.id, "closed": done.id, "major": major.id}


def test_chips_narrow_the_list_and_count(page, three, qtbot):
    page.refresh()
    chips = page.list.chips
    qtbot.waitUntil(lambda: chips.chip("all").text() == "全部 3")
    assert chips.chip("late").text() == "逾期 1"
    assert chips.chip("recheck").text() == "待复查"
    for view, key in (("late", "late"), ("closed", "closed"), ("due", "major"), ("major", "major")):
        chips.chip(view).click()
        assert listed(page) == {three[key]}
        assert page.detail.finding.id == three[key]
    chips.chip("major").click()  # off again
    assert page.list.view == "all"
    assert listed(page) == set(three.values())


def test_the_filter_is_remembered(page, three, make_findings_page):
    page.show_view("late")
    again = make_findings_page()
    assert again.list.view == "late"
    assert again.list.chips.chosen() == ["late"]
    assert listed(again) == {three["late"]}


def test_the_day_page_opens_a_filter_or_a_finding(page, three):
    page.open_record("view:late")
    assert listed(page) == {three["late"]}
    page.open_record(three["closed"])
    assert page.detail.finding.id == three["closed"]
    assert page.list.current_id == three["closed"]
    page.open_record("view:nonsense")
    assert page.list.view == "all"


def test_a_finding_that_is_gone_is_told(page, three):
    page.open_record("no such")
    assert "已删除" in page.notice.text()


@pytest.mark.parametrize("words", ["课桌", "lddf", "2026-0002"])
def test_findings_are_found_by_words_initials_or_number(page, three, words, qtbot):
    page.list.search.setText(words)
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert listed(page) == {three["closed"]}
    assert page.list.limit.isHidden()


def test_nothing_found_says_what_to_do(page, three, qtbot):
    page.list.search.setText("没有这种东西")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert page.list.nothing.isVisible()
    assert not page.detail.isVisible()
    page.show_view("all")
    assert page.list.search.text() == ""
    assert listed(page) == set(three.values())


@pytest.mark.parametrize("view", ["all", "late"])
def test_a_search_that_was_cut_says_so(page, three, view, qtbot, monkeypatch):
    monkeypatch.setattr(findings, "MOST_HITS", 2)
    monkeypatch.setattr(findings_list, "MOST_HITS", 2)
    page.show_view(view)
    page.list.search.setText("2026")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert page.list.limit.isVisible()


def test_the_list_follows_the_ledger(page, session, qtbot):
    session.write(lambda ledger: findings.register(ledger, a_finding()), "finding")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.detail.isVisible()


def test_a_form_in_hand_is_left_alone_when_the_ledger_changes(page, session, qtbot):
    page.open_record("")
    type_in(page.form, description="写到一半")
    session.write(lambda ledger: findings.register(ledger, a_finding()), "finding")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.form.isVisible()
    assert page.form.form.entry("description").toPlainText() == "写到一半"


def test_the_split_is_remembered(page, ledger, make_findings_page, qtbot):
    findings.register(ledger, a_finding())
    page.refresh()
    page.splitter.moveSplitter(500, 1)
    qtbot.waitUntil(lambda: ledger.setting("findings.split") != "")
    again = make_findings_page()
    assert again.splitter.sizes() == page.splitter.sizes()


def test_when_a_finding_leaves_the_filter_the_next_one_moves_up(page, ledger, qtbot):
    found = [findings.register(ledger, a_finding()) for _ in range(3)]
    page.show_view("open")
    page.open_record(found[1].id)
    for step in (a_step("fixed_on_site"), a_step("recheck_passed", person="张㛃")):
        findings.take_step(ledger, found[1], step)
    page.refresh()
    take(page, "closed", approver="张㛃")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 2)
    assert page.detail.finding.id == found[0].id
    assert "2026-0002 已办理：销号" in page.notice.text()


def test_an_empty_list_says_so_beside_the_first_finding(page):
    page.open_record("")
    assert page.list.nothing.isVisible()
    assert page.list.nothing.accessibleName() == "还没有隐患"
    assert "全部" not in " ".join(texts(page.list.nothing))


def test_an_empty_filter_says_where_the_others_are(page, three):
    page.show_view("recheck")
    assert "点“全部”可以看到其他隐患。" in texts(page.list.nothing)


def inside(page, *parts):
    """Whether each stands in the page as a whole."""
    return all(
        page.rect().contains(part.rect().translated(part.mapTo(page, part.rect().topLeft())))
        for part in parts
    )


def test_the_smallest_window_cuts_no_button_off(look, page, three, qtbot):
    page.resize(740, 400)  # 800×440 without the sidebar and the status line
    page.open_record(three["late"])
    detail = page.detail
    qtbot.waitUntil(
        lambda: inside(page, detail.edit_button, detail.print_button, detail.papers_button)
    )
    area = detail._area
    assert area.widget().width() <= area.viewport().width()
    head = page.list.table.horizontalHeader()
    assert head.sectionSize(2 if page.list.model.columns[2].title == "隐患描述" else 3) >= 120
    page.open_record("")
    page.form.more.click()
    qtbot.waitUntil(lambda: inside(page, page.form.save_button, page.form.close_button))
    form = page.form.form
    place, category = form.rows["place"], form.rows["category"]
    qtbot.waitUntil(lambda: category.y() > place.y())  # one column
    assert form.width() <= form.parentWidget().parentWidget().width()
