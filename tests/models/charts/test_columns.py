import pytest

from models.charts.columns import Columns
from models.charts.marks import BLUE, GREEN, PAPER
from models.charts.series import Series, scale_end
from models.finding_charts import trend
from tests.models.charts.measuring import (
    SIZE,
    WIDTHS,
    assert_all_words_can_be_read,
    boxes_in,
    rules_in,
    texts_in,
    words_in,
)

MONTHS = [("2026-10", 10, 5), ("2026-11", 0, 2)]


def months_of(months=MONTHS) -> Columns:
    return trend("发现与销号", "处", months)


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


def test_each_colour_has_its_word_and_each_bar_its_number():
    texts = texts_in(months_of())
    assert {"发现", "销号", "单位：处", "10", "5", "2"} <= set(texts)


def test_a_print_without_colours_tells_the_second_series_by_a_white_line():
    chart = months_of()
    closed, later = boxes_in(chart, GREEN)
    key, *lines = rules_in(chart, PAPER)
    assert key.y == key.to_y
    assert [(rule.x, rule.to_x) for rule in lines] == [
        (pytest.approx(box.x + box.width / 2),) * 2 for box in (closed, later)
    ]


def test_every_number_is_told_to_those_who_cannot_see_it():
    assert months_of().spoken() == "10月：发现 10，销号 5；11月：发现 0，销号 2"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "chart",
    [
        trend("近一年", "处", [(f"2026-{at:02}", at * 97, at * 31) for at in range(1, 13)]),
        Columns("空", "", [], [Series("发现", BLUE, [])]),
        Columns("都没有", "", [], []),
    ],
    ids=["trend", "no groups", "no series"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(chart, width):
    assert_all_words_can_be_read(chart, width)


def test_a_legend_without_room_goes_on_in_the_next_line():
    wide, narrow = (
        next(words for words in words_in(months_of(), width) if words.text == "单位：处")
        for width in (400.0, 120.0)
    )
    assert narrow.y > wide.y


@pytest.mark.parametrize(("width", "size"), [(400.0, SIZE), (170.0, 8.0), (120.0, None)])
def test_numbers_shrink_with_their_bars_and_go_before_they_touch(width, size):
    chart = trend("发现与销号", "处", [(f"2026-{at:02}", 144, 7) for at in range(7, 12)])
    sizes = [words.size for words in words_in(chart, width) if words.text == "144"]
    assert sizes == pytest.approx([size] * 5 if size else [])


def test_where_names_have_no_room_some_are_left_out_and_the_newest_stays():
    chart = trend("近一年", "处", [(f"2026-{at:02}", 1, 1) for at in range(1, 13)])
    shown = [text for text in texts_in(chart, 240.0) if text.endswith("月")]
    assert "12月" in shown
    assert 3 < len(shown) < 12


def test_what_is_not_known_has_no_bar_and_is_no_zero():
    chart = Columns("数量", "处", ["9月", "10月"], [Series("发现", GREEN, [0, None])])
    assert [box.height for box in boxes_in(chart, GREEN)] == [0.0, 0.0]
    assert [text for text in texts_in(chart) if text in ("0", "—")][-2:] == ["0", "—"]
    assert chart.spoken() == "9月：发现 0；10月：发现 —"
