import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from models.charts import marks as charts
from models.charts.marks import BLUE, GREEN, Box, Words
from models.finding_charts import Standings, by_category, trend
from ui.colours import PALETTE, Tone
from ui.widgets.chart_view import SIZE, ChartView
from ui.widgets.progress_ring import ProgressRing

MONTHS = [("2026-10", 10, 5), ("2026-11", 0, 2)]


@pytest.fixture
def view(qtbot):
    view = ChartView("近六个月发现与销号")
    qtbot.addWidget(view)
    view.resize(400, 240)
    return view


def test_a_chart_tells_every_number_to_those_who_cannot_see_it(view):
    assert view.accessibleName() == "近六个月发现与销号"
    view.show_chart(trend("发现与销号", "处", MONTHS))
    assert view.accessibleDescription() == "10月：发现 10，销号 5；11月：发现 0，销号 2"


def test_it_shows_what_is_described(view):
    chart = trend("发现与销号", "处", MONTHS)
    view.show_chart(chart)
    image = view.grab().toImage()
    boxes = [
        mark
        for mark in chart.marks(399, 240, SIZE, view._measure)
        if isinstance(mark, Box) and mark.height > 2
    ]
    assert {box.colour for box in boxes} == {BLUE, GREEN}
    for box in boxes:
        beside_the_stripes = QPointF(box.x + box.width / 4, box.y + box.height / 4)
        assert image.pixelColor(beside_the_stripes.toPoint()) == QColor(box.colour)


def test_words_are_measured_as_they_are_drawn(view):
    chart = by_category("类别", "处", {"安全防范（人防物防技防）": Standings(1, 2, 3, 4)})
    view.show_chart(chart)
    bare = view.grab().toImage()
    for mark in chart.marks(399, 240, SIZE, view._measure):
        if isinstance(mark, Words):
            width = view._measure(mark.text, mark.size)
            left = mark.x - width * {"L": 0, "C": 0.5, "R": 1}[mark.align]
            assert left >= 0
            assert left + width <= 400
    assert not bare.isNull()


def test_a_chart_asks_for_the_room_it_needs(view):
    assert view.sizeHint().height() == 220
    few, many = (
        by_category("类别", "处", dict.fromkeys("甲乙丙丁"[:n], Standings(1, 0, 0, 0)))
        for n in (1, 4)
    )
    heights = []
    for chart in (few, many):
        view.show_chart(chart)
        heights.append(view.sizeHint().height())
    assert heights[0] < heights[1]


def test_a_chart_without_numbers_can_be_drawn(view):
    assert not view.grab().isNull()
    view.show_chart(trend("发现与销号", "处", []))
    assert not view.grab().isNull()


def test_screen_and_paper_use_the_same_colours():
    tones = (Tone.BLUE, Tone.GREEN, Tone.ORANGE, Tone.RED)
    assert [tone.fill for tone in tones] == [BLUE, GREEN, charts.ORANGE, charts.RED]
    assert (PALETTE.ink, PALETTE.ink_soft, PALETTE.line) == (charts.INK, charts.SOFT, charts.LINE)


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
