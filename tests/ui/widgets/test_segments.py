import pytest
from PySide6.QtCore import Qt

from ui.colours import Tone
from ui.widgets.segments import Choice, Segments

CHOICES = [
    Choice("yes", "是", "1", Tone.GREEN),
    Choice("no", "否", "2", Tone.RED),
    Choice("na", "不适用", "n", Tone.GREY),
]


@pytest.fixture
def segments(qtbot):
    widget = Segments(CHOICES, "达标")
    qtbot.addWidget(widget)
    widget.show()
    widget.said = []
    widget.changed.connect(widget.said.append)
    return widget


def test_nothing_is_chosen_at_first(segments):
    assert segments.value() is None


def test_pressing_a_segment_chooses_it_alone(segments):
    segments._buttons["yes"].click()
    segments._buttons["no"].click()
    assert segments.said == ["yes", "no"]
    assert segments.value() == "no"


def test_a_key_chooses_and_the_focus_follows(segments, qtbot):
    qtbot.keyClick(segments._buttons["yes"], "2")
    qtbot.keyClick(segments._buttons["no"], "N")
    qtbot.keyClick(segments._buttons["na"], "n")
    assert segments.said == ["no", "na"]
    assert segments.focusWidget() is segments._buttons["na"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_the_choice_back_once(segments, qtbot, key):
    segments.set_value("yes")
    qtbot.keyClick(segments._buttons["yes"], key)
    qtbot.keyClick(segments._buttons["yes"], key)
    assert segments.said == [None]
    assert segments.value() is None


def test_other_keys_are_left_alone(segments, qtbot):
    qtbot.keyClick(segments._buttons["yes"], "9")
    qtbot.keyClick(segments, Qt.Key.Key_Tab)
    assert segments.said == []


def test_setting_a_value_says_nothing(segments):
    segments.set_value("na")
    assert (segments.value(), segments.said) == ("na", [])


def test_each_segment_is_named_with_its_question_and_tells_its_key(segments):
    assert segments._buttons["no"].accessibleName() == "达标 否"
    assert segments._buttons["no"].toolTip() == "否（按 2）"


def test_the_ends_are_told_to_the_style_sheet(segments, qtbot):
    places = [button.property("place") for button in segments._buttons.values()]
    assert places == ["first", "middle", "last"]
    alone = Segments([Choice("a", "月")])
    empty = Segments([])
    qtbot.addWidget(alone)
    qtbot.addWidget(empty)
    assert alone._buttons["a"].property("place") == "only"
    assert empty.value() is None
