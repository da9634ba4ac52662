import pytest
from PySide6.QtCore import Qt

from models.ledger import findings
from models.records.finding import FindingStep
from models.templates.grading import GENERAL_WORDS, GUIDE
from tests.conftest import a_finding
from tests.ui.pages.findings_acts import press, type_in


@pytest.fixture
def grade(make_findings_page, ledger):
    """The form of grading a finding with these changes."""
    page = make_findings_page()

    def do(**changes):
        findings.register(ledger, a_finding(**changes))
        page.refresh()
        press(page, "step_graded")
        return page.step_form

    return do


def raw(form, name):
    return form.form.entry(name).raw()


def ticked(form):
    return [box.text() for box in form.aid.boxes if box.isChecked()]


def choose(form, level):
    form.form.entry("level").set_value(level)
    form.form.entry("level").changed.emit()


def test_an_item_with_a_direct_clause_is_graded_without_typing(grade, ledger, qtbot):
    form = grade(item="sf.dorm.09", level="major", interim="先停用")
    assert raw(form, "level") == "major"
    assert f"{GUIDE}3条（一）2" in raw(form, "opinion")
    assert ticked(form) == ["判定指南3条（一）2"]
    qtbot.keyClick(form.form.entry("level"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (step,) = ledger.all(FindingStep)
    assert (step.level, step.person) == ("major", "李安全")
    assert "宿舍未设在地下室" in step.opinion


def test_a_general_finding_is_graded_without_typing(grade, ledger):
    form = grade(level="general")
    assert raw(form, "opinion") == GENERAL_WORDS
    assert ticked(form) == []
    form.save()
    assert [step.level for step in ledger.all(FindingStep)] == ["general"]


def test_any_one_clause_makes_it_major(grade):
    form = grade(level="general")
    for box in form.aid.boxes:
        box.setChecked(True)
        assert raw(form, "level") == "major"
        box.setChecked(False)
    assert raw(form, "opinion") == ""  # 重大 without a clause: a person says why


def test_the_clauses_that_are_ticked_make_the_reason(grade):
    form = grade()
    form.aid.boxes[0].setChecked(True)
    form.aid.boxes[1].setChecked(True)
    assert raw(form, "opinion").count(GUIDE) == 2
    form.aid.boxes[0].setChecked(False)
    assert raw(form, "opinion").count(GUIDE) == 1


def test_a_click_on_the_words_of_a_clause_ticks_it(grade, qtbot):
    form = grade()
    words = next(
        label
        for label in form.aid.findChildren(type(form.title))
        if label.text().startswith("不符合：")
    )
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert ticked(form) == [form.aid.boxes[0].text()]


def test_a_level_that_a_person_chooses_brings_its_words_and_takes_them_away(grade):
    form = grade()
    assert (raw(form, "level"), raw(form, "opinion")) == ("", "")
    choose(form, "general")
    assert raw(form, "opinion") == GENERAL_WORDS
    choose(form, "major")
    assert raw(form, "opinion") == ""
    form.save()
    assert form.form.rows["opinion"].complaint.text()


def test_what_a_person_wrote_is_left_alone(grade):
    form = grade(level="general")
    type_in(form, opinion="一楼，当天可以修好")
    choose(form, "major")
    form.aid.boxes[2].setChecked(True)
    assert raw(form, "opinion") == "一楼，当天可以修好"


def test_a_ticked_clause_leaves_no_other_level(grade, ledger):
    form = grade()
    form.aid.boxes[0].setChecked(True)
    choose(form, "general")
    form.save()
    assert "直接判定条款" in form.form.rows["level"].complaint.text()
    assert ledger.all(FindingStep) == []


def test_ticks_come_back_with_the_draft(grade, make_findings_page):
    form = grade()
    form.aid.boxes[3].setChecked(True)
    form.close_form()
    again = make_findings_page()
    press(again, "step_graded")
    assert ticked(again.step_form) == [form.aid.boxes[3].text()]
    assert raw(again.step_form, "level") == "major"
    press(again, "不要了")
    assert ticked(again.step_form) == []
    assert raw(again.step_form, "opinion") == ""
