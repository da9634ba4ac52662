"""What the steps of a finding came to: the recheck of its last rectification, and the money."""

from collections.abc import Sequence

from models.records.finding import RECHECKS, FindingStep
from models.records.workflow import AWAITING_RECHECK, in_turn


def last_recheck(steps: Sequence[FindingStep]) -> FindingStep | None:
    """The recheck of the last rectification; None where that still waits for one."""
    recheck: FindingStep | None = None
    for step, allowed in in_turn(steps):
        if allowed and step.kind in RECHECKS:
            recheck = step
        elif allowed and step.kind in AWAITING_RECHECK | {"reopened"}:
            recheck = None
    return recheck


def spent(steps: Sequence[FindingStep]) -> int | None:
    """What was spent in 元; None where nobody said."""
    costs = [s.cost for s, allowed in in_turn(steps) if allowed and s.cost is not None]
    return sum(costs) if costs else None
