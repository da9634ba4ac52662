import pytest

from models.charts.marks import BLUE, GREEN, ORANGE, PAPER, RED
from models.charts.rows import Rows
from models.finding_charts import Standings, by_category
from tests.models.charts.measuring import (
    WIDTHS,
    assert_all_words_can_be_read,
    boxes_in,
    rules_in,
    texts_in,
    words_in,
)

LONG = "安全防范（人防物防技防）"


def test_pieces_of_a_row_lie_behind_each_other_as_long_as_their_numbers():
    chart = by_category(
        "类别", "处", {"消防安全": Standings(4, 2, 0, 2), "校舍": Standings(0, 0, 1, 0)}
    )
    closed, *_none = boxes_in(chart, GREEN)
    rectified, *_none = boxes_in(chart, BLUE)
    assert closed.width == pytest.approx(2 * rectified.width)
    assert closed.x + closed.width == pytest.approx(rectified.x)
    assert {"8", "1", "4", "2"} <= set(texts_in(chart))


def test_each_colour_has_its_word_and_each_bar_its_sum():
    chart = by_category("类别", "处", {"消防": Standings(1, 2, 3, 4)})
    assert {row.name for row in chart.series} <= set(texts_in(chart))
    assert {"单位：处", "10"} <= set(texts_in(chart))


def test_a_print_without_colours_tells_each_series_by_its_white_lines():
    chart = by_category("类别", "处", {"消防": Standings(1, 1, 1, 1)})
    along = [rule for rule in rules_in(chart, PAPER) if rule.y == rule.to_y]
    starts = [boxes_in(chart, colour)[0].x for colour in (GREEN, BLUE, ORANGE, RED)]
    assert [sum(rule.x == pytest.approx(x) for rule in along) for x in starts] == [0, 1, 2, 3]


def test_no_white_line_crosses_a_number():
    chart = by_category("类别", "处", {"消防": Standings(0, 30, 0, 0)})
    piece, below = boxes_in(chart, BLUE)
    number = next(words for words in words_in(chart) if words.colour == PAPER)
    assert (below.y, below.height) == pytest.approx((piece.y, piece.height))
    assert below.x < number.x < below.x + below.width < piece.x + piece.width


def test_every_number_is_told_to_those_who_cannot_see_it():
    chart = by_category(
        "类别", "处", {"消防": Standings(1, 0, 0, 2), "校舍": Standings(0, 0, 0, 0)}
    )
    assert chart.spoken() == "消防：已销号 1，已整改待销号 0，整改中 0，逾期未整改 2"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "chart",
    [
        by_category("类别", "处", {LONG: Standings(1000, 30, 2, 0), "校舍": Standings(0, 1, 1, 1)}),
        Rows("空", "处", [], []),
    ],
    ids=["categories", "empty"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(chart, width):
    assert_all_words_can_be_read(chart, width)
