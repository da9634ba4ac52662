from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from models.records.fields import Choice, Number, Pair, TimeOfDay
from models.records.figures import Rate
from models.templates.compliance import AreaFigures, Given, Verdict, figures, judge, rate_of
from models.templates.five_management import AREAS

DAY = date(2026, 11, 23)
STAGES = {"primary_low", "primary_mid", "primary_high", "junior", "senior"}
BOTH = {"national", "shandong_2025"}


@pytest.fixture(scope="module")
def line_of(five):
    lines = {line.id: line for line in five.lines(STAGES)}
    return lines.__getitem__


def verdict(line, value, *, rules=("national",), detail="", **others):
    given = {line.id: Given(value, detail)}
    given.update({name.replace("_", "."): Given(other) for name, other in others.items()})
    return judge(line, given, rules, DAY)


@pytest.mark.parametrize(
    ("line", "value", "wanted"),
    [
        ("fm.hw.01", "yes", Verdict.COMPLIANT),
        ("fm.hw.01", "no", Verdict.NONCOMPLIANT),
        ("fm.hw.01", "na", Verdict.NOT_APPLICABLE),
        ("fm.hw.01", None, Verdict.UNANSWERED),
        ("fm.hw.07", "no", Verdict.COMPLIANT),  # a reverse item
        ("fm.hw.07", "yes", Verdict.NONCOMPLIANT),
        ("fm.hw.02", 60, Verdict.COMPLIANT),
        ("fm.hw.02", 61, Verdict.NONCOMPLIANT),
        ("fm.sl.01", time(8, 20), Verdict.COMPLIANT),
        ("fm.sl.01", time(8, 19), Verdict.NONCOMPLIANT),
        ("fm.sl.05@primary_low", Decimal("10"), Verdict.COMPLIANT),
        ("fm.sl.05@primary_low", Decimal("9.9"), Verdict.NONCOMPLIANT),
        ("fm.sl.05@junior", Decimal("9.9"), Verdict.COMPLIANT),
        ("fm.sl.05@senior", Decimal("8"), Verdict.COMPLIANT),
        ("fm.sl.07@primary_low", time(21, 20), Verdict.COMPLIANT),
        ("fm.sl.07@primary_low", time(21, 21), Verdict.NONCOMPLIANT),
        ("fm.sl.07@junior", time(22, 0), Verdict.COMPLIANT),
        ("fm.rd.02", 0, Verdict.COMPLIANT),
        ("fm.rd.02", 1, Verdict.NONCOMPLIANT),
        ("fm.rd.10", DAY, Verdict.COMPLIANT),
        ("fm.rd.10", DAY - timedelta(days=183), Verdict.COMPLIANT),
        ("fm.rd.10", DAY - timedelta(days=184), Verdict.NONCOMPLIANT),
        ("fm.rd.10", DAY + timedelta(days=1), Verdict.NONCOMPLIANT),
        ("fm.sl.11", "yes", Verdict.NOT_COUNTED),  # the bureau's, not the school's
        ("fm.ph.12", 3, Verdict.NOT_COUNTED),  # a statistic
        ("fm.hw.15", (10, 3), Verdict.NOT_COUNTED),
    ],
)
def test_each_answer_is_judged_by_its_rule(line_of, line, value, wanted):
    assert verdict(line_of(line), value) is wanted


def test_yes_needs_the_name_it_asks_for(line_of):
    line = line_of("fm.ph.04")
    assert verdict(line, "yes") is Verdict.NONCOMPLIANT
    assert verdict(line, "yes", detail="赵𬱖") is Verdict.COMPLIANT
    assert verdict(line, "no") is Verdict.NONCOMPLIANT


def test_an_answer_that_must_equal_another_waits_for_it(line_of):
    line = line_of("fm.ph.13")
    assert verdict(line, 3) is Verdict.UNANSWERED
    assert verdict(line, 3, fm_ph_12=3) is Verdict.COMPLIANT
    assert verdict(line, 2, fm_ph_12=3) is Verdict.NONCOMPLIANT


