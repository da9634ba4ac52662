"""Words are offered by 拼音首字母, taken by keyboard only, and leave an input method alone."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from models.ledger.suggestions import offers
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Text
from models.records.finding import Finding
from models.records.person import Person
from models.records.record import fields_of
from models.records.training import TrainingSession
from tests.conftest import a_finding
from ui.form.form_panel import FormPanel
from ui.form.typed_entry import TypedEntry

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SHARED = {"person", "place", "unit", "department"}
# What is called a person, a place or a unit and yet has no list: a link is chosen by its own words.
WORDS_OF = {
    "person": ("责任人", "排查人", "办理人", "批准人", "总指挥", "主讲", "检查人员", "陪同人员"),
    "place": ("部位", "地点"),
    "unit": ("主办单位", "接收单位"),
    "department": ("部门", "责任部门", "整改责任部门"),
}


@pytest.fixture
def form(session, icons, qtbot):
    made = []

    def make(kind):
        panel = FormPanel(session, icons, kind, session.save)
        qtbot.addWidget(panel)
        panel.resize(700, 600)
        panel.show()
        panel.open(kind(), "", "")
        made.append(panel)
        return panel.form

    return make


@pytest.fixture
def namesakes(ledger):
    given = [("张伟", "教务处"), ("张伟", "德育处"), ("王平安", "办公室")]
    return [ledger.save(Person(name=n, department=d, state="active")) for n, d in given]


def compose(widget, text):
    """What an input method shows while it composes; nothing is committed yet."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def stand_in(entry, qtbot):
    """The field in which the person types: only there are words offered."""
    entry.window().activateWindow()
    entry.setFocus()
    qtbot.waitUntil(entry.hasFocus)


def is_open(entry):
    return entry.completer().popup().isVisible()


@pytest.mark.parametrize(("kind", "labels"), WORDS_OF.items())
def test_every_field_for_a_person_place_or_unit_shares_its_list(kind, labels):
    fields = [field for record in RECORD_TYPES.values() for field in fields_of(record).values()]
    named = [field for field in fields if field.label in labels and isinstance(field, Text)]
    assert len(named) >= len(labels)
    assert {field.suggest for field in named} == {kind}


def test_no_field_names_a_list_that_is_not_there():
    fields = [field for record in RECORD_TYPES.values() for field in fields_of(record).values()]
    assert {field.suggest for field in fields if isinstance(field, Text)} - {""} == SHARED


def test_letters_find_a_person_and_two_keys_take_them(form, namesakes, qtbot):
    entry = form(Finding).entry("responsible")
    stand_in(entry, qtbot)
    qtbot.keyClicks(entry, "wpa")
    assert is_open(entry)
    qtbot.keyClick(entry.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(entry.completer().popup(), Qt.Key.Key_Return)
    assert entry.value() == "王平安"
    assert not is_open(entry)


def test_taking_an_offer_is_an_edit(form, namesakes, qtbot):
    shown = form(Finding)
    with qtbot.waitSignal(shown.edited):
        shown.entry("responsible").completer().activated.emit("王平安")


def test_namesakes_are_offered_with_their_department_and_never_bare(form, ledger, namesakes):
    ledger.save(a_finding(number="1", responsible="张伟"))
    entry = form(Finding).entry("responsible")
    assert entry.offered("zw") == ["张伟（教务处）", "张伟（德育处）"]


def test_a_word_written_in_one_module_is_offered_in_all(form, ledger):
    ledger.save(a_finding(number="1", place="食堂后厨"))
    assert form(TrainingSession).entry("place").offered("sthc") == ["食堂后厨"]


def test_what_was_saved_a_moment_ago_is_offered_at_once(form, session):
    entry = form(Finding).entry("place")
    assert entry.offered("操场") == []
    session.save(a_finding(number="1", place="操场东侧"))
    assert entry.offered("操场") == ["操场东侧"]


def test_several_people_are_looked_up_one_by_one(form, namesakes, qtbot):
    entry = form(Finding).entry("finder")
    stand_in(entry, qtbot)
    entry.setText("李安全、")
    qtbot.keyClicks(entry, "wp")
    qtbot.keyClick(entry.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(entry.completer().popup(), Qt.Key.Key_Return)
    assert entry.text() == "李安全、王平安"


def test_a_place_with_a_comma_is_one_place(form, ledger):
    ledger.save(a_finding(number="1", place="东楼、西楼"))
    assert form(Finding).entry("place").offered("东楼、") == ["东楼、西楼"]


def test_an_input_method_is_left_alone_until_it_has_committed(form, namesakes, commit, qtbot):
    entry = form(Finding).entry("responsible")
    stand_in(entry, qtbot)
    compose(entry, "wang")
    assert not is_open(entry)
    commit(entry, "王")
    assert is_open(entry)
    assert entry.completer().model().stringList() == ["王平安"]
    compose(entry, "ping")
    assert not is_open(entry)
    commit(entry, "平安")
    assert entry.text() == "王平安"
    assert not is_open(entry)  # what stands there whole is not offered again


def test_arrow_down_in_an_empty_field_opens_the_most_usual(form, ledger, qtbot):
    for number, place in enumerate(("食堂", "操场", "食堂")):
        ledger.save(a_finding(number=str(number), place=place))
    entry = form(Finding).entry("place")
    stand_in(entry, qtbot)
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    assert is_open(entry)
    assert entry.completer().model().stringList() == ["食堂", "操场"]


def test_a_field_without_a_list_takes_no_notice_of_the_keys(qtbot, commit):
    entry = TypedEntry(Text(label="名"))
    qtbot.addWidget(entry)
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    compose(entry, "wang")
    commit(entry, "王")
    assert (entry.text(), entry.offered()) == ("王", [])


def test_five_thousand_people_are_searched_in_ten_milliseconds(ledger):
    with ledger.transaction():
        for number in range(5_000):
            ledger.save(Person(name=f"王{chr(0x4E00 + number)}", department="教务处"))
    found = offers(ledger, "person")
    found.matching("w")
    began = time.perf_counter()
    for typed in ("w", "wz", "王", "没有此人", "zw"):
        found.matching(typed)
    assert (time.perf_counter() - began) / 5 < 0.010
