"""A white panel with a heading, on which a page lays what belongs together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.look import mark

# as tall as a button, so that headings of neighbours stand in line with and without actions
HEAD_HEIGHT = 34


class Card(QFrame):
    """A panel: heading and actions in its first line, the rest in `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        mark(self._title, role="heading")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setMinimumHeight(HEAD_HEIGHT)
        self._head.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(self._head)
        self._column.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Change the heading; without one the line is left out."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._column.setContentsMargins(16, 8 if title else 16, 16, 16)
        self.setAccessibleName(title)

    def add_action(self, action: QWidget) -> None:
        """Put a button or a badge at the right end of the heading."""
        self._head.addWidget(action)
