from PySide6.QtCore import Qt

from ui.colours import Tone
from ui.widgets.number_card import NumberCard


def test_a_card_speaks_caption_figure_unit_and_note(qtbot):
    card = NumberCard("逾期")
    qtbot.addWidget(card)
    assert card.accessibleName() == "逾期 —"
    card.show_figure(3, "条", "最久已逾期 9 天", Tone.RED)
    assert card.accessibleName() == "逾期 3 条，最久已逾期 9 天"
    assert card.property("tone") == "red"


def test_a_card_is_pressed_anywhere_and_by_enter(qtbot):
    pressed = []
    card = NumberCard("未销号")
    qtbot.addWidget(card)
    card.clicked.connect(lambda: pressed.append(1))
    card.show()
    on_the_figure = card._figure.geometry().center()
    assert card.childAt(on_the_figure) is None, "the figure lets the mouse through to the card"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=on_the_figure)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert pressed == [1, 1]


def test_a_card_is_as_large_as_its_words_need(qtbot):
    card = NumberCard("未销号")
    qtbot.addWidget(card)
    card.show_figure("18/20", "人", "2 人还差学时")
    assert card.sizeHint().height() > 60
    assert card.minimumSizeHint().width() >= card._note.sizeHint().width()
