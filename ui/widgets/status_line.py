"""The line at the foot of the window: saved when, not delivered, last backup."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget


class StatusLine(QFrame):
    """A few short texts with dots between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 5, 24, 5)
        line.addWidget(self._words, 1)

    def say(self, texts: Sequence[str]) -> None:
        """Show `texts`, leaving out empty ones."""
        self._words.setText("   ·   ".join(text for text in texts if text))
        self.setAccessibleName("，".join(text for text in texts if text))
