from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.ledger import checklists
from tests.ui.pages.five_management.sheet_acts import (
    MONTH,
    answered_before,
    press,
    row,
    saved,
    type_in,
)
from ui.pages.five_management_question import BureauRow
from ui.widgets.badge import Badge

# ---- the rows ------------------------------------------------------------------------------------


def test_the_name_beside_yes_is_asked_and_counts(page):
    found = press(page, "fm.ph.04", Qt.Key.Key_1)
    assert found.verdict.text() == "不达标"
    found.entry.detail.setText("赵𬱖")
    found.entry.detail.textEdited.emit("赵𬱖")
    QTest.keyClick(found.entry.detail, Qt.Key.Key_Return)
    assert saved(page, "fm.ph.04").detail == "赵𬱖"
    assert found.verdict.text() == "达标"
    press(page, "fm.ph.04", Qt.Key.Key_2)
    assert not found.entry.detail.isVisible()


def test_a_name_too_long_is_told_beside_its_row(page):
    found = press(page, "fm.ph.04", Qt.Key.Key_1)
    found.entry.detail.setText("张" * 101)
    found.entry.detail.textEdited.emit("")
    assert not found.commit()
    assert "最多 100 个字" in found.complaint.text()


def test_what_was_typed_is_shown_as_it_is(page):
    found = row(page, "fm.ph.04")
    found.more.click()
    labels = (found.complaint, found.last.words, *found.fold.problems.values())
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_last_months_name_is_offered_with_yes(session, page):
    answered_before(session, ph_04="yes")
    page.refresh()
    press(page, "fm.ph.04", Qt.Key.Key_1)
    assert saved(page, "fm.ph.04").detail == "张㛃"


def test_an_answer_that_hangs_on_another_waits_for_it(page):
    found = type_in(page, "fm.ph.13", "30")
    assert found.verdict.text() == "待定"
    type_in(page, "fm.ph.12", "30")
    assert found.verdict.text() == "达标"


def test_a_day_from_the_calendar_is_saved_at_once(page):
    found = row(page, "fm.rd.10")
    page.setFocus()
    found.entry.widget.typed.setText("2026-11-02")
    found.entry.widget.changed.emit()
    assert saved(page, "fm.rd.10").response == "2026-11-02"


def test_evidence_and_note_fold_out_and_are_saved(page):
    found = row(page, "fm.hw.01")
    found.more.click()
    evidence = found.fold.entries["evidence"]
    evidence.setText("作业公示记录")
    evidence.textEdited.emit("作业公示记录")
    QTest.keyClick(evidence, Qt.Key.Key_Return)
    assert saved(page, "fm.hw.01").evidence == "作业公示记录"
    found.more.click()
    assert found.fold.isHidden()


def test_evidence_too_long_stays_with_the_reason_until_another_month_is_shown(page):
    found = row(page, "fm.hw.01")
    found.more.click()
    note = found.fold.entries["note"]
    note.setText("长" * 501)
    note.textEdited.emit("")
    assert not found.commit()
    assert "最多 500 个字" in found.fold.problems["note"].text()
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年11月"
    found.reset()
    assert found.fold.problems["note"].isHidden()


def test_the_history_of_an_answer_is_told_in_words(page):
    found = row(page, "fm.hw.01")
    assert not found.past.isEnabled()
    press(page, "fm.hw.01", Qt.Key.Key_1)
    found.past.click()
    press(page, "fm.hw.01", Qt.Key.Key_2)
    shown = [found.fold.history.item(number, 3).text() for number in range(2)]
    assert shown == ["是 → 否", "（空） → 是"]
    assert found.fold.history.item(0, 1).text() == "李安全"


def test_a_change_nobody_can_read_is_listed_as_it_stands(session, page):
    answered_before(session, MONTH, hw_02="半小时")
    page.refresh()
    found = row(page, "fm.hw.02")
    found.past.click()
    words = {
        found.fold.history.item(number, 3).text() for number in range(found.fold.history.rowCount())
    }
    assert words == {"（空） → 半小时", "（空） → 张㛃"}


def test_advice_uncounted_items_and_those_of_the_bureau_are_marked(page):
    def marks(line):
        return [badge.text() for badge in row(page, line).question.findChildren(Badge)]

    assert marks("fm.hw.01") == []
    assert marks("fm.hw.06") == ["建议"]
    assert marks("fm.hw.14") == ["鼓励 · 不计入达标率"]
    assert marks("fm.hw.13") == ["统计 · 不计入达标率", "建议"]
    page.areas.show_area("sleep")
    bureau = page.areas.panels["sleep"].findChildren(BureauRow)
    assert [found.accessibleName()[-6:] for found in bureau] == ["由教育局填写"]
    assert not bureau[0].isEnabled()


def test_the_rule_and_its_source_show_on_hover(page):
    hint = row(page, "fm.hw.02").question.toolTip()
    assert "≤60分钟" in hint
    assert "教育部办公厅关于加强义务教育学校作业管理的通知" in hint


def test_arrows_and_enter_go_along_the_rows(page):
    first = press(page, "fm.hw.01", Qt.Key.Key_1)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    second = row(page, "fm.hw.02")
    assert page.focusWidget() is second.entry.widget
    QTest.keyClick(second.entry.widget, Qt.Key.Key_Up)
    assert first.isAncestorOf(page.focusWidget())
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Up)
    assert first.isAncestorOf(page.focusWidget())


def test_the_next_open_row_is_one_button_away(page):
    press(page, "fm.hw.01", Qt.Key.Key_1)
    page.areas.panels["homework"].next_open.click()
    assert page.focusWidget() is row(page, "fm.hw.02").entry.widget


def test_a_row_with_nothing_before_it_takes_nothing_over(page):
    found = row(page, "fm.hw.02")
    QTest.keyClick(found.entry.widget, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert checklists.sheet(page.session.ledger, MONTH) is None
