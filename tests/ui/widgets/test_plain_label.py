import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.plain_label import plain_label


def test_words_are_shown_as_typed_with_their_role(qtbot):
    label = plain_label("<b>&赵𬱖", "hint")
    qtbot.addWidget(label)
    assert (label.text(), label.property("role")) == ("<b>&赵𬱖", "hint")
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("copied", [True, False])
def test_words_may_be_copied_where_that_is_wanted(qtbot, copied):
    label = plain_label("赵𬱖", copied=copied)
    qtbot.addWidget(label)
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert bool(label.textInteractionFlags() & selectable) is copied


def test_a_word_without_a_break_does_not_widen_its_panel(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    QVBoxLayout(panel).addWidget(plain_label("x" * 1000))
    assert panel.minimumSizeHint().width() < 100
