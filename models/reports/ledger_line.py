"""A finding as its line of the 隐患排查治理台账: the twenty columns of the form (domain C.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.records.finding import LEVELS, RECHECKS, Finding, FindingStep
from models.records.rechecks import last_recheck, spent
from models.records.record import show_answer
from models.records.workflow import AWAITING_RECHECK, Standing, state_of
from models.reports.report import short_day


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A finding with what its steps came to: the recheck of its last rectification and the cost."""

    finding: Finding
    standing: Standing
    recheck: FindingStep | None
    cost: int | None

    @classmethod
    def of(cls, finding: Finding, steps: Sequence[FindingStep]) -> "LedgerLine":
        """The line of a finding whose steps come in the order they were written."""
        return cls(finding, state_of(finding, steps), last_recheck(steps), spent(steps))

    def texts(self, number: int, carried: str = "") -> tuple[str, ...]:
        """What stands in the columns; `carried` says where one that is not closed went on."""
        finding, standing, recheck = self.finding, self.standing, self.recheck
        closed = standing.state == "closed"
        return (
            str(number),
            short_day(finding.found_on),
            finding.place or "",
            finding.description or "",
            show_answer(finding, "category"),
            LEVELS.get(standing.level or "", "").removesuffix("隐患"),
            finding.finder or "",
            finding.measures or "",
            finding.department or "",
            finding.responsible or "",
            self._money(),
            short_day(standing.deadline),
            "\n".join(filter(None, (finding.interim, finding.contingency))),
            short_day(standing.rectified_on),
            (recheck.person or "") if recheck else "",
            short_day(recheck.taken_on) if recheck else "",
            self._result(),
            "是" if closed else "否",
            short_day(standing.closed_on),
            self._note("" if closed else carried),
        )

    def _money(self) -> str:
        """What was spent; before that, what is planned."""
        if self.cost is None and self.finding.funding is not None:
            return f"{self.finding.funding}\n（计划）"
        return "" if self.cost is None else str(self.cost)

    def _result(self) -> str:
        if self.recheck is None:
            return "待复查" if self.standing.state in AWAITING_RECHECK else ""
        return RECHECKS[self.recheck.kind or ""]

    def _note(self, carried: str) -> str:
        standing = self.standing
        failed, extended, office = (
            standing.failed_rechecks,
            standing.extensions,
            standing.supervised_by,
        )
        told = (
            self.finding.note,
            f"复查不合格{failed}次" if failed else "",
            f"延期{extended}次" if extended else "",
            f"{office}挂牌督办" if office else "",
            "已停用" if standing.out_of_use else "",
            carried,
        )
        return "\n".join(filter(None, told))
