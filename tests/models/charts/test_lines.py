from decimal import Decimal

import pytest

from models.charts.lines import Lines
from models.charts.marks import BLUE, EDGE, GREEN, INK, LINE, ORANGE, RED, SOFT, TEAL
from models.charts.series import THICK, Series
from tests.models.charts.measuring import (
    SIZE,
    WIDTHS,
    assert_all_words_can_be_read,
    rules_in,
    shapes_in,
    texts_in,
    words_in,
)

COLOURS = (BLUE, GREEN, ORANGE, RED, TEAL)
YEAR = [f"{at}月" for at in range(1, 13)]


def rates(*values, **more) -> Lines:
    groups = [f"{at}月" for at in range(9, 9 + len(values))]
    return Lines("达标率", "%", groups, [Series("作业", BLUE, values)], **more)


def pieces_of(chart, colour=BLUE):
    """What joins the points, without the piece in the table."""
    return [rule for rule in rules_in(chart, colour) if rule.weight == THICK][:-1]


def points_of(chart, colour=BLUE):
    """The middle of each point, without the one in the table."""
    found = shapes_in(chart, colour)[:-1]
    return [tuple(sum(c) / len(c) for c in zip(*shape.points, strict=True)) for shape in found]


def grid_of(chart):
    return [words.text for words in words_in(chart) if words.align == "R" and words.colour == SOFT][
        1:
    ]


def test_the_line_goes_through_points_as_high_as_their_numbers():
    chart = rates(50, 100, 0, highest=100)
    zero, *others = sorted(r.y for r in rules_in(chart, EDGE) + rules_in(chart, LINE))[::-1]
    whole = others[-1]
    heights = [(zero - y) / (zero - whole) for _, y in points_of(chart)]
    assert heights == pytest.approx([0.5, 1.0, 0.0])
    first, second = pieces_of(chart)
    assert (first.to_x, first.to_y) == (second.x, second.y)
    assert (first.x, first.y) == pytest.approx(points_of(chart)[0])


def test_what_is_not_known_is_a_gap_and_no_zero():
    chart = rates(50, None, 70, 80, highest=100)
    assert len(points_of(chart)) == 3
    assert len(pieces_of(chart)) == 1
    assert "—" in texts_in(chart)
    assert chart.spoken() == "9月：作业 50；10月：作业 —；11月：作业 70；12月：作业 80"


def test_one_value_is_one_point():
    chart = rates(90, highest=100)
    assert (len(points_of(chart)), pieces_of(chart)) == (1, [])


@pytest.mark.parametrize("values", [(0, 0), (None, None), ()], ids=["zero", "unknown", "none"])
def test_a_chart_without_a_height_still_has_its_grid(values):
    assert grid_of(rates(*values)) == ["0", "1", "2", "3", "4"]
    assert_all_words_can_be_read(rates(*values), 400.0)


@pytest.mark.parametrize(
    ("chart", "grid"),
    [
        (rates(30, 40), "0 10 20 30 40"),
        (rates(30, 40, highest=100), "0 25 50 75 100"),
        (rates(Decimal("40.3"), 50, fitted=True), "40 45 50 55 60"),
        (rates(Decimal("41.3"), Decimal("41.9"), fitted=True), "41 42 43 44 45"),
        (rates(79, 100, fitted=True, highest=100), "60 70 80 90 100"),
        (rates(0, 100, fitted=True, highest=100), "0 25 50 75 100"),
        (rates(5, 120_000, fitted=True), "0 50000 100000 150000 200000"),
    ],
)
def test_the_scale_is_the_given_one_or_follows_the_values(chart, grid):
    assert grid_of(chart) == grid.split()


def test_every_number_stands_below_its_group_beside_the_name_of_its_line():
    chart = Lines(
        "达标率",
        "%",
        ["9月", "10月"],
        [Series("作业", BLUE, [67, 100]), Series("睡眠", GREEN, [80, Decimal("82.5")])],
    )
    words = {each.text: each for each in words_in(chart) if each.text != "100"}
    for name, number, group in (("作业", "67", "9月"), ("睡眠", "82.5", "10月")):
        assert words[name].y == words[number].y > words[group].y
        assert words[number].x == pytest.approx(words[group].x)
    assert (words["单位：%"].x, words["单位：%"].align) == (400.0, "R")


def test_a_print_without_colours_tells_lines_by_points_and_dashes():
    chart = Lines("达标率", "%", ["9月"], [Series(f"第{c}", c, [1]) for c in COLOURS])
    dashes = [tuple(rules_in(chart, colour)[-1].dash) for colour in COLOURS]
    corners = [
        tuple(
            (round(x - shape.points[0][0], 3), round(y - shape.points[0][1], 3))
            for x, y in shape.points
        )
        for shape in (shapes_in(chart, colour)[-1] for colour in COLOURS)
    ]
    assert len(set(dashes)) == len(set(corners)) == len(COLOURS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "chart",
    [
        Lines("一年", "处", YEAR, [Series("发现", BLUE, [at * 97 for at in range(12)])]),
        Lines("五项", "%", YEAR[:5], [Series("作业", c, [100, 0, None, 9, 1]) for c in COLOURS]),
        Lines("长名", "", YEAR[:2], [Series("很长的名称" * 9, BLUE, [Decimal("41.35"), 0])]),
        Lines("长组", "", ["很长的名称" * 3] * 9, [Series("名", BLUE, [*range(9)])]),
        Lines("许多", "", [f"{at}" for at in range(99)], [Series("名", BLUE, [*range(99)])]),
        Lines("空", "处", [], []),
    ],
    ids=["year", "five", "long name", "long groups", "many groups", "empty"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(chart, width):
    assert_all_words_can_be_read(chart, width)


def test_where_numbers_have_no_room_they_shrink_then_some_are_left_out_and_the_newest_stays():
    months = [month.removesuffix("月") for month in YEAR]
    chart = Lines("一年", "处", months, [Series("发现", BLUE, [1000 + at for at in range(12)])])
    for width, size, count in ((900.0, SIZE, 12), (270.0, 8.0, 12), (220.0, SIZE * 0.75, 6)):
        shown = [w for w in words_in(chart, width) if w.colour == INK and w.align == "C"]
        assert len(shown) == count
        assert shown[-1].text == "1011"
        assert shown[-1].size == pytest.approx(size, abs=0.2)
