"""The life of a finding: its state is derived from its steps, never stored as a truth of its own.

Source: domain C.4 (the closed loop 排查→登记→定级→整改→复查→销号). 已整改, 复查合格 and 已销号 are
three different states; overdue is derived from the day it is asked on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.problems import Problem
from models.records.fields import show_day
from models.records.finding import LEVELS, RECHECKS, STATES, STEPS, Finding, FindingStep
from models.records.reading import names_in
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
    "recheck_passed": ("opinion",),
    "closed": ("approver",),
    "reopened": ("opinion",),
    "supervised": ("office", "document"),
    "taken_out_of_use": ("opinion",),
    "back_in_use": ("approver",),
}
# Why a step has to wait: the rule that a refusal names.
_RULES: dict[str, str] = {
    "graded": "登记或反弹以后才定级，定级只做一次",
    "fixed_on_site": "立行立改在登记或定级以后、下达整改通知以前办理",
    "notice_issued": "先定级，再下达整改通知",
    "rectifying": "先定级或下达整改通知，再开始整改",
    "extended": "定级并下达整改通知或开始整改以后才能延期",
    "submitted": "先下达整改通知或开始整改，再报告整改完成",
    "recheck_failed": "先报告整改完成或立行立改，再复查",
    "recheck_passed": "先报告整改完成或立行立改，再复查",
    "closed": "复查合格以后才能销号",
    "reopened": "已销号的隐患才能记为反弹",
    "supervised": "定级以后、整改完成以前才能挂牌督办",
    "taken_out_of_use": "还没有整改完成、也没有停用的才能停用",
    "back_in_use": "已停用的才能恢复使用",
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
        return {"kind": _refusal(standing, kind)}
    found = {
        name: Problem("办理这一步需要填写此项。")
        for name in _NEEDED.get(kind, ())
        if is_empty(getattr(step, name))
    }
    found.update(_day_problems(finding, standing, steps, step))
    found.update(_person_problems(steps, step, kind))
    if standing.level == "major":
        found.update(_major_problems(finding, standing, step, kind))
    return found


def finding_problems(finding: Finding, steps: Iterable[FindingStep]) -> dict[str, Problem]:
    """What is wrong between a finding that is edited and the steps it has: field → Problem."""
    first = min((step.taken_on for step in steps if step.taken_on), default=None)
    if first and finding.found_on and first < finding.found_on:
        words = f"排查日期晚于第一步办理的日期（{show_day(first)}），请检查。"
        return {"found_on": Problem(words)}
    return {}


def _refusal(standing: Standing, kind: str) -> Problem:
    """What the rule is, and what may be done instead."""
    rule = f"规则：{_RULES[kind]}。" if kind in _RULES else ""
    instead = "、".join(STEPS[other] for other in next_steps(standing))
    now, word = STATES[standing.state], STEPS.get(kind, kind)
    return Problem(f"隐患现在是“{now}”，不能“{word}”。{rule}现在可以办理：{instead}。")


def _day_problems(
    finding: Finding, standing: Standing, steps: Sequence[FindingStep], step: FindingStep
) -> Iterator[tuple[str, Problem]]:
    """Steps follow each other, and a deadline lies ahead of the step that sets it."""
    last = max((s.taken_on for s in steps if s.taken_on), default=finding.found_on)
    if step.taken_on and last and step.taken_on < last:
        yield "taken_on", Problem(f"日期早于上一步的日期（{show_day(last)}），请检查。")
    begins = step.taken_on or finding.found_on
    if step.deadline and begins and step.deadline < begins:
        yield "deadline", Problem(f"整改时限早于这一步的日期（{show_day(begins)}），请检查。")
        return
    now = standing.deadline
    if step.kind == "extended" and step.deadline and now and step.deadline <= now:
        yield "deadline", Problem(f"延期后的时限要晚于现在的时限（{show_day(now)}），请检查。")


def rectifier_of(steps: Iterable[FindingStep]) -> str | None:
    """Who reported the rectification that stands; out of turn nobody did."""
    taken = [step for step, allowed in in_turn(steps) if allowed]
    return next((s.person for s in reversed(taken) if s.kind in AWAITING_RECHECK), None)


def is_same_person(one: str | None, other: str | None) -> bool:
    """Whether two answers name somebody in common, however the names are spaced."""
    return not names_in(one or "").isdisjoint(names_in(other or ""))


def _person_problems(
    steps: Sequence[FindingStep], step: FindingStep, kind: str
) -> Iterator[tuple[str, Problem]]:
    """A recheck is made by somebody else than whoever rectified."""
    if kind not in RECHECKS:
        return
    rectifier = rectifier_of(steps)
    if is_same_person(rectifier, step.person):
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
