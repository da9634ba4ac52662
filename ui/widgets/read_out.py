"""A code that a person reads out by telephone: large, in groups, and sign by sign when heard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.look import mark
from ui.widgets.code_entry import grouped


class ReadOut(QLabel):
    """Shows a code; the mouse and the keyboard can mark it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        mark(self, role="code")

    def show_code(self, code: str) -> None:
        """Change what is to be read out."""
        self.setText(grouped(code))
        self.setAccessibleName(f"{self._name} {' '.join(code)}")
