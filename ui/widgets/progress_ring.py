"""How far a count has come, as a ring with the two numbers in it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.colours import PALETTE, Tone

WHOLE_CIRCLE, TOP_OF_CIRCLE = 360 * 16, 90 * 16


class ProgressRing(QWidget):
    """`done` of `total`: blue on the way, green when complete, a dash when nothing is asked."""

    def __init__(self, name: str, size: int = 64, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self._done = self._total = 0
        self._tone: Tone | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int, tone: Tone | None = None) -> None:
        """Draw `done` of `total`; a `tone` overrides blue and green."""
        self._done, self._total, self._tone = done, total, tone
        self.setAccessibleName(f"{self._name} {self.text()}")
        self.setToolTip(self.accessibleName())
        self.update()

    def text(self) -> str:
        """Tell what stands in the ring."""
        return f"{self._done}/{self._total}" if self._total else "—"

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thickness = self._size / 9
        inset = thickness / 2 + 1
        circle = QRectF(0, 0, self._size, self._size).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(PALETTE.line), thickness))
        painter.drawEllipse(circle)
        if self._done and self._total:
            tone = self._tone or (Tone.GREEN if self._done >= self._total else Tone.BLUE)
            pen = QPen(QColor(tone.fill), thickness)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            share = min(self._done / self._total, 1)
            painter.drawArc(circle, TOP_OF_CIRCLE, -round(WHOLE_CIRCLE * share))
        font = painter.font()
        font.setPixelSize(max(11, round(self._size / 4.4)))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.ink))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.text())
