import pytest
from PySide6.QtGui import QColor

from ui.colours import Tone
from ui.widgets.bar_chart import BOTTOM, LEFT, RIGHT, TOP, BarChart, Series, scale_end
from ui.widgets.progress_ring import ProgressRing

FOUND = Series("发现", Tone.BLUE, [10, 0])
CLOSED = Series("销号", Tone.GREEN, [5, 2])


@pytest.mark.parametrize(
    ("highest", "end"),
    [(0, 4), (1, 4), (4, 4), (5, 8), (23, 24), (33, 40), (41, 80), (1000, 1200)],
)
def test_the_scale_ends_at_a_round_number_above_the_highest(highest, end):
    assert scale_end(highest) == end
    assert end % 4 == 0


def test_a_chart_tells_every_number_to_those_who_cannot_see_it(qtbot):
    chart = BarChart("近六个月发现与销号", "条")
    qtbot.addWidget(chart)
    chart.show_bars(["10月", "11月"], [FOUND, CLOSED])
    assert chart.accessibleDescription() == "10月：发现 10，销号 5；11月：发现 0，销号 2"


def test_bars_stand_side_by_side_as_high_as_their_numbers(qtbot):
    chart = BarChart("发现与销号")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.show_bars(["10月"], [FOUND, CLOSED])
    image = chart.grab().toImage()
    middle = LEFT + (400 - LEFT - RIGHT) // 2
    height = 240 - TOP - BOTTOM
    foot = 240 - BOTTOM - 3
    assert image.pixelColor(middle - 12, foot) == QColor(Tone.BLUE.fill)
    assert image.pixelColor(middle + 12, foot) == QColor(Tone.GREEN.fill)
    half = 240 - BOTTOM - height // 2
    assert image.pixelColor(middle - 12, half) == QColor(Tone.BLUE.fill)
    assert image.pixelColor(middle + 12, half) != QColor(Tone.GREEN.fill)


def test_the_unit_stands_at_the_right_of_the_legend(qtbot):
    legends = []
    for unit in ("", "条"):
        chart = BarChart("发现与销号", unit)
        qtbot.addWidget(chart)
        chart.resize(400, 240)
        legends.append(chart.grab().copy(300, 0, 100, TOP // 2).toImage())
    assert legends[0] != legends[1]


def test_a_chart_without_numbers_can_be_drawn(qtbot):
    chart = BarChart("发现与销号")
    qtbot.addWidget(chart)
    assert not chart.grab().isNull()
    chart.show_bars([], [Series("发现", Tone.BLUE, [])])
    assert not chart.grab().isNull()


@pytest.mark.parametrize(
    ("done", "total", "text"), [(8, 9, "8/9"), (0, 9, "0/9"), (9, 9, "9/9"), (0, 0, "—")]
)
def test_a_ring_shows_both_numbers_and_speaks_them(qtbot, done, total, text):
    ring = ProgressRing("睡眠")
    qtbot.addWidget(ring)
    ring.show_progress(done, total)
    assert ring.text() == text
    assert ring.sizeHint().toTuple() == (64, 64)
    assert ring.accessibleName() == f"睡眠 {text}"


@pytest.mark.parametrize(
    ("done", "tone", "colour"),
    [(8, None, Tone.BLUE), (9, None, Tone.GREEN), (8, Tone.RED, Tone.RED)],
)
def test_a_ring_is_blue_on_the_way_and_green_when_complete(qtbot, done, tone, colour):
    ring = ProgressRing("睡眠", 90)
    qtbot.addWidget(ring)
    ring.show_progress(done, 9, tone)
    ring.resize(90, 90)
    assert ring.grab().toImage().pixelColor(83, 45) == QColor(colour.fill)


def test_a_ring_without_anything_done_is_bare(qtbot):
    ring = ProgressRing("睡眠", 90)
    qtbot.addWidget(ring)
    ring.show_progress(0, 9)
    ring.resize(90, 90)
    assert ring.grab().toImage().pixelColor(83, 45) not in [QColor(tone.fill) for tone in Tone]
