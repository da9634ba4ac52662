"""One item of an inspection: its wording, what passing means, and the three keys."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.records.finding import Finding
from models.records.inspection import RESULTS, InspectionAnswer
from models.templates.safety import PASSES_WHEN, SafetyItem
from ui.colours import PALETTE, Tone
from ui.look import mark
from ui.widgets.badge import Badge
from ui.widgets.plain_label import plain_label
from ui.widgets.segments import CLEARING, Choice, Segments

KEYS = {"1": "passed", "2": "failed", "3": "not_applicable"}
TONES = {"passed": Tone.GREEN, "failed": Tone.RED, "not_applicable": Tone.GREY}
CHOICES = [
    Choice(result, f"{key} {RESULTS[result]}", "", TONES[result]) for key, result in KEYS.items()
]
STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
NO_PLACE = "还没有写部位，按 2 补写"
NOTE_DELAY_MS, LONGEST_NOTE = 800, 500


def meaning_of(item: SafetyItem) -> str:
    """What the keys mean where a wording forbids; nothing where it plainly demands."""
    passes, fails = PASSES_WHEN[item.passes_when]
    return "" if item.passes_when == "met" else f"合格 = {passes}　不合格 = {fails}"


class _NoteField(QLineEdit):
    """Enter and Esc give the keys back to the row."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # else the whole inspection would take it as its pause
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ItemRow(QWidget):
    """Takes the keys itself, so that ↑ and ↓ walk from item to item."""

    answered = Signal(str)  # a result, or "" to take it back
    stepped = Signal(int)
    photo_asked = Signal()
    noted = Signal(str)
    entered = Signal()

    def __init__(self, number: int, item: SafetyItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._shown: object = None
        self._kept_note = ""
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.wording = plain_label(f"{number}. {item.wording}", copied=False)
        self.meaning = plain_label(meaning_of(item), "hint", copied=False)
        self.meaning.setVisible(bool(self.meaning.text()))
        self.outcome = plain_label("", "hint", copied=False)
        self.keys = Segments(CHOICES, item.wording)
        self.keys.changed.connect(self._on_clicked)
        for button in self.keys.findChildren(QPushButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = _NoteField()
        self.note.setPlaceholderText("备注")
        self.note.setAccessibleName(f"{item.wording} 备注")
        self.note.setMaxLength(LONGEST_NOTE)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(NOTE_DELAY_MS)
        self._pause.timeout.connect(self.keep_note)
        self.note.textEdited.connect(lambda _text: self._pause.start())
        self.note.editingFinished.connect(self.keep_note)
        self.note.left.connect(self._leave_note)
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        for part in (self.wording, self.meaning, self.outcome, self.note):
            words.addWidget(part)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 9, 10, 9)
        line.setSpacing(12)
        line.addLayout(words, 1)
        if not self.item.is_confirmed:
            badge = Badge("建议", Tone.BLUE)
            badge.setToolTip("依据还没有完全核实，仅供参考。")
            line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.keys, 0, Qt.AlignmentFlag.AlignTop)

    # ---- showing -----------------------------------------------------------------------------

    def show_answer(self, answer: InspectionAnswer | None, finding: Finding | None) -> None:
        """Show what stands in the ledger; a note in hand is left alone."""
        if self._shown == (answer, finding):
            return
        self._shown = (answer, finding)
        result = answer.result if answer else None
        self.keys.set_value(result if result in RESULTS else None)
        words, problem = _outcome_of(result, finding)
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))
        mark(self.outcome, role="problem" if problem else "hint")
        note = (answer.note if answer else None) or ""
        # words that the disk did not take stay, to be kept with the next try
        untouched = self.note.text().strip() in (self._kept_note, note)
        self._kept_note = note
        if untouched and not self.note.hasFocus():
            self.note.setText(note)
            self.note.setVisible(bool(note))
        spoken = (self.item.wording, self.meaning.text(), RESULTS.get(result or ""), words)
        self.setAccessibleName("，".join(filter(None, spoken)))

    def set_current(self, current: bool) -> None:
        """Mark it as the item one stands on, also while the drawer has the keys."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def _on_clicked(self, result: str) -> None:
        self.answered.emit(result)

    def _leave_note(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep_note()

    def keep_note(self) -> None:
        """Say what was written, where it is new."""
        self._pause.stop()
        self.note.setVisible(self.note.hasFocus() or bool(self.note.text()))
        self.noted.emit(self.note.text().strip())

    # ---- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.text() in KEYS:
            self.answered.emit(KEYS[event.text()])
        elif key in CLEARING:
            self.answered.emit("")
        elif key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key == Qt.Key.Key_N and not event.modifiers():
            self.note.show()
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key == Qt.Key.Key_P and not event.modifiers():
            self.photo_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.entered.emit()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_current:
            painter.fillRect(self.rect(), QColor(PALETTE.accent_soft))
            painter.fillRect(0, 0, 3, self.height(), QColor(PALETTE.accent))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(PALETTE.line))


def _outcome_of(result: str | None, finding: Finding | None) -> tuple[str, bool]:
    """What became of a failed item, and whether something is lacking."""
    if finding is not None:
        kept = "" if result == "failed" else "（已开始办理，仍然保留）"
        return f"隐患 {finding.number or ''}　{finding.place or ''}{kept}", False
    return (NO_PLACE, True) if result == "failed" else ("", False)
