from PySide6.QtWidgets import QComboBox

from ui.widgets.chooser import offer


def test_what_was_chosen_stays_while_it_is_offered_and_nothing_is_said(qtbot):
    box = QComboBox()
    qtbot.addWidget(box)
    said = []
    box.currentIndexChanged.connect(said.append)
    offer(box, {"": "全部", "a": "甲", "b": "乙"})
    assert box.currentData() == ""
    box.setCurrentIndex(2)
    offer(box, {"b": "乙", "c": "丙"})
    assert (box.currentData(), box.currentText()) == ("b", "乙")
    offer(box, {"c": "丙"})
    assert box.currentData() == "c"
    offer(box, {})
    assert (box.count(), box.currentData()) == (0, None)
    assert said == [2]
