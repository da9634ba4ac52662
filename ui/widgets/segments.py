"""A few answers side by side, of which one holds: 是 | 否 | 不适用."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.colours import Tone
from ui.look import mark

CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Choice(NamedTuple):
    """One answer: its value, its word, the key that picks it, the colour once picked."""

    value: str
    text: str
    key: str = ""
    tone: Tone = Tone.BLUE


class Segments(QWidget):
    """Exclusive buttons; with the focus here, a choice's key picks it and Delete takes it back."""

    changed = Signal(object)

    def __init__(
        self, choices: Sequence[Choice], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._keys = {choice.key.upper(): choice.value for choice in choices if choice.key}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for index, choice in enumerate(choices):
            button = self._make(choice, name)
            mark(button, place=_place(index, len(choices)), tone=choice.tone.value)
            line.addWidget(button)
        if choices:
            self.setFocusProxy(self._buttons[choices[0].value])

    def value(self) -> str | None:
        """Tell the chosen value, or None while nothing is chosen."""
        return next((v for v, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        """Choose `value` without saying `changed`; None takes the choice back."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._group.setExclusive(True)
        if value is not None:
            self.setFocusProxy(self._buttons[value])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a button leaves the keys it does not know to us
        picked = self._keys.get(event.text().upper())
        if picked is not None:
            self._pick(picked)
        elif event.key() in CLEARING and self.value() is not None:
            self._pick(None)
        else:
            super().keyPressEvent(event)

    def _make(self, choice: Choice, name: str) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setCheckable(True)
        button.setAccessibleName(f"{name} {choice.text}".strip())
        if choice.key:
            button.setToolTip(f"{choice.text}（按 {choice.key}）")
        button.clicked.connect(lambda: self.changed.emit(choice.value))
        self._group.addButton(button)
        self._buttons[choice.value] = button
        return button

    def _pick(self, value: str | None) -> None:
        if value != self.value():
            self.set_value(value)
            self.changed.emit(value)
        if value is not None:
            self._buttons[value].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(index, "middle")
