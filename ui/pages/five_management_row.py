"""One line of the sheet: the question with its rule, the answer, last time's, and the verdict."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from models.ledger.checklists import value_of
from models.ledger.history import Change
from models.problems import Problem
from models.records.five_management import ChecklistAnswer
from models.records.record import check_answer, fields_of, is_empty
from models.templates.compliance import Verdict
from models.templates.five_management import Line
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.pages.five_management_answer import AnswerEntry
from ui.pages.five_management_fold import AnswerFold
from ui.pages.five_management_last import LastAnswer
from ui.pages.five_management_line import LineRow
from ui.pages.five_management_question import QuestionPart
from ui.widgets.badge import Badge
from ui.widgets.plain_label import plain_label

# line id → the fields of its answer that changed; tells whether they are saved
Save = Callable[[Mapping[str, Mapping[str, str | None]]], bool]
Historian = Callable[[str], list[Change]]

ANSWER_WIDTH, BEFORE_WIDTH, VERDICT_WIDTH = 186, 112, 60
LEVEL = 6  # a badge is lower than an entry
TONES = {Verdict.COMPLIANT: Tone.GREEN, Verdict.NONCOMPLIANT: Tone.RED}
NOT_SAVED = "还没有保存，原因见页面上方。"
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1}


class AnswerRow(LineRow):
    """Saves by itself as soon as an answer is given; what cannot be read stays as typed."""

    step_asked = Signal(int)
    offered = Signal()  # whether an answer of last time waits here has changed

    def __init__(
        self,
        line: Line,
        icons: Icons,
        save: Save,
        history: Historian,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(line, parent)
        self._save, self._history = save, history
        self._answer: ChecklistAnswer | None = None
        self._previous: ChecklistAnswer | None = None
        self._dirty = False
        self.is_offered = False
        self.fold: AnswerFold | None = None
        self.entry = AnswerEntry(line)
        self.entry.edited.connect(self._on_edited)
        self.entry.finished.connect(self.commit)
        self.setFocusProxy(self.entry)
        self.verdict = Badge("", Tone.GREY)
        self.complaint = plain_label("", "problem")
        self.complaint.hide()
        self.last = LastAnswer(line.label, icons)
        self.last.asked.connect(self.take_over)
        self.more = _tool(icons, "file-text", "佐证材料、说明和依据", self._fold_out)
        self.past = _tool(icons, "history", "修改记录", self._fold_out)
        self._lay_out()

    # ---- showing -----------------------------------------------------------------------------

    def show_state(
        self,
        answer: ChecklistAnswer | None,
        previous: ChecklistAnswer | None,
        word: str,
        verdict: Verdict,
    ) -> None:
        """Show what is saved and what it comes to; what is being typed stays."""
        self._answer, self._previous = answer, previous
        if not (self._dirty or self.is_offered):
            self._show_answer()
        self._show_verdict(verdict)
        self._word = word
        self._show_last()
        self.past.setEnabled(answer is not None)
        self.question.show_kept(answer)
        if self.fold is not None:
            self.fold.show_answer(answer)
            if not self.fold.history.isHidden():
                self._show_history()

    def reset(self) -> None:
        """Forget what was typed or offered: another month is shown."""
        self._dirty = False
        self._set_offered(False)
        self._complain("")
        if self.fold is not None:
            self.fold.reset()

    def _show_answer(self) -> None:
        value = value_of(self.line, self._answer)
        self.entry.set_value(value)
        stored = self._answer.response if self._answer else None
        lost = value is None and bool(stored)
        if lost:
            self.entry.set_raw(stored or "")
        self._complain(f"原来的答案“{stored}”现在读不出来，请重新填写。" if lost else "")
        if self.entry.detail is not None:
            self.entry.detail.set_value(self._answer.detail if self._answer else None)

    def _show_verdict(self, verdict: Verdict) -> None:
        waits = verdict is Verdict.UNANSWERED and value_of(self.line, self._answer) is not None
        word = "待定" if waits else verdict.value
        self.verdict.show_state(word, TONES.get(verdict, Tone.GREY))
        why = "与它相关的另一题填好后才能判定。" if waits else ""
        self.verdict.setToolTip(why or self.question.toolTip())
        self.verdict.setAccessibleName(f"{self.line.label} {word}")

    # ---- last time's answer ------------------------------------------------------------------

    def can_offer(self) -> bool:
        """Whether this line is not answered and was answered last time."""
        old = value_of(self.line, self._previous)
        return old is not None and self.entry.is_empty() and not self._dirty

    def offer(self) -> None:
        """Fill in last time's answer, to be confirmed."""
        self._fill_in()
        self._set_offered(True)

    def withdraw(self) -> None:
        """Take an offered answer out again."""
        if self.is_offered:
            self._set_offered(False)
            self._show_answer()

    def take_over(self) -> None:
        """Answer as last time, and save it; an offered answer is confirmed."""
        if not self.is_offered:
            if value_of(self.line, self._previous) is None:
                return
            self._fill_in()
        self._dirty = True
        self.setFocus()
        self.commit()

    def _fill_in(self) -> None:
        self.entry.set_value(value_of(self.line, self._previous))
        if self.entry.detail is not None and self._previous:
            self.entry.detail.set_value(self._previous.detail)

    def _set_offered(self, offered: bool) -> None:
        if offered != self.is_offered:
            self.is_offered = offered
            self._show_last()
            self.update()
            self.offered.emit()

    def _show_last(self) -> None:
        old = value_of(self.line, self._previous)
        unit = self.line.item.answer.get("unit", "")
        shown = "" if old is None else f"{self.line.field.show(old)}{unit}"
        same = old == value_of(self.line, self._answer)
        self.last.show_last(self._word, shown, self.is_offered, same)

    # ---- saving ------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Save what was typed; tell whether nothing is left unsaved."""
        kept = self.fold is None or self.fold.commit()
        if not self._dirty:
            return kept
        try:
            changes = self.changes()
        except Problem as problem:
            self._complain(str(problem))
            return False
        # first, so that saving shows this row as it is saved
        self._dirty = False
        self._complain("")
        if not self._save({self.line.id: changes}):
            self._dirty = True
            self._complain(NOT_SAVED)
            return False
        self._set_offered(False)
        return kept

    def changes(self) -> dict[str, str | None]:
        """The answer as it stands here, in plain form; raises its Problem."""
        value = self.entry.value()
        plain = None if is_empty(value) else str(self.line.field.to_plain(value))
        changes: dict[str, str | None] = {"response": plain}
        if self.entry.detail is not None:
            changes["detail"] = self.entry.detail.value()
            check_answer(fields_of(ChecklistAnswer)["detail"], changes["detail"])
        return changes

    def settle(self) -> None:
        """Say that an offered answer was saved with others."""
        self._dirty = False
        self._set_offered(False)

    def _keep(self, name: str, value: str | None) -> bool:
        return self._save({self.line.id: {name: value}})

    def _complain(self, words: str) -> None:
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))
        self.entry.show_error(bool(words))

    def _on_edited(self) -> None:
        self._dirty = True
        detail = self.entry.detail
        if detail is not None and not detail.raw() and not detail.hasFocus() and self._previous:
            detail.set_value(self._previous.detail)

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.take_over()
        elif key in STEPS:
            self._dirty = self._dirty or (self.is_offered and key != Qt.Key.Key_Up)
            if self.commit():
                self.step_asked.emit(STEPS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    # ---- folding out -------------------------------------------------------------------------

    def _fold_out(self) -> None:
        if self.fold is None:
            self.fold = AnswerFold(self.line, self._keep, self)
            self.fold.show_answer(self._answer)
            self._grid.addWidget(self.fold, 1, 0, 1, 5)
        self.fold.history.setVisible(self.past.isChecked())
        self.fold.setVisible(self.more.isChecked() or self.past.isChecked())
        self._show_history()

    def _show_history(self) -> None:
        if self.fold is not None and self._answer is not None:
            self.fold.show_history(self._history(self._answer.id))

    # ---- laying out --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._word = "上月"
        self.question = QuestionPart(self.line)
        answers = _column(self.entry, self.complaint)
        self.entry.setFixedWidth(ANSWER_WIDTH)
        self.complaint.setFixedWidth(ANSWER_WIDTH)
        before = _column(self.last)
        verdict = _column(self.verdict, top=LEVEL)
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 3, 0, 0)
        tools.setSpacing(0)
        tools.addWidget(self.more)
        tools.addWidget(self.past)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 9, 8, 9)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self.question, 0, 0)
        for column, part in enumerate((answers, before, verdict), start=1):
            self._grid.addLayout(part, 0, column)
        self._grid.addLayout(tools, 0, 4, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        for column, width in enumerate((ANSWER_WIDTH, BEFORE_WIDTH, VERDICT_WIDTH), start=1):
            self._grid.setColumnMinimumWidth(column, width)

    def ground(self) -> str:
        return PALETTE.orange_soft if self.is_offered else super().ground()


def _column(*parts: QWidget, top: int = 0) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, top, 0, 0)
    column.setSpacing(3)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column


def _tool(icons: Icons, icon: str, name: str, act: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icons.icon(icon, size=SMALL))
    button.setCheckable(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.clicked.connect(lambda: act())
    return button
