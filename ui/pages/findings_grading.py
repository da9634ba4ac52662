"""The aid for grading: the clauses of which any one makes a finding 重大, and a first reason."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from models.problems import Problem
from models.records.finding import FindingStep
from models.templates.grading import GENERAL_WORDS, GUIDE, Clause, reason_of
from ui.form.record_form import RecordForm
from ui.look import mark
from ui.widgets.plain_label import plain_label

INDENT = 28  # below the words of the box, not below the box
HINT = (
    f"{GUIDE}中已核对原文的直接判定条款，勾选任何一条，即为重大隐患。其他情形由人判定，"
    "在说明里写明理由；自动填好的一般隐患说明是建议写法，可以修改。"
)


def graded_by_item(step: FindingStep, item: str | None, clauses: Sequence[Clause]) -> FindingStep:
    """A grading with the level and the reason that the check item, or the level, suggests."""
    if reason := reason_of([clause for clause in clauses if clause.item == item]):
        return replace(step, level="major", opinion=reason)
    return replace(step, opinion=GENERAL_WORDS if step.level == "general" else None)


class GradingAid(QWidget):
    """Ticks write level and reason into the form; what a person wrote there is left alone."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        form: RecordForm[FindingStep],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._clauses = clauses
        self._written = ""  # what stands in the reason by us
        self.boxes = [QCheckBox(f"判定指南{clause.article}") for clause in clauses]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        heading = QLabel("重大隐患直接判定")
        mark(heading, role="heading")
        column.addWidget(heading)
        column.addWidget(plain_label(HINT, "hint", copied=False))
        for box, clause in zip(self.boxes, clauses, strict=True):
            words = f"不符合：{clause.words}"
            box.setAccessibleDescription(words)
            box.toggled.connect(lambda _on: self._on_ticked())
            label = plain_label(words, copied=False)
            label.setContentsMargins(INDENT, 0, 0, 4)
            label.mousePressEvent = partial(_toggle, box)  # type: ignore[method-assign]
            column.addWidget(box)
            column.addWidget(label)
        form.entry("level").changed.connect(self._write)

    def follow(self) -> None:
        """Tick what the reason in the form names: it may come from a draft."""
        reason = self._form.entry("opinion").raw()
        for box, clause in zip(self.boxes, self._clauses, strict=True):
            box.blockSignals(True)
            box.setChecked(clause.reason in reason)
            box.blockSignals(False)
        self._written = reason_of(self._ticked()) or GENERAL_WORDS

    def problems(self, step: FindingStep) -> dict[str, Problem]:
        """A ticked clause leaves no other level."""
        if self._ticked() and step.level != "major":
            return {"level": Problem("勾选了直接判定条款，应定为重大隐患。请改等级，或取消勾选。")}
        return {}

    def _ticked(self) -> list[Clause]:
        pairs = zip(self.boxes, self._clauses, strict=True)
        return [clause for box, clause in pairs if box.isChecked()]

    def _on_ticked(self) -> None:
        if self._ticked():
            self._form.entry("level").set_value("major")
            self._form.rows["level"].complain("")
        self._write()

    def _write(self) -> None:
        """Put the reason that follows from ticks and level in place of our own last one."""
        opinion, level = self._form.entry("opinion"), self._form.entry("level").value()
        if opinion.raw().strip() not in ("", self._written):
            return
        general = GENERAL_WORDS if level == "general" else ""
        self._written = reason_of(self._ticked()) or general
        opinion.set_value(self._written)
        opinion.changed.emit()


def _toggle(box: QCheckBox, _event: object) -> None:
    box.toggle()
