import pytest

from models.charts.marks import BLUE, LINE, ORANGE
from models.charts.radar import Radar
from models.charts.series import Series
from tests.models.charts.measuring import (
    WIDTHS,
    assert_all_words_can_be_read,
    rules_in,
    shapes_in,
    texts_in,
)

NAMES = ("政治能力", "调查研究能力", "科学决策能力", "群众工作", "狠抓落实")


def a_radar(names=NAMES, own=80, peer=60):
    count = len(names)
    return Radar(
        "能力自测",
        "%",
        names,
        [Series("自评", BLUE, [own] * count), Series("互评", ORANGE, [peer] * count)],
    )


def lines_in(chart, colour):
    """The line of a series, without the piece in the legend."""
    return rules_in(chart, colour)[1:]


def test_each_series_is_one_closed_line_around_the_middle():
    lines = lines_in(a_radar(), BLUE)
    assert len(lines) == len(NAMES)
    for line, after in zip(lines, [*lines[1:], lines[0]], strict=True):
        assert (line.to_x, line.to_y) == (after.x, after.y)
    assert lines[0].x == pytest.approx(200.0)


def test_the_line_is_as_far_out_as_its_share():
    chart = a_radar(own=80, peer=100)
    middle = rules_in(chart, LINE)[-1].y  # where every spoke begins
    eighty, whole = (lines_in(chart, colour)[0].y for colour in (BLUE, ORANGE))
    assert middle - eighty == pytest.approx(0.8 * (middle - whole))


def test_every_number_stands_beside_its_name_and_is_spoken():
    chart = a_radar()
    assert {"政治能力 80/60", "自评", "互评", "单位：%"} <= set(texts_in(chart))
    assert chart.spoken().startswith("政治能力：自评 80，互评 60；")


def test_a_print_without_colours_tells_lines_by_points_and_dashes():
    own, peer = (lines_in(a_radar(), colour)[0].dash for colour in (BLUE, ORANGE))
    assert own != peer
    points = [shapes_in(a_radar(), colour) for colour in (BLUE, ORANGE)]
    assert [len(of_one) for of_one in points] == [len(NAMES) + 1] * 2
    assert [len(of_one[0].points) for of_one in points] == [4, 3]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "names",
    [NAMES[:3], NAMES, ("很长的类别名称" * 4, *NAMES), [f"能力{at}" for at in range(12)], []],
    ids=["three", "five", "long", "twelve", "none"],
)
def test_no_word_is_cut_off_and_none_lies_upon_another(names, width):
    assert_all_words_can_be_read(a_radar(names), width)


def test_where_names_have_no_room_they_are_numbered():
    crowded = a_radar([f"能力{at}" for at in range(42)])
    assert {"1", "42"} <= set(texts_in(crowded, 900.0, 400.0))
