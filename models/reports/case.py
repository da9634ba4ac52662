"""A finding with its steps and photos, as the papers about it read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.records.finding import LEVELS, RECHECKS, Finding, FindingStep
from models.records.workflow import (
    AWAITING_RECHECK,
    RECTIFIED_STATES,
    Standing,
    in_turn,
    state_of,
)
from models.reports.paper.photos import Photo

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Case:
    """The papers are about one round: what happened since it was reopened last, and before it was
    reopened again. `until` is the day on which that was; None of the present round."""

    finding: Finding
    steps: Sequence[FindingStep]
    before: Sequence[Photo] = ()
    after: Sequence[Photo] = ()
    left_out: int = 0  # photos that are not printed
    until: date | None = None
    others: Sequence[Photo] = ()  # photos of no known stage

    @property
    def standing(self) -> Standing:
        """Where the finding stands."""
        return state_of(self.finding, self.steps)

    @property
    def level(self) -> str:
        """Its level in words, empty before it is graded."""
        return LEVELS.get(self.standing.level or "", "")

    @property
    def round(self) -> list[FindingStep]:
        """The steps of this round that the rules allowed."""
        found: list[FindingStep] = []
        for step, allowed in in_turn(self.steps):
            if allowed:
                found = [step] if step.kind == "reopened" else [*found, step]
        return found

    @property
    def rounds(self) -> list["Case"]:
        """The finding as it stood at the end of each round, the present one last."""
        found = [
            Case(self.finding, self.steps[:at], until=step.taken_on)
            for at, (step, allowed) in enumerate(in_turn(self.steps))
            if allowed and step.kind == "reopened"
        ]
        return [*found, self]

    @property
    def round_words(self) -> str:
        """Which round it is, where there was more than one."""
        count = len(self.rounds)
        return f"第{count}轮整改" if count > 1 or self.until else ""

    def last(self, kinds: Iterable[str]) -> FindingStep | None:
        """The last step of these kinds in this round."""
        wanted = frozenset(kinds)
        return next((step for step in reversed(self.round) if step.kind in wanted), None)

    @property
    def notice(self) -> FindingStep | None:
        """The notice that was issued."""
        return self.last(["notice_issued"])

    @property
    def number(self) -> str:
        """The notice's number; empty where none was issued."""
        return (self.notice.document or "") if self.notice else ""

    @property
    def office(self) -> str:
        """The office that issued the notice; empty where the unit itself did."""
        return (self.notice.office or "") if self.notice else ""

    @property
    def measures(self) -> str:
        """What is to be done; where the finding says nothing, what was said at the beginning."""
        begun = self.last(["rectifying"])
        return self.finding.measures or (begun.opinion if begun else "") or ""

    @property
    def report(self) -> FindingStep | None:
        """Who said what was done; None while that is not so, or no longer."""
        rectified = self.standing.state in RECTIFIED_STATES
        return self.last(AWAITING_RECHECK) if rectified else None

    @property
    def recheck(self) -> FindingStep | None:
        """The last recheck, whatever followed it."""
        return self.last(RECHECKS)

    @property
    def cost(self) -> str:
        """What was spent in this round; empty where nobody said."""
        costs = [step.cost for step in self.round if step.cost is not None]
        return str(sum(costs)) if costs else ""


def not_printed(cases: Iterable[Case]) -> str:
    """How many photos are left out; empty where all are printed."""
    count = sum(case.left_out for case in cases)
    return f"另有{count}张照片没有打印，请在程序的“隐患排查”里查看。" if count else ""


def named(values: Iterable[str | None]) -> str:
    """The different ones, joined; of many the first few."""
    met = list(dict.fromkeys(value for value in values if value))
    more = f"等{len(met)}个" if len(met) > MOST_NAMED else ""
    return "、".join(met[:MOST_NAMED]) + more
