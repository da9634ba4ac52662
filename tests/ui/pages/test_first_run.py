"""Journey J1, and all that can go wrong on the first morning."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.person import Person
from tests.conftest import OFFICE_CODE, RESOURCES, the_initials
from ui.pages.first_run import FirstRun
from ui.session import Session


@pytest.fixture
def fresh(home, clock):
    ledger = Ledger(open_database(home), home, clock=clock, initials=the_initials())
    yield ledger
    ledger.close()


@pytest.fixture
def first(fresh, icons, qtbot):
    first = FirstRun(Session(fresh, RESOURCES), icons)
    qtbot.addWidget(first)
    first.resize(900, 450)
    first.show()
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    return first


def choose(form, name, code):
    entry = form.entry(name)
    entry.set_value(code)
    entry.changed.emit()


def answer(first, code="2137000001"):
    first.unit.set_raw({"name": "示例县实验小学", "code": code})
    choose(first.school, "school_type", "primary")
    first.person.set_raw({"name": "李安全"})


def problem(form, name):
    label = form.rows[name].complaint
    return "" if label.isHidden() else label.text()


def test_eight_questions_are_asked_at_most(first):
    rows = {**first.unit.rows, **first.school.rows, "person": first.person.rows["name"]}
    # kind of unit and roles come with their usual answer
    assert 1 + len(rows) <= 8
    assert first.kind.value() == "school"
    assert first.person.entry("roles").value() == {"safety", "inspector"}


def test_a_school_is_founded(first, fresh, qtbot):
    answer(first)
    qtbot.keyClick(first.school.entry("features").box("canteen"), Qt.Key.Key_Space)
    with qtbot.waitSignal(first.done):
        first.start.click()
    school = fresh.organisation
    assert (school.kind, school.name, school.code) == ("school", "示例县实验小学", "2137000001")
    assert school.grades == {"1", "2", "3", "4", "5", "6"}
    assert school.features == {"canteen"}
    assert fresh.user == "李安全"
    (person,) = fresh.all(Person)
    assert person.roles == {"safety", "inspector"}
    assert person.state == "active"


def test_an_office_is_founded_and_asked_nothing_about_grades(first, fresh, qtbot):
    first.kind.set_value("office")
    first.kind.changed.emit("office")
    assert not first.school_card.isVisible()
    first.unit.set_raw({"name": "示例县教育局", "code": OFFICE_CODE.lower()})
    first.person.set_raw({"name": "王局安"})
    with qtbot.waitSignal(first.done):
        first.start.click()
    assert (fresh.organisation.kind, fresh.unit) == ("office", OFFICE_CODE)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("123", "现在有 3 位"),
        ("11370000004502323E", "校验位不对"),
        ("示例县实验小学代码", "现在有 9 位"),
        ("<b>2137</b>", "位"),
        ("", "请填写"),
    ],
)
def test_a_bad_code_is_told_beside_it_and_nothing_is_founded(first, fresh, typed, words):
    answer(first, typed)
    first.start.click()
    assert words in problem(first.unit, "code")
    assert first.unit.raw()["code"] == typed
    assert first.unit.entry("code").hasFocus()
    assert fresh.unit == ""


@pytest.mark.parametrize("typed", [OFFICE_CODE, "２１３７０００００１", "21-3700-0001"])
def test_codes_are_read_as_people_write_them(first, fresh, qtbot, typed):
    answer(first, typed)
    with qtbot.waitSignal(first.done):
        first.start.click()
    assert fresh.unit in (OFFICE_CODE, "2137000001")


def test_a_doubtful_code_is_asked_about_once(first, fresh, qtbot):
    answer(first, "9937000001")
    first.start.click()
    assert "99 开头" in first.notice.text()
    assert fresh.unit == ""
    qtbot.waitUntil(lambda: not first.notice.visibleRegion().isEmpty())
    assert not first.start.visibleRegion().isEmpty()
    with qtbot.waitSignal(first.done):
        first.start.click()
    assert fresh.unit == "9937000001"


def test_an_office_is_not_asked_about_a_school_code(first, fresh, qtbot):
    first.kind.set_value("office")
    first.unit.set_raw({"name": "示例县教育局", "code": "9937000001"})
    first.person.set_raw({"name": "王局安"})
    with qtbot.waitSignal(first.done):
        first.start.click()


def test_five_four_moves_grade_six_to_junior(first):
    choose(first.school, "school_type", "nine_year")
    assert "小学高段：五年级、六年级" in first.stages.text()
    choose(first.school, "system", "five_four")
    assert "初中：六年级、七年级" in first.stages.text()
    choose(first.school, "school_type", "primary")
    assert "6" not in first.school.entry("grades").value()


def test_features_stay_when_the_type_changes(first):
    first.school.entry("features").set_value(frozenset({"canteen", "boarding"}))
    choose(first.school, "school_type", "junior")
    assert first.school.entry("features").value() == {"canteen", "boarding"}


def test_grades_can_be_changed_by_hand(first, fresh, qtbot):
    answer(first)
    box = first.school.entry("grades").box("k")
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert "幼儿园：幼儿园" in first.stages.text()
    first.start.click()
    assert "k" in fresh.organisation.grades


def test_an_empty_page_complains_everywhere_and_waits_at_the_name(first, fresh):
    first.start.click()
    assert problem(first.unit, "name")
    assert problem(first.unit, "code")
    assert problem(first.school, "school_type") == "请选择学校类型。"
    assert problem(first.school, "grades") == "请选择年级。"
    assert problem(first.person, "name")
    assert first.unit.entry("name").hasFocus()
    assert fresh.unit == ""


def test_choosing_the_type_answers_for_the_grades(first):
    first.start.click()
    choose(first.school, "school_type", "primary")
    assert problem(first.school, "grades") == ""
    assert problem(first.school, "school_type") == ""


def test_a_first_problem_that_is_out_of_sight_is_scrolled_to(first, qtbot):
    answer(first, "1")
    area = first.findChild(QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    first.start.click()
    qtbot.waitUntil(lambda: not first.unit.entry("code").visibleRegion().isEmpty())


def test_a_failed_start_is_told_and_keeps_every_answer(first, fresh, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    monkeypatch.setattr(fresh, "found", full)
    answer(first)
    first.start.click()
    assert first.notice.text() == "磁盘已满，这一次没有保存。"
    assert first.unit.raw()["name"] == "示例县实验小学"


def test_strange_names_are_kept_as_they_are(first, fresh):
    answer(first)
    first.unit.set_raw({"name": "<b>&赵𬱖🔥=1+1\x07"})
    first.start.click()
    assert fresh.organisation.name == "<b>&赵𬱖🔥=1+1"


def test_a_name_of_ten_thousand_characters_is_told_beside_it(first, fresh):
    answer(first)
    first.unit.set_raw({"name": "长" * 10_000})
    first.start.click()
    assert "最多 60 个字" in problem(first.unit, "name")


def test_tab_reaches_the_button_and_enter_presses_it(first, qtbot):
    first.setFocus()
    assert first.unit.entry("name").hasFocus()
    for _ in range(60):
        qtbot.keyClick(first.focusWidget(), Qt.Key.Key_Tab)
        if first.start.hasFocus():
            break
    assert first.start.hasFocus()
    qtbot.keyClick(first.start, Qt.Key.Key_Return)
    assert problem(first.unit, "name")


def test_the_input_method_types_into_the_first_field(first, commit):
    first.setFocus()
    commit(first.focusWidget(), "示例县实验小学")
    assert first.unit.raw()["name"] == "示例县实验小学"
