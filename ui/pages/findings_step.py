"""The small form of one step: what the step asks for, by whom, when."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.ledger.findings import next_document_number, standing, steps, take_step
from models.problems import Problem
from models.records.finding import STEPS, Finding, FindingStep
from models.records.person import Person
from models.records.record import problems_of
from models.records.workflow import ASKED, AWAITING_RECHECK, step_problems
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.session import Session

RECHECKS = ("recheck_passed", "recheck_failed")


class StepForm(FormPanel[FindingStep]):
    """One kind of step of one finding; it is made anew for each."""

    def __init__(
        self,
        session: Session,
        icons: Icons,
        finding: Finding,
        kind: str,
        parent: QWidget | None = None,
    ) -> None:
        self._finding, self._kind = finding, kind
        short = [name for name in ASKED[kind] if name != "opinion"]
        super().__init__(
            session,
            icons,
            FindingStep,
            self._save_step,
            names=(*short, "taken_on", "person", "opinion"),
            check=self._check_step,
            parent=parent,
        )
        people = [person.name or "" for person in session.ledger.all(Person)]
        for name in ("person", "approver"):
            if name in self.form.rows:
                self.form.suggest(name, people)

    def start(self) -> None:
        """Show what is known, and wait at the first answer that is not."""
        title = f"{STEPS[self._kind]} · {self._finding.number or ''}"
        self.open(self._suggested(), title, f"step:{self._finding.id}:{self._kind}")
        rows = self.form.rows
        blank = [name for name, row in rows.items() if not row.entry.raw()]
        first = blank[0] if blank else next(iter(rows))
        self.form.entry(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _suggested(self) -> FindingStep:
        """The step with everything filled in that the ledger knows."""
        ledger, today = self._session.ledger, self._session.today()
        now = standing(ledger, self._finding)
        step = FindingStep(finding=self._finding.id, kind=self._kind, taken_on=today)
        if self._kind == "graded":
            step = replace(step, level=now.level)
        if self._kind == "notice_issued":
            number = next_document_number(ledger, self._kind, today.year)
            step = replace(step, document=number, deadline=now.deadline)
        return replace(step, person=self._usual_person())

    def _usual_person(self) -> str | None:
        """Who works here; a recheck is another's where this person rectified."""
        user = self._session.ledger.user
        if self._kind in RECHECKS:
            taken = steps(self._session.ledger, self._finding)
            done_by = next((s.person for s in reversed(taken) if s.kind in AWAITING_RECHECK), None)
            return None if done_by == user else user
        return user

    def _check_step(self, step: FindingStep) -> Mapping[str, Problem]:
        ledger = self._session.ledger
        finding = ledger.get(Finding, self._finding.id) or self._finding
        return problems_of(step) or step_problems(finding, steps(ledger, finding), step)

    def _save_step(self, typed: FindingStep, _opened: FindingStep) -> FindingStep:
        ledger = self._session.ledger
        finding = ledger.get(Finding, self._finding.id) or self._finding
        return self._session.write(
            lambda writing: take_step(writing, finding, typed), "finding_step"
        )
