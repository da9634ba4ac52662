from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.colours import PALETTE, Tone
from ui.table.row_table import Cell, Column, Row, RowView, number_cell

Role = Qt.ItemDataRole
COLUMNS = (Column("日期", 100), Column("主题", tip="活动的题目"), Column("学时", 60, right=True))
ROWS = (
    Row("a", (Cell("11月23日", date(2026, 11, 23)), Cell("张三"), number_cell(Decimal("10.50")))),
    Row("b", (Cell("3月1日", date(2026, 3, 1)), Cell("李四"), number_cell(Decimal("9.00"), "405"))),
    Row("c", (Cell("9月1日", date(2026, 9, 1), Tone.RED), Cell("王五"), number_cell(0))),
)


@pytest.fixture
def view(qtbot):
    view = RowView(COLUMNS, "活动列表")
    qtbot.addWidget(view)
    view.show_rows(ROWS)
    return view


def column(view, number):
    model = view.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_rows_are_shown_as_they_were_handed_in(view):
    assert column(view, 0) == ["11月23日", "3月1日", "9月1日"]
    assert column(view, 2) == ["10.50", "9.00", "—"]
    assert view.accessibleName() == "活动列表"


@pytest.mark.parametrize(
    ("number", "ascending"), [(0, "bca"), (1, "bca"), (2, "cba")], ids=["days", "words", "numbers"]
)
def test_a_column_sorts_by_its_values_and_not_by_its_texts(view, number, ascending):
    view.sortByColumn(number, Qt.SortOrder.AscendingOrder)
    ids = [view.model().index(row, 0).data(Qt.ItemDataRole.UserRole + 1) for row in range(3)]
    assert "".join(ids) == ascending
    view.sortByColumn(number, Qt.SortOrder.DescendingOrder)
    assert view.model().index(0, 0).data(Qt.ItemDataRole.UserRole + 1) == ascending[-1]


def test_a_cell_has_its_tone_its_tip_and_its_side(view):
    index = view.model().index
    assert index(2, 0).data(Qt.ItemDataRole.ForegroundRole) == QColor(Tone.RED.ink)
    assert index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "405"
    assert index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "李四"
    assert index(1, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_a_row_without_an_id_is_a_heading_that_keys_pass_over(qtbot, view):
    view.show_rows([Row("", (Cell("逾期（1）"), Cell(""), Cell(""))), *ROWS])
    heading, first = view.model().index(0, 0), view.model().index(1, 0)
    assert heading.data(Role.FontRole).bold()
    assert heading.data(Role.ForegroundRole) == QColor(PALETTE.ink)
    assert first.data(Role.FontRole) is None
    view.setCurrentIndex(first)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current() == "a"


def test_headings_have_titles_and_tips_and_rows_have_none(view):
    model = view.model()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)]
    assert titles == ["日期", "主题", "学时"]
    tip = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "活动的题目"
    assert view.table.headerData(0, Qt.Orientation.Vertical) is None
    side = model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


def test_enter_opens_the_current_row(qtbot, view):
    qtbot.keyClick(view, Qt.Key.Key_Return)  # no row is current: nothing to open
    assert view.select("b")
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_the_arrow_keys_say_which_row_is_current(qtbot, view):
    view.select("a")
    with qtbot.waitSignal(view.current_changed) as changed:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert changed.args == ["b"]
    assert view.current() == "b"


def test_the_current_record_stays_current_when_rows_come_and_go(view):
    view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    view.select("b")
    view.show_rows((Row("new", ROWS[0].cells), *ROWS))
    assert view.current() == "b"
    view.show_rows(ROWS[:1])
    assert view.current() == ""
    assert not view.select("b")


def test_new_texts_of_the_same_records_do_not_reset_the_list(qtbot, view):
    view.select("c")
    with qtbot.assertNotEmitted(view.table.modelReset):
        view.show_rows([Row(row.id, (Cell("今天"), *row.cells[1:])) for row in ROWS])
    assert column(view, 0) == ["今天"] * 3
    assert view.current() == "c"


def test_an_empty_table_stays_empty(view):
    view.show_rows(())
    view.show_rows(())
    assert view.model().rowCount() == 0
    assert view.current() == ""


def test_spare_columns_go_one_by_one_the_most_spare_first(qtbot):
    columns = (Column("甲", 100, spare=1), Column("乙", 100), Column("丙", 100, spare=2))
    view = RowView(columns, "列表")
    qtbot.addWidget(view)
    view.show()
    hidden = []
    for width in (340, 260, 160, 340):
        view.resize(width, 200)
        hidden.append([view.isColumnHidden(section) for section in range(3)])
    all_shown = [False, False, False]
    assert hidden == [all_shown, [False, False, True], [True, False, True], all_shown]
