import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.ledger import checklists
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.five_management import ChecklistAnswer
from tests.ui.pages.five_management.sheet_acts import (
    MONTH,
    answered_before,
    press,
    row,
    saved,
    type_in,
)

# ---- the journey J5 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "typed", "kept", "verdict"),
    [
        ("fm.hw.02", "６０分钟", "60", "达标"),
        ("fm.hw.02", "75", "75", "不达标"),
        ("fm.hw.13", "97.5", "97.5", "不计"),
        ("fm.hw.15", "12/3", "12/3", "不计"),
        ("fm.sl.01", "8：20", "08:20", "达标"),
        ("fm.sl.01", "8点", "08:00", "不达标"),
        ("fm.rd.10", "2026.11.2", "2026-11-02", "达标"),
    ],
)
def test_a_typed_answer_is_read_saved_and_judged_at_once(page, line, typed, kept, verdict):
    found = type_in(page, line, typed)
    assert saved(page, line).response == kept
    assert found.verdict.text() == verdict


@pytest.mark.parametrize(
    ("line", "key", "kept", "verdict"),
    [
        ("fm.hw.01", Qt.Key.Key_1, "yes", "达标"),
        ("fm.hw.01", Qt.Key.Key_2, "no", "不达标"),
        ("fm.hw.01", Qt.Key.Key_3, "na", "不适用"),
        ("fm.hw.07", Qt.Key.Key_2, "no", "达标"),
        ("fm.hw.07", Qt.Key.Key_1, "yes", "不达标"),
        ("fm.hw.14", Qt.Key.Key_2, "no", "不计"),
    ],
)
def test_one_key_answers_a_question_the_reverse_ones_too(page, line, key, kept, verdict):
    found = press(page, line, key)
    assert saved(page, line).response == kept
    assert found.verdict.text() == verdict


def test_the_rate_shows_percent_both_numbers_and_what_is_left(page):
    for number in ("01", "05", "06", "09", "10", "11", "12"):
        press(page, f"fm.hw.{number}", Qt.Key.Key_1)
    press(page, "fm.hw.07", Qt.Key.Key_2)
    assert page.areas.cards["homework"].text_shown() == "8/10 达标 80.0% 未答 2"
    press(page, "fm.hw.08", Qt.Key.Key_3)
    type_in(page, "fm.hw.02", "90")
    assert page.areas.cards["homework"].text_shown() == "8/9 达标 88.9% 已答完"
    assert page.areas.panels["homework"].accessibleName() == "作业管理 · 8/9 达标 · 已答完"


def test_what_cannot_be_read_stays_as_typed_with_the_reason_beside_its_row(page):
    found = type_in(page, "fm.hw.02", "五十")
    assert found.complaint.text() == "“五十”不是数字。请只填数字，例如 12。"
    assert found.entry.widget.text() == "五十"
    assert checklists.sheet(page.session.ledger, MONTH) is None
    press(page, "fm.hw.01", Qt.Key.Key_1)
    assert found.entry.widget.text() == "五十"
    type_in(page, "fm.hw.02", "50")
    assert found.complaint.isHidden()
    assert saved(page, "fm.hw.02").response == "50"


def test_another_month_waits_until_what_is_wrong_was_mended(page):
    type_in(page, "fm.hw.02", "五十")
    page.areas.show_area("sleep")
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年11月"
    assert page.notice.text() == "有答案还没有保存：请按红字提示改正，或把它清空。"
    assert page.areas.cards["homework"].isChecked()
    assert page.focusWidget() is row(page, "fm.hw.02").entry.widget
    type_in(page, "fm.hw.02", "")
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年10月"
    assert page.notice.text() == ""


