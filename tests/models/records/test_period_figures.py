from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records.finding import Finding
from models.records.period_figures import by_month, course_of, courses_of, tally
from models.records.periods import Period, months
from models.records.workflow import BESIDE, NEXT_STEPS
from tests.conftest import a_finding, a_step

FIRST = date(2026, 8, 25)
NOVEMBER = months("2026-11")
LATER = date(2027, 6, 1)
WAY = ("graded", "rectifying", "submitted", "recheck_passed", "closed")


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def walked(*kinds, on: date, start: int = 0):
    return [a_step(kind, id=f"x.{start + at}", taken_on=on) for at, kind in enumerate(kinds)]


def november(finding, steps, today=LATER):
    return tally(courses_of([(finding, steps)], NOVEMBER, today))


# ---- against a plain fold, day by day -------------------------------------------------------


FORWARD = {
    "registered": "fixed_on_site",
    "fixed_on_site": "recheck_passed",
    "submitted": "recheck_passed",
    "recheck_passed": "closed",
    "closed": "reopened",
}


@st.composite
def walks(draw):
    """A finding and steps that the rules allow, with days that never go back."""
    at = FIRST + timedelta(days=draw(st.integers(0, 100)))
    finding, steps, state = a_finding(found_on=at), [], "registered"
    for choice in draw(st.lists(st.integers(0, 11), max_size=14)):
        kinds = NEXT_STEPS[state]
        kind = FORWARD.get(state, "submitted") if choice < 8 else kinds[choice % len(kinds)]
        kind = kind if kind in kinds else kinds[0]
        at += timedelta(days=choice % 4 * 3)
        steps.append(a_step(kind, taken_on=at))
        state = state if kind in BESIDE else kind
    return finding, steps


def watched(finding, steps, period):
    """Whether it was open when the period began, what brought it in, whether it is open now."""
    was, entered, now = False, None, False
    for when, kind in [(finding.found_on, "registered"), *((s.taken_on, s.kind) for s in steps)]:
        if when > period.end:
            break
        if kind == "closed":
            now = False
        elif kind in ("registered", "reopened"):
            now = True
            if when >= period.start and not was and entered is None:
                entered = kind
        if when < period.start:
            was = now
    return was, entered, now


def told_by_days(found, period):
    """Opening, found, reopened, closed, closing: every finding watched step by step."""
    seen = [watched(finding, steps, period) for finding, steps in found]
    return (
        sum(was for was, _entered, _now in seen),
        sum(entered == "registered" for _was, entered, _now in seen),
        sum(entered == "reopened" for _was, entered, _now in seen),
        sum(bool(was or entered) and not now for was, entered, now in seen),
        sum(now for _was, _entered, now in seen),
    )


@settings(max_examples=200)
@given(st.lists(walks(), max_size=6), st.integers(0, 120), st.integers(0, 60))
def test_the_figures_are_those_of_a_plain_fold_and_they_balance(found, start, length):
    first = FIRST + timedelta(days=start)
    period = Period(first, first + timedelta(days=length))
    figures = tally(courses_of(found, period, LATER))
    assert figures[:5] == told_by_days(found, period)
    assert figures.balances
    assert all(course.balances for course in courses_of(found, period, LATER))


@given(st.lists(walks(), max_size=6), st.integers(0, 100), st.integers(1, 50), st.integers(1, 50))
def test_what_one_period_leaves_open_the_next_one_takes_over(found, start, one, other):
    begins = [FIRST + timedelta(days=start + more) for more in (0, one, one + other)]
    first, second = (
        tally(courses_of(found, Period(a, b - timedelta(days=1)), LATER))
        for a, b in pairwise(begins)
    )
    assert first.closing == second.opening


@given(st.lists(walks(), max_size=6))
def test_the_months_of_the_chart_are_those_of_the_reports(found):
    names = ["2026-09", "2026-10", "2026-11"]
    reports = [tally(courses_of(found, months(name), LATER)) for name in names]
    wanted = [(n, r.found, r.closed) for n, r in zip(names, reports, strict=True)]
    assert by_month(found, names) == wanted


# ---- reopened findings ----------------------------------------------------------------------


def test_closed_and_reopened_within_the_period_is_one_finding_that_is_open():
    steps = walked(*WAY, on=day(3)) + walked("reopened", on=day(9))
    assert november(a_finding(found_on=day(1)), steps)[:5] == (0, 1, 0, 0, 1)
    assert november(a_finding(found_on=day(1, 10)), steps)[:5] == (1, 0, 0, 0, 1)


def test_closed_before_and_reopened_within_comes_in_anew():
    steps = walked(*WAY, on=day(3, 10)) + walked("reopened", on=day(9))
    figures = november(a_finding(found_on=day(1, 10)), steps)
    assert figures[:5] == (0, 0, 1, 0, 1)
    assert figures.new == 1
    again = [*steps, *walked(*WAY[1:], on=day(20))]
    assert november(a_finding(found_on=day(1, 10)), again)[:5] == (0, 0, 1, 1, 0)


def test_closed_within_and_reopened_after_was_closed():
    steps = walked(*WAY, on=day(3)) + walked("reopened", on=day(2, 12))
    assert november(a_finding(found_on=day(1, 10)), steps)[:5] == (1, 0, 0, 1, 0)


