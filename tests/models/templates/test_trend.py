from datetime import date
from decimal import Decimal

import pytest

from models.records.figures import Rate
from models.templates.compliance import Given
from models.templates.trend import FITNESS, MYOPIA, month_figures, percent_of, show_percent

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        (Decimal("41.3"), Decimal("41.3")),
        ((486, 201), Decimal("41.36")),
        ((0, 0), None),
        (None, None),
        ("na", None),
    ],
)
def test_a_percentage_is_answered_as_such_or_as_two_counts(value, percent):
    assert percent_of(value) == percent


def test_a_percentage_that_was_not_told_is_no_zero():
    assert show_percent(None) == "—"
    assert show_percent(Decimal("0")) == "0.00%"


def test_a_month_has_its_areas_their_sum_and_the_two_figures(five):
    lines = five.lines({"primary_low", "primary_mid"})
    given = {
        "fm.hw.01": Given("yes"),
        "fm.hw.07": Given("yes"),
        MYOPIA: Given(Decimal("41.3")),
    }
    month = month_figures("2026-11", lines, given, {"national"}, DAY)
    homework = month.areas["homework"]
    assert homework.rate.part == 1
    assert homework.unanswered == homework.rate.whole - 2
    assert month.total.rate == sum((area.rate for area in month.areas.values()), Rate(0, 0))
    assert month.health == {MYOPIA: Decimal("41.3"), FITNESS: None}
