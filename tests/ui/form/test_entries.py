from datetime import date, datetime, time
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QPushButton, QWidget

from models.problems import Problem
from models.records.fields import Choice, Day, Flags, Moment, Number, Pair, Text, TimeOfDay
from ui.form.entries import ChoiceEntry, DayEntry, FlagsEntry, LongEntry, entry_for
from ui.form.typed_entry import TypedEntry

COLOURS = {"red": "红", "blue": "蓝"}
DAY = Day(label="日期")
LONG = Text(label="说明", lines=3, longest=20)


@pytest.fixture
def make(qtbot):
    def do(kind):
        entry = entry_for(kind)
        qtbot.addWidget(entry)
        entry.show()
        return entry

    return do


@pytest.fixture
def told():
    """Counts how often an entry says that it was edited."""

    def watch(entry):
        heard = []
        entry.changed.connect(lambda: heard.append(1))
        return heard

    return watch


@pytest.mark.parametrize(
    ("kind", "widget"),
    [
        (Text(label="名"), TypedEntry),
        (LONG, LongEntry),
        (Choice(label="色", options=COLOURS), ChoiceEntry),
        (Flags(label="色", options=COLOURS), FlagsEntry),
        (DAY, DayEntry),
        (Number(label="数"), TypedEntry),
        (Moment(label="时"), TypedEntry),
    ],
)
def test_each_kind_of_field_has_its_widget(make, kind, widget):
    assert type(make(kind)) is widget


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Text(label="名"), "  赵𬱖\x07 ", "赵𬱖"),
        (Text(label="名"), "🔥<b>&", "🔥<b>&"),
        (Text(label="名"), "=1+1", "=1+1"),
        (Text(label="名"), "   ", None),
        (Number(label="数"), "１２", 12),
        (Number(label="数", decimals=1), "1.5", Decimal("1.5")),
        (TimeOfDay(label="时"), "8：20", time(8, 20)),
        (DAY, "２０２６年３月５日", date(2026, 3, 5)),
        (Moment(label="时"), "2026-03-05 8：20", datetime(2026, 3, 5, 8, 20)),
        (Pair(label="数", names=("甲", "乙")), "12/3", (12, 3)),
        (LONG, "一行\n两行", "一行\n两行"),
        (LONG, "", None),
    ],
)
def test_what_is_typed_is_read(make, kind, typed, value):
    entry = make(kind)
    entry.set_raw(typed)
    assert entry.value() == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (DAY, "2026-02-30"),
        (DAY, "昨天"),
        (Number(label="数"), "=1+1"),
        (TimeOfDay(label="时"), "吃饭"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_stays_as_typed(make, kind, typed):
    entry = make(kind)
    entry.set_raw(typed)
    with pytest.raises(Problem):
        entry.value()
    assert entry.raw() == typed


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(label="名"), "赵𬱖"),
        (Number(label="数"), 12),
        (TimeOfDay(label="时"), time(8, 20)),
        (DAY, date(2026, 3, 5)),
        (Moment(label="时"), datetime(2026, 3, 5, 8, 20)),
        (Pair(label="数", names=("甲", "乙")), (12, 3)),
        (LONG, "一行\n两行"),
        (Choice(label="色", options=COLOURS), "blue"),
        (Flags(label="色", options=COLOURS), frozenset({"red", "blue"})),
    ],
)
def test_a_value_and_what_was_typed_for_it_come_back_alike(make, kind, value):
    entry, other = make(kind), make(kind)
    entry.set_value(value)
    other.set_raw(entry.raw())
    assert other.value() == value
    other.set_value(None)
    assert (other.value(), other.raw()) == (None, "")


def test_leaving_a_field_shows_how_it_was_read(make, qtbot):
    entry = make(TimeOfDay(label="时"))
    entry.set_raw("8：20")
    entry.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert entry.text() == "8:20"
    entry.set_raw("25：61")
    entry.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert entry.text() == "25：61"


def test_leaving_a_field_that_is_read_as_typed_keeps_its_undo(make, qtbot):
    entry = make(Text(label="名"))
    qtbot.keyClicks(entry, "abc")
    entry.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert entry.isUndoAvailable()


@pytest.mark.parametrize("kind", [Text(label="名"), LONG], ids=["line", "box"])
def test_words_of_an_input_method_are_an_edit(make, told, commit, kind):
    entry = make(kind)
    heard = told(entry)
    commit(entry, "赵𬱖来了")
    assert entry.value() == "赵𬱖来了"
    assert heard


