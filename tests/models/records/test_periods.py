from datetime import date

import pytest

from models.records.periods import (
    beside,
    is_period,
    is_term,
    latest,
    latest_terms,
    months,
    moved,
    period_like,
    period_of,
    show_period,
    show_term,
    term,
)


@pytest.mark.parametrize(
    ("period", "step", "there"),
    [
        ("2026-11", 2, "2027-01"),
        ("2026-1", 1, "2026-2"),
        ("2026-2", 1, "2027-1"),
        ("2026-1", -3, "2024-2"),
    ],
)
def test_one_goes_on_by_months_or_by_terms(period, step, there):
    assert beside(period, step) == there
    assert beside(there, -step) == period


def test_a_day_has_a_month_and_a_term():
    day = date(2027, 1, 9)
    assert (period_like("2026-11", day), period_like("2026-2", day)) == ("2027-01", "2026-1")
    assert show_period("2026-1") == "2026—2027学年第一学期"


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


def test_a_stretch_of_months_begins_on_the_first_and_ends_on_the_last_day():
    assert months("2026-11") == (date(2026, 11, 1), date(2026, 11, 30))
    assert months("2027-01", 2) == (date(2027, 1, 1), date(2027, 2, 28))
    assert months("2026-11", 2).show() == "2026年11月1日至2026年12月31日"


def test_a_period_holds_its_first_and_its_last_day():
    held = [date(2026, 11, 1), date(2026, 11, 30)]
    others = [date(2026, 10, 31), date(2026, 12, 1), None]
    assert [day in months("2026-11") for day in held + others] == [True, True, False, False, False]


def test_the_two_terms_of_a_school_year_leave_no_day_out():
    assert term("2026-1") == (date(2026, 9, 1), date(2027, 1, 31))
    assert term("2026-2") == (date(2027, 2, 1), date(2027, 8, 31))
    assert show_term("2025-2") == "2025—2026学年第二学期"
    assert show_term("2025-1") == "2025—2026学年第一学期"
    assert [is_term(text) for text in ("2026-1", "2026-3", "2026-11", "")] == [True, *[False] * 3]


@pytest.mark.parametrize(
    ("today", "terms"),
    [
        (date(2026, 9, 1), ["2026-1", "2025-2", "2025-1"]),
        (date(2027, 1, 31), ["2026-1", "2025-2", "2025-1"]),
        (date(2027, 2, 1), ["2026-2", "2026-1", "2025-2"]),
        (date(2027, 8, 31), ["2026-2", "2026-1", "2025-2"]),
    ],
)
def test_the_latest_terms_begin_with_this_one(today, terms):
    assert latest_terms(today, 3) == terms
    assert today in term(terms[0])
