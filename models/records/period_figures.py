"""What became of findings in a period, and the figures of it (domain C.6).

Everything is as it stood at the end of a day: steps dated later are not looked at. A finding counts
once: as open when the period began, as found in it, or as reopened in it; and as closed where it
was closed in it and still is at its end. So opening + found + reopened − closed = closing, unless
the dates of a finding contradict each other; such findings are named, not smoothed over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.records.figures import Rate
from models.records.finding import RECHECKS, Finding, FindingStep
from models.records.periods import Period, period_of
from models.records.workflow import RECTIFIED_STATES, Standing, in_turn, state_of

Found = tuple[Finding, Sequence[FindingStep]]


@dataclass(frozen=True, slots=True)
class Course:
    """One finding in a period: how it came into it, what was done, where it stood at the end."""

    finding: Finding
    standing: Standing
    was_open: bool
    is_found: bool
    is_reopened: bool
    is_closed: bool
    is_open: bool
    fixed_on_site: bool
    rechecked: bool
    is_overdue: bool
    is_due: bool
    is_on_time: bool

    @property
    def balances(self) -> bool:
        """Whether what came, less what went, is what is there."""
        came = self.was_open + self.is_found + self.is_reopened
        return came - self.is_closed == self.is_open

    @property
    def is_of_period(self) -> bool:
        """Whether it was open at any time of the period, or its dates claim what cannot be."""
        return self.was_open or self.is_found or self.is_reopened or not self.balances


def course_of(
    finding: Finding, steps: Sequence[FindingStep], period: Period, today: date
) -> Course:
    """The course of a finding whose steps come in the order they were written.

    A period that is not over yet is told as it stands today.
    """
    known = [step for step in steps if _by(step, period.end)]
    taken = [step for step, allowed in in_turn(known) if allowed]
    within = {step.kind for step in taken if step.taken_on in period}
    standing, found = state_of(finding, known), finding.found_on
    older = found is not None and found < period.start
    was_open = older and not _was_closed(finding, known, period.start)
    is_open = (found is None or found <= period.end) and standing.state != "closed"
    deadline, done = standing.deadline, standing.rectified_on
    is_due = deadline is not None and deadline in period
    on_time = is_due and done is not None and deadline is not None and done <= deadline
    return Course(
        finding=finding,
        standing=standing,
        was_open=was_open,
        is_found=found in period,
        is_reopened=older and not was_open and "reopened" in within,
        is_closed=standing.state == "closed" and "closed" in within,
        is_open=is_open,
        fixed_on_site=any(step.kind == "fixed_on_site" for step in taken),
        rechecked=not within.isdisjoint(RECHECKS),
        is_overdue=is_open and standing.is_overdue(min(period.end, today)),
        is_due=on_time or (is_due and deadline is not None and deadline < today),
        is_on_time=on_time,
    )


def _by(step: FindingStep, day: date) -> bool:
    return step.taken_on is None or step.taken_on <= day


def _was_closed(finding: Finding, steps: Iterable[FindingStep], start: date) -> bool:
    """Whether it stood closed when the period began."""
    before = [step for step in steps if step.taken_on is None or step.taken_on < start]
    return state_of(finding, before).state == "closed"


def courses_of(found: Iterable[Found], period: Period, today: date) -> list[Course]:
    """The courses of those findings that belong to the period, in their order."""
    courses = (course_of(finding, steps, period, today) for finding, steps in found)
    return [course for course in courses if course.is_of_period]


class Tally(NamedTuple):
    """How many findings: what came and went, and of those found what became of them."""

    opening: int
    found: int
    reopened: int
    closed: int
    closing: int
    rectified: int  # of those found, as domain C.6 counts 已整改
    settled: int  # of those found, closed by the end
    fixed_on_site: int  # of those found
    recurring: int  # of those found, the same fault again
    major: int  # of those found
    overdue: int
    due: int
    on_time: int
    rechecked: int
    passed: int  # of those rechecked, without ever having failed

    @property
    def new(self) -> int:
        """What came: found and reopened."""
        return self.found + self.reopened

    @property
    def balances(self) -> bool:
        """Opening + new − closed = closing."""
        return self.opening + self.new - self.closed == self.closing

    @property
    def rectification(self) -> Rate:
        """整改率."""
        return Rate(self.rectified, self.found)

    @property
    def closing_rate(self) -> Rate:
        """销号率."""
        return Rate(self.settled, self.found)

    @property
    def on_site(self) -> Rate:
        """立查立改率."""
        return Rate(self.fixed_on_site, self.found)

    @property
    def punctual(self) -> Rate:
        """按期整改率."""
        return Rate(self.on_time, self.due)

    @property
    def first_passes(self) -> Rate:
        """复查合格率: passed the first time."""
        return Rate(self.passed, self.rechecked)


def tally(courses: Sequence[Course]) -> Tally:
    """The figures of these courses."""
    found = [course for course in courses if course.is_found]
    rechecked = [course for course in courses if course.rechecked]
    return Tally(
        opening=sum(course.was_open for course in courses),
        found=len(found),
        reopened=sum(course.is_reopened for course in courses),
        closed=sum(course.is_closed for course in courses),
        closing=sum(course.is_open for course in courses),
        rectified=sum(course.standing.state in RECTIFIED_STATES for course in found),
        settled=sum(course.standing.state == "closed" for course in found),
        fixed_on_site=sum(course.fixed_on_site for course in found),
        recurring=sum(course.finding.recurs is not None for course in found),
        major=sum(course.standing.level == "major" for course in found),
        overdue=sum(course.is_overdue for course in courses),
        due=sum(course.is_due for course in courses),
        on_time=sum(course.is_on_time for course in courses),
        rechecked=len(rechecked),
        passed=sum(not course.standing.failed_rechecks for course in rechecked),
    )


def by_month(found: Iterable[Found], names: Sequence[str]) -> list[tuple[str, int, int]]:
    """(2026-11, found, closed) of these months; closed is what still was so when it ended."""
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for finding, steps in found:
        if finding.found_on:
            came[period_of(finding.found_on)] += 1
        turns = [step for step, allowed in in_turn(steps) if allowed and step.taken_on]
        last = {
            period_of(step.taken_on): step.kind
            for step in turns
            if step.taken_on and step.kind in ("closed", "reopened")
        }
        went.update(month for month, kind in last.items() if kind == "closed")
    return [(name, came[name], went[name]) for name in names]
