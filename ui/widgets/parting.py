"""What parts a long page: headings and thin lines."""

from PySide6.QtWidgets import QFrame, QLabel

from ui.colours import PALETTE
from ui.look import mark


def heading(words: str) -> QLabel:
    """The title of what follows."""
    label = QLabel(words)
    mark(label, role="heading")
    return label


def rule() -> QFrame:
    """A thin line across the page."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {PALETTE.line};")
    return line
