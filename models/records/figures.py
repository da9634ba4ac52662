"""Figures that reports print: rates that keep both their numbers, and credit hours.

Rounding is half up on the decimal value; a rate of nothing prints “—”, never 0 % or 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with so many decimals, half up."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that keeps its numerator and denominator."""

    part: int
    whole: int

    def percent(self, decimals: int = 2) -> str:
        """As printed: 80.60%, 65%, or — where there is nothing to divide by."""
        if not self.whole:
            return NOTHING
        return f"{rounded(Decimal(self.part * 100) / self.whole, decimals)}%"

    def counts(self) -> str:
        """Both numbers: 8/9."""
        return f"{self.part}/{self.whole}"

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class HourRule:
    """How minutes become 学时: so many minutes make one. A setting of the bureau, not a truth.

    With `full_day` the trainee states days instead of times: a day counts so many hours, taken as
    60 minutes each, so that a leave and a turn of the year are counted like any other. With
    `stepwise` an online course counts by steps.
    """

    id: str
    name: str
    minutes: int
    full_day: Decimal | None = None
    stepwise: bool = False

    def minutes_of_days(self, days: Decimal) -> int:
        """What stated days amount to: 12 days at 7.5 hours are 5400 minutes."""
        return int(rounded(days * (self.full_day or 0) * self.minutes, 0))

    def counted(self, minutes: int) -> int:
        """The minutes of one course that count: by its steps where it has any."""
        if not self.stepwise or not minutes:
            return minutes
        if minutes >= 30:
            return self.minutes
        return self.minutes // (2 if minutes > 15 else 4)

    def credit_hours(self, minutes: int) -> Decimal:
        """学时 with two decimals, half up: 2010 min are 44.67 at 45 min each."""
        return rounded(Decimal(minutes) / self.minutes, 2)


# domain D.2: no Jinan rule is known, so the common ones are offered; the default is the first.
# day_7_5 follows from 12 days = 90 hours of the 条例, day_6 is used in Nanjing, day_8 by others,
# online in Yunnan.
HOUR_RULES = {
    rule.id: rule
    for rule in (
        HourRule("m45", "45分钟计1学时", 45),
        HourRule("m60", "60分钟计1学时", 60),
        HourRule("day_7_5", "自报天数：全天7.5学时，半天3.75学时", 60, Decimal("7.5")),
        HourRule("day_6", "自报天数：全天6学时，半天3学时", 60, Decimal(6)),
        HourRule("day_8", "自报天数：全天8学时，半天4学时", 60, Decimal(8)),
        HourRule(
            "online", "网络课程：满30分钟1学时，15—30分钟0.5，15分钟以内0.25", 60, stepwise=True
        ),
    )
}


def credit_hours(minutes_by_rule: Mapping[str, int]) -> Decimal:
    """Credit hours of minutes, each by its own rule; a rule of a newer program gives none here."""
    known = [(HOUR_RULES[r], minutes) for r, minutes in minutes_by_rule.items() if r in HOUR_RULES]
    return sum((rule.credit_hours(minutes) for rule, minutes in known), Decimal("0.00"))
