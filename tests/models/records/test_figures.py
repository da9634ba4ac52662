from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.figures import HOUR_RULES, NOTHING, Rate, rounded


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "printed"),
    [
        (3402, 4221, 2, "80.60%"),
        (17, 26, 2, "65.38%"),
        (126, 194, 0, "65%"),
        (124, 970, 2, "12.78%"),
        (970, 1935, 2, "50.13%"),
        (1, 8, 0, "13%"),  # 12.5, half up
        (0, 5, 2, "0.00%"),
        (5, 5, 0, "100%"),
        (0, 0, 2, NOTHING),
    ],
)
def test_rates_print_as_the_papers_do(part, whole, decimals, printed):
    assert Rate(part, whole).percent(decimals) == printed


def test_open_findings_are_what_is_not_rectified():
    rate = Rate(3402, 4221)
    assert rate.whole - rate.part == 819
    assert rate.counts() == "3402/4221"


def test_rates_are_added_by_their_numbers_not_their_percentages():
    assert Rate(1, 2) + Rate(0, 3) == Rate(1, 5)


def test_hours_keep_their_rule():
    assert HOUR_RULES["m45"].credit_hours(2010) == Decimal("44.67")
    assert HOUR_RULES["m60"].credit_hours(2010) == Decimal("33.50")
    assert next(iter(HOUR_RULES)) == "m45"


@pytest.mark.parametrize(("value", "decimals", "wanted"), [("0.005", 2, "0.01"), ("2.5", 0, "3")])
def test_halves_go_up(value, decimals, wanted):
    assert rounded(Decimal(value), decimals) == Decimal(wanted)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_within_half_a_hundredth_of_the_truth(part, whole):
    printed = Decimal(Rate(part, whole).percent().removesuffix("%"))
    assert abs(printed - Decimal(100 * part) / whole) <= Decimal("0.005")
