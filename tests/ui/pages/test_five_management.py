from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from models.ledger import checklists
from models.ledger.ledger import Ledger
from models.ledger.reviews import save_review
from models.problems import AppError
from models.records.five_management import ChecklistAnswer, ChecklistReview
from models.records.task import Task
from tests.conftest import RESOURCES, a_ledger, a_school
from ui.icons import Icons
from ui.pages.five_management import FiveManagementPage
from ui.pages.five_management_question import BureauRow
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.badge import Badge

MONTH, BEFORE = "2026-11", "2026-10"


@pytest.fixture
def session(qapp, ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def open_page(qtbot):
    opened = []

    def open_page(session):
        tasks = Tasks()
        page = FiveManagementPage(session, Icons(RESOURCES / "icons"), tasks)
        qtbot.addWidget(page)
        page.resize(1080, 760)
        page.refresh()
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        opened.append(tasks)
        return page

    yield open_page
    for tasks in opened:
        tasks.close()


@pytest.fixture
def page(session, open_page):
    return open_page(session)


def answered_before(session, period=BEFORE, **fields):
    sheet = checklists.new_sheet(session.ledger, session.checklist, period)
    for line, response in fields.items():
        answer = ChecklistAnswer(line=f"fm.{line.replace('_', '.')}", response=response)
        checklists.save_answer(session.ledger, sheet, replace(answer, detail="张㛃"))


def lines_of(session):
    return session.checklist.lines(session.ledger.organisation.scopes)


def row(page, line):
    areas = {known.id: known.item.area for known in lines_of(page.session)}
    page.show_area(areas[line])
    return page.panels[areas[line]].rows[line]


def press(page, line, key):
    """Press a key on the buttons of a line."""
    found = row(page, line)
    found.setFocus()
    QTest.keyClick(found.entry.widget.focusProxy(), key)
    return found


def type_in(page, line, text):
    """Type into a line and go on with Enter."""
    found = row(page, line)
    entry = getattr(found.entry.widget, "typed", found.entry.widget)
    entry.setFocus()
    entry.setText(text)
    entry.textEdited.emit(text)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    return found


def saved(page, line, period=MONTH):
    sheet = checklists.sheet(page.session.ledger, period)
    answers = checklists.answers(page.session.ledger, sheet) if sheet else {}
    return answers.get(line)


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
    assert page.cards["homework"].text_shown() == "8/10 达标 80.0% 未答 2"
    press(page, "fm.hw.08", Qt.Key.Key_3)
    type_in(page, "fm.hw.02", "90")
    assert page.cards["homework"].text_shown() == "8/9 达标 88.9% 已答完"
    assert page.panels["homework"].accessibleName() == "作业管理 · 8/9 达标 · 已答完"


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
    page.show_area("sleep")
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年11月"
    assert page.notice.text() == "有答案还没有保存：请按红字提示改正，或把它清空。"
    assert page.cards["homework"].isChecked()
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
    panel = page.panels["homework"]
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
    panel = page.panels["homework"]
    panel.take_over.click()
    panel.withdraw.click()
    assert row(page, "fm.hw.02").entry.is_empty()
    assert checklists.sheet(session.ledger, MONTH) is None
    assert not panel.take_over.isHidden()


def test_an_offered_answer_made_wrong_stays_while_the_others_are_saved(session, page):
    answered_before(session, hw_02="45", hw_07="no")
    page.refresh()
    panel = page.panels["homework"]
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
    assert page.panels["homework"].take_over.text() == "沿用2026年6月全部答案"


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
    before = dict(page.panels["homework"].rows)
    found = press(page, "fm.hw.05", Qt.Key.Key_1)
    assert page.panels["homework"].rows == before
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
    page.show_area("sleep")
    bureau = page.panels["sleep"].findChildren(BureauRow)
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
    page.panels["homework"].next_open.click()
    assert page.focusWidget() is row(page, "fm.hw.02").entry.widget


def test_a_row_with_nothing_before_it_takes_nothing_over(page):
    found = row(page, "fm.hw.02")
    QTest.keyClick(found.entry.widget, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert checklists.sheet(page.session.ledger, MONTH) is None


# ---- months, areas, settings ---------------------------------------------------------------------


def test_the_page_opens_with_this_month(page):
    assert page.chooser.text() == "2026年11月"
    assert not page.chooser.later.isEnabled()


def test_each_month_has_its_own_answers(page):
    press(page, "fm.hw.01", Qt.Key.Key_1)
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年10月"
    assert row(page, "fm.hw.01").entry.is_empty()
    press(page, "fm.hw.01", Qt.Key.Key_2)
    page.chooser.now.click()
    assert row(page, "fm.hw.01").entry.value() == "yes"
    assert saved(page, "fm.hw.01", BEFORE).response == "no"


def test_offered_answers_do_not_follow_into_another_month(session, page):
    answered_before(session, hw_02="45")
    page.refresh()
    page.panels["homework"].take_over.click()
    page.open_record("2026-09")
    assert row(page, "fm.hw.02").entry.is_empty()
    assert not row(page, "fm.hw.02").is_offered


@pytest.mark.parametrize(
    ("record", "shown"),
    [("2026-09", "2026年9月"), ("", "2026年11月"), ("sheet", "2026年11月")],
)
def test_a_month_is_opened_by_its_name(page, record, shown):
    page.open_record("2026-03")
    page.open_record(record)
    assert page.chooser.text() == shown


def test_a_line_of_a_month_is_opened_by_its_name(page):
    page.open_record("2026-09:fm.ph.03")
    assert page.chooser.text() == "2026年9月"
    assert page.cards["phone"].isChecked()
    assert row(page, "fm.ph.03").isVisible()


def test_areas_are_made_when_first_shown(page):
    assert list(page.panels) == ["homework"]
    page.cards["sleep"].click()
    assert list(page.panels) == ["homework", "sleep"]
    QTest.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.cards["homework"].isChecked()
    QTest.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.cards["sleep"].isChecked()


def test_every_area_stands_in_the_order_of_the_ministry(page):
    assert list(page.cards) == ["homework", "sleep", "phone", "reading", "fitness"]


def test_rows_without_a_point_come_last(page):
    page.show_area("homework")
    texts = [label.text() for label in page.panels["homework"].findChildren(QLabel)]
    headings = ["B14 严控书面作业量", "B15 作业指导", "B16 作业批改", "其他要求"]
    assert [text for text in texts if text in headings] == headings


def test_the_rules_of_the_sheet_are_a_setting(page):
    page.settings.click()
    assert not page.sheet_panel.isHidden()
    page.sheet_panel.form.entry("rule_sets").box("shandong_2025").click()
    page.sheet_panel.save_button.click()
    assert page.sheet_panel.isHidden()
    assert checklists.sheet(page.session.ledger, MONTH).rule_sets == {"national"}
    assert page.settings.text().startswith("执行标准：国家要求　填表：2026年11月23日 李安全")
    type_in(page, "fm.pe.04", "60")
    assert row(page, "fm.pe.04").verdict.text() == "达标"
    assert row(page, "fm.pe.16").verdict.text() == "不计"


def test_a_wrong_setting_is_told_beside_its_field(page):
    page.settings.click()
    day = page.sheet_panel.form.entry("filled_on")
    day.set_raw("昨天")
    day.changed.emit()
    page.refresh()
    page.sheet_panel.save_button.click()
    assert day.raw() == "昨天"
    assert not page.sheet_panel.isHidden()
    assert checklists.sheet(page.session.ledger, MONTH) is None


def test_printing_names_the_month(page, qtbot):
    with qtbot.waitSignal(page.open_asked) as asked:
        page.print_button.click()
    assert asked.args == ["reports", f"five_management:{MONTH}"]


# ---- searching -----------------------------------------------------------------------------------


def look_for(page, words):
    page.search.field.setText(words)
    QTest.keyClick(page.search.field, Qt.Key.Key_Return)


def lit(page):
    strips = [strip for panel in page.panels.values() for strip in panel.strips.values()]
    return [strip.line.label for strip in strips if strip.is_found]


def test_a_search_goes_to_the_first_line_with_its_words_in_whatever_area(page):
    look_for(page, "手机")
    assert page.cards["phone"].isChecked()
    (found,) = lit(page)
    assert "手机" in found
    many = sum("手机" in line.label for line in lines_of(page.session))
    assert page.search.count.text() == f"1/{many}"


def test_a_line_that_is_found_is_brought_into_sight_and_the_field_keeps_the_focus(page, qtbot):
    last = [line for line in lines_of(page.session) if line.item.area == "fitness"][-1]
    page.search.setFocus()
    look_for(page, last.label)
    area = page.panels["fitness"]
    strip = area.strips[last.id]
    shown = area._area.viewport()
    qtbot.waitUntil(lambda: shown.rect().contains(strip.mapTo(shown, strip.rect().center())))
    assert page.search.field.hasFocus()


def test_enter_goes_on_to_the_next_and_from_the_last_to_the_first(page):
    look_for(page, "睡眠")
    seen = [lit(page)]
    many = int(page.search.count.text().partition("/")[2])
    assert many > 1
    for _ in range(many):
        QTest.keyClick(page.search.field, Qt.Key.Key_Return)
        seen.append(lit(page))
    assert seen[-1] == seen[0] != seen[1]


def test_a_line_is_found_by_its_initials_and_answered_from_the_field(page):
    found = row(page, "fm.hw.02")
    page.show_area("sleep")
    look_for(page, page.search._initials.of(found.line.label).replace(" ", "")[:8].upper())
    assert lit(page) == [found.line.label]
    QTest.keyClick(page.search.field, Qt.Key.Key_Down)
    assert found.entry.widget.hasFocus()


def test_what_is_not_found_is_said_and_clearing_puts_the_light_out(page):
    page.search.setFocus()
    look_for(page, "睡眠")
    look_for(page, "没有这样的要点")
    assert (page.search.count.text(), lit(page)) == ("没有找到", [])
    QTest.keyClick(page.search.field, Qt.Key.Key_Return)
    QTest.keyClick(page.search.field, Qt.Key.Key_Down)
    assert page.search.field.hasFocus()
    look_for(page, "睡眠")
    QTest.keyClick(page.search.field, Qt.Key.Key_Escape)
    assert (page.search.count.text(), lit(page)) == ("", [])


# ---- who fills no sheet --------------------------------------------------------------------------


def test_an_office_is_told_that_it_fills_no_sheet(office, open_page):
    page = open_page(Session(office, RESOURCES))
    assert page.empty.accessibleName() == "教育局不填自查表"
    assert page.sheet_part.isHidden()
    assert page.print_button.isHidden()
    assert page.search.isHidden()


@pytest.mark.parametrize(("school_type", "grade"), [("kindergarten", "k"), ("vocational", "v")])
def test_a_school_without_lines_is_told_so(tmp_path, open_page, qtbot, school_type, grade):
    school = a_school(school_type=school_type, grades=frozenset({grade}))
    ledger = a_ledger(tmp_path / "other", school)
    page = open_page(Session(ledger, RESOURCES))
    assert page.empty.accessibleName() == "本校没有需要填写的五项管理项目"
    with qtbot.waitSignal(page.open_asked) as asked:
        page.empty.button.click()
    assert asked.args == ["settings", ""]
    ledger.close()


def test_other_grades_bring_other_lines(session, page, qtbot):
    organisation = session.ledger.organisation
    session.save(replace(organisation, school_type="junior", grades=frozenset("789")), organisation)
    qtbot.waitUntil(lambda: "fm.hw.03" in page.panels["homework"].rows)
    assert "fm.hw.01" not in page.panels["homework"].rows


def test_a_hidden_page_reads_nothing_until_it_is_shown(session, page, qapp, clock):
    page.hide()
    answered_before(session, MONTH, hw_02="50")
    session.changed.emit("checklist_answer")
    session.changed.emit("finding")
    qapp.processEvents()
    assert row(page, "fm.hw.02").entry.is_empty()
    page.refresh()
    assert row(page, "fm.hw.02").entry.value() == 50
    clock.at = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    page.open_record("")
    assert page.chooser.text() == "2026年12月"


# ---- what stands below a question ----------------------------------------------------------------


def said_below(page, area, line):
    page.show_area(area)
    strip = page.panels[area].strips[line]
    return [label.text() for label in strip.question._remarks if label.isVisibleTo(strip)]


def test_counts_show_the_rate_they_come_to(session, open_page):
    answered_before(session, MONTH, pe_10="612/288", ph_12="40", ph_13="38")
    page = open_page(session)
    assert said_below(page, "fitness", "fm.pe.10") == ["近视率 47.06%（288/612）"]
    assert said_below(page, "phone", "fm.ph.13") == ["保管率 95.00%（38/40）"]


def test_a_sharp_change_wants_a_word_and_a_contradiction_a_correction(session, open_page):
    answered_before(session, pe_10="600/180")
    answered_before(session, MONTH, pe_10="600/300", ph_12="40", ph_13="41")
    page = open_page(session)
    (_rate, doubt) = said_below(page, "fitness", "fm.pe.10")
    assert doubt.startswith("请核对：和上期（600/180）相差较大")
    assert "待核对 1" in page.panels["fitness"]._title.text()
    (wrong,) = said_below(page, "phone", "fm.ph.13")
    assert wrong.startswith("须改正：填了 41")
    page.show_area("fitness")
    row = page.panels["fitness"].rows["fm.pe.10"]
    assert row._keep("note", "本月换了筛查机构")
    assert said_below(page, "fitness", "fm.pe.10") == ["近视率 50.00%（300/600）"]
    assert "待核对" not in page.panels["fitness"]._title.text()


def test_what_the_inspector_says_stands_beside_and_a_difference_is_seen(session, open_page):
    answered_before(session, MONTH, ph_03="yes", ph_05="2")
    sheet = checklists.sheet(session.ledger, MONTH)
    for line, result in (("fm.ph.03", "unmet"), ("fm.ph.05", "met"), ("fm.sl.11", "met")):
        save_review(session.ledger, sheet, ChecklistReview(line=line, result=result, note="已看"))
    page = open_page(session)
    (differs,) = said_below(page, "phone", "fm.ph.03")
    assert differs.startswith("督评·责任督学，与自评不同：不达标　已看　（李安全 2026-11-23）")
    assert said_below(page, "phone", "fm.ph.05")[0].startswith("督评·责任督学：达标")
    assert said_below(page, "sleep", "fm.sl.11")[0].startswith("督评·责任督学：达标")


def test_a_sheet_of_an_older_version_is_asked_as_it_was(session, open_page):
    old = session.checklist.as_of("2026.1")
    sheet = checklists.new_sheet(session.ledger, old, MONTH)
    answer = ChecklistAnswer(line="fm.pe.10", response="45.50")
    checklists.save_answer(session.ledger, sheet, answer)
    page = open_page(session)
    page.show_area("fitness")
    row = page.panels["fitness"].rows["fm.pe.10"]
    assert (row.line.field.unit, row.entry.value()) == ("%", Decimal("45.50"))


def test_what_fell_short_becomes_a_task_once_and_both_name_each_other(session, open_page, qtbot):
    answered_before(session, MONTH, ph_03="no", ph_05="2")
    page = open_page(session)
    with qtbot.waitSignal(page.open_asked) as asked:
        page.more.tasks.trigger()
    assert asked.args == ["tasks", "list"]
    (task,) = session.ledger.all(Task)
    assert task.name == "是否有手机保管装置（否），要求：是"
    assert (task.checklist, task.line) == (checklists.sheet(session.ledger, MONTH).id, "fm.ph.03")
    page.refresh()
    assert not page.more.tasks.isEnabled()
    (said,) = said_below(page, "phone", "fm.ph.03")
    assert said == "任务（办理中）：李安全，2026年12月23日前"
