"""The loop of many findings, walked at random by two PCs of a school and their office.

Whatever is tried, in whatever order the lines travel: no illegal step gets in through the ledger,
the state is always derivable and the same wherever the same lines are, the counts balance, and
every step has an author.
"""

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.ledger import findings
from models.ledger.compact import unpack
from models.ledger.many_steps import take_steps
from models.ledger.year import of_year
from models.records.finding import LEVELS, STATES, STEPS, Finding
from models.records.workflow import (
    AWAITING_RECHECK,
    BESIDE,
    FIVE_COMMITMENTS,
    NEXT_STEPS,
    in_turn,
    is_overdue,
    step_problems,
)
from tests.conftest import SCHOOL_CODE, Clock, a_finding, a_step, an_office
from tests.models.ledger.conftest import have, in_memory, segments_of

PCS = ("a1", "a2", "o1")
# One goes an hour behind the others: what a step follows must not hang on it.
CLOCKS = [datetime(2026, 12, 20, hour, tzinfo=UTC) for hour in (8, 7, 8)]
PEOPLE = ("赵𬱖", "赵　𬱖", "张㛃", "张㛃、王平安")
START = date(2026, 12, 20)  # so that stories cross into the next year
COMMITTED = {
    "responsible": "赵𬱖",
    "measures": "更换",
    "funding": 0,
    "contingency": "值守",
}
MUST_HAVE = {
    "graded": ("level", "opinion"),
    "fixed_on_site": ("opinion",),
    "notice_issued": ("document", "deadline"),
    "extended": ("deadline", "approver", "opinion"),
    "submitted": ("opinion",),
    "recheck_failed": ("opinion", "deadline"),
    "recheck_passed": ("opinion",),
    "closed": ("approver",),
    "supervised": ("office", "document"),
    "reopened": ("opinion",),
}
NEEDED = ("level", "opinion", "deadline", "document", "approver", "office")


