from decimal import Decimal

from models.records.figures import HOUR_RULES
from models.records.quotas import QUOTAS


def test_twelve_days_are_ninety_hours():
    cadres = QUOTAS["cadre_year"]
    rule = HOUR_RULES["day_7_5"]
    assert (cadres.days, cadres.hours) == (12, 90)
    assert rule.credit_hours(rule.minutes_of_days(Decimal(cadres.days))) == cadres.hours


def test_a_period_of_five_years_follows_the_year_it_was_counted_from():
    five = QUOTAS["cadre_five"]
    assert five.span(2026, 2023) == (2023, 2027)
    assert five.span(2028, 2023) == (2028, 2032)
    assert five.span(2022, 2023) == (2018, 2022)
    assert five.span(2026) == (2022, 2026)
    assert QUOTAS["cadre_year"].span(2026, 2023) == (2026, 2026)


def test_what_is_missing_is_never_negative():
    assert QUOTAS["cadre_year"].missing(Decimal("33.5")) == Decimal("56.5")
    assert QUOTAS["cadre_year"].missing(Decimal(120)) == 0


def test_what_is_not_confirmed_is_called_advice():
    for quota in QUOTAS.values():
        assert ("建议" in quota.basis) is not quota.confirmed
        assert ("建议" in quota.name) is not quota.confirmed
