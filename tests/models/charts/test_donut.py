from decimal import Decimal
from itertools import pairwise
from math import atan2, hypot, tau

import pytest

from models.charts.donut import HOLE, Donut, Share
from models.charts.marks import BLUE, GREEN, LINE, ORANGE, PAPER, RED
from tests.models.charts.measuring import (
    WIDTHS,
    assert_all_words_can_be_read,
    marks_of,
    rules_in,
    shapes_in,
    texts_in,
    words_in,
)


def levels(*values, unit="处") -> Donut:
    names = ("一般隐患", "较大隐患", "重大隐患", "未定级")
    parts = zip(names, (BLUE, ORANGE, RED, GREEN), values, strict=False)
    return Donut("隐患等级", unit, [Share(*part) for part in parts])


def middle_of(chart):
    """Where the sum stands, half a line above the middle of the ring."""
    total = next(words for words in words_in(chart) if words.text == str(chart.total))
    return total.x, chart.height(10.0) / 2


def turn_of(chart, colour):
    """Where a part begins and how far it goes, in turns clockwise from the top."""
    x, y = middle_of(chart)
    (shape,) = shapes_in(chart, colour)
    outer = shape.points[: len(shape.points) // 2]
    turns = [atan2(a - x, y - b) / tau % 1 for a, b in outer]
    steps = [(after - before) % 1 for before, after in pairwise(turns)]
    return turns[0], sum(steps)


def test_parts_follow_each_other_clockwise_as_long_as_their_shares():
    chart = levels(6, 3, 1)
    assert turn_of(chart, BLUE) == pytest.approx((0.0, 0.6), abs=1e-6)
    assert turn_of(chart, ORANGE) == pytest.approx((0.6, 0.3), abs=1e-6)
    assert turn_of(chart, RED) == pytest.approx((0.9, 0.1), abs=1e-6)


def test_a_part_is_a_piece_of_one_ring():
    chart = levels(6, 3, 1)
    x, y = middle_of(chart)
    for colour in (BLUE, ORANGE, RED):
        (shape,) = shapes_in(chart, colour)
        far = [hypot(a - x, b - y) for a, b in shape.points]
        half = len(far) // 2
        assert far[:half] == pytest.approx([far[0]] * half)
        assert far[half:] == pytest.approx([far[0] * HOLE] * half)


def test_all_names_numbers_and_shares_are_listed_and_the_sum_stands_in_the_middle():
    chart = levels(6, 3, 1, 0)
    assert texts_in(chart) == [
        *("10", "处"),
        *("一般隐患", "6", "60.0%"),
        *("较大隐患", "3", "30.0%"),
        *("重大隐患", "1", "10.0%"),
        *("未定级", "0", "0.0%"),
    ]
    assert chart.spoken() == (
        "一般隐患 6（60.0%）；较大隐患 3（30.0%）；重大隐患 1（10.0%）；未定级 0（0.0%）；合计 10"
    )


def test_without_a_unit_only_the_sum_stands_in_the_middle():
    assert texts_in(levels(Decimal("2.5"), Decimal("2.5"), unit=""))[:2] == ["5.0", "一般隐患"]


def test_what_is_zero_or_not_known_has_no_part_but_its_line():
    chart = levels(6, None, 0)
    assert turn_of(chart, BLUE)[1] == pytest.approx(1.0)
    assert (shapes_in(chart, ORANGE), shapes_in(chart, RED)) == ([], [])
    assert texts_in(chart)[5:] == ["较大隐患", "—", "—", "重大隐患", "0", "0.0%"]
    assert [rule for rule in rules_in(chart, PAPER) if rule.weight > 1] == []


@pytest.mark.parametrize("values", [(0, 0), (None,), ()])
def test_of_nothing_there_is_an_empty_ring(values):
    chart = levels(*values)
    assert len(shapes_in(chart, LINE)) == 1
    assert "%" not in "".join(texts_in(chart))
    assert chart.spoken().endswith("合计 0")


def test_a_white_gap_parts_two_neighbours():
    gaps = [rule for rule in rules_in(levels(6, 3, 1), PAPER) if rule.weight > 1]
    assert len(gaps) == 3


def test_a_print_without_colours_tells_parts_by_their_white_lines():
    chart = levels(1, 1, 1, 1)
    x, y = middle_of(chart)
    lines = [rule for rule in rules_in(chart, PAPER) if rule.weight == 1]
    listed = [rule for rule in lines if rule.y == rule.to_y]
    assert len(listed) == 0 + 1 + 2 + 3
    far = {round(hypot(rule.x - x, rule.y - y), 3) for rule in lines if rule not in listed}
    assert len(far) == 5  # the half is shared by the second and the fourth part


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "chart",
    [
        levels(6, 3, 1, 0),
        levels(123_456_789_012, 3),
        Donut("许多", "处", [Share(f"很长的名称{'长' * at}", BLUE, at) for at in range(30)]),
        Donut("长单位", "很长的单位" * 5, [Share("名", BLUE, 3)]),
        levels(),
    ],
    ids=["levels", "large", "many", "long unit", "empty"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(chart, width):
    assert_all_words_can_be_read(chart, width)


def test_the_ring_stays_within_its_room():
    for width in WIDTHS:
        chart = levels(6, 3, 1)
        shapes = [mark for mark in marks_of(chart, width) if mark.colour in (BLUE, ORANGE, RED)]
        points = [point for shape in shapes if hasattr(shape, "points") for point in shape.points]
        assert min(x for x, _ in points) >= 0
        assert max(x for x, _ in points) <= width
        assert min(y for _, y in points) >= 0
        assert max(y for _, y in points) <= chart.height(10.0)