def test_only_the_rules_that_the_school_keeps_count(line_of):
    line = line_of("fm.pe.01@primary_low")
    assert verdict(line, 4) is Verdict.COMPLIANT
    assert verdict(line, 4, rules=BOTH) is Verdict.NONCOMPLIANT
    assert verdict(line, 5, rules=BOTH) is Verdict.COMPLIANT
    assert verdict(line, 5, rules=()) is Verdict.NOT_COUNTED


def test_encouraged_and_target_items_count_under_no_rule_set(five):
    every = {rule.rule_set for item in five.items for rule in item.rules}
    for line in five.lines(STAGES):
        if not line.item.counts:
            assert judge(line, {}, every, DAY) is Verdict.NOT_COUNTED, line.id


def test_a_sheet_without_answers_has_everything_to_do_and_no_rate_of_one_hundred(five):
    found = figures(five.lines(STAGES), {}, ["national"], DAY)
    assert set(found) == set(AREAS)
    for area in found.values():
        assert area.rate.part == 0
        assert area.unanswered == area.rate.whole > 0


def test_the_rate_of_an_area_is_compliant_of_asked_less_not_applicable(five):
    lines = [line for line in five.lines({"primary_low"}) if line.item.area == "homework"]
    counted = [line for line in lines if judge(line, {}, ["national"], DAY) is Verdict.UNANSWERED]
    answers = [
        next(
            v
            for v in ("yes", "no")
            if judge(line, {line.id: Given(v)}, ["national"], DAY) is Verdict.COMPLIANT
        )
        for line in counted
    ]
    given = {line.id: Given(v) for line, v in zip(counted, answers, strict=True)}
    whole = len(counted)
    assert figures(lines, given, ["national"], DAY)["homework"] == AreaFigures(
        Rate(whole, whole), 0
    )
    given[counted[0].id] = Given("na")
    given[counted[1].id] = Given("no" if answers[1] == "yes" else "yes")
    del given[counted[2].id]
    assert figures(lines, given, ["national"], DAY)["homework"] == AreaFigures(
        Rate(whole - 3, whole - 1), 1
    )


def test_an_item_answered_by_several_stages_counts_once_with_the_worst(five):
    lines = [line for line in five.lines(STAGES) if line.item.id == "fm.sl.05"]
    good = {line.id: Given(Decimal(12)) for line in lines}
    assert figures(lines, good, ["national"], DAY)["sleep"] == AreaFigures(Rate(1, 1), 0)
    bad = {**good, lines[-1].id: Given(Decimal(7))}
    assert figures(lines, bad, ["national"], DAY)["sleep"] == AreaFigures(Rate(0, 1), 0)
    half = {lines[0].id: good[lines[0].id]}
    assert figures(lines, half, ["national"], DAY)["sleep"] == AreaFigures(Rate(0, 1), 1)
    away = {line.id: Given("na") for line in lines}
    assert figures(lines, away, ["national"], DAY)["sleep"] == AreaFigures(Rate(0, 0), 0)
    assert figures(lines, good, [], DAY)["sleep"].rate.percent() == "—"


# ---- rules with their dates --------------------------------------------------------------------

PE_ANSWERS = {
    "fm.pe.01@primary_low": 4,  # national 4, Shandong one each day
    "fm.pe.01@primary_mid": 5,
    "fm.pe.01@junior": 3,
    "fm.pe.01@senior": 3,
    "fm.pe.04": 90,  # national 60, Shandong 120
    "fm.pe.15": "no",  # Shandong only
    "fm.pe.16": 10,
}
GOLDEN = {
    "national": {"fm.pe.01": True, "fm.pe.04": True, "fm.pe.15": None, "fm.pe.16": None},
    "shandong_2025": {"fm.pe.01": False, "fm.pe.04": False, "fm.pe.15": False, "fm.pe.16": True},
}


@pytest.mark.parametrize("rule_set", GOLDEN)
def test_the_two_sets_of_rules_on_the_same_answers(five, rule_set):
    lines = [line for line in five.lines(STAGES) if line.id in PE_ANSWERS]
    given = {line: Given(value) for line, value in PE_ANSWERS.items()}
    for item, kept in GOLDEN[rule_set].items():
        mine = [line for line in lines if line.item.id == item]
        rate = figures(mine, given, [rule_set], DAY)["fitness"].rate
        assert rate == (Rate(0, 0) if kept is None else Rate(int(kept), 1)), item
    both = figures(lines, given, BOTH, DAY)["fitness"].rate
    assert both.counts() == "1/4"  # whoever keeps both must meet both


