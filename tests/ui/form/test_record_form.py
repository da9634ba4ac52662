from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from models.problems import Problem
from models.records.finding import Finding
from models.records.organisation import Organisation
from models.records.training import TrainingSession
from tests.conftest import a_finding
from ui.form.record_form import RecordForm
from ui.widgets.scrolled import scrolled

GOOD = {
    "description": "灭火器压力不足",
    "place": "教学楼",
    "category": "fire",
    "found_on": "2026-11-23",
    "finder": "李安全",
}


@pytest.fixture
def make(qtbot):
    def do(kind=Finding, names=()):
        form = RecordForm(kind, names)
        area = scrolled(form)
        qtbot.addWidget(area)
        area.resize(600, 300)
        area.show()
        area.activateWindow()
        qtbot.waitUntil(area.isActiveWindow)
        form.area = area
        return form

    return do


def complaints(form):
    return {
        name: row.complaint.text()
        for name, row in form.rows.items()
        if not row.complaint.isHidden()
    }


def test_a_form_shows_every_field_that_a_person_fills(make):
    form = make()
    assert "number" not in form.rows
    assert "description" in form.rows
    assert list(make(names=("place", "finder")).rows) == ["place", "finder"]


def test_a_record_that_was_typed_comes_back_whole(make):
    form = make()
    form.show_record(Finding(id="x.1", number="2026-0001"))
    form.set_raw({**GOOD, "funding": "１，２００元", "nothing": "of this form"})
    typed = form.record()
    assert typed == Finding(
        id="x.1",
        number="2026-0001",
        description="灭火器压力不足",
        place="教学楼",
        category="fire",
        found_on=date(2026, 11, 23),
        finder="李安全",
        funding=1200,
    )


def test_an_empty_form_complains_beside_each_required_field_and_waits_at_the_first(make, qtbot):
    form = make()
    assert form.record() is None
    assert set(complaints(form)) == {"description", "place", "category", "found_on", "finder"}
    assert complaints(form)["place"] == "请填写“部位”。"
    assert form.entry("description").hasFocus()


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("found_on", "2026-02-30", "没有30日"),
        ("found_on", "<b>&", "“<b>&”不是日期"),
        ("place", "长" * 10_000, "现在有 10000 个"),
        ("place", "\x00\x07\x1b", "请填写"),
        ("funding", "=1+1", "不是数字"),
        ("funding", "🔥", "“🔥”不是数字"),
        ("finder", "赵𬱖" * 40, "最多 60 个字"),
    ],
    ids=["no such day", "markup", "endless", "control", "formula", "emoji", "too long"],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(make, name, typed, words):
    form = make()
    form.set_raw({**GOOD, name: typed})
    assert form.record() is None
    assert list(complaints(form)) == [name]
    assert words in complaints(form)[name]
    assert form.raw()[name] == typed
    assert {k: v for k, v in form.raw().items() if k in GOOD and k != name} == {
        k: v for k, v in GOOD.items() if k != name
    }
    row = form.rows[name]
    target = row.widget.focusProxy() or row.widget
    assert target.hasFocus()
    assert target.property("state") == "error"
    assert words in target.accessibleDescription()


@pytest.mark.parametrize("typed", ["🔥", "赵𬱖", "<b>&", "=1+1", "１２", "8：20", "a\x00b\x07c"])
def test_strange_words_are_words_like_others(make, typed):
    form = make()
    form.set_raw({**GOOD, "place": typed})
    saved = form.record()
    assert saved is not None
    assert saved.place == typed.replace("\x00", "").replace("\x07", "")


def test_a_complaint_is_plain_text(make):
    form = make()
    for row in form.rows.values():
        assert row.complaint.textFormat() == Qt.TextFormat.PlainText


def test_a_rule_between_fields_complains_beside_its_field(make):
    form = make()
    form.set_raw({**GOOD, "deadline": "2026-11-01"})
    assert form.record() is None
    assert list(complaints(form)) == ["deadline"]


def test_a_check_of_the_page_is_asked_once_all_answers_are_good(make):
    form = make()
    asked = []

    def check(typed):
        asked.append(typed)
        return {"place": Problem("这个部位没有。")}

    assert form.record(check) is None
    assert not asked
    form.set_raw(GOOD)
    assert form.record(check) is None
    assert complaints(form) == {"place": "这个部位没有。"}


def test_typing_takes_the_complaint_of_that_field_away(make, qtbot):
    form = make()
    form.record()
    heard = []
    form.edited.connect(lambda: heard.append(1))
    qtbot.keyClicks(form.entry("place"), "a")
    assert "place" not in complaints(form)
    assert "finder" in complaints(form)
    assert form.entry("place").property("state") == ""
    assert form.entry("place").accessibleDescription() == ""
    assert heard == [1]


def test_another_record_starts_without_complaints(make):
    form = make()
    form.record()
    form.show_record(a_finding())
    assert complaints(form) == {}
    assert form.record() == a_finding()


def test_a_problem_out_of_sight_is_scrolled_into_sight(make, qtbot):
    form = make()
    form.set_raw({**GOOD, "funding": "很多"})
    form.record()
    entry = form.entry("funding")
    qtbot.waitUntil(lambda: not entry.visibleRegion().isEmpty())
    assert form.area.verticalScrollBar().value() > 0


def test_check_boxes_with_a_problem_take_the_focus_and_the_red_edge(make):
    form = make(Organisation, ("grades",))
    form.show_problems({"grades": Problem("请选择年级。")})
    boxes = form.rows["grades"].widget.findChildren(QCheckBox)
    assert boxes[0].hasFocus()
    assert {box.property("state") for box in boxes} == {"error"}


def test_every_entry_has_a_name_to_be_read_aloud_and_a_label(make):
    for kind in (Finding, TrainingSession, Organisation):
        form = make(kind)
        for row in form.rows.values():
            assert row.widget.accessibleName() == row.kind.label
            label = row.findChildren(QLabel)[0]
            assert label.buddy() is row.widget
            assert ("*" in label.text()) == row.kind.required


def test_words_are_offered_in_typed_fields_only(make):
    form = make()
    form.suggest("place", ["食堂"])
    form.suggest("category", ["食堂"])
    assert form.entry("place").completer() is not None


def test_problems_without_a_field_are_kept_for_whoever_holds_the_form(make):
    form = make(Finding, ("place",))
    form.set_raw({"place": "食堂"})
    assert form.record() is None
    assert "请填写“隐患描述”。" in map(str, form.other_problems)
    assert "请填写“部位”。" not in map(str, form.other_problems)
    form.show_record(a_finding())
    assert form.other_problems == []
    assert form.record() == a_finding(place="教学楼三楼")


def test_fields_stand_in_one_column_where_two_do_not_fit(make, qtbot):
    form = make()
    area = form.area
    area.resize(700, 800)
    place, category = form.rows["place"], form.rows["category"]
    qtbot.waitUntil(lambda: place.y() == category.y())
    area.resize(form.minimumSizeHint().width() + 20, 800)
    qtbot.waitUntil(lambda: category.y() > place.y())
    assert category.x() == place.x()
    area.resize(700, 800)
    qtbot.waitUntil(lambda: place.y() == category.y())
