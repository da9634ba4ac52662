"""The page of inspections: beginning, walking, ending, and going on."""

import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.ledger import findings, inspections
from models.ledger.lines import natural_id
from models.problems import AppError
from models.records.finding import Finding, Photo
from models.records.inspection import Inspection
from models.records.organisation import Organisation
from tests.conftest import RESOURCES, SCHOOL_CODE, a_finding, a_school, a_step
from tests.models.ledger.conftest import Writer, give
from tests.ui.pages.findings_acts import press as click
from tests.ui.pages.findings_acts import type_in
from tests.ui.pages.inspecting import begin, describe, press, results
from ui.pages.inspection import InspectionPage
from ui.pages.inspection_row import NO_PLACE, meaning_of
from ui.pages.inspection_run import PHOTO_OF_FAILED
from ui.pages.today import TodayPage
from ui.session import Session

KEY = Qt.Key


@pytest.fixture
def page(make_page, ledger):
    return make_page(InspectionPage, ledger)


@pytest.fixture
def run(page):
    """A weekly inspection in hand: a few items."""
    return begin(page, kind="weekly")


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


# ---- walking ---------------------------------------------------------------------------------


def test_a_key_answers_saves_and_goes_on(run, qtbot):
    first, second, third = run._items[:3]
    press(qtbot, run, KEY.Key_1, KEY.Key_3)
    assert results(run) == {first.id: "passed", second.id: "not_applicable"}
    assert run.current.item == third
    assert run.count.text().startswith("已查 2/")


def test_arrows_walk_and_stop_at_both_ends(run, qtbot):
    press(qtbot, run, KEY.Key_Up)
    assert run.current.item == run._items[0]
    press(qtbot, run, *[KEY.Key_Down] * (len(run._items) + 3))
    assert run.current.item == run._items[-1]
    assert results(run) == {}


def test_delete_takes_an_answer_back_and_stays(run, qtbot):
    press(qtbot, run, KEY.Key_1, KEY.Key_Up, KEY.Key_Delete)
    assert results(run) == {run._items[0].id: None}
    assert run.current.item == run._items[0]


def test_a_mouse_answers_as_well(run, qtbot):
    row = run.list.rows[run._items[2].id]
    qtbot.mouseClick(row.keys._buttons["passed"], Qt.MouseButton.LeftButton)
    assert results(run) == {run._items[2].id: "passed"}
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert run._at == 2


def test_a_wording_that_forbids_says_beside_the_keys_what_passing_means(page, qtbot):
    run = begin(page, kind="special", categories="sec")
    row = run.list.rows["sf.sec.10"]
    assert row.meaning.isVisible()
    assert row.meaning.text() == "合格 = 没有　不合格 = 有"
    assert "合格 = 没有" in row.accessibleName()
    plain = run.list.rows["sf.sec.02"]
    assert not plain.meaning.isVisible()
    assert meaning_of(plain.item) == ""


def test_categories_show_their_progress_and_lead_to_what_is_left(run, qtbot):
    lines = run.categories._lines()
    category = lines[0].data(Qt.ItemDataRole.UserRole)
    mine = [item for item in run._items if item.category == category]
    assert f"0/{len(mine)}" in lines[0].text()
    press(qtbot, run, *[KEY.Key_1] * len(mine))
    assert lines[0].text().startswith("✓")
    run.categories.itemClicked.emit(lines[0])
    assert run.current.item == mine[0]
    run.categories.itemClicked.emit(lines[1])
    assert run.current.item == run._items[len(mine)]


def test_the_basis_of_the_item_is_in_sight(run):
    assert run.current.item.basis in run.basis.text()


def test_a_note_is_written_with_n_and_kept(run, qtbot, commit):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    assert row.note.isVisible()
    commit(row.note, "钥匙在门卫")
    qtbot.keyClick(row.note, KEY.Key_Return)
    assert (
        inspections.answers(run._session.ledger, run.inspection)[row.item.id].note == "钥匙在门卫"
    )
    press(qtbot, run, KEY.Key_1)
    assert results(run) == {row.item.id: "passed"}
    assert row.note.text() == "钥匙在门卫"


