"""The small form of one step: what the step asks for, by whom, when."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.ledger.findings import (
    next_document_number,
    photos,
    problems_here,
    standing,
    steps,
    supervisors,
    take_step,
)
from models.ledger.sides import office_name
from models.problems import Problem
from models.records.finding import RECHECKS, STEPS, Finding, FindingStep
from models.records.record import problems_of
from models.records.step_advice import advice, photo_wanted
from models.records.workflow import (
    ASKED,
    AWAITING_RECHECK,
    is_same_person,
    rectifier_of,
)
from models.templates.grading import direct_clauses
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.pages.findings_after import AfterPhotos
from ui.pages.findings_grading import GradingAid, graded_by_item
from ui.pages.findings_paste import PictureKeys
from ui.session import Session

PASSED = "已整改到位。"


class Advice(NamedTuple):
    """What may be left out by saving again, and what may not: field → Problem each."""

    may: Mapping[str, Problem]
    must: Mapping[str, Problem]


class StepPanel(FormPanel[FindingStep]):
    """The answers that a kind of step asks for; whose step it is, those who use it know."""

    def __init__(
        self,
        session: Session,
        icons: Icons,
        kind: str,
        save: Callable[[FindingStep, FindingStep], FindingStep],
        judge: Callable[[FindingStep], Mapping[str, Problem]],
        advise: Callable[[FindingStep], Advice],
        parent: QWidget | None = None,
    ) -> None:
        """`judge` says what the rules refuse, `advise` what else is wanted."""
        self.kind, self._judge, self._advise = kind, judge, advise
        self._told: set[str] = set()
        short = [name for name in ASKED[kind] if name != "opinion"]
        super().__init__(
            session,
            icons,
            FindingStep,
            save,
            names=(*short, "taken_on", "person", "opinion"),
            check=self._check_step,
            parent=parent,
        )
        if kind == "supervised":
            self.form.suggest("office", supervisors(session.ledger))
        self.clauses = direct_clauses(session.safety) if kind == "graded" else []
        self.aid: GradingAid | None = None
        if self.clauses:
            self.aid = GradingAid(self.clauses, self.form)
            self.below.addWidget(self.aid)

    def open(self, record: FindingStep, title: str, draft_name: str) -> None:
        """Show the step with its draft, and wait at the first answer that is not known."""
        super().open(record, title, draft_name)
        if self.aid is not None:
            self.aid.follow()
        rows = self.form.rows
        blank = [name for name, row in rows.items() if not row.entry.raw()]
        first = blank[0] if blank else next(iter(rows))
        self.form.entry(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def suggested(self) -> FindingStep:
        """The step of today with what is known of any finding."""
        ledger, today = self._session.ledger, self._session.today()
        step = FindingStep(kind=self.kind, taken_on=today, person=ledger.user)
        if self.kind == "supervised":
            step = replace(step, office=office_name(ledger))
        if self.kind == "recheck_passed":
            step = replace(step, opinion=PASSED)
        if self.kind == "notice_issued" or step.office:
            step = replace(step, document=next_document_number(ledger, self.kind, today.year))
        return step

    def _check_step(self, step: FindingStep) -> Mapping[str, Problem]:
        wrong = problems_of(step) or (self.aid.problems(step) if self.aid else {})
        return wrong or self._judge(step) or self._wanted(step)

    def _wanted(self, step: FindingStep) -> Mapping[str, Problem]:
        """What else is wanted; whoever saves again goes on without it, but for the word why there
        is no photo."""
        said = self._advise(step)
        new = {name: one for name, one in said.may.items() if str(one) not in self._told}
        self._told |= {str(one) for one in new.values()}
        return {**new, **said.must}


class StepForm(StepPanel):
    """One kind of step of one finding; it is made anew for each."""

    def __init__(
        self,
        session: Session,
        icons: Icons,
        finding: Finding,
        kind: str,
        after_photos: AfterPhotos,
        parent: QWidget | None = None,
    ) -> None:
        """`after_photos` stand in the form of a step that reports a rectification."""
        self._finding, self._after_photos = finding, after_photos
        super().__init__(
            session, icons, kind, self._save_step, self._judge_step, self._advice, parent
        )
        if kind in AWAITING_RECHECK:
            after_photos.show_finding(finding)
            self.below.addWidget(after_photos)
            after_photos.show()
            pictures = PictureKeys(after_photos, self)
            for name in self.form.rows:
                pictures.watch(self.form.entry(name))

    def start(self) -> None:
        """Show what is known, and wait at the first answer that is not."""
        title = f"{STEPS[self.kind]} · {self._finding.number or ''}"
        self.open(self._suggested(), title, f"step:{self._finding.id}:{self.kind}")

    def _suggested(self) -> FindingStep:
        """The step with everything filled in that the ledger knows."""
        ledger = self._session.ledger
        now = standing(ledger, self._finding)
        step = replace(self.suggested(), finding=self._finding.id)
        if self.kind == "graded":
            step = replace(step, level=now.level)
            return graded_by_item(step, self._finding.item, self.clauses)
        if self.kind == "notice_issued":
            step = replace(step, deadline=now.deadline)
        if self.kind == "closed" and now.level != "major":  # that is for somebody above
            step = replace(step, approver=ledger.user)
        if self.kind in RECHECKS:  # a recheck is another's where this person rectified
            done_by = rectifier_of(steps(ledger, self._finding))
            if is_same_person(done_by, ledger.user):
                step = replace(step, person=None)
        return step

    def _judge_step(self, step: FindingStep) -> Mapping[str, Problem]:
        return problems_here(self._session.ledger, self._now(), step)

    def _advice(self, step: FindingStep) -> Advice:
        finding = self._now()
        stages = {photo.stage for photo in photos(self._session.ledger, finding)}
        if self._after_photos.is_taking_in:  # it will be there in a moment
            stages.add("after")
        return Advice(advice(finding, step), photo_wanted(finding, step, stages))

    def _save_step(self, typed: FindingStep, _opened: FindingStep) -> FindingStep:
        finding = self._now()
        return self._session.write(
            lambda writing: take_step(writing, finding, typed), "finding_step"
        )

    def _now(self) -> Finding:
        return self._session.ledger.get(Finding, self._finding.id) or self._finding