def test_one_answer_of_last_month_is_taken_over_by_a_key(session, page):
    answered_before(session, hw_02="45", ph_04="yes")
    page.refresh()
    found = row(page, "fm.hw.02")
    assert found.last.words.text() == "上月：45分钟"
    found.setFocus()
    QTest.keyClick(found.entry.widget, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert saved(page, "fm.hw.02").response == "45"
    row(page, "fm.ph.04").last.button.click()
    taken = saved(page, "fm.ph.04")
    assert (taken.response, taken.detail) == ("yes", "张㛃")
    assert row(page, "fm.ph.04").last.button.isHidden()


def test_taking_over_all_fills_open_rows_and_saves_only_what_is_confirmed(session, page):
    answered_before(session, hw_01="yes", hw_02="45", hw_07="no", sl_01="08:20")
    press(page, "fm.hw.01", Qt.Key.Key_2)
    panel = page.areas.panels["homework"]
    panel.take_over.click()
    assert [name for name, found in panel.rows.items() if found.is_offered] == [
        "fm.hw.02",
        "fm.hw.07",
    ]
    assert row(page, "fm.hw.02").entry.widget.text() == "45"
    assert saved(page, "fm.hw.02") is None
    QTest.keyClick(row(page, "fm.hw.02").entry.widget, Qt.Key.Key_Return)
    assert saved(page, "fm.hw.02").response == "45"
    assert saved(page, "fm.hw.07") is None
    assert panel.confirm.text() == "全部确认（1）"
    panel.confirm.click()
    assert saved(page, "fm.hw.07").response == "no"
    assert saved(page, "fm.hw.01").response == "no"
    assert row(page, "fm.hw.07").verdict.text() == "达标"
    assert panel.confirm.isHidden()


def test_offered_answers_can_be_withdrawn(session, page):
    answered_before(session, hw_02="45")
    page.refresh()
    panel = page.areas.panels["homework"]
    panel.take_over.click()
    panel.withdraw.click()
    assert row(page, "fm.hw.02").entry.is_empty()
    assert checklists.sheet(session.ledger, MONTH) is None
    assert not panel.take_over.isHidden()


def test_an_offered_answer_made_wrong_stays_while_the_others_are_saved(session, page):
    answered_before(session, hw_02="45", hw_07="no")
    page.refresh()
    panel = page.areas.panels["homework"]
    panel.take_over.click()
    wrong = row(page, "fm.hw.02")
    wrong.entry.widget.setText("很久")
    wrong.entry.widget.textEdited.emit("很久")
    panel.confirm.click()
    assert "不是数字" in wrong.complaint.text()
    assert saved(page, "fm.hw.02") is None
    assert saved(page, "fm.hw.07").response == "no"


def test_answers_from_before_the_holidays_are_named_by_their_month(session, page):
    answered_before(session, "2026-06", hw_02="45")
    page.refresh()
    assert row(page, "fm.hw.02").last.words.text() == "2026年6月：45分钟"
    assert page.areas.panels["homework"].take_over.text() == "沿用2026年6月全部答案"


# ---- saving --------------------------------------------------------------------------------------


def test_the_moment_of_the_last_saving_is_told(page, clock):
    press(page, "fm.hw.01", Qt.Key.Key_1)
    assert page.saved.text() == f"已保存 {clock.at.astimezone():%H:%M}"


def test_leaving_an_entry_saves_it(page):
    found = row(page, "fm.hw.02")
    found.setFocus()
    QTest.keyClicks(found.entry.widget, "55")
    row(page, "fm.hw.01").setFocus()
    assert saved(page, "fm.hw.02").response == "55"


def test_leaving_the_page_saves_what_is_typed(page):
    found = row(page, "fm.hw.02")
    found.entry.widget.setText("55")
    found.entry.widget.textEdited.emit("55")
    page.hide()
    assert saved(page, "fm.hw.02").response == "55"


def test_saving_makes_no_row_anew_and_keeps_the_focus(page):
    before = dict(page.areas.panels["homework"].rows)
    found = press(page, "fm.hw.05", Qt.Key.Key_1)
    assert page.areas.panels["homework"].rows == before
    assert found.isAncestorOf(page.focusWidget())


def test_an_entry_left_as_it_was_writes_nothing(page):
    type_in(page, "fm.hw.02", "")
    assert checklists.sheet(page.session.ledger, MONTH) is None
    assert page.saved.text() == ""


def test_an_answer_can_be_taken_back(page):
    press(page, "fm.hw.01", Qt.Key.Key_1)
    found = press(page, "fm.hw.01", Qt.Key.Key_Delete)
    assert saved(page, "fm.hw.01").response is None
    assert found.verdict.text() == "未答"


def test_a_disk_that_takes_nothing_is_told_and_nothing_typed_is_lost(page, monkeypatch):
    def refuse(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "save", refuse)
        found = type_in(page, "fm.hw.02", "55")
        assert page.notice.text() == "磁盘已满，这一次没有保存。"
        assert found.entry.widget.text() == "55"
        assert not found.complaint.isHidden()
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved(page, "fm.hw.02").response == "55"
    assert page.notice.text() == ""
    assert found.complaint.isHidden()


def test_answers_written_elsewhere_appear(session, page, qtbot):
    sheet = checklists.new_sheet(session.ledger, session.checklist, MONTH)
    session.write(
        lambda ledger: checklists.save_answer(
            ledger, sheet, ChecklistAnswer(line="fm.hw.02", response="50")
        ),
        "checklist_answer",
    )
    qtbot.waitUntil(lambda: row(page, "fm.hw.02").entry.widget.text() == "50")


def test_a_stored_answer_nobody_can_read_is_shown_and_not_counted(session, page):
    answered_before(session, MONTH, hw_02="半小时", hw_01="maybe")
    page.refresh()
    found = row(page, "fm.hw.02")
    assert found.entry.widget.text() == "半小时"
    assert "读不出来" in found.complaint.text()
    assert found.verdict.text() == "未答"
    assert row(page, "fm.hw.01").entry.is_empty()
