from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models.ledger.training import attendance_of, mark_attendance
from models.problems import AppError
from models.records.training import Attendance
from tests.ui.pages.training_acts import a_session, cell, press, type_cell
from ui.pages.training_sheet import LEAVE, REASON, STATUS
from ui.session import Session

SIXTY = "\n".join(f"学员{n:02}\t干事\t办公室" for n in range(1, 61))
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def page(training_page):
    return training_page


@pytest.fixture
def three(trainees):
    return trainees


@pytest.fixture
def sheet(page, ledger, three):
    held = ledger.save(a_session())
    page.open_attendance(held.id)
    return page.attendance_tab.sheet


def test_topics_are_shown_as_they_were_typed(page, sheet):
    tab = page.attendance_tab
    assert tab.doubts.textFormat() == Qt.TextFormat.PlainText


def test_digits_mark_one_person_after_another(page, ledger, qtbot, sheet):
    press(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4)
    assert [cell(page, row, STATUS) for row in range(3)] == ["出", "迟", "缺"]
    marks = ledger.all(Attendance)
    assert [mark.status for mark in marks] == ["present", "late", "absent"]
    assert not page.attendance_tab.fill_button.isEnabled()


def test_delete_takes_a_mark_back(page, ledger, qtbot, sheet):
    press(qtbot, page, Qt.Key.Key_1)
    page.attendance_tab.view.go(0, STATUS)
    press(qtbot, page, Qt.Key.Key_Delete)
    assert cell(page, 0, STATUS) == ""
    assert attendance_of(ledger, sheet.training) == {}


def test_filling_leaves_alone_who_is_marked(page, qtbot, sheet):
    page.attendance_tab.view.go(1, STATUS)
    press(qtbot, page, Qt.Key.Key_4)
    page.attendance_tab.fill_button.click()
    assert [cell(page, row, STATUS) for row in range(3)] == ["出", "缺", "出"]


def test_ctrl_d_copies_the_cell_above(page, ledger, qtbot, sheet):
    control = Qt.KeyboardModifier.ControlModifier
    view = page.attendance_tab.view
    type_cell(qtbot, page, 0, LEAVE, "45")
    type_cell(qtbot, page, 0, REASON, "外出开会")
    for column in (STATUS, LEAVE, REASON):
        view.go(1, column)
        qtbot.keyClick(view, Qt.Key.Key_D, control)
    assert [cell(page, 1, column) for column in (STATUS, LEAVE, REASON)] == ["假", "45", "外出开会"]
    view.go(0, STATUS)
    qtbot.keyClick(view, Qt.Key.Key_D, control)  # nothing is above the first
    assert cell(page, 0, STATUS) == "假"
    assert len(ledger.all(Attendance)) == 2


def test_minutes_make_a_leave_and_enter_leads_to_the_next_person(page, qtbot, sheet):
    type_cell(qtbot, page, 0, LEAVE, "45 分钟")
    assert (cell(page, 0, STATUS), cell(page, 0, LEAVE)) == ("假", "45")
    now = page.attendance_tab.view.currentIndex()
    assert (now.row(), now.column()) == (1, STATUS)
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.attendance_tab.view.currentIndex().row() == 2


def test_a_leave_without_minutes_says_that_the_whole_session_is_lost(page, qtbot, sheet):
    press(qtbot, page, Qt.Key.Key_3)
    assert "整场" in sheet.index(0, LEAVE).data(TIP)


def test_minutes_and_reason_are_cleared_by_delete(page, qtbot, sheet):
    type_cell(qtbot, page, 0, LEAVE, "45")
    type_cell(qtbot, page, 0, REASON, "看病")
    for column in (LEAVE, REASON):
        page.attendance_tab.view.go(0, column)
        press(qtbot, page, Qt.Key.Key_Delete)
    assert [cell(page, 0, column) for column in (STATUS, LEAVE, REASON)] == ["假", "", ""]


@pytest.mark.parametrize(
    ("typed", "words"), [("四十", "不是数字"), ("136", "还长"), ("0", "大于 0")]
)
def test_minutes_that_cannot_be_stay_as_typed_with_the_reason(
    page, ledger, qtbot, typed, words, sheet
):
    type_cell(qtbot, page, 0, LEAVE, typed)
    assert cell(page, 0, LEAVE) == typed
    assert words in sheet.index(0, LEAVE).data(TIP)
    assert page.attendance_tab.notice.text().startswith("赵𬱖：")
    assert ledger.all(Attendance) == []
    type_cell(qtbot, page, 0, LEAVE, "45")
    assert sheet.index(0, LEAVE).data(TIP) is None


def test_what_arrives_meanwhile_leaves_the_cell_that_is_being_typed_in(
    page, ledger, qtbot, sheet, three
):
    page.attendance_tab.view.go(0, LEAVE)
    qtbot.keyClick(page.attendance_tab.view, Qt.Key.Key_F2)
    editor = page.attendance_tab.view.findChildren(QLineEdit)[-1]
    editor.setText("4")
    mark_attendance(ledger, sheet.training, three[1], "late")
    page.refresh()
    assert editor.text() == "4"
    assert cell(page, 1, STATUS) == "迟"


def test_several_chosen_people_are_marked_at_once(page, ledger, qtbot, sheet):
    view = page.attendance_tab.view
    for row in (1, 2):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert view.currentIndex().row() == row
    press(qtbot, page, Qt.Key.Key_1)
    assert len(attendance_of(ledger, sheet.training)) == 3
    press(qtbot, page, Qt.Key.Key_Delete)
    assert attendance_of(ledger, sheet.training) == {}


def test_a_mark_that_cannot_be_saved_is_told(page, ledger, qtbot, sheet, monkeypatch):
    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    monkeypatch.setattr(Session, "write", full)
    press(qtbot, page, Qt.Key.Key_1)
    assert "磁盘已满" in page.attendance_tab.notice.text()
    assert cell(page, 0, STATUS) == ""


def test_a_leave_longer_than_a_shortened_session_is_told_and_not_lost(page, ledger, sheet, three):
    held = sheet.training
    mark_attendance(ledger, held, three[0], "leave", 120)
    short = a_session(minutes=60, id=held.id, unit=held.unit)
    ledger.save(short, held)
    page.open_attendance(held.id)
    assert not sheet.mark([0], "leave")
    assert "还长" in page.attendance_tab.notice.text()


def test_another_session_brings_its_own_sheet(page, ledger, qtbot, sheet):
    press(qtbot, page, Qt.Key.Key_1)
    other = ledger.save(a_session(topic="另一场", starts=datetime(2026, 10, 1, 9, 0)))
    page.open_attendance(other.id)
    assert "另一场" in page.attendance_tab.chooser.currentText()
    assert cell(page, 0, STATUS) == ""


def test_pointing_at_a_mark_tells_who_changed_it_and_how(page, ledger, qtbot, sheet):
    press(qtbot, page, Qt.Key.Key_1)
    page.attendance_tab.view.go(0, STATUS)
    press(qtbot, page, Qt.Key.Key_2)
    told = sheet.index(0, STATUS).data(TIP).splitlines()
    assert told[0] == "迟到"
    assert told[1].endswith(" 李安全 考勤：出勤 → 迟到")
    assert told[2].endswith(" 李安全 考勤：（空） → 出勤")
    assert len(told) == 3
