from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from models.ledger import findings
from models.records.finding import Finding
from models.records.workflow import NEXT_STEPS
from tests.conftest import TODAY, a_finding, a_step
from ui.colours import Tone
from ui.table import finding_table
from ui.table.finding_columns import COLUMNS, MORE_COLUMNS, shown_columns
from ui.table.finding_table import (
    DISPLAY,
    FOREGROUND,
    PAGE,
    TONE,
    TOOL_TIP,
    FindingModel,
    FindingTable,
)
from ui.table.finding_words import STATE_TONES, days_left, short_state, state_tone

TITLES = [column.title for column in (*COLUMNS, *MORE_COLUMNS)]


@pytest.fixture
def reads(monkeypatch):
    """How many rows each read of the ledger asked for."""
    asked = []

    def counted(ledger, numbers):
        asked.append(len(numbers))
        return findings.page(ledger, numbers)

    monkeypatch.setattr(finding_table, "page", counted)
    return asked


@pytest.fixture
def show(ledger, qapp):
    """A model of everything in the ledger, newest first."""

    def make():
        model = FindingModel(ledger)
        model.show(findings.numbers(ledger, "all", TODAY), TODAY)
        return model

    return make


def cell(model, row, title, role=DISPLAY):
    return model.index(row, TITLES.index(title)).data(role)


def register_many(ledger, count):
    with ledger.transaction():
        for number in range(count):
            findings.register(ledger, a_finding(description=f"第 {number} 条"))


def test_a_row_shows_what_was_registered(ledger, show):
    findings.register(ledger, a_finding(level="major", responsible="赵𬱖"))
    model = show()
    assert [cell(model, 0, column.title) for column in COLUMNS] == [
        "2026-0001",
        "2026-11-23",
        "教学楼三楼",
        "三楼东侧灭火器压力不足",
        "消防安全",
        "重大",
        "已登记",
        "",
        "赵𬱖",
    ]


def test_only_the_pages_looked_at_are_read(ledger, show, reads):
    register_many(ledger, PAGE + 10)
    model = show()
    assert reads == []
    cell(model, 0, "编号")
    cell(model, PAGE - 1, "编号")
    assert reads == [PAGE]
    cell(model, PAGE + 9, "编号")
    assert reads == [PAGE, 10]


def test_pages_read_long_ago_are_let_go(ledger, show, reads, monkeypatch):
    monkeypatch.setattr(finding_table, "PAGE", 2)
    monkeypatch.setattr(finding_table, "MOST_PAGES", 2)
    register_many(ledger, 6)
    model = show()
    for row in (0, 2, 4, 0):
        cell(model, row, "编号")
    assert len(reads) == 4


def test_a_role_that_is_not_used_reads_nothing(ledger, show, reads):
    register_many(ledger, 3)
    model = show()
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert reads == []


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-3, "已逾期 3 天", Tone.RED),
        (0, "今天到期", Tone.ORANGE),
        (7, "还剩 7 天", Tone.ORANGE),
        (8, "还剩 8 天", Tone.GREY),
    ],
)
def test_a_deadline_says_how_many_days_are_left(days, words, tone):
    assert days_left(TODAY + timedelta(days), "rectifying", TODAY) == (words, tone)


@pytest.mark.parametrize("state", ["submitted", "closed", "recheck_passed"])
def test_what_is_rectified_is_never_late(state):
    assert days_left(TODAY - timedelta(9), state, TODAY)[0] == ""


def test_a_day_far_off_is_shown_as_a_day(ledger, show):
    findings.register(ledger, a_finding(deadline=date(2026, 12, 30)))
    model = show()
    assert cell(model, 0, "时限") == "2026-12-30"
    assert cell(model, 0, "时限", FOREGROUND) is None


def test_a_late_finding_is_red_in_words_and_colour(ledger, show):
    findings.register(ledger, a_finding(found_on=date(2026, 11, 1), deadline=date(2026, 11, 20)))
    model = show()
    assert cell(model, 0, "时限") == "已逾期 3 天"
    assert cell(model, 0, "时限", FOREGROUND).name().upper() == Tone.RED.ink
    assert "已逾期 3 天" in cell(model, 0, "编号", TOOL_TIP)


def test_level_and_state_have_a_tone(ledger, show):
    finding = findings.register(ledger, a_finding(level="major"))
    findings.take_step(ledger, finding, replace(a_step("graded"), level="major"))
    model = show()
    assert cell(model, 0, "等级", TONE) == Tone.RED
    assert cell(model, 0, "状态", TONE) == Tone.BLUE
    assert cell(model, 0, "编号", TONE) is None


