"""The same done to many findings at once: one notice for ten of them, ten rechecked in one go,
ten given to one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from models.ledger.findings import standing, steps, take_step
from models.ledger.ledger import Ledger
from models.ledger.sides import refusal
from models.problems import Problem
from models.records.finding import Finding, FindingStep
from models.records.workflow import step_problems

ELSEWHERE = {"kind": Problem("一份整改通知书只发给一个学校，这条是另一个学校的，请分开下达。")}


class Refused(NamedTuple):
    """A finding whose step the rules do not allow now: field → Problem."""

    finding: Finding
    problems: Mapping[str, Problem]


def refused_of(ledger: Ledger, findings: Iterable[Finding], step: FindingStep) -> Sequence[Refused]:
    """The findings that this step is not allowed for now, and why not."""
    listed = [*findings]
    not_ours = barred(ledger, listed, step.kind)
    judged = [
        Refused(f, not_ours.get(f.id) or step_problems(f, steps(ledger, f), step)) for f in listed
    ]
    return [one for one in judged if one.problems]


def barred(
    ledger: Ledger, findings: Sequence[Finding], kind: str | None
) -> dict[str, dict[str, Problem]]:
    """Which findings this kind of step is not for, whatever is filled in: those where it is the
    school's to take, and where a notice would go to more than one school. By the finding's id."""
    found = {f.id: refusal(ledger, f, standing(ledger, f), kind) for f in findings}
    if kind == "notice_issued":
        found |= {f.id: ELSEWHERE for f in findings if f.unit != findings[0].unit}
    return {record: problems for record, problems in found.items() if problems}


def take_steps(
    ledger: Ledger, findings: Sequence[Finding], step: FindingStep, *, leave_out: bool = False
) -> Sequence[Refused]:
    """Take the step for every finding in one transaction; return those that are refused.

    Where any is refused nothing is taken, unless `leave_out` says that the others go ahead.
    """
    waiting = {finding.id: finding for finding in findings}
    with ledger.transaction():
        refused = refused_of(ledger, waiting.values(), step)
        if refused and not leave_out:
            return refused
        for one in refused:
            del waiting[one.finding.id]
        for finding in waiting.values():
            take_step(ledger, finding, step)
    return refused


def assign(
    ledger: Ledger, findings: Iterable[Finding], department: str | None, responsible: str | None
) -> int:
    """Give them to this department and person in one transaction; None leaves what stands.

    Return how many were given to somebody else than before.
    """
    count = 0
    with ledger.transaction():
        for finding in findings:
            assigned = replace(
                finding,
                department=finding.department if department is None else department,
                responsible=finding.responsible if responsible is None else responsible,
            )
            if assigned != finding:
                ledger.save(assigned, finding)
                count += 1
    return count
