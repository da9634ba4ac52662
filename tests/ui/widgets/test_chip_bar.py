import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.chip_bar import ChipBar
from ui.widgets.flow import Flow

CHIPS = [("open", "未销号"), ("late", "逾期"), ("fire", "消防")]


@pytest.fixture
def bar(qtbot):
    widget = ChipBar(CHIPS)
    qtbot.addWidget(widget)
    return widget


def test_a_single_choice_gives_way_to_the_next_and_can_be_taken_back(bar, qtbot):
    said = []
    bar.changed.connect(said.append)
    bar.chip("open").click()
    bar.chip("late").click()
    bar.chip("late").click()
    assert said == [["open"], ["late"], []]


def test_choosing_from_outside_says_nothing(bar, qtbot):
    with qtbot.assertNotEmitted(bar.changed):
        bar.choose(["late"])
    assert bar.chosen() == ["late"]


def test_a_chip_may_carry_a_count(bar):
    bar.set_text("late", "逾期 3")
    assert bar.chip("late").text() == "逾期 3"


def test_chips_break_into_lines_where_the_width_ends(bar):
    wide, narrow = bar.heightForWidth(1000), bar.heightForWidth(100)
    assert narrow >= 3 * wide
    bar.resize(100, narrow)
    bar.show()
    assert len({bar.chip(key).y() for key, _ in CHIPS}) == 3


def test_a_flow_places_nothing_beyond_its_edge_and_skips_what_is_hidden(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow(host, gap=4)
    labels = [QLabel(word) for word in ("甲", "乙乙乙乙", "丙丙")]
    for label in labels:
        flow.addWidget(label)
    host.show()
    labels[0].hide()
    flow.setGeometry(QRect(0, 0, 60, 200))
    assert labels[1].pos().toTuple() == (0, 0)
    assert flow.minimumSize().width() <= flow.sizeHint().width()
    assert flow.itemAt(7) is None
    assert flow.takeAt(7) is None
    assert flow.takeAt(0).widget() is labels[0]
    assert flow.count() == 2
    assert flow.expandingDirections() == Qt.Orientation(0)
