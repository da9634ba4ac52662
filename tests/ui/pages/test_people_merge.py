"""Two entries of one person become one, and come apart again; two 张伟 stay two."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from models.ledger.same_person import merge, standing
from models.ledger.training import mark_attendance
from models.problems import AppError
from models.records.person import Namesakes, Person
from tests.models.ledger.test_training import a_session
from tests.ui.pages.test_people import shown
from ui.session import Session

TRAINEE = frozenset({"trainee"})


@pytest.fixture
def panel(people_panel):
    return people_panel


@pytest.fixture
def pair(ledger, panel):
    given = {"roles": TRAINEE, "state": "active"}
    kept = ledger.save(Person(name="张伟", department="教务处", **given))
    gone = ledger.save(Person(name="张　伟", post="干事", state="active"))
    meeting = ledger.save(a_session())
    for person in (kept, gone):
        mark_attendance(ledger, meeting, person, "present")
    panel.refresh()
    return kept, gone


def words_in(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def table(panel):
    grid = panel.merging.table
    rows = {}
    for line in range(grid.rowCount()):
        cells = [grid.itemAtPosition(line, column) for column in range(4)]
        if all(cells):
            name, *rest = (cell.widget().text() for cell in cells)
            rows[name] = rest
    return rows


def press(panel, words):
    buttons = panel.findChildren(QPushButton)
    next(button for button in buttons if button.text() == words and button.isVisible()).click()


def test_likely_pairs_are_a_quiet_line_above_the_list(panel, pair):
    assert panel.likely.text() == "可能重复的人员 1 对，点这里核对"
    panel.likely.click()
    assert panel.right.currentWidget() is panel.merging


def test_what_arrives_meanwhile_does_not_close_the_preview(panel, pair, ledger):
    kept, _gone = pair
    panel.list.select(kept.id)
    panel.open_merge()
    ledger.save(Person(name="李平", state="active"))
    panel.refresh()
    assert panel.right.currentWidget() is panel.merging


def test_nothing_is_said_where_nobody_is_alike(panel):
    assert panel.likely.isHidden()
    panel.open_likely()
    assert panel.right.currentWidget() is panel.hint


def test_the_preview_shows_both_and_what_counts_once(panel, pair):
    panel.likely.click()
    assert table(panel)["部门"] == ["—", "教务处", "教务处"]
    assert table(panel)["职务"] == ["干事", "—", "干事"]
    assert table(panel)["考勤"] == ["1", "1", "1"]
    assert table(panel)["学时"] == ["3.00", "3.00", "3.00"]
    assert "考勤 1 条 只算一次" in panel.merging.told.text()
    assert "随时可以撤销" in panel.merging.told.text()
    panel.merging.swap.click()
    assert table(panel)["姓名"] == ["张伟", "张　伟", "张　伟"]


def test_a_merge_is_one_press_and_so_is_taking_it_back(panel, pair, ledger):
    kept, gone = pair
    panel.likely.click()
    panel.merging.merge_button.click()
    assert standing(ledger) == {gone.id: kept.id}
    assert shown(panel) == ["李安全", "张伟"]
    assert panel.likely.isHidden()
    press(panel.notice, "撤销")
    assert standing(ledger) == {}
    assert shown(panel) == ["李安全", "张伟", "张　伟"]


def test_a_merge_of_long_ago_is_taken_back_below_the_person(panel, pair, ledger):
    kept, gone = pair
    merge(ledger, gone, kept)
    panel.list.select(kept.id)
    assert "已并入：张　伟（干事）" in words_in(panel.others)
    press(panel, "撤销合并")
    assert standing(ledger) == {}
    assert "重新单独列出" in panel.notice.text()
    panel.list.select(kept.id)
    assert panel.others.isHidden()


def test_two_who_are_not_the_same_are_not_asked_about_again(panel, pair, ledger):
    panel.likely.click()
    panel.merging.apart_button.click()
    assert panel.likely.isHidden()
    assert len(ledger.all(Namesakes)) == 1
    press(panel.notice, "撤销")
    assert not panel.likely.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_any_two_can_be_merged_chosen_by_initials(panel, pair, ledger, commit):
    kept, _gone = pair
    other = ledger.save(Person(name="章玮", state="active"))
    panel.refresh()
    panel.list.select(kept.id)
    panel.merge_button.click()
    assert not panel.merging.merge_button.isVisible()
    assert panel.merging.other.offered("zw")
    commit(panel.merging.other, "章")
    assert not panel.merging.merge_button.isVisible()
    commit(panel.merging.other, "玮")
    assert panel.merging.merge_button.isVisible()
    panel.merging.merge_button.click()
    assert standing(ledger) == {other.id: kept.id}


def test_who_is_one_already_is_told_so(panel, pair, ledger):
    panel.likely.click()
    merge(ledger, pair[1], pair[0])
    panel.merging.merge_button.click()
    assert "已经是同一个人" in panel.merging.notice.text()


def test_a_merge_that_cannot_be_written_is_told(panel, pair, monkeypatch):
    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    panel.likely.click()
    monkeypatch.setattr(Session, "write", full)
    panel.merging.merge_button.click()
    panel.merging.apart_button.click()
    assert "磁盘已满" in panel.merging.notice.text()
    assert panel.right.currentWidget() is panel.merging


def test_escape_leaves_and_nobody_is_merged(panel, pair, ledger, qtbot):
    panel.likely.click()
    qtbot.keyClick(panel.merging.other, Qt.Key.Key_Escape)
    assert panel.right.currentWidget() is panel.hint
    assert standing(ledger) == {}


def test_a_person_who_is_new_has_nobody_to_merge_with(panel, ledger):
    panel.add_button.click()
    assert not panel.merge_button.isVisible()
    panel.open_merge()
    assert panel.right.currentWidget() is panel.panel


def test_what_is_saved_of_the_kept_one_is_only_what_was_typed(panel, pair, ledger):
    kept, gone = pair
    merge(ledger, gone, kept)
    panel.refresh()
    panel.list.select(kept.id)
    panel.panel.form.set_raw({"department": "德育处"})
    panel.panel.save_button.click()
    assert ledger.get(Person, kept.id) == replace(kept, department="德育处")