@pytest.mark.parametrize(
    "kind",
    [
        Text(label="名"),
        LONG,
        DAY,
        Choice(label="色", options=COLOURS),
        Flags(label="色", options=COLOURS),
    ],
    ids=["line", "box", "day", "choice", "flags"],
)
def test_a_form_that_shows_a_record_is_no_edit(make, told, kind):
    entry = make(kind)
    heard = told(entry)
    for text in ("2026-03-05", "red", ""):
        entry.set_raw(text)
    entry.set_value(None)
    assert not heard


def test_ten_thousand_characters_stay(make):
    for kind in (Text(label="名"), LONG):
        entry = make(kind)
        entry.set_raw("长" * 10_000)
        assert entry.raw() == "长" * 10_000


def test_words_used_before_are_offered_once_and_taking_one_is_an_edit(make, told):
    entry = make(Text(label="名"))
    heard = told(entry)
    entry.suggest(["教学楼", "食堂", "教学楼"])
    assert entry.offered() == ["教学楼", "食堂"]
    entry.completer().activated.emit("食堂")
    assert heard


def test_the_arrow_keys_choose_and_the_wheel_does_not(make, told, qtbot):
    entry = make(Choice(label="色", options=COLOURS, required=True))
    heard = told(entry)
    assert entry.itemText(0) == "请选择"
    down = QPoint(0, -120)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(entry, wheel)
    assert entry.value() is None
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    assert (entry.value(), heard) == ("red", [1])


def test_codes_of_a_newer_program_are_shown_and_not_lost(make):
    choice = make(Choice(label="色", options=COLOURS))
    choice.set_value("green")
    assert (choice.value(), choice.currentText()) == ("green", "green")
    flags = make(Flags(label="色", options=COLOURS))
    flags.set_value(frozenset({"red", "green"}))
    assert flags.value() == {"red", "green"}
    assert flags.box("green").text() == "green"
    flags.set_raw("")
    assert flags.value() is None


def test_check_boxes_are_clicked_and_take_the_focus(make, told, qtbot):
    entry = make(Flags(label="色", options=COLOURS))
    heard = told(entry)
    qtbot.keyClick(entry.box("blue"), Qt.Key.Key_Space)
    assert (entry.value(), heard) == ({"blue"}, [1])
    assert entry.focusProxy() is entry.box("red")


def test_a_day_can_be_picked_from_the_calendar_with_mouse_or_enter(make, told, qtbot):
    entry = make(DAY)
    heard = told(entry)
    menu = entry.findChild(QPushButton).menu()
    menu.aboutToShow.emit()
    menu.aboutToShow.emit()
    (calendar,) = menu.findChildren(QCalendarWidget) or [menu.actions()[0].defaultWidget()]
    calendar.clicked.emit(QDate(2026, 3, 5))
    assert entry.value() == date(2026, 3, 5)
    calendar.activated.emit(QDate(2026, 3, 6))
    assert entry.raw() == "2026-03-06"
    assert len(heard) == 2


def test_the_parts_of_a_day_have_names_to_be_read_aloud(make):
    entry = make(DAY)
    assert entry.typed.accessibleName() == "日期"
    assert "日期" in entry.findChild(QPushButton).accessibleName()
    assert isinstance(entry, QWidget)
    assert entry.focusProxy() is entry.typed


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        (DAY, "例如 2026-03-05"),
        (Moment(label="时"), "例如 2026-03-05 8:30"),
        (TimeOfDay(label="时"), "例如 8:20"),
        (Number(label="数", unit="元"), "元"),
        (Text(label="名", help="楼、层"), "楼、层"),
        (Text(label="名"), ""),
    ],
)
def test_an_empty_field_says_how_it_is_typed(make, kind, hint):
    entry = make(kind)
    line = entry.typed if isinstance(entry, DayEntry) else entry
    assert line.placeholderText() == hint


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_long_choice_widens_the_open_list_but_not_the_form(make):
    long = Choice(label="色", options={"long": "很长的颜色名称" * 6, "red": "红"})
    entry, short = make(long), make(Choice(label="色", options=COLOURS))
    assert entry.sizeHint().width() == short.sizeHint().width()
    entry.showPopup()
    words = entry.fontMetrics().horizontalAdvance("很长的颜色名称" * 6)
    assert entry.view().width() >= words
    entry.hidePopup()


@pytest.mark.parametrize("put", ["set_value", "set_raw"])
def test_a_text_longer_than_its_field_is_read_from_its_start(make, put):
    entry = make(Text(label="名"))
    getattr(entry, put)("很长的文字" * 40)
    assert entry.cursorPosition() == 0
