"""The page of inspections: beginning and going on."""

from PySide6.QtCore import Qt

from models.ledger import inspections
from models.records.inspection import Inspection
from tests.conftest import a_school
from tests.models.ledger.conftest import give
from tests.ui.pages.findings_acts import press as click
from tests.ui.pages.findings_acts import type_in
from tests.ui.pages.inspecting import answer_all, begin, press, results
from ui.pages.today import TodayPage

KEY = Qt.Key


# ---- beginning -------------------------------------------------------------------------------


def test_the_first_time_says_what_to_do(page):
    assert page.home.currentWidget() is page.empty
    page.empty.asked.emit()
    assert page.form.isVisible()


def test_the_form_comes_answered_and_counts_what_applies(page):
    page.new_inspection()
    form = page.form
    assert form.form.entry("kind").value() == "daily"
    assert form.form.entry("inspectors").value() == "李安全"
    daily = len(form.items(Inspection(kind="daily")))
    assert form.amount.text().startswith(f"共 {daily} 项")
    assert not form._school_row.isVisible()
    form.whole.click()
    everything = len(page.session.safety.for_scopes(a_school().scopes))
    assert form.amount.text().startswith(f"共 {everything} 项")


def test_what_is_due_begins_with_its_kind_and_scope(page, ledger):
    page.open_record("new:special:fire")
    form = page.form.form
    assert form.entry("kind").value() == "special"
    assert form.entry("categories").value() == {"fire"}
    page.form.close_form()
    page.open_record("new:weekly")
    assert form.entry("kind").value() == "weekly"
    assert form.entry("categories").value() is None


def test_a_kind_without_a_frequency_is_whole_anyway(page):
    page.new_inspection()
    type_in(page.form, kind="special")
    assert not page.form.whole.isVisible()


def test_only_categories_that_the_school_has_can_be_chosen(page):
    page.new_inspection()
    boxes = page.form.form.entry("categories")
    assert boxes.box("food").isVisible()
    assert not boxes.box("dorm").isVisible()


def test_nothing_to_look_at_is_said_beside_the_kind(page, ledger):
    page.new_inspection()
    type_in(page.form, kind="weekly", categories="bldg")
    page.form.save()
    assert "没有要查的项目" in page.form.form.rows["kind"].complaint.text()
    assert ledger.all(Inspection) == []


def test_what_was_chosen_and_not_begun_is_there_again(page):
    page.new_inspection()
    type_in(page.form, kind="monthly", accompanied="赵校长")
    page.form.whole.click()
    page.form.close_form()
    assert page.table.isVisible() or page.empty.isVisible()
    page.new_inspection()
    assert page.form.form.entry("accompanied").value() == "赵校长"
    assert page.form.whole.isChecked()


def test_the_kind_chosen_last_is_offered_next_time(page, run):
    run.pause()
    page.new_inspection()
    assert page.form.form.entry("kind").value() == "weekly"


# ---- going on --------------------------------------------------------------------------------


def test_esc_pauses_and_it_is_offered_where_it_was(page, run, qtbot, ledger):
    press(qtbot, run, KEY.Key_1, KEY.Key_1)
    with qtbot.waitSignal(run.paused):
        run.pause()
    assert page.table.isVisible()
    assert f"已查 2/{len(run._items)} 项" in page.waiting.text()
    page.waiting.acted.emit()
    assert run.isVisible()
    assert run.current.item == run._items[2]


def test_a_pause_with_the_drawer_open_keeps_what_was_typed(page, run, qtbot):
    press(qtbot, run, KEY.Key_2)
    qtbot.keyClicks(run.failure.form.entry("place"), "B2")
    run.pause()
    page.waiting.acted.emit()
    press(qtbot, run, KEY.Key_Up, KEY.Key_2)
    assert run.failure.form.entry("place").raw() == "B2"


def test_the_list_shows_how_each_stands_and_opens_it(page, run, qtbot, ledger):
    answer_all(qtbot, run)
    run.finish()
    page.end.back_button.click()
    begin(page, kind="daily").pause()
    words = [row.cells[-1].text for row in page.table.table.rows]
    assert words[0].startswith("未完成 0/")
    assert words[1] == "零报告"
    ended = page.table.table.rows[1].id
    page.table.opened.emit(ended)
    assert page.end.inspection.id == ended
    page.show_list()
    page.table.select(ended)
    page.table.doubleClicked.emit(page.table.currentIndex())
    assert page.end.isVisible()
    page.open_record("")
    assert page.form.isVisible()


def test_one_that_is_gone_is_said_to_be(page):
    page.open_record("nowhere.1")
    assert page.notice.text() == "这次检查已删除，或者还没有收到。"


def test_the_day_page_offers_what_was_not_ended(make_page, ledger, page, run, qtbot):
    press(qtbot, run, KEY.Key_1)
    today = make_page(TodayPage, ledger)
    assert "有 1 次检查没有完成" in today.waiting.text()
    asked = []
    today.open_asked.connect(lambda *to: asked.append(to))
    today.waiting.acted.emit()
    assert asked == [("inspection", run.inspection.id)]
    run.finish(sure=True)
    today.refresh()
    assert today.waiting.isHidden()


def test_the_day_page_begins_one(make_page, ledger):
    today = make_page(TodayPage, ledger)
    asked = []
    today.open_asked.connect(lambda *to: asked.append(to))
    click(today, "开始检查")
    assert asked == [("inspection", "")]


def test_what_another_pc_answers_is_seen_without_losing_the_place(page, run, qtbot, second, ledger):
    give(ledger, second)
    inspections.answer(second, run.inspection, run._items[2].id, "passed")
    press(qtbot, run, KEY.Key_Down)
    give(second, ledger)
    page.session.changed.emit("exchange")
    qtbot.waitUntil(lambda: run.progress.done == 1)
    assert run.current.item == run._items[1]


def test_one_that_another_pc_has_ended_is_shown_as_ended(page, run, second, ledger):
    give(ledger, second)
    inspections.finish(second, run.inspection)
    give(second, ledger)
    page.refresh()
    assert page.end.isVisible()


def test_one_that_another_pc_has_deleted_is_said_to_be_gone(page, run, second, ledger):
    give(ledger, second)
    second.remove(run.inspection)
    give(second, ledger)
    page.refresh()
    assert page.home.isVisible()
    assert page.notice.text() == "这次检查已删除，或者还没有收到。"


def test_other_keys_are_left_to_the_window(run, qtbot):
    press(qtbot, run, KEY.Key_4, KEY.Key_X)
    assert results(run) == {}
