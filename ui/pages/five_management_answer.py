"""The answer of one line: buttons for 是/否/不适用, else a typed entry with its unit."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from models.records.fields import Choice as ChoiceField
from models.records.fields import Pair, Text
from models.records.record import check_answer
from models.templates.five_management import Line
from ui.colours import Tone
from ui.form.entries import DayEntry, Entry, entry_for
from ui.form.typed_entry import TypedEntry
from ui.look import mark
from ui.widgets.segments import Choice, Segments

TYPED_WIDTH, PAIR_WIDTH = 116, 150


class LeaveWatch(QObject):
    """Says when the focus leaves an entry for good; a menu of its own is not leaving."""

    left = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        (watched.focusProxy() or watched).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup = Qt.FocusReason.PopupFocusReason
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != popup:
            self.left.emit()
        return False


class AnswerEntry(QWidget):
    """`edited` with every key, `finished` when the answer should be saved."""

    edited = Signal()
    finished = Signal()

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = line.field
        self._entry: Entry
        self.detail: TypedEntry | None = None
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        if isinstance(self._kind, ChoiceField):
            self.widget: QWidget = self._buttons(line, self._kind)
        else:
            self.widget = self._typed(line)
        layout.addLayout(self._with_unit(line), 0, 0, Qt.AlignmentFlag.AlignLeft)
        if line.item.detail:
            self.detail = self._beside(line)
            layout.addWidget(self.detail, 1, 0)
        self.setFocusProxy(self.widget)

    def value(self) -> Any:
        """The checked answer, None where it is empty; raises its Problem."""
        value = self._entry.value()
        check_answer(self._kind, value)
        return value

    def set_value(self, value: Any) -> None:
        """Show an answer; nothing is said of it."""
        self._entry.set_value(value)
        self._show_detail()

    def set_raw(self, text: str) -> None:
        """Show what cannot be read as it was stored."""
        if isinstance(self.widget, Segments):
            self.widget.set_value(None)
        else:
            self._entry.set_raw(text)

    def is_empty(self) -> bool:
        """Whether nothing is chosen or typed."""
        if isinstance(self.widget, Segments):
            return self.widget.value() is None
        return not self._entry.raw().strip()

    def show_error(self, wrong: bool) -> None:
        """Frame a typed entry in red, or no more."""
        target = self.widget.typed if isinstance(self.widget, DayEntry) else self.widget
        mark(target, state="error" if wrong else "")

    def _buttons(self, line: Line, kind: ChoiceField) -> Segments:
        wanted = next((rule.value for rule in line.item.rules if rule.op == "eq"), None)
        choices = [
            Choice(code, word, str(key), _tone(code, wanted if line.item.counts else None))
            for key, (code, word) in enumerate(kind.options.items(), start=1)
        ]
        buttons = Segments(choices, line.label)
        buttons.changed.connect(self._on_picked)
        self._entry = cast("Entry", buttons)
        return buttons

    def _typed(self, line: Line) -> QWidget:
        widget = entry_for(self._kind)
        widget.setAccessibleName(line.label)
        self._entry = cast("Entry", widget)
        self._entry.changed.connect(self._on_typed)
        LeaveWatch(widget).left.connect(self.finished.emit)
        if isinstance(self._kind, Pair) and isinstance(widget, QLineEdit):
            widget.setPlaceholderText(f"{self._kind.names[0]}/{self._kind.names[1]}，如 12/3")
            widget.setFixedWidth(PAIR_WIDTH)
        elif isinstance(widget, QLineEdit):
            if "unit" in line.item.answer:
                widget.setPlaceholderText("")
            widget.setFixedWidth(TYPED_WIDTH)
        return widget

    def _with_unit(self, line: Line) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.widget)
        if unit := line.item.answer.get("unit"):
            row.addWidget(QLabel(unit))
        return row

    def _beside(self, line: Line) -> TypedEntry:
        entry = TypedEntry(Text(label=line.item.detail, longest=100))
        entry.setPlaceholderText(f"请填{line.item.detail}")
        entry.setAccessibleName(f"{line.label} {line.item.detail}")
        # a hidden entry keeps its place: the row must not jump
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        entry.setSizePolicy(policy)
        entry.hide()
        entry.changed.connect(self.edited.emit)
        LeaveWatch(entry).left.connect(self.finished.emit)
        return entry

    def _show_detail(self) -> None:
        if self.detail is not None:
            self.detail.setVisible(cast("Any", self._entry).value() == "yes")

    def _on_picked(self, _value: object) -> None:
        self._show_detail()
        self.edited.emit()
        self.finished.emit()

    def _on_typed(self) -> None:
        self.edited.emit()
        # a day picked from the calendar is final, a typed one is not
        if isinstance(self.widget, DayEntry) and not self.widget.typed.hasFocus():
            self.finished.emit()


def _tone(code: str, wanted: object) -> Tone:
    """Green for the answer that is wanted: for a reverse question that is 否."""
    if code == "na":
        return Tone.GREY
    if wanted is None:
        return Tone.BLUE
    return Tone.GREEN if code == wanted else Tone.RED