def test_what_was_closed_all_the_time_belongs_to_another_period():
    found = [(a_finding(found_on=day(1, 9)), walked(*WAY, on=day(3, 10)))]
    assert courses_of(found, NOVEMBER, LATER) == []
    assert courses_of([(a_finding(found_on=day(1, 12)), [])], NOVEMBER, LATER) == []


# ---- contradictions -------------------------------------------------------------------------


@pytest.mark.parametrize("period", [months("2026-11"), months("2026-12")])
def test_closed_before_it_was_found_does_not_balance(period):
    finding = a_finding(found_on=day(5, 12))
    courses = courses_of([(finding, walked(*WAY, on=day(20)))], period, LATER)
    assert [course.balances for course in courses] == [False]
    assert not tally(courses).balances


def test_open_without_a_day_of_discovery_does_not_balance():
    course = course_of(a_finding(found_on=None), [], NOVEMBER, LATER)
    assert not course.balances
    assert by_month([(a_finding(found_on=None), [])], ["2026-11"]) == [("2026-11", 0, 0)]


def test_a_step_without_a_day_counts_as_taken_long_ago():
    steps = [a_step(kind, taken_on=None) for kind in WAY]
    assert courses_of([(a_finding(found_on=day(1, 10)), steps)], NOVEMBER, LATER) == []


# ---- the measures of domain C.6 -------------------------------------------------------------


def some(count: int, *steps, **changes) -> list[tuple[Finding, list]]:
    return [(a_finding(found_on=day(1), **changes), list(steps))] * count


def test_the_seeds_figures_come_out_as_they_were_printed():
    submitted = walked("graded", "rectifying", "submitted", on=day(9))
    figures = tally(courses_of(some(3402, *submitted) + some(819), NOVEMBER, LATER))
    assert (figures.found, figures.rectified) == (4221, 3402)
    assert figures.found - figures.rectified == 819
    assert figures.rectification.percent() == "80.60%"
    on_site = some(124, *walked("fixed_on_site", on=day(2))) + some(846)
    assert tally(courses_of(on_site, NOVEMBER, LATER)).on_site.percent() == "12.78%"


def test_what_nothing_is_known_of_has_no_rates():
    empty = tally([])
    rates = (
        empty.rectification,
        empty.closing_rate,
        empty.on_site,
        empty.punctual,
        empty.first_passes,
    )
    assert {rate.percent() for rate in rates} == {"—"}
    assert empty.balances


def test_on_time_is_what_was_reported_by_the_deadline_that_stood_then():
    late = walked("graded", "rectifying", on=day(2)) + walked("submitted", on=day(12))
    finding = a_finding(found_on=day(1), deadline=day(10))
    in_time = [(finding, [*late[:2], *walked("submitted", on=day(10))])]
    found = [(finding, late), (finding, late[:2]), *in_time]
    figures = tally(courses_of(found, NOVEMBER, LATER))
    assert (figures.on_time, figures.due, figures.punctual.percent()) == (1, 3, "33.33%")
    extended = [*late[:2], a_step("extended", taken_on=day(5), deadline=day(3, 12))]
    assert november(finding, extended).due == 0


def test_a_deadline_that_is_still_to_come_is_not_due_before_it_is_kept():
    finding = a_finding(found_on=day(1), deadline=day(20))
    assert november(finding, [], today=day(20)).due == 0
    assert november(finding, [], today=day(21)).due == 1
    kept = november(finding, walked("fixed_on_site", on=day(2)), today=day(3))
    assert (kept.due, kept.on_time) == (1, 1)


def test_overdue_is_told_as_of_the_end_or_of_today():
    finding = a_finding(found_on=day(1), deadline=day(20))
    assert november(finding, [], today=day(20)).overdue == 0
    assert november(finding, [], today=day(21)).overdue == 1
    last = a_finding(found_on=day(1), deadline=day(30))
    assert november(last, [], today=LATER).overdue == 0
    assert november(finding, walked(*WAY, on=day(25)), today=LATER).overdue == 0


def test_passed_the_first_time_is_what_never_failed():
    failed = a_step("recheck_failed", taken_on=day(5), deadline=day(9))
    once = walked("fixed_on_site", "recheck_passed", on=day(4))
    twice = [*once[:1], failed, *walked("submitted", "recheck_passed", on=day(8))]
    found = [(a_finding(found_on=day(1)), steps) for steps in (once, twice, once[:1])]
    figures = tally(courses_of(found, NOVEMBER, LATER))
    assert (figures.passed, figures.rechecked, figures.first_passes.percent()) == (1, 2, "50.00%")


def test_of_those_found_it_tells_how_many_are_major_recur_and_are_closed():
    closed = walked(*WAY, on=day(9))
    found = some(1, level="major") + some(2, recurs="x.1") + some(3, *closed)
    older = [(a_finding(found_on=day(1, 10), level="major", recurs="x.2"), closed)]
    figures = tally(courses_of(found + older, NOVEMBER, LATER))
    assert (figures.major, figures.recurring, figures.settled, figures.closed) == (1, 2, 3, 4)
    assert figures.closing_rate.percent() == "50.00%"


def test_a_month_is_that_of_the_day():
    assert by_month([(a_finding(found_on=day(3)), walked(*WAY, on=day(4, 12)))], ["2026-12"]) == [
        ("2026-12", 0, 1)
    ]
