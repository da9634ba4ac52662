from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from ui.widgets.button import Button, Kind


def test_enter_presses_as_well_as_the_space_bar(qtbot):
    pressed = []
    button = Button("保存", Kind.PRIMARY, on_click=lambda: pressed.append(1))
    qtbot.addWidget(button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    assert pressed == [1, 1, 1]


def test_a_button_tells_the_style_sheet_its_kind(qtbot):
    button = Button("删除", Kind.DANGER)
    qtbot.addWidget(button)
    assert button.property("kind") == "danger"


def test_the_words_of_a_button_with_an_icon_stay_as_given(qtbot, icons):
    button = Button("打印", icon=icons.icon("printer"))
    qtbot.addWidget(button)
    button.grab()
    assert button.text() == "打印"


def test_a_menu_makes_room_for_its_arrow(qtbot):
    button = Button("更多")
    qtbot.addWidget(button)
    button.setMenu(QMenu(button))
    assert button.property("menu") == "true"
