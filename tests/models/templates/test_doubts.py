from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from models.templates.compliance import Given
from models.templates.doubts import Doubt, doubts

DAY = date(2026, 11, 23)
STAGES = {"primary_low", "primary_mid", "primary_high"}


@pytest.fixture(scope="module")
def lines(five):
    return five.lines({*STAGES, "boarding"})


def asked(lines, line, now, before=None, **others):
    given = {line: Given(now)}
    given |= {name.replace("_", "."): Given(value) for name, value in others.items()}
    old = {} if before is None else {line: Given(before)}
    return doubts(lines, given, old, DAY).get(line)


@pytest.mark.parametrize(
    ("line", "before", "usual", "sharp"),
    [
        ("fm.hw.02", 45, 60, 61),  # minutes
        ("fm.hw.02", 60, 45, 44),
        ("fm.sl.05@primary_low", Decimal("10.5"), Decimal("9.5"), Decimal("9.4")),
        ("fm.sl.01", time(8, 20), time(8, 50), time(8, 51)),
        ("fm.ph.14", Decimal("20"), Decimal("30"), Decimal("30.1")),
        ("fm.ph.12", 40, 60, 61),  # people
        ("fm.ph.12", 1, 6, 7),
        ("fm.pe.01@primary_low", 4, 5, 6),
        ("fm.pe.10", (600, 180), (500, 200), (500, 201)),  # 30 % before, by 10 points
    ],
)
def test_a_sharp_change_is_asked_about(lines, line, before, usual, sharp):
    assert asked(lines, line, usual, before) is None
    doubt = asked(lines, line, sharp, before)
    assert not doubt.is_contradiction
    assert doubt.words.startswith("和上期（")
    assert asked(lines, line, sharp) is None


@pytest.mark.parametrize(
    ("line", "value", "edge"),
    [
        ("fm.hw.02", 0, True),
        ("fm.hw.02", 300, True),
        ("fm.hw.02", 1, False),
        ("fm.sl.01", time(6, 0), True),
        ("fm.pe.11", Decimal(100), False),  # what the rule asks for
        ("fm.pe.11", Decimal(0), True),
        ("fm.rd.02", 0, False),
        ("fm.ph.12", 0, False),  # nobody is allowed a phone: quite usual
        ("fm.ph.12", 20_000, True),
        ("fm.hw.13", Decimal(100), True),
        ("fm.hw.15", (12, 12), True),
        ("fm.hw.15", (12, 0), False),
        ("fm.hw.15", (0, 0), False),
        ("fm.hw.01", "yes", False),
        ("fm.rd.10", DAY, False),
    ],
)
def test_the_edge_of_what_can_be_answered_is_asked_about(lines, line, value, edge):
    assert asked(lines, line, value) == (Doubt("填的是可填范围的边界值") if edge else None)


def test_both_reasons_are_said(lines):
    assert asked(lines, "fm.hw.02", 300, 60).words == (
        "和上期（60）相差较大；填的是可填范围的边界值"
    )


def test_more_phones_kept_than_allowed_is_a_contradiction(lines):
    assert asked(lines, "fm.ph.13", 41, fm_ph_12=40) == Doubt(
        "填了 41，比“本期获准带手机入校学生数”的 40 还多", is_contradiction=True
    )
    assert asked(lines, "fm.ph.13", 40, fm_ph_12=40) is None
    assert asked(lines, "fm.ph.13", 41) is None


def test_a_day_to_come_is_a_contradiction(lines):
    doubt = asked(lines, "fm.rd.10", DAY + timedelta(days=1))
    assert doubt == Doubt("日期晚于填表日期", is_contradiction=True)


def test_a_pair_of_nothing_has_no_share_to_change(lines):
    assert asked(lines, "fm.hw.15", (12, 6), (0, 0)) is None


def test_what_only_the_office_fills_is_not_asked_about(lines):
    assert asked(lines, "fm.sl.11", "no", "yes") is None
