"""The same done to many findings at once: one notice for ten of them, ten rechecked in one go,
ten given to one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from models.ledger.findings import steps, take_step
from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.finding import Finding, FindingStep
from models.records.workflow import step_problems


class Refused(NamedTuple):
    """A finding whose step the rules do not allow now: field → Problem."""

    finding: Finding
    problems: Mapping[str, Problem]


def refused_of(ledger: Ledger, findings: Iterable[Finding], step: FindingStep) -> Sequence[Refused]:
    """The findings that this step is not allowed for now, and why not."""
    judged = [Refused(f, step_problems(f, steps(ledger, f), step)) for f in findings]
    return [one for one in judged if one.problems]


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
