from decimal import Decimal
from itertools import combinations

import pytest

from models.chart import BLUE, GREEN, Box, Columns, Rows, Series, Words, scale_end
from models.finding_charts import Standings, by_category, standings, trend

SIZE = 10.0
PARTS = {"L": 0.0, "C": 0.5, "R": 1.0}
MONTHS = [("2026-10", 10, 5), ("2026-11", 0, 2)]
LONG = "安全防范（人防物防技防）"


def rows_of(**counts: Standings) -> Rows:
    return by_category("类别", "处", counts)


def months_of(months=MONTHS) -> Columns:
    return trend("发现与销号", "处", months)


def measure(text: str, size: float) -> float:
    """As wide as paper would say: Chinese characters are square, the rest is half as wide."""
    return sum(size if ord(char) > 0x2E80 else size / 2 for char in text)


def room_of(words: Words) -> tuple[float, float, float, float]:
    left = words.x - measure(words.text, words.size) * PARTS[words.align]
    half = words.size / 2
    return left, left + measure(words.text, words.size), words.y - half, words.y + half


def words_in(chart, width=400.0, height=200.0):
    return [mark for mark in chart.marks(width, height, SIZE, measure) if isinstance(mark, Words)]


def boxes_in(chart, colour, width=400.0, height=200.0):
    marks = chart.marks(width, height, SIZE, measure)
    key = SIZE * 0.85  # the square of the legend
    return [m for m in marks if isinstance(m, Box) and m.colour == colour and m.height != key]


@pytest.mark.parametrize(
    ("highest", "end"),
    [(0, 4), (1, 4), (4, 4), (5, 8), (23, 24), (33, 40), (41, 80), (1000, 1200)],
)
def test_the_scale_ends_at_a_round_number_above_the_highest(highest, end):
    assert scale_end(highest) == end
    assert end % 4 == 0


def test_bars_stand_side_by_side_as_high_as_their_numbers():
    chart = months_of()
    found, _none = boxes_in(chart, BLUE)
    closed, later = boxes_in(chart, GREEN)
    assert found.height == pytest.approx(2 * closed.height)
    assert closed.height == pytest.approx(2.5 * later.height)
    assert found.y + found.height == pytest.approx(closed.y + closed.height)
    assert found.x + found.width < closed.x < later.x


def test_pieces_of_a_row_lie_behind_each_other_as_long_as_their_numbers():
    chart = by_category(
        "类别", "处", {"消防安全": Standings(4, 2, 0, 2), "校舍": Standings(0, 0, 1, 0)}
    )
    closed, *_none = boxes_in(chart, GREEN)
    rectified, *_none = boxes_in(chart, BLUE)
    assert closed.width == pytest.approx(2 * rectified.width)
    assert closed.x + closed.width == pytest.approx(rectified.x)
    assert {"8", "1", "4", "2"} <= {words.text for words in words_in(chart)}


def test_each_colour_has_its_word_and_each_bar_its_number():
    for chart in (
        trend("发现", "处", MONTHS),
        by_category("类别", "处", {"消防": Standings(1, 2, 3, 4)}),
    ):
        texts = [words.text for words in words_in(chart)]
        assert {row.name for row in chart.series} <= set(texts)
        assert "单位：处" in texts
    assert "10" in texts  # the sum of the row


def test_every_number_is_told_to_those_who_cannot_see_it():
    assert months_of().spoken() == "10月：发现 10，销号 5；11月：发现 0，销号 2"
    spoken = by_category(
        "类别", "处", {"消防": Standings(1, 0, 0, 2), "校舍": Standings(0, 0, 0, 0)}
    )
    assert spoken.spoken() == "消防：已销号 1，已整改待销号 0，整改中 0，逾期未整改 2"


@pytest.mark.parametrize("width", [240.0, 400.0, 900.0])
@pytest.mark.parametrize(
    "chart",
    [
        trend("近一年", "处", [(f"2026-{at:02}", at * 97, at * 31) for at in range(1, 13)]),
        by_category("类别", "处", {LONG: Standings(1000, 30, 2, 0), "校舍": Standings(0, 1, 1, 1)}),
        Columns("空", "", [], [Series("发现", BLUE, [])]),
        Columns(
            "比率",
            "%",
            ["9月", "10月"],
            [Series("近视率", BLUE, [Decimal("41.3"), None]), Series("优良率", GREEN, [100, 0])],
            highest=100,
        ),
        Rows("空", "处", [], []),
    ],
    ids=["trend", "categories", "empty columns", "rates", "empty rows"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(chart, width):
    height = chart.height(SIZE)
    rooms = [room_of(words) for words in words_in(chart, width, height)]
    for left, right, top, bottom in rooms:
        assert left >= -0.01
        assert right <= width + 0.01
        assert top >= -0.01
        assert bottom <= height + 0.01
    for one, other in combinations(rooms, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart


def test_a_legend_without_room_goes_on_in_the_next_line():
    wide, narrow = (
        next(words for words in words_in(months_of(), width) if words.text == "单位：处")
        for width in (400.0, 120.0)
    )
    assert narrow.y > wide.y


@pytest.mark.parametrize(("width", "size"), [(400.0, SIZE), (171.0, 8.0), (120.0, None)])
def test_numbers_shrink_with_their_bars_and_go_before_they_touch(width, size):
    chart = trend("发现与销号", "处", [(f"2026-{at:02}", 144, 7) for at in range(7, 12)])
    sizes = [words.size for words in words_in(chart, width) if words.text == "144"]
    assert sizes == pytest.approx([size] * 5 if size else [])


def test_where_names_have_no_room_some_are_left_out_and_the_newest_stays():
    chart = trend("近一年", "处", [(f"2026-{at:02}", 1, 1) for at in range(1, 13)])
    shown = [words.text for words in words_in(chart, 240.0) if words.text.endswith("月")]
    assert "12月" in shown
    assert 3 < len(shown) < 12


def test_what_is_not_known_has_no_bar_and_is_no_zero():
    chart = Columns("比率", "%", ["9月", "10月"], [Series("优良率", GREEN, [0, None])], highest=100)
    heights = [box.height for box in boxes_in(chart, GREEN)]
    assert heights == [0.0, 0.0]
    assert [words.text for words in words_in(chart) if words.text in ("0", "—")][-2:] == ["0", "—"]
    assert chart.spoken() == "9月：优良率 0；10月：优良率 —"


def test_a_scale_that_is_known_ends_where_it_is_told():
    chart = Columns("比率", "%", ["9月"], [Series("近视率", BLUE, [Decimal("41.3")])], highest=100)
    assert "100" in [words.text for words in words_in(chart)]
    follows = Columns("比率", "%", ["9月"], [Series("近视率", BLUE, [Decimal("41.3")])])
    assert "60" in [words.text for words in words_in(follows)]


def test_findings_are_sorted_by_where_they_stand():
    states = [("closed", False), ("submitted", False), ("rectifying", True), ("graded", False)]
    assert standings(states) == Standings(1, 1, 1, 1)