@pytest.mark.parametrize(
    ("day", "value", "wanted"),
    [
        (date(2025, 5, 16), 4, Verdict.COMPLIANT),
        (date(2025, 5, 17), 4, Verdict.NONCOMPLIANT),
        (date(2021, 4, 18), 4, Verdict.NOT_COUNTED),
    ],
)
def test_a_sheet_is_judged_by_what_was_in_force_on_its_day(line_of, day, value, wanted):
    line = line_of("fm.pe.01@primary_low")
    assert judge(line, {line.id: Given(value)}, BOTH, day) is wanted


# ---- rates of counts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value", "wanted"),
    [
        ("fm.hw.15", (12, 3), Rate(3, 12)),
        ("fm.pe.10", (600, 231), Rate(231, 600)),
        ("fm.pe.12", (580, 319), Rate(319, 580)),
        ("fm.pe.10", (0, 0), Rate(0, 0)),
        ("fm.pe.10", None, None),
        ("fm.ph.12", 30, None),  # a count that is the whole of another
        ("fm.ph.13", 30, None),  # and that other without it
    ],
)
def test_counts_come_to_a_rate(line_of, line, value, wanted):
    assert rate_of(line_of(line), {line: Given(value)}) == wanted


def test_phones_kept_of_phones_allowed(line_of):
    allowed = {"fm.ph.12": Given(40)}
    assert rate_of(line_of("fm.ph.13"), {"fm.ph.13": Given(38), **allowed}) == Rate(38, 40)
    assert rate_of(line_of("fm.ph.13"), {"fm.ph.13": Given(41), **allowed}) is None


def test_golden_rates_as_printed(line_of):
    given = {"fm.pe.10": Given((612, 288)), "fm.pe.12": Given((598, 331))}
    found = [rate_of(line_of(name), given).percent() for name in given]
    assert found == ["47.06%", "55.35%"]


# ---- what holds of whatever is answered ----------------------------------------------------------


def answers_of(line):
    field = line.field
    if isinstance(field, Choice):
        return st.sampled_from(["yes", "no", "na"])
    if isinstance(field, Pair):
        counts = st.integers(0, field.high)
        return st.tuples(counts, counts).map(lambda both: (max(both), min(both)))
    if isinstance(field, TimeOfDay):
        return st.times(field.low, field.high).map(lambda t: t.replace(second=0, microsecond=0))
    if isinstance(field, Number):
        whole = st.integers(int(field.low), int(field.high))
        return whole.map(Decimal) if field.decimals else whole
    return st.dates(date(2025, 1, 1), DAY)


@pytest.fixture(scope="module")
def sheets(five):
    lines = five.lines(STAGES)
    every = {line.id: answers_of(line).map(Given) for line in lines}
    some = st.fixed_dictionaries({}, optional=every)
    return lines, st.tuples(some, st.randoms(use_true_random=False))


@drawn(data=st.data(), rules=st.sets(st.sampled_from(sorted(BOTH))))
def test_whether_answers_are_good_does_not_hang_on_their_order(sheets, data, rules):
    lines, drawing = sheets
    given, chance = data.draw(drawing)
    shuffled_lines, shuffled = [*lines], [*given.items()]
    chance.shuffle(shuffled_lines)
    chance.shuffle(shuffled)
    again = figures(shuffled_lines, dict(shuffled), rules, DAY)
    assert again == figures(lines, given, rules, DAY)


@drawn(data=st.data(), rules=st.sets(st.sampled_from(sorted(BOTH))))
def test_rates_stay_between_none_and_all(sheets, data, rules):
    lines, drawing = sheets
    given, _chance = data.draw(drawing)
    rates = [area.rate for area in figures(lines, given, rules, DAY).values()]
    rates += [rate for line in lines if (rate := rate_of(line, given))]
    assert all(0 <= rate.part <= rate.whole for rate in rates)