def test_a_note_is_kept_while_it_is_typed(run, qtbot, commit):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    commit(row.note, "正在写")
    qtbot.waitUntil(lambda: row.item.id in results(run))
    run.refresh()
    assert run._answers[row.item.id].note == "正在写"


@pytest.mark.parametrize("leave", ["pause", "finish"])
def test_a_note_in_hand_is_kept_when_the_inspection_is_left(run, qtbot, commit, leave):
    row = run.current
    qtbot.keyClick(row, KEY.Key_N)
    commit(row.note, "钥匙在门卫")
    run.pause() if leave == "pause" else run.finish(sure=True)
    row._pause.timeout.emit()  # a moment later there is nothing left to keep
    filled = inspections.answers(run._session.ledger, run.inspection)
    assert filled[row.item.id].note == "钥匙在门卫"


def test_a_note_that_the_disk_did_not_take_is_kept_with_the_next_try(run, commit, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    row = run.current
    with monkeypatch.context() as full:
        full.setattr(inspections, "annotate", fail)
        commit(row.note, "钥匙在门卫")
        row.keep_note()
    assert "磁盘已满" in run.notice.text()
    row.answered.emit("passed")
    assert row.note.text() == "钥匙在门卫"
    run.pause()
    filled = inspections.answers(run._session.ledger, run.inspection)
    assert filled[row.item.id].note == "钥匙在门卫"


def test_an_empty_note_leaves_no_trace(run, qtbot):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    qtbot.keyClick(row.note, KEY.Key_Escape)
    row.keep_note()
    assert results(run) == {}


def test_a_disk_that_takes_no_answer_shows_none(run, qtbot, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "answer", fail)
    row = run.current
    press(qtbot, run, KEY.Key_1)
    assert "磁盘已满" in run.notice.text()
    assert row.keys.value() is None
    assert run.current is row


# ---- what failed -----------------------------------------------------------------------------


def test_a_failed_item_asks_where_and_the_round_goes_on(run, qtbot, ledger):
    item = run.current.item
    press(qtbot, run, KEY.Key_2)
    assert run.drawer.isVisible()
    assert item.wording in run.failure.form.entry("description").raw()
    describe(qtbot, run, "A101")
    (finding,) = ledger.all(Finding)
    assert (finding.item, finding.place, finding.source) == (item.id, "A101", "weekly")
    assert not run.drawer.isVisible()
    assert run.current.item == run._items[1]
    row = run.list.rows[item.id]
    assert row.outcome.text() == f"隐患 {finding.number}　A101"


def test_the_drawer_may_be_left_and_the_row_says_what_is_lacking(run, qtbot):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    qtbot.keyClicks(run.failure.form.entry("place"), "B2")
    run.failure.close_form()
    assert not run.drawer.isVisible()
    assert row.outcome.text() == NO_PLACE
    press(qtbot, run, KEY.Key_2)
    assert run.failure.form.entry("place").raw() == "B2"


def test_pressing_2_again_shows_the_finding_to_be_changed(run, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_Up, KEY.Key_2)
    type_in(run.failure, place="A102")
    run.failure.save()
    (finding,) = ledger.all(Finding)
    assert finding.place == "A102"


def test_an_item_that_passes_after_all_takes_its_finding_along(run, qtbot, ledger):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_Up, KEY.Key_1)
    assert ledger.all(Finding) == []
    assert not row.outcome.isVisible()
    press(qtbot, run, KEY.Key_Up, KEY.Key_2)
    assert len(ledger.all(Finding)) == 1


