import pytest
from PySide6.QtCore import QPoint, Qt

from models.ledger import findings
from models.ledger.finding_filter import ORDERS
from tests.conftest import TODAY, a_finding, a_step
from ui.table.column_choice import WIDEST, ColumnChoice
from ui.table.finding_columns import COLUMNS, LEAST_WORDS, MORE_COLUMNS
from ui.table.finding_table import FindingModel, FindingTable

KEYS = [column.key for column in (*COLUMNS, *MORE_COLUMNS)]


@pytest.fixture
def table(ledger, qtbot):
    for number in range(3):
        findings.register(ledger, a_finding(description=f"第 {number} 条"))
    model = FindingModel(ledger)
    model.show(findings.numbers(ledger, "all", TODAY), TODAY)
    table = FindingTable(model)
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    return table


def at(table, key):
    return table.header.sectionViewportPosition(KEYS.index(key))


def press(qtbot, table, key):
    middle = QPoint(at(table, key) + table.columnWidth(KEYS.index(key)) // 2, 10)
    qtbot.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def drag(qtbot, table, start, end):
    ground = table.header.viewport()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=QPoint(start, 10))
    for x in (start + (8 if end > start else -8), end):
        qtbot.mouseMove(ground, QPoint(x, 10))
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=QPoint(end, 10))


def test_the_columns_are_all_those_of_the_ledger_on_paper():
    assert len(set(KEYS)) == len(KEYS)
    assert {*ORDERS} <= {*KEYS}
    titles = {column.title for column in (*COLUMNS, *MORE_COLUMNS)}
    assert titles >= {"排查人", "整改措施", "完成时间", "复查人", "复查时间", "复查结果"}
    assert titles >= {"责任部门", "临时防范措施/预案", "是否销号", "销号时间", "备注"}


def test_a_heading_sorts_up_then_down_then_not_at_all(table, qtbot):
    orders = []
    table.header.ordered.connect(orders.append)
    for _ in range(3):
        press(qtbot, table, "deadline")
    assert orders == ["deadline", "-deadline", ""]
    assert table.count() == 0  # a heading does not select its column


def test_a_heading_whose_values_come_from_the_steps_does_not_sort(table, qtbot):
    table.header.choose(["number", "description", "rechecker"])
    table.header.show_order("-number")
    with qtbot.assertNotEmitted(table.header.ordered):
        press(qtbot, table, "rechecker")
    assert table.header.order == "-number"
    assert table.header.sortIndicatorSection() == KEYS.index("number")


def test_chosen_columns_are_shown_and_the_words_keep_their_room(table, qtbot):
    keys = ["number", "description", "finder", "measures", "guards", "note", "department"]
    with qtbot.waitSignal(table.header.arranged) as arranged:
        table.header.choose(keys)
    assert arranged.args[0].shown == (*keys,)
    assert set(table.header.shown()) == set(keys)
    table.resize(500, 300)
    assert table.columnWidth(KEYS.index("description")) == LEAST_WORDS
    assert table.horizontalScrollBar().maximum() > 0
    table.header.choose([])
    assert "note" not in table.header.shown()
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)


def test_a_column_that_is_dragged_wider_or_elsewhere_is_remembered(table, qtbot):
    choices = []
    table.header.arranged.connect(choices.append)
    edge = at(table, "place") + table.columnWidth(KEYS.index("place"))
    drag(qtbot, table, edge, edge + 50)
    assert choices[-1].widths["place"] == 158
    drag(qtbot, table, at(table, "number") + 40, at(table, "place") + 140)
    assert choices[-1].order.index("number") > choices[-1].order.index("place")
    again = FindingTable(table.model())
    qtbot.addWidget(again)
    again.resize(1200, 300)
    again.arrange(ColumnChoice.of(choices[-1].text()))
    assert again.columnWidth(KEYS.index("place")) == 158
    assert again.header.visualIndex(KEYS.index("number")) > again.header.visualIndex(
        KEYS.index("place")
    )


@pytest.mark.parametrize("text", ["", "[]", '{"shown": 1}', '{"widths": {"a": "x"}}', "{"])
def test_a_choice_that_cannot_be_read_is_none(text):
    assert ColumnChoice.of(text) == ColumnChoice()


def test_a_width_out_of_reason_is_bounded():
    kept = ColumnChoice(widths={"place": 10**9, "number": -3}).text()
    assert ColumnChoice.of(kept).widths == {"place": WIDEST, "number": 40}


def test_columns_of_a_newer_program_are_passed_over(table):
    table.arrange(ColumnChoice(shown=("newer", "number"), order=("newer", "description")))
    assert table.header.shown() == ["number"]
    assert table.header.visualIndex(KEYS.index("description")) == 0


def test_what_the_steps_came_to_is_read_a_page_at_a_time(ledger, table):
    finding = ledger.get(type(a_finding()), table.model().finding_at(0).id)
    findings.take_step(ledger, finding, a_step("fixed_on_site", cost=80))
    findings.take_step(ledger, finding, a_step("recheck_passed", person="张㛃"))
    model = table.model()
    model.show(findings.numbers(ledger, "all", TODAY), TODAY)

    def cell(row, key):
        return model.index(row, KEYS.index(key)).data()

    words = [cell(0, key) for key in ("spent", "rechecker", "rechecked_on", "recheck", "closed")]
    assert words == ["80", "张㛃", "2026-11-23", "合格", "否"]
    assert [cell(1, key) for key in ("spent", "rechecker", "recheck")] == ["", "", ""]
    assert [cell(0, key) for key in ("rectified_on", "closed_on")] == ["2026-11-23", ""]


def test_rows_are_selected_with_shift_or_all_at_once(table, qtbot):
    counts = []
    table.selected.connect(counts.append)
    table.choose(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (counts[-1], table.rows()) == (2, [0, 1])
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (counts[-1], table.count()) == (3, 3)
    table.select([0, 2])
    assert table.rows() == [0, 2]
