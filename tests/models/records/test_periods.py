from datetime import date

import pytest

from models.records.periods import is_period, latest, moved, period_of, show_period


def test_a_day_belongs_to_its_month():
    assert period_of(date(2026, 1, 31)) == "2026-01"


@pytest.mark.parametrize(("period", "shown"), [("2026-11", "2026年11月"), ("2026-03", "2026年3月")])
def test_a_month_is_shown_without_a_leading_zero(period, shown):
    assert show_period(period) == shown


@pytest.mark.parametrize("text", ["2026-01", "1999-12"])
def test_a_month_is_known(text):
    assert is_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-11-01",
        "0026-11",
        "x2026-11",
        "２０２６-11",
    ],
)
def test_what_is_no_month_is_told_from_one(text):
    assert not is_period(text)


@pytest.mark.parametrize(
    ("months", "there"), [(0, "2026-11"), (1, "2026-12"), (2, "2027-01"), (-11, "2025-12")]
)
def test_months_are_counted_over_the_turn_of_the_year(months, there):
    assert moved("2026-11", months) == there


def test_the_latest_months_begin_with_this_one():
    assert latest(date(2026, 2, 28), 3) == ["2026-02", "2026-01", "2025-12"]