def test_a_finding_that_is_dealt_with_stays_and_the_row_says_so(run, qtbot, ledger):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    findings.take_step(ledger, ledger.all(Finding)[0], a_step("graded"))
    press(qtbot, run, KEY.Key_Up, KEY.Key_1)
    assert row.outcome.text().endswith("（已开始办理，仍然保留）")


@pytest.fixture
def closed(ledger, run):
    """A closed finding of the first item."""
    finding = findings.register(
        ledger,
        a_finding(item=run._items[0].id, place="A101", description="箱门打不开，锈住了。" * 3),
    )
    for kind in ("graded", "fixed_on_site"):
        findings.take_step(ledger, finding, a_step(kind))
    findings.take_step(ledger, finding, a_step("recheck_passed", person="张㛃"))
    findings.take_step(ledger, finding, a_step("closed"))
    return finding


def test_what_came_back_is_offered_and_linked(run, closed, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    assert not run.failure.came_back.isVisible()
    type_in(run.failure, place="a 101")
    assert run.failure.came_back.isVisible()
    assert closed.number in run.failure.came_back.text()
    qtbot.keyClick(run.failure.form.entry("place"), KEY.Key_Return)
    assert ledger.all(Finding)[-1].recurs == closed.id


def test_a_link_that_is_not_wanted_stays_away_while_one_types(run, closed, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    entry = run.failure.form.entry("place")
    type_in(run.failure, place="A101")
    run.failure.came_back.click()
    type_in(run.failure, place="A101 ")
    assert not run.failure.came_back.isChecked()
    qtbot.keyClick(entry, KEY.Key_Return)
    assert ledger.all(Finding)[-1].recurs is None


def test_words_used_for_the_item_before_are_offered(run, closed, qtbot):
    press(qtbot, run, KEY.Key_2)
    chips = {b.toolTip(): b for b in run.failure.offers.findChildren(type(run.failure.more))}
    assert set(chips) == {"A101", closed.description}
    assert chips[closed.description].text().endswith("…")
    chips["A101"].click()
    assert run.failure.form.entry("place").raw() == "A101"
    assert run.failure.came_back.isVisible()


# ---- photos ----------------------------------------------------------------------------------


def test_p_says_that_photos_belong_to_what_failed(run, qtbot):
    press(qtbot, run, KEY.Key_P)
    assert run.notice.text() == PHOTO_OF_FAILED


@pytest.fixture
def choose(monkeypatch, jpeg):
    """The person picks a photo when asked for one."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(jpeg)], ""))


def test_p_adds_a_photo_to_a_failed_item_before_and_after_it_is_saved(
    run, qtbot, ledger, choose, finish, tasks
):
    press(qtbot, run, KEY.Key_2)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(run.failure._new.hashes) == 1)
    describe(qtbot, run, "A101")
    (photo,) = ledger.all(Photo)
    ledger.remove(photo)
    press(qtbot, run, KEY.Key_Up)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(ledger.all(Photo)) == 1)
    (finding,) = ledger.all(Finding)
    assert ledger.all(Photo)[0].finding == finding.id
    run.failure.photos.removed.emit(0)
    assert ledger.all(Photo) == []


def test_a_photo_of_a_finding_not_saved_yet_can_be_taken_out(run, qtbot, choose, finish):
    press(qtbot, run, KEY.Key_2)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(run.failure._new.hashes) == 1)
    run.failure.photos.removed.emit(0)
    assert run.failure._new.hashes == []


# ---- the end ---------------------------------------------------------------------------------


def answer_all(qtbot, run):
    press(qtbot, run, *[KEY.Key_1] * run.progress.left)


def test_behind_the_last_item_enter_ends_it(page, run, qtbot):
    answer_all(qtbot, run)
    assert "全部查完" in run.notice.text()
    assert run.focusWidget() is run.end_button
    qtbot.keyClick(run.end_button, KEY.Key_Return)
    assert page.end.isVisible()
    assert page.end.zero.isVisible()
    assert "零报告" in page.end.form.form.entry("summary").raw()


def test_the_last_item_does_not_end_it_while_others_are_left(run, qtbot):
    run._go(len(run._items) - 1)
    press(qtbot, run, KEY.Key_1)
    assert run.notice.text() == ""
    assert run.current.item == run._items[-1]


def test_what_was_not_looked_at_is_asked_about_once(page, run, qtbot):
    press(qtbot, run, KEY.Key_1)
    run.finish()
    left = run.progress.left
    assert run.notice.text() == f"还有 {left} 项没有查。"
    run.notice.acted.emit()
    assert page.end.isVisible()
    assert page.end.badges["left"].text() == f"未查 {left} 项"
    assert not page.end.zero.isVisible()


def test_a_failed_item_without_a_place_is_shown_before_it_can_end(page, run, qtbot):
    press(qtbot, run, KEY.Key_1, KEY.Key_2)
    run.failure.close_form()
    run.finish(sure=True)
    assert run.isVisible()
    assert "还有 1 项不合格没有写部位" in run.notice.text()
    assert run.drawer.isVisible()
    assert run.current.item == run._items[1]
    describe(qtbot, run, "A101")
    run.finish(sure=True)
    assert page.end.isVisible()


def test_a_disk_that_takes_no_end_leaves_it_open(run, qtbot, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "finish", fail)
    run.finish(sure=True)
    assert "磁盘已满" in run.notice.text()
    assert run.isVisible()


def test_the_end_opens_findings_and_takes_a_summary(page, run, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_N)
    run.finish(sure=True)
    asked = []
    page.open_asked.connect(lambda *to: asked.append(to))
    (finding,) = ledger.all(Finding)
    page.end.table.opened.emit(run._items[1].id)
    page.end.table.select(run._items[0].id)
    page.end.table.doubleClicked.emit(page.end.table.currentIndex())
    assert asked == [("findings", finding.id)]
    type_in(page.end.form, summary="总体良好")
    page.end.form.save()
    assert ledger.all(Inspection)[0].summary == "总体良好"


def test_the_end_is_printed_as_its_sheet(page, run, qtbot, ledger):
    press(qtbot, run, KEY.Key_1)
    run.finish(sure=True)
    (held,) = ledger.all(Inspection)
    with qtbot.waitSignal(page.open_asked) as asked:
        page.end.print_button.click()
    assert asked.args == ["reports", f"inspection_sheet:{held.id}"]


def test_it_can_be_taken_up_again_after_the_end(page, run, qtbot):
    press(qtbot, run, KEY.Key_1)
    run.finish(sure=True)
    page.end.resume_button.click()
    assert run.isVisible()
    press(qtbot, run, KEY.Key_3)
    assert len(results(run)) == 2


def test_a_disk_that_is_full_does_not_take_it_up_again(page, run, monkeypatch):
    run.finish(sure=True)

    def fail(*_args, **_named):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "resume", fail)
    page.end.resume_button.click()
    assert "磁盘已满" in page.end.notice.text()


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


def test_the_drawer_forgets_what_it_offered_for_another_item(run, closed, qtbot):
    press(qtbot, run, KEY.Key_2)
    assert run.failure.offers.isVisible()
    run.failure.close_form()
    press(qtbot, run, KEY.Key_Down, KEY.Key_2)
    assert not run.failure.offers.isVisible()


# ---- versions --------------------------------------------------------------------------------


@pytest.fixture
def updated(tmp_path):
    """Resources of a newer program: its list is at version 2, the old one lies beside it."""
    folder = tmp_path / "resources"
    shutil.copytree(RESOURCES / "checklists", folder / "checklists")
    shutil.copytree(RESOURCES / "icons", folder / "icons")
    newest = folder / "checklists" / "safety_items.json"
    old = folder / "checklists" / "safety_items-2026.1.json"
    shutil.copy(newest, old)
    data = json.loads(newest.read_text(encoding="utf-8"))
    data["version"] = "2"
    for item in data["items"]:
        item["item"] = f"新的说法 {item['id']}"
    newest.write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture
def newer(qtbot, ledger, icons, tasks, updated):
    page = InspectionPage(Session(ledger, updated), icons, tasks)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    return page


def test_an_inspection_keeps_the_wording_it_was_made_with(page, run, newer):
    run.pause()
    newer.show_inspection(run.inspection)
    assert "新的说法" not in newer.run.current.wording.text()
    fresh = begin(newer, kind="weekly")
    assert "新的说法" in fresh.current.wording.text()


def test_a_version_that_is_not_here_shows_ids_and_says_so(page, run, newer, updated, ledger):
    (updated / "checklists" / "safety_items-2026.1.json").unlink()
    inspections.answer(ledger, run.inspection, run._items[0].id, "passed")
    newer.show_inspection(run.inspection)
    assert newer.end.isVisible()
    assert "“2026.1”版检查表，本机没有这一版" in newer.end.notice.text()
    cells = [row.cells for row in newer.end.table.table.rows]
    assert cells[0][2].text == run._items[0].id
    assert [cell[0].text for cell in cells[:2]] == ["合格", "未查"]
    assert not newer.end.resume_button.isVisible()
    assert newer.end.words.isVisible()


# ---- an office -------------------------------------------------------------------------------


def test_an_office_without_schools_is_told_what_to_do_first(make_page, office):
    page = make_page(InspectionPage, office)
    assert not page.empty.button.isVisible()
    page.new_inspection()
    assert page.home.isVisible()


def test_an_office_chooses_a_school_and_inspects_what_it_has(make_page, office, ledger, qtbot):
    give(ledger, office)
    other = a_school(name="示例县第二小学", code="2137000002", features=frozenset({"boarding"}))
    office_knows(office, other)
    page = make_page(InspectionPage, office)
    page.new_inspection()
    form = page.form
    assert form.form.entry("kind").value() == "supervision"
    names = [form.schools.itemText(at) for at in range(form.schools.count())]
    assert sorted(names) == ["示例县实验小学", "示例县第二小学"]
    form.schools.setCurrentIndex(form.schools.findData("2137000002"))
    form.schools.activated.emit(form.schools.currentIndex())
    assert form.form.entry("categories").box("dorm").isVisible()
    form.schools.setCurrentIndex(form.schools.findData(SCHOOL_CODE))
    form.schools.activated.emit(form.schools.currentIndex())
    assert not form.form.entry("categories").box("dorm").isVisible()
    form.save()
    press(qtbot, page.run, KEY.Key_2)
    describe(qtbot, page.run, "A101")
    (finding,) = office.all(Finding)
    assert (finding.unit, finding.source) == (SCHOOL_CODE, "supervision")
    page.run.finish(sure=True)
    assert page.end.title.text().startswith("示例县实验小学")
    page.show_list()
    assert not page.table.isColumnHidden(1)


def office_knows(office, school):
    """The school as a bundle of it would have brought it."""
    writer = Writer("their", school.code)
    record = natural_id(school.code, "organisation", (school.code,))
    plain = {"kind": "school", "name": school.name, "code": school.code, "features": "boarding"}
    writer.update("organisation", record, **{n: [None, v, 0, "0.0"] for n, v in plain.items()})
    office.receive([writer.segment()])
    assert office.get(Organisation, record).name == school.name


def test_a_school_looks_at_what_its_office_inspected(make_page, office, ledger, qtbot, page):
    give(ledger, office)
    theirs = make_page(InspectionPage, office)
    run = begin(theirs, kind="supervision", categories="fire")
    press(qtbot, run, KEY.Key_1)
    give(office, ledger)
    page.refresh()
    assert page.waiting.isHidden()
    page.open_record(run.inspection.id)
    assert page.end.isVisible()
    assert not page.end.resume_button.isVisible()
    assert "还没有结束" in page.end.facts.text()
