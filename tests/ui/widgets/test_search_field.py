import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot, icons):
    widget = SearchField("搜索：描述、部位", icons)
    qtbot.addWidget(widget)
    widget.show()
    widget.said = []
    widget.searched.connect(widget.said.append)
    return widget


def test_it_asks_once_when_typing_rests(field, qtbot):
    with qtbot.waitSignal(field.searched):
        for words in ("消", "消防", "消防 "):
            field.setText(words)
        assert field.said == []
    assert field.said == ["消防"]


def test_enter_asks_at_once_and_never_twice_the_same(field, qtbot):
    field.setText("食堂")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == ["食堂"]
    assert not field._pause.isActive()


def test_escape_clears_and_asks_for_everything(field, qtbot):
    field.setText("食堂")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.said) == ("", ["食堂", ""])


def test_letters_are_typed_as_in_any_line(field, qtbot):
    qtbot.keyClicks(field, "xfsb")
    assert field.text() == "xfsb"


def test_the_cross_is_there_only_while_there_is_something_to_clear(field):
    cross = next(
        button for button in field.findChildren(QToolButton) if field._clear in button.actions()
    )
    assert not cross.isVisible()
    field.setText("食堂")
    assert cross.isVisible()
    field._clear.trigger()
    assert field.text() == ""
    assert not cross.isVisible()


def test_it_is_named_by_its_hint(field):
    assert field.accessibleName() == field.placeholderText() == "搜索：描述、部位"