class Loop(RuleBasedStateMachine):
    """Legal and illegal steps, by whoever sits at one of the PCs."""

    def __init__(self):
        super().__init__()
        self.day, self.level = START, "general"
        self.pcs = {
            who: in_memory(Clock(at), who, an_office() if who == "o1" else None, f"某{who}")
            for who, at in zip(PCS, CLOCKS, strict=True)
        }

    who = st.sampled_from(PCS)
    pick = st.integers(0, 3)
    way = st.tuples(
        st.sampled_from((None, *LEVELS)), st.booleans(), st.lists(st.integers(0, 9), max_size=9)
    )
    kind = st.sampled_from(sorted(STEPS))
    person = st.sampled_from(PEOPLE)
    missing = st.sampled_from((None, None, None, *NEEDED))
    days = st.sampled_from((0, 0, 0, 1, -1, -40))

    @initialize(ways=st.lists(way, min_size=2, max_size=3), who=who)
    def some_have_come_far(self, ways, who):
        """Without it most stories would end before anything is closed."""
        for level, committed, choices in ways:
            self.level = level or "general"
            self.register(who, level, committed)
            for choice in choices:
                self.go_on(who, -1, choice)
        self.everybody_hears_everything()

    # ---- what people do ----------------------------------------------------------------------

    @rule(who=who, level=st.sampled_from((None, *LEVELS)), committed=st.booleans())
    def register(self, who, level, committed):
        known = {**COMMITTED, "deadline": self.day + timedelta(5)} if committed else {}
        found = a_finding(found_on=self.day, level=level, unit=SCHOOL_CODE, **known)
        findings.register(self.pcs[who], found)

    @rule(who=who, pick=pick, kind=kind, person=person, missing=missing, days=days)
    def try_any_step(self, who, pick, kind, person, missing, days):
        self._try(who, pick, self._step(kind, person, missing, days))

    @rule(who=who, pick=pick, choice=st.integers(0, 9))
    def go_on(self, who, pick, choice):
        """A step along the table, with all that it asks for; the flags beside it less often."""
        if finding := self._finding(who, pick):
            kinds = NEXT_STEPS[findings.standing(self.pcs[who], finding).state]
            along = [kind for kind in kinds if kind not in BESIDE] * 3 + [*kinds]
            kind = along[choice % len(along)]
            person = "李安全" if kind.startswith("recheck") else "张㛃"
            self._try(who, pick, self._step(kind, person, None, 0))

    @rule(who=who, pick=pick, choice=st.integers(0, 5), person=person, missing=missing, days=days)
    def try_a_next_step(self, who, pick, choice, person, missing, days):
        """So that stories come far."""
        if finding := self._finding(who, pick):
            kinds = NEXT_STEPS[findings.standing(self.pcs[who], finding).state]
            step = self._step(kinds[choice % len(kinds)], person, missing, days)
            self._try(who, pick, step)

    @rule(who=who, kind=kind, person=person, missing=missing, leave_out=st.booleans())
    def try_a_step_of_all(self, who, kind, person, missing, leave_out):
        ledger, step = self.pcs[who], self._step(kind, person, missing, 0)
        known = ledger.all(Finding)
        before = {finding.id: findings.steps(ledger, finding) for finding in known}
        refused = {one.finding.id for one in take_steps(ledger, known, step, leave_out=leave_out)}
        for finding in known:
            taken = findings.steps(ledger, finding)
            if finding.id in refused or (refused and not leave_out):
                assert taken == before[finding.id]
            else:
                check_legal(finding, before[finding.id], taken[-1])

    @rule(who=who, pick=pick, kind=kind, person=person)
    def written_past_the_rules(self, who, pick, kind, person):
        """As another program would: it is kept, and out of turn it counts for nothing."""
        if finding := self._finding(who, pick):
            ledger, before = self.pcs[who], findings.steps(self.pcs[who], finding)
            standing = findings.standing(ledger, finding)
            after = before[-1].id if before else None
            step = self._step(kind, person, None, 0)
            ledger.save(replace(step, finding=finding.id, after=after, unit=finding.unit))
            assert len(findings.steps(ledger, finding)) == len(before) + 1
            if kind not in NEXT_STEPS[standing.state]:
                assert findings.standing(ledger, finding) == standing

    @rule(giver=who, taker=who)
    def hand_over(self, giver, taker):
        if giver != taker:
            ours, theirs = self.pcs[giver], self.pcs[taker]
            parts = segments_of(ours, have(theirs))
            theirs.receive([p for p in parts if theirs.is_office or p.unit == SCHOOL_CODE])

    @rule(level=st.sampled_from(sorted(LEVELS)))
    def they_grade_now_as(self, level):
        self.level = level

    @rule(days=st.integers(1, 20))
    def time_goes_on(self, days):
        self.day += timedelta(days)

    def everybody_hears_everything(self):
        for giver in (*PCS, *PCS):
            for taker in PCS:
                self.hand_over(giver, taker)

    def _finding(self, who, pick):
        known = self.pcs[who].all(Finding)
        return known[pick % len(known)] if known else None

    def _step(self, kind, person, missing, days):
        day = self.day + timedelta(days)
        level = self.level if kind == "graded" else None
        step = a_step(kind, person=person, taken_on=day, level=level)
        if step.deadline:
            step = replace(step, deadline=self.day + timedelta(10))
        return replace(step, **{missing: None}) if missing else step

    def _try(self, who, pick, step):
        """It is taken where the rules allow it; else the ledger stays as it was."""
        finding = self._finding(who, pick)
        if finding is None:
            return
        ledger, lines = self.pcs[who], have(self.pcs[who])
        before = findings.steps(ledger, finding)
        if step_problems(finding, before, step):
            with pytest.raises(ValueError, match="unchecked step"):
                findings.take_step(ledger, finding, step)
            assert have(ledger) == lines
            return
        taken = findings.take_step(ledger, finding, step)
        check_legal(finding, before, taken)
        assert findings.steps(ledger, finding) == [*before, taken]

    # ---- what must always be so --------------------------------------------------------------

    @invariant()
    def the_state_is_derivable_and_what_the_list_shows(self):
        for ledger in self.pcs.values():
            shown = {row[0]: row[1:] for row in ledger.rows(SHOWN)}
            for finding in ledger.all(Finding):
                now = findings.standing(ledger, finding)
                assert now.state in STATES
                days = (now.deadline, now.rectified_on, now.closed_on)
                plain = [day.isoformat() if day else None for day in days]
                assert shown[finding.id] == (now.state, now.level, *plain)
                check_walk(findings.steps(ledger, finding))

    @invariant()
    def counts_balance(self):
        for ledger in self.pcs.values():
            known = ledger.all(Finding)
            states = [findings.standing(ledger, finding) for finding in known]
            counts = findings.counts(ledger, self.day)
            assert counts.total == counts.open + counts.closed == len(known)
            assert counts.closed == sum(now.closed_on is not None for now in states)
            late = sum(is_overdue(now.state, now.deadline, self.day) for now in states)
            assert counts.late == late
            check_months(ledger, list(zip(known, states, strict=True)))

    @invariant()
    def every_step_has_an_author(self):
        for ledger in self.pcs.values():
            for person, line in ledger.rows(AUTHORS):
                assert person
                assert unpack(line)["u"] in {f"某{who}" for who in PCS}

    def teardown(self):
        if sys.exc_info()[0] is None:
            self.everybody_hears_everything()
            self.the_state_is_derivable_and_what_the_list_shows()
            first, *others = (shown_by(ledger) for ledger in self.pcs.values())
            assert all(other == first for other in others)
        for ledger in self.pcs.values():
            ledger.close()


