"""The life of a finding: its state is derived from its steps, never stored as a truth of its own.

Source: domain C.4 (the closed loop 排查→登记→定级→整改→复查→销号). 已整改, 复查合格 and 已销号 are
three different states; overdue is derived from the day it is asked on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.problems import Problem
from models.records.finding import LEVELS, STATES, STEPS, Finding, FindingStep
from models.records.record import is_empty

# C.4, the flags beside the state: these steps are traces of their own and leave the state alone.
BESIDE = frozenset({"extended", "supervised", "taken_out_of_use", "back_in_use"})
_FLAGS = ("supervised", "taken_out_of_use", "back_in_use")
NEXT_STEPS: dict[str, tuple[str, ...]] = {
    "registered": ("graded", "fixed_on_site", "taken_out_of_use", "back_in_use"),
    "graded": ("notice_issued", "rectifying", "fixed_on_site", *_FLAGS),
    "fixed_on_site": ("recheck_passed", "recheck_failed", "back_in_use"),
    "notice_issued": ("rectifying", "submitted", "extended", *_FLAGS),
    "rectifying": ("submitted", "extended", *_FLAGS),
    "submitted": ("recheck_passed", "recheck_failed", "back_in_use"),
    "recheck_failed": ("rectifying", "submitted", "extended", *_FLAGS),
    "recheck_passed": ("closed", "back_in_use"),
    "closed": ("reopened", "back_in_use"),
    "reopened": ("graded", "notice_issued", "rectifying", *_FLAGS),
}
# C.6: 已整改 counts what was submitted and did not fail its recheck.
RECTIFIED_STATES = frozenset({"fixed_on_site", "submitted", "recheck_passed", "closed"})
# Rectified, as whoever did it says; a recheck by somebody else is next.
AWAITING_RECHECK = frozenset({"fixed_on_site", "submitted"})
# A deadline this near is due soon.
SOON = timedelta(days=7)

# What each step asks for beside day and person.
ASKED: dict[str, tuple[str, ...]] = {
    "graded": ("level", "opinion"),
    "fixed_on_site": ("opinion",),
    "notice_issued": ("document", "deadline", "opinion"),
    "rectifying": ("opinion",),
    "extended": ("deadline", "approver", "opinion"),
    "submitted": ("opinion", "cost"),
    "recheck_failed": ("opinion", "deadline"),
    "recheck_passed": ("opinion",),
    "closed": ("approver", "opinion"),
    "reopened": ("opinion",),
    "supervised": ("office", "document", "deadline"),
    "taken_out_of_use": ("opinion",),
    "back_in_use": ("approver", "opinion"),
}
_NEEDED: dict[str, tuple[str, ...]] = {
    "graded": ("level", "opinion"),
    "fixed_on_site": ("opinion",),
    "notice_issued": ("document", "deadline"),
    "extended": ("deadline", "approver", "opinion"),
    "submitted": ("opinion",),
    "recheck_failed": ("opinion", "deadline"),
    "reopened": ("opinion",),
    "supervised": ("office", "document"),
    "taken_out_of_use": ("opinion",),
    "back_in_use": ("approver",),
}
# 五落实: 责任、措施、资金、时限、预案. C.4 asks them of what is not fixed at once: 立行立改 needs
# none, every other way to a rectified major finding does.
FIVE_COMMITMENTS = {
    "responsible": "责任人",
    "measures": "整改措施",
    "funding": "整改资金",
    "deadline": "整改时限",
    "contingency": "应急预案",
}


class Standing(NamedTuple):
    """Where a finding stands after its steps; how often it failed a recheck and was extended, who
    supervises it (挂牌督办), and whether the place is out of use (停用)."""

    state: str
    level: str | None
    deadline: date | None
    rectified_on: date | None
    closed_on: date | None
    failed_rechecks: int
    extensions: int = 0
    supervised_by: str | None = None
    out_of_use: bool = False

    def is_overdue(self, today: date) -> bool:
        """Past the deadline and not yet reported as rectified."""
        return is_overdue(self.state, self.deadline, today)


def is_overdue(state: str, deadline: date | None, today: date) -> bool:
    """Past the deadline and not yet reported as rectified."""
    return deadline is not None and deadline < today and state not in RECTIFIED_STATES


def is_due_soon(state: str, deadline: date | None, today: date) -> bool:
    """The deadline is near and what it is for is not yet reported as rectified."""
    near = deadline is not None and today <= deadline <= today + SOON
    return near and state not in RECTIFIED_STATES


def in_turn(steps: Iterable[FindingStep]) -> Iterator[tuple[FindingStep, bool]]:
    """Each step with whether the rules allowed it where it stands.

    Two offices working offline can produce a step out of turn; it is kept and shown, and changes
    nothing, so that every PC derives the same state from the same steps.
    """
    state = "registered"
    for step in steps:
        allowed = step.kind in NEXT_STEPS[state]
        if allowed and step.kind not in BESIDE:
            state = step.kind or state
        yield step, allowed


def state_of(finding: Finding, steps: Iterable[FindingStep]) -> Standing:
    """The standing of a finding after its steps, which come in the order they were written."""
    state, level, deadline = "registered", finding.level, finding.deadline
    rectified: date | None = None
    closed: date | None = None
    taken = [step for step, allowed in in_turn(steps) if allowed]
    for step in taken:
        level, deadline = step.level or level, step.deadline or deadline
        if step.kind in BESIDE:
            continue
        state = step.kind or state
        if state in AWAITING_RECHECK:
            rectified = step.taken_on
        elif state in ("recheck_failed", "reopened"):
            rectified = closed = None
        elif state == "closed":
            closed = step.taken_on
    return Standing(state, level, deadline, rectified, closed, *_flags_of(taken))


def _flags_of(taken: Sequence[FindingStep]) -> tuple[int, int, str | None, bool]:
    """Failed rechecks, extensions, who supervises it, and whether the place is out of use."""
    kinds = [step.kind for step in taken]
    supervisors = [step.office for step in taken if step.kind == "supervised"]
    uses = [kind for kind in kinds if kind in ("taken_out_of_use", "back_in_use")]
    return (
        kinds.count("recheck_failed"),
        kinds.count("extended"),
        supervisors[-1] if supervisors else None,
        bool(uses) and uses[-1] == "taken_out_of_use",
    )


def next_steps(standing: Standing) -> tuple[str, ...]:
    """The steps that may be taken now: what is in use is not put back into use, and so on."""
    idle = "back_in_use" if not standing.out_of_use else "taken_out_of_use"
    return tuple(kind for kind in NEXT_STEPS[standing.state] if kind != idle)


def step_problems(
    finding: Finding, steps: Sequence[FindingStep], step: FindingStep
) -> dict[str, Problem]:
    """Why this step may not be taken now: field → Problem; the rule is named."""
    standing = state_of(finding, steps)
    kind = step.kind or ""
    if kind not in next_steps(standing):
        now, word = STATES[standing.state], STEPS.get(kind, kind)
        return {"kind": Problem(f"隐患现在是“{now}”，还不能“{word}”。请先完成前面的步骤。")}
    found = {
        name: Problem("办理这一步需要填写此项。")
        for name in _NEEDED.get(kind, ())
        if is_empty(getattr(step, name))
    }
    last = max((s.taken_on for s in steps if s.taken_on), default=finding.found_on)
    if step.taken_on and last and step.taken_on < last:
        found["taken_on"] = Problem("日期早于上一步的日期，请检查。")
    found.update(_person_problems(steps, step, kind))
    if standing.level == "major":
        found.update(_major_problems(finding, standing, step, kind))
    return found


def _person_problems(
    steps: Sequence[FindingStep], step: FindingStep, kind: str
) -> Iterator[tuple[str, Problem]]:
    """A recheck is made by somebody else than whoever rectified."""
    if kind not in ("recheck_passed", "recheck_failed"):
        return
    rectifier = next((s.person for s in reversed(steps) if s.kind in AWAITING_RECHECK), None)
    if rectifier and rectifier == step.person:
        yield (
            "person",
            Problem(f"整改是{rectifier}做的，复查要由另一个人进行（整改人不能自己复查）。"),
        )


def _major_problems(
    finding: Finding, standing: Standing, step: FindingStep, kind: str
) -> Iterator[tuple[str, Problem]]:
    """What a major finding asks beyond the common rules."""
    if kind in ("rectifying", "submitted"):
        known = {"deadline": standing.deadline or step.deadline}
        missing = [
            word
            for name, word in FIVE_COMMITMENTS.items()
            if is_empty(known.get(name, getattr(finding, name)))
        ]
        if missing:
            yield (
                "kind",
                Problem(
                    f"{LEVELS['major']}须先做到“五落实”，还缺：{'、'.join(missing)}。请先在隐患里补填。"
                ),
            )
    if kind == "closed" and not step.approver:
        yield "approver", Problem("重大隐患销号须填写批准人。")
