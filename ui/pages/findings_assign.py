"""Who rectifies: one department and one person for many findings."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from models.ledger.many_steps import assign
from models.problems import Problem
from models.records.finding import Finding
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.session import Session

NAMES = ("department", "responsible")
DRAFT = "assign"


class AssignForm(FormPanel[Finding]):
    """Two answers for all; the one left empty changes nothing."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(
            session, icons, Finding, self._assign, names=NAMES, check=_one_is_given, parent=parent
        )
        self._findings: Sequence[Finding] = ()
        self.assigned = 0

    def start(self, findings: Sequence[Finding]) -> None:
        """Ask for these findings; what all have in common stands there already."""
        self._findings = findings
        common = {name: {getattr(finding, name) for finding in findings} for name in NAMES}
        known = {name: next(iter(given)) for name, given in common.items() if len(given) == 1}
        self.open(Finding(**known), f"指定责任人 · {len(findings)} 条隐患", DRAFT)
        self.form.entry("department").setFocus()

    def _assign(self, typed: Finding, _opened: Finding) -> Finding:
        work = partial(
            assign,
            findings=self._findings,
            department=typed.department,
            responsible=typed.responsible,
        )
        self.assigned = self._session.write(work, "finding")
        return typed


def _one_is_given(typed: Finding) -> Mapping[str, Problem]:
    if typed.department or typed.responsible:
        return {}
    return {"responsible": Problem("请填写责任部门或责任人，至少一项。")}
