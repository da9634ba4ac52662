"""What every line of the sheet is on screen: a strip with a rule below, lit up when found."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from models.templates.five_management import Line
from ui.colours import PALETTE


class LineRow(QWidget):
    """A strip whose ground tells its state."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.is_found = False

    def show_found(self, found: bool) -> None:
        """Light the strip up as what the search has found, or no more."""
        self.is_found = found
        self.update()

    def ground(self) -> str:
        """The colour behind the words, or "" for that of the card."""
        return PALETTE.accent_soft if self.is_found else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if ground := self.ground():
            painter.fillRect(self.rect(), QColor(ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(PALETTE.line))
