import pytest
from PySide6.QtCore import Qt

from tests.ui.widgets.pdf_making import drawn, make_pdf  # noqa: F401
from ui.widgets.button import Button
from ui.widgets.pdf_preview import PdfPreview

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preview(qtbot, icons, make_pdf, drawn):  # noqa: F811
    preview = PdfPreview(icons)
    qtbot.addWidget(preview)
    preview.resize(840, 500)
    preview.show()
    qtbot.waitExposed(preview)
    preview.activateWindow()
    preview.view.show_file(make_pdf(6, words={4: ["fire"], 6: ["fire"]}))
    drawn(preview.view)
    yield preview
    preview.view.close_file()
    preview.view._painter.close()


def button(preview, name):
    (found,) = [one for one in preview.findChildren(Button) if one.accessibleName() == name]
    return found


def test_the_bar_says_where_one_is_and_how_large(preview):
    assert (preview.page.value(), preview.of.text()) == (1, "共 6 页")
    assert preview.percent.text() == "100%"
    preview.view.go_to(4)
    assert preview.page.value() == 4


def test_a_page_number_goes_to_that_page(preview):
    preview.page.setValue(5)
    assert preview.view._read == (5, 6)
    assert preview.page.maximum() == 6


def test_buttons_turn_and_zoom(preview):
    button(preview, "下一页（Page Down）").click()
    button(preview, "放大（Ctrl +）").click()
    assert (preview.page.value(), preview.percent.text()) == (2, "125%")
    button(preview, "缩小（Ctrl -）").click()
    button(preview, "上一页（Page Up）").click()
    assert (preview.page.value(), preview.percent.text()) == (1, "100%")


def test_keys_zoom_and_lead_to_the_search(preview, qtbot):
    preview.view.setFocus()
    qtbot.keyClick(preview.view, Qt.Key.Key_Plus, CONTROL)
    assert preview.percent.text() == "125%"
    qtbot.keyClick(preview.view, Qt.Key.Key_0, CONTROL)
    assert preview.percent.text() == "100%"
    qtbot.keyClick(preview.view, Qt.Key.Key_F, CONTROL)
    assert preview.search.hasFocus()


def test_words_are_found_and_the_next_ones_by_f3(preview, qtbot):
    with qtbot.waitSignal(preview.view.searched):
        preview.look_for("fire")
    assert preview.view._shown.found.page == 3
    with qtbot.waitSignal(preview.view.searched):
        qtbot.keyClick(preview.search, Qt.Key.Key_F3)
    assert preview.view._shown.found.page == 5


def test_words_that_stand_nowhere_are_told_until_others_are_searched(preview, qtbot):
    with qtbot.waitSignal(preview.view.searched):
        preview.look_for("water")
    assert preview.none.isVisible()
    with qtbot.waitSignal(preview.view.searched):
        preview.look_for("fire")
    assert not preview.none.isVisible()


def test_every_part_of_the_bar_has_a_name(preview):
    names = [preview.page.accessibleName(), preview.search.accessibleName()]
    assert names == ["页码", "在预览里找字"]
