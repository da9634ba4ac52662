"""The head of a page: what this is, and what one does here."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.look import mark
from ui.widgets.button import Button, Kind


class PageHeader(QWidget):
    """Title and subtitle at the left, buttons at the right; the primary one stands last."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title, self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        mark(self._title, role="title")
        self._subtitle = QLabel(self)
        self._subtitle.setTextFormat(Qt.TextFormat.PlainText)
        mark(self._subtitle, role="hint")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words, 1)
        line.addLayout(self._buttons)
        self.set_subtitle(subtitle)
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Change the line below the title; empty leaves it out."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_primary(
        self, text: str, on_click: Callable[[], object], icon: QIcon | None = None
    ) -> Button:
        """Add the one primary button; its icon should be white."""
        return self._add(text, Kind.PRIMARY, on_click, icon)

    def add_secondary(
        self, text: str, on_click: Callable[[], object], icon: QIcon | None = None
    ) -> Button:
        """Add a secondary button; call this before `add_primary`."""
        return self._add(text, Kind.SECONDARY, on_click, icon)

    def add_part(self, part: QWidget) -> None:
        """Put something else before the buttons, such as what the whole page is about."""
        self._buttons.insertWidget(0, part)

    def _add(
        self, text: str, kind: Kind, on_click: Callable[[], object], icon: QIcon | None
    ) -> Button:
        button = Button(text, kind, icon, on_click, self)
        self._buttons.addWidget(button)
        return button
