import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.widgets.code_entry import DIGITS, LETTERS, CodeEntry

WHOLE = "123456789012345678901234"


@pytest.fixture
def entry(qtbot):
    widget = CodeEntry(24, DIGITS, "教育局的数字")
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_digits_stand_in_groups_of_four(entry, qtbot):
    qtbot.keyClicks(entry, "123456789")
    assert entry.text() == "1234 5678 9"
    assert entry.code() == "123456789"
    assert entry.missing() == "还差 15 位"


def test_only_digits_are_taken_and_no_more_than_there_are(entry, qtbot):
    with qtbot.waitSignal(entry.completed):
        qtbot.keyClicks(entry, f"a-{WHOLE}99")
    assert entry.code() == WHOLE
    assert entry.missing() == ""


def test_an_input_method_commits_full_width_digits(entry, commit):
    commit(entry, "１２３４５６")
    assert entry.text() == "1234 56"
    assert entry.cursorPosition() == 7


@pytest.mark.parametrize(
    "pasted", [WHOLE, "1234 5678 9012 3456 7890 1234", "数字是：1234-5678-9012，3456 7890 1234。"]
)
def test_a_code_may_be_pasted_as_it_came_in_a_chat(entry, pasted):
    QGuiApplication.clipboard().setText(pasted)
    entry.paste()
    assert entry.code() == WHOLE


def test_a_digit_in_the_middle_is_mended_in_its_place(entry, qtbot):
    entry.setText("1234 5678")
    entry.setCursorPosition(2)
    qtbot.keyClick(entry, Qt.Key.Key_Backspace)
    assert (entry.text(), entry.cursorPosition()) == ("1345 678", 1)
    qtbot.keyClicks(entry, "99")
    assert (entry.text(), entry.cursorPosition()) == ("1993 4567 8", 3)


def test_backspace_walks_over_the_blanks(entry, qtbot):
    qtbot.keyClicks(entry, "12345")
    for _ in range(5):
        qtbot.keyClick(entry, Qt.Key.Key_Backspace)
    assert entry.text() == ""


def test_letters_are_read_in_any_case_and_strangers_are_left_out(qtbot):
    entry = CodeEntry(14, LETTERS, "回执码")
    qtbot.addWidget(entry)
    qtbot.keyClicks(entry, "abcd 01ef")
    assert entry.text() == "ABCD EF"
    assert entry.missing() == "还差 8 个"


def test_a_screen_reader_hears_what_is_asked_for(entry):
    assert entry.accessibleName() == "教育局的数字"
    assert "共 24 位数字" in entry.accessibleDescription()
