"""An answer that is typed: read by its field, helped by words to choose from."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from models.ledger.search import Initials
from models.ledger.suggestions import Offers
from models.problems import Problem
from models.records.fields import Day, Field, Moment, Text, TimeOfDay
from models.records.record import is_empty
from ui.form.suggester import Suggester


class TypedEntry(QLineEdit):
    """An answer that is typed: the field reads the text."""

    changed = Signal()

    def __init__(self, kind: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.initials: Initials | None = None  # by which letters the words offered are found
        self.setPlaceholderText(_hint_of(kind))
        self.textEdited.connect(lambda _text: self.changed.emit())

    def suggest(self, words: Sequence[str]) -> None:
        """Offer words that were used before; the choice stays free."""
        offers = Offers(lambda: words, self.initials)
        self.offer_from(lambda: offers)

    def offer_from(self, source: Callable[[], Offers]) -> None:
        """Offer what this gives, asked at each key; the choice stays free."""
        several = isinstance(self._kind, Text) and self._kind.suggest == "person"
        completer = Suggester(source, several=several, parent=self)
        completer.activated.connect(lambda _text: self.changed.emit())
        self.setCompleter(completer)

    def offered(self, typed: str = "") -> list[str]:
        """What is offered where this was typed."""
        completer = self.completer()
        return completer.offered(typed) if isinstance(completer, Suggester) else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down opens what is offered, in an empty field the most usual."""
        completer = self.completer()
        if event.key() == Qt.Key.Key_Down and completer and not completer.popup().isVisible():
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While an input method composes, its own list is the only one on screen."""
        super().inputMethodEvent(event)
        if event.preeditString() and (completer := self.completer()):
            completer.popup().hide()

    def value(self) -> Any:
        text = self.text().strip()
        return self._kind.parse(text) if text else None

    def set_value(self, value: Any) -> None:
        self.set_raw("" if is_empty(value) else _typed(self._kind, value))

    def raw(self) -> str:
        return self.text()

    def set_raw(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)  # a text longer than its field is read from its start

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        completer = self.completer()
        if isinstance(completer, Suggester):  # once the focus is seen: it may take a blink
            QTimer.singleShot(0, completer, completer.prepare)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show how the answer was read: 8：20 becomes 8:20; what cannot be read stays as typed."""
        super().focusOutEvent(event)
        try:
            value = self.value()
        except Problem:
            return
        if not is_empty(value) and _typed(self._kind, value) != self.text():
            self.set_value(value)


def _hint_of(kind: Field) -> str:
    """What an empty field says: its help, or how it is typed."""
    if kind.help:
        return kind.help
    if isinstance(kind, Day):
        return "例如 2026-03-05"
    if isinstance(kind, Moment):
        return "例如 2026-03-05 8:30"
    if isinstance(kind, TimeOfDay):
        return "例如 8:20"
    return str(getattr(kind, "unit", ""))


def _typed(kind: Field, value: Any) -> str:
    """An answer as a person would type it again."""
    if isinstance(kind, Day | Moment):
        return str(kind.to_plain(value))
    return kind.show(value)
