from itertools import combinations

import pytest

from models.chart import BLUE, LINE, ORANGE, Box, Radar, Rule, Series
from tests.models.test_chart import SIZE, measure, room_of, words_in

NAMES = ("政治能力", "调查研究能力", "科学决策能力", "群众工作", "狠抓落实")


def a_radar(names=NAMES, own=80, peer=60):
    count = len(names)
    return Radar(
        "能力自测",
        "%",
        names,
        [Series("自评", BLUE, [own] * count), Series("互评", ORANGE, [peer] * count)],
    )


def rules_in(chart, colour):
    marks = chart.marks(400.0, 260.0, SIZE, measure)
    return [mark for mark in marks if isinstance(mark, Rule) and mark.colour == colour]


def test_each_series_is_one_closed_line_around_the_middle():
    lines = rules_in(a_radar(), BLUE)
    assert len(lines) == len(NAMES)
    for line, after in zip(lines, [*lines[1:], lines[0]], strict=True):
        assert (line.to_x, line.to_y) == (after.x, after.y)
    assert lines[0].x == pytest.approx(200.0)


def test_the_line_is_as_far_out_as_its_share():
    chart = a_radar(own=80, peer=100)
    middle = rules_in(chart, LINE)[-1].y  # where every spoke begins
    eighty, whole = (rules_in(chart, colour)[0].y for colour in (BLUE, ORANGE))
    assert middle - eighty == pytest.approx(0.8 * (middle - whole))


def test_every_number_stands_beside_its_name_and_is_spoken():
    chart = a_radar()
    shown = [words.text for words in words_in(chart, 400.0, 260.0)]
    assert "政治能力 80/60" in shown
    assert {"自评", "互评", "单位：%"} <= set(shown)
    assert chart.spoken().startswith("政治能力：自评 80，互评 60；")
    dots = [m for m in chart.marks(400.0, 260.0, SIZE, measure) if isinstance(m, Box)]
    assert len(dots) == 2 * len(NAMES) + 2


@pytest.mark.parametrize("width", [240.0, 400.0, 900.0])
@pytest.mark.parametrize(
    "names",
    [NAMES[:3], NAMES, ("很长的类别名称" * 4, *NAMES), [f"能力{at}" for at in range(12)], []],
    ids=["three", "five", "long", "twelve", "none"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(names, width):
    chart = a_radar(names)
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


def test_where_names_have_no_room_they_are_numbered():
    crowded = a_radar([f"能力{at}" for at in range(42)])
    shown = [words.text for words in words_in(crowded, 900.0, 400.0)]
    assert {"1", "42"} <= set(shown)
