"""A line to search in, which waits for a pause in typing before it asks."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.colours import PALETTE
from ui.icons import SMALL, Icons

PAUSE_MS = 180


class SearchField(QLineEdit):
    """Says `searched` once typing rests, at Enter, and when cleared; never twice the same."""

    searched = Signal(str)

    def __init__(self, hint: str, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(
            icons.icon("search", PALETTE.ink_soft, SMALL), QLineEdit.ActionPosition.LeadingPosition
        )
        self._clear = QAction(icons.icon("x", PALETTE.ink_soft, SMALL), "清除", self)
        self._clear.triggered.connect(self._clear_now)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self.textChanged.connect(self._wait)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self._clear_now()
        else:
            super().keyPressEvent(event)

    def _wait(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _clear_now(self) -> None:
        self.clear()
        self._say()

    def _say(self) -> None:
        self._pause.stop()
        words = self.text().strip()
        if words != self._said:
            self._said = words
            self.searched.emit(words)
