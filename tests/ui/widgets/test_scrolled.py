from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.scrolled import reveal, scrolled


def tall(qtbot):
    content = QWidget()
    column = QVBoxLayout(content)
    lines = [QLineEdit() for _ in range(40)]
    for line in lines:
        column.addWidget(line)
    area = scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    return area, lines


def test_what_does_not_fit_can_be_scrolled_to(qtbot):
    area, lines = tall(qtbot)
    assert area.verticalScrollBar().maximum() > 0
    assert lines[-1].visibleRegion().isEmpty()
    reveal(lines[-1])
    assert not lines[-1].visibleRegion().isEmpty()


def test_the_area_itself_is_no_stop_for_the_tab_key(qtbot):
    area, _lines = tall(qtbot)
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_what_lies_in_no_area_needs_no_scrolling(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    reveal(label)
    assert label.pos().y() == 0
