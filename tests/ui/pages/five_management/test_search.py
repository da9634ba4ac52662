from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages.five_management.sheet_acts import lines_of, row

# ---- searching -----------------------------------------------------------------------------------


def look_for(page, words):
    page.search.field.setText(words)
    QTest.keyClick(page.search.field, Qt.Key.Key_Return)


def lit(page):
    strips = [strip for panel in page.areas.panels.values() for strip in panel.strips.values()]
    return [strip.line.label for strip in strips if strip.is_found]


def test_a_search_goes_to_the_first_line_with_its_words_in_whatever_area(page):
    look_for(page, "手机")
    assert page.areas.cards["phone"].isChecked()
    (found,) = lit(page)
    assert "手机" in found
    many = sum("手机" in line.label for line in lines_of(page.session))
    assert page.search.count.text() == f"1/{many}"


def test_a_line_that_is_found_is_brought_into_sight_and_the_field_keeps_the_focus(page, qtbot):
    last = [line for line in lines_of(page.session) if line.item.area == "fitness"][-1]
    page.search.setFocus()
    look_for(page, last.label)
    area = page.areas.panels["fitness"]
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
    page.areas.show_area("sleep")
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
