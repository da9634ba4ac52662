from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from models.ledger import checklists
from tests.conftest import RESOURCES, a_ledger, a_school
from tests.ui.pages.five_management.sheet_acts import (
    BEFORE,
    MONTH,
    answered_before,
    press,
    row,
    saved,
    type_in,
)
from tests.ui.pages.training_acts import type_into
from ui.session import Session

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


def test_settings_that_were_typed_are_saved_before_another_month_is_shown(page):
    page.settings.click()
    type_into(page.sheet_panel.form.entry("filled_by"), "赵𬱖")
    page.chooser.earlier.click()
    assert checklists.sheet(page.session.ledger, MONTH).filled_by == "赵𬱖"
    assert page.chooser.text() == "2026年10月"
    type_into(page.sheet_panel.form.entry("filled_on").typed, "昨天")
    page.chooser.earlier.click()
    assert page.chooser.text() == "2026年10月"
    assert not page.sheet_panel.isHidden()
    assert page.sheet_panel.form.entry("filled_on").raw() == "昨天"


def test_settings_that_were_typed_are_saved_when_the_page_is_left(page):
    page.settings.click()
    type_into(page.sheet_panel.form.entry("filled_by"), "赵𬱖")
    page.hide()
    assert checklists.sheet(page.session.ledger, MONTH).filled_by == "赵𬱖"


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
