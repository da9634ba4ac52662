"""One step of many findings at once: its form, and per finding what stops it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.ledger.findings import steps
from models.ledger.many_steps import Refused, barred, refused_of, take_steps
from models.ledger.period import photos_of
from models.problems import AppError, Problem
from models.records.finding import RECHECKS, STEPS, Finding, FindingStep
from models.records.record import is_empty
from models.records.step_advice import advice, photo_wanted
from models.records.workflow import is_same_person, rectifier_of, state_of, step_problems
from ui.colours import Tone
from ui.form.entries import Entry
from ui.icons import Icons
from ui.pages.findings_grading import graded_by_item
from ui.pages.findings_step import Advice, StepPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.plain_label import plain_label

T = TypeVar("T")
COLUMNS = (Column("编号", 96), Column("部位", 110, spare=1), Column("能否办理"))
LIST_HEIGHT = 220
CHANGED = "有的隐患刚刚有了变化，一条也没有办理。请看列表中的原因再试。"


class ManyForm(StepPanel):
    """One kind of step of these findings; it is made anew for each choice of them."""

    def __init__(
        self,
        session: Session,
        icons: Icons,
        findings: Sequence[Finding],
        kind: str,
        parent: QWidget | None = None,
    ) -> None:
        self._findings = findings
        self._steps = {finding.id: steps(session.ledger, finding) for finding in findings}
        self._barred = barred(session.ledger, findings, kind)
        self._leave_out = False
        self.taken = 0
        super().__init__(
            session, icons, kind, self._save_steps, self._judge_steps, self._advice, parent
        )
        self.summary = plain_label("", "heading", copied=False)
        self.list = RowView(COLUMNS, "要一起办理的隐患")
        self.list.setFixedHeight(LIST_HEIGHT)
        self.why = plain_label("", "hint")
        self.rest = Button("", Kind.SECONDARY, on_click=self._save_the_rest)
        self._reasons: dict[str, str] = {}
        for part in (self.summary, self.list, self.why):
            self.below.addWidget(part)
        self.buttons.insertWidget(0, self.rest)
        self.list.current_changed.connect(self._show_why)
        self.form.edited.connect(self._judge_as_typed)

    def start(self) -> None:
        """Show what is known of all of them, and what stops which."""
        title = f"{STEPS[self.kind]} · {len(self._findings)} 条隐患"
        self.open(self._suggested(), title, f"steps:{self.kind}")
        self._judge_as_typed()

    def _suggested(self) -> FindingStep:
        """What is the same for all is filled in."""
        first = next((finding.id for finding in self._findings), None)  # stands for all of them
        step, taken = replace(self.suggested(), finding=first), self._steps
        now = [state_of(finding, taken[finding.id]) for finding in self._findings]
        if self.kind == "graded":
            step = replace(step, level=_common(one.level for one in now))
            return graded_by_item(step, _common(f.item for f in self._findings), self.clauses)
        if self.kind == "notice_issued":
            step = replace(step, deadline=_common(one.deadline for one in now))
        if self.kind == "closed" and all(one.level != "major" for one in now):
            step = replace(step, approver=self._session.ledger.user)
        rectifiers = [rectifier_of(one) for one in taken.values()] if self.kind in RECHECKS else []
        if any(is_same_person(one, step.person) for one in rectifiers):
            step = replace(step, person=None)
        return step

    # ---- judging -----------------------------------------------------------------------------

    def _judge_as_typed(self) -> None:
        """What stops which finding, of what is filled in so far; what is empty comes later."""
        answers = {name: _typed(row.entry) for name, row in self.form.rows.items()}
        step = FindingStep(kind=self.kind, **answers)
        refused = []
        for finding in self._findings:
            found = self._barred.get(finding.id) or step_problems(
                finding, self._steps[finding.id], step
            )
            said = {n: p for n, p in found.items() if n == "kind" or not is_empty(answers.get(n))}
            refused += [Refused(finding, said)] if said else []
        self._show_refused(refused)

    def _judge_steps(self, step: FindingStep) -> Mapping[str, Problem]:
        """What stops all of them stands beside its field, what stops some in the list."""
        refused = refused_of(self._session.ledger, self._findings, step)
        self._show_refused(refused)
        count, total = len(refused), len(self._findings)
        if not refused or (self._leave_out and count < total):
            return {}
        for_all = set.intersection(*(set(one.problems) for one in refused)) & set(self.form.rows)
        if count == total and for_all:
            return {name: refused[0].problems[name] for name in for_all}
        rest = f"可以点“{self.rest.text()}”，" if count < total else ""
        return {
            "kind": Problem(
                f"{total} 条中有 {count} 条不能办理，所以一条也没有办理。"
                f"{rest}或者按列表中的原因修改后再试。"
            )
        }

    def _advice(self, step: FindingStep) -> Advice:
        """What is wanted of those that go along, of each field once, with how many it is about.

        Whoever leaves the others out has saved once already.
        """
        along = [finding for finding in self._findings if finding.id not in self._reasons]
        taken = photos_of(self._session.ledger, [finding.id for finding in along])
        must = [photo_wanted(f, step, {p.stage for p in taken.get(f.id, ())}) for f in along]
        may = [] if self._leave_out else [advice(finding, step) for finding in along]
        return Advice(_counted(may), _counted(must))

    def _show_refused(self, refused: Sequence[Refused]) -> None:
        """The refused ones first, each with its reason."""
        self._reasons = {one.finding.id: _words(one) for one in refused}
        ordered = sorted(self._findings, key=lambda finding: finding.id not in self._reasons)
        self.list.show_rows([_row(finding, self._reasons.get(finding.id)) for finding in ordered])
        count, total = len(refused), len(self._findings)
        self.summary.setText(
            f"{total} 条中有 {count} 条不能办理" if count else f"{total} 条都可以办理"
        )
        self.rest.setText(f"只办理其余 {total - count} 条")
        self.rest.setVisible(0 < count < total)
        if refused and self.list.current() not in self._reasons:
            self.list.select(refused[0].finding.id)
        self._show_why(self.list.current())

    def _show_why(self, finding: str) -> None:
        self.why.setText(self._reasons.get(finding, ""))
        self.why.setVisible(finding in self._reasons)

    # ---- taking ------------------------------------------------------------------------------

    def _save_the_rest(self) -> None:
        self._leave_out = True
        self.save()
        self._leave_out = False

    def _save_steps(self, typed: FindingStep, _opened: FindingStep) -> FindingStep:
        take = partial(take_steps, findings=self._findings, step=typed, leave_out=self._leave_out)
        refused = self._session.write(take, "finding_step")
        if refused and not self._leave_out:
            self._show_refused(refused)
            raise AppError(CHANGED)
        self.taken = len(self._findings) - len(refused)
        return typed


class FindingsMany(QWidget):
    """Takes a step of many findings; `taken` says which kind, and of how many."""

    taken = Signal(str, int)
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self.form: ManyForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def open(self, ids: Sequence[str], kind: str) -> None:
        """Start this kind of step for these findings; what is gone is left out."""
        known = (self._session.ledger.get(Finding, record) for record in dict.fromkeys(ids))
        found = [finding for finding in known if finding is not None]
        if self.form is not None:
            with QSignalBlocker(self.form):
                self.form.close_form()
            self._column.removeWidget(self.form)
            self.form.deleteLater()
        form = self.form = ManyForm(self._session, self._icons, found, kind)
        form.closed.connect(self.closed)
        form.saved.connect(lambda _step: self.taken.emit(kind, form.taken))
        self._column.addWidget(form)
        form.show()
        form.start()

    def close_form(self) -> None:
        """Leave; what was typed stays as a draft."""
        if self.form is not None:
            self.form.close_form()


def _counted(found: Sequence[Mapping[str, Problem]]) -> dict[str, Problem]:
    """The first Problem of each field, and of how many findings it is one."""
    first: dict[str, Problem] = {}
    for problems in found:
        first = {**problems, **first}
    counts = {name: sum(name in problems for problems in found) for name in first}
    total = len(found)
    return {
        name: Problem(f"{total} 条中有 {counts[name]} 条：{problem}")
        for name, problem in first.items()
    }


def _common(values: Iterable[T]) -> T | None:
    """The value that all share; None where they differ."""
    found = [*values]
    return found[0] if found and all(value == found[0] for value in found) else None


def _typed(entry: Entry) -> Any:
    """The answer as far as it can be read."""
    try:
        return entry.value()
    except Problem:
        return None


def _words(one: Refused) -> str:
    return "".join(map(str, one.problems.values()))


def _row(finding: Finding, reason: str | None) -> Row:
    stopped = Cell(reason or "可以办理", tone=Tone.ORANGE if reason else Tone.GREEN)
    return Row(
        finding.id, (Cell(finding.number or "（未编号）"), Cell(finding.place or ""), stopped)
    )
