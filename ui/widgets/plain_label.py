"""Typed words on screen: shown as they are, wrapped, and never pushing their panel wider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.look import mark


def plain_label(words: str = "", role: str = "", copied: bool = True) -> QLabel:
    """Show words that somebody typed; `copied` lets the mouse mark them."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # a word without a break must not push the panel wider than it is
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if copied:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        mark(label, role=role)
    return label