SHOWN = (
    "SELECT id, now_state, now_level, now_deadline, now_rectified, now_closed FROM finding"
    " WHERE deleted = 0"
)
AUTHORS = (
    "SELECT s.person, o.line FROM finding_step s JOIN op o ON o.log_no = s.c_log"
    " AND o.seq = s.c_seq"
)


def shown_by(ledger):
    """What a PC shows of each finding: its state and its steps in their order."""
    steps = {f.id: [s.id for s in findings.steps(ledger, f)] for f in ledger.all(Finding)}
    return sorted(ledger.rows(SHOWN)), steps


def names(person):
    return set("".join((person or "").split()).split("、"))


class Told(NamedTuple):
    """Where a finding stood, as its steps tell it a second time."""

    state: str
    level: str | None
    deadline: date | None
    rectifier: str | None
    out_of_use: bool


def told(finding, steps):
    now = Told("registered", finding.level, finding.deadline, None, False)
    for step, allowed in in_turn(steps):
        if allowed:
            now = Told(
                now.state if step.kind in BESIDE else step.kind,
                step.level or now.level,
                step.deadline or now.deadline,
                step.person if step.kind in AWAITING_RECHECK else now.rectifier,
                {"taken_out_of_use": True, "back_in_use": False}.get(step.kind, now.out_of_use),
            )
    return now


def check_legal(finding, before, step):
    """The rules said a second time, of a step as its author took it."""
    now = told(finding, before)
    assert step.kind in NEXT_STEPS[now.state]
    assert step.taken_on >= max([finding.found_on, *(s.taken_on for s in before)])
    assert step.deadline is None or step.deadline >= step.taken_on
    for name in MUST_HAVE.get(step.kind, ()):
        assert getattr(step, name)
    if step.kind in ("recheck_passed", "recheck_failed"):
        assert not names(step.person) & names(now.rectifier)
    elif step.kind == "extended":
        assert now.deadline is None or step.deadline > now.deadline
    elif step.kind == "back_in_use":
        assert now.out_of_use
    if now.level == "major":
        check_major(finding, now, step)


def check_major(finding, now, step):
    if step.kind in ("rectifying", "submitted"):
        known = {name: getattr(finding, name) for name in FIVE_COMMITMENTS}
        assert None not in {**known, "deadline": now.deadline}.values()
    if step.kind == "closed":
        assert step.approver


def check_walk(steps):
    """What counts goes along the table, whatever was brought in."""
    state = "registered"
    for step, allowed in in_turn(steps):
        assert allowed == (step.kind in NEXT_STEPS[state])
        if allowed and step.kind not in BESIDE:
            state = step.kind


def check_months(ledger, known):
    """Opening + new - closed = closing, month by month and year by year."""
    new = Counter(f"{finding.found_on:%Y-%m}" for finding, _now in known)
    closed = Counter(f"{now.closed_on:%Y-%m}" for _finding, now in known if now.closed_on)
    opening = 0
    last = max([START, *(now.closed_on or finding.found_on for finding, now in known)])
    for month, found, gone in findings.by_month(ledger, last, 36):
        assert (found, gone) == (new[month], closed[month])
        closing = sum(
            f"{finding.found_on:%Y-%m}" <= month
            and (now.closed_on is None or f"{now.closed_on:%Y-%m}" > month)
            for finding, now in known
        )
        assert opening + found - gone == closing
        opening = closing
    assert opening == sum(now.closed_on is None for _finding, now in known)
    if ledger.is_office:  # a year's ledger is a school's own
        return
    for year in (2026, 2027):
        listed = {finding.id for finding, _steps in of_year(ledger, year)}
        assert listed == {
            finding.id
            for finding, now in known
            if finding.found_on.year <= year
            and (
                now.closed_on is None or now.closed_on.year >= year or finding.found_on.year == year
            )
        }


TestLoop = Loop.TestCase
TestLoop.settings = settings(
    settings.get_profile("house"),
    max_examples=40,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow],
)
