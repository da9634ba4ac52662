import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from models.problems import Problem
from models.records.fields import Link
from ui.form.entries import entry_for
from ui.form.link_entry import ABSENT, LinkEntry


@pytest.fixture
def entry(qtbot):
    entry = entry_for(Link(label="风险点", to="risk_point"))
    qtbot.addWidget(entry)
    entry.offer({"a.1": "食堂燃气间", "a.2": "东楼梯 · 教学楼"})
    return entry


def test_a_link_has_its_own_widget(entry):
    assert isinstance(entry, LinkEntry)
    assert entry.offered() == ["食堂燃气间", "东楼梯 · 教学楼"]


def test_words_are_shown_and_the_record_is_the_answer(entry):
    entry.set_value("a.2")
    assert (entry.raw(), entry.value()) == ("东楼梯 · 教学楼", "a.2")
    entry.set_raw(" 食堂燃气间 ")
    assert entry.value() == "a.1"
    entry.set_value(None)
    assert (entry.raw(), entry.value()) == ("", None)


def test_words_that_name_none_are_a_problem_and_stay_as_typed(entry):
    entry.set_raw("食堂")
    with pytest.raises(Problem, match="请从列表中选择一项"):
        entry.value()
    QApplication.sendEvent(entry, QFocusEvent(QEvent.Type.FocusOut))
    assert entry.raw() == "食堂"


def test_leaving_the_field_keeps_the_choice(entry):
    entry.set_value("a.1")
    QApplication.sendEvent(entry, QFocusEvent(QEvent.Type.FocusOut))
    assert (entry.raw(), entry.value()) == ("食堂燃气间", "a.1")


def test_a_link_to_one_of_two_with_the_same_words_stays(entry):
    """Who was merged is shown by the name of whoever stands for both."""
    entry.offer({"a.1": "张伟", "a.2": "张伟", "a.3": "王平安"})
    entry.set_value("a.2")
    assert (entry.offered(), entry.value()) == (["张伟", "王平安"], "a.2")
    entry.set_raw("王平安")
    assert entry.value() == "a.3"


def test_a_link_to_what_is_not_here_is_kept_unless_it_is_taken_out(entry):
    entry.set_value("gone.7")
    assert (entry.raw(), entry.value()) == (ABSENT, "gone.7")
    entry.set_raw("")
    assert entry.value() is None
    entry.set_value("a.1")
    entry.set_raw(ABSENT)
    with pytest.raises(Problem):
        entry.value()