def test_every_state_has_words_and_a_tone():
    assert STATE_TONES.keys() == NEXT_STEPS.keys()
    assert short_state("submitted") == "待复查"
    assert short_state("closed") == "已销号"
    assert short_state("a newer one") == "a newer one"
    assert state_tone("a newer one") == Tone.GREY


def test_a_tool_tip_shows_typed_signs_as_they_are(ledger, show):
    findings.register(ledger, a_finding(description="<b>粗</b> & 🔥"))
    assert "&lt;b&gt;粗&lt;/b&gt; &amp; 🔥" in cell(show(), 0, "隐患描述", TOOL_TIP)


def test_a_row_beyond_the_end_is_nothing(ledger, show):
    register_many(ledger, 1)
    model = show()
    assert model.finding_at(1) is None
    assert model.finding_at(-1) is None
    assert model.number_at(5) is None
    assert model.row_of(None) == -1
    assert model.row_of(model.number_at(0)) == 0


def test_showing_the_same_rows_again_keeps_the_selection_and_reads_anew(ledger, show, qtbot):
    register_many(ledger, 3)
    model = show()
    table = FindingTable(model)
    qtbot.addWidget(table)
    table.choose(2)
    first = model.finding_at(2)
    findings.take_step(ledger, a_finding(id=first.id), a_step("graded"))
    model.show(findings.numbers(ledger, "all", TODAY), TODAY)
    assert table.currentIndex().row() == 2
    assert cell(model, 2, "状态") == "已定级"


def test_as_many_other_rows_take_the_place_of_those_shown(ledger, show):
    register_many(ledger, 2)
    model = show()
    first, second = (model.number_at(row) for row in (0, 1))
    shown = [cell(model, row, "编号") for row in (0, 1)]
    model.show([second, first], TODAY)
    assert [cell(model, row, "编号") for row in (1, 0)] == shown
    assert model.row_of(first) == 1


def test_a_row_that_went_since_the_list_was_made_is_nothing(ledger, show):
    register_many(ledger, 2)
    model = show()
    for finding in ledger.all(Finding):
        ledger.remove(finding)
    assert model.rowCount() == 2
    assert model.finding_at(1) is None
    assert model.number_at(1) is None


def test_a_long_list_is_laid_out_before_it_is_painted(ledger, qtbot):
    register_many(ledger, 30)
    model = FindingModel(ledger)
    table = FindingTable(model)
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    before = table.viewport().width()
    model.show(findings.numbers(ledger, "all", TODAY), TODAY)
    assert table.verticalScrollBar().isVisible()
    assert table.viewport().width() < before
    model.show([], TODAY)
    assert table.viewport().width() == before


def test_going_to_a_row_says_so_and_being_put_there_does_not(ledger, show, qtbot):
    register_many(ledger, 2)
    model = show()
    table = FindingTable(model)
    qtbot.addWidget(table)
    with qtbot.assertNotEmitted(table.chosen):
        table.choose(0)
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == [model.finding_at(1).id]


def test_what_ctrl_s_saved_is_the_only_row_selected_while_ctrl_is_still_down(ledger, show, qtbot):
    register_many(ledger, 2)
    table = FindingTable(show())
    qtbot.addWidget(table)
    table.show()
    table.choose(0)
    QTest.keyPress(table.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        table.choose(1)
    finally:
        QTest.keyRelease(table.windowHandle(), Qt.Key.Key_Control)
    assert table.rows() == [1]


def test_a_narrow_table_leaves_out_the_lesser_columns(ledger, show, qtbot):
    register_many(ledger, 1)
    table = FindingTable(show())
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    assert not any(table.isColumnHidden(at) for at in range(len(COLUMNS)))
    table.resize(600, 300)
    hidden = {COLUMNS[at].title for at in range(len(COLUMNS)) if table.isColumnHidden(at)}
    assert hidden == {"日期", "类别", "责任人"}


def test_the_pill_of_a_major_finding_is_drawn_on_its_pale_ground(ledger, show, qtbot):
    findings.register(ledger, a_finding(level="major"))
    table = FindingTable(show())
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    place = table.visualRect(table.model().index(0, TITLES.index("等级")))
    image = table.viewport().grab(place).toImage()
    colours = {
        image.pixelColor(x, image.height() // 2).name().upper() for x in range(image.width())
    }
    assert Tone.RED.soft in colours


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        (250, ["编号", "隐患描述"]),
        (320, ["编号", "隐患描述", "时限"]),
        (415, ["编号", "隐患描述", "时限", "状态"]),
        (530, ["编号", "隐患描述", "时限", "状态", "部位"]),
    ],
)
def test_the_description_keeps_room_before_other_columns_get_some(width, titles):
    shown = shown_columns(COLUMNS, width)
    assert {column.title for column in shown} == set(titles)
    assert width - sum(column.width for column in shown) >= 120
