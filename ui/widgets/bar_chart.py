"""Groups of upright bars with their numbers, as found against closed by month."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.colours import PALETTE, Tone

TOP, BOTTOM, LEFT, RIGHT = 40, 28, 36, 8
WIDEST_BAR, GRID_LINES = 26, 4
ROUND_STEPS = (1, 2, 3, 4, 5, 6, 8)
SMALL_PIXELS = 12


class Series(NamedTuple):
    """One row of numbers: its name in the legend, its tone, a value for each group."""

    name: str
    tone: Tone
    values: Sequence[int]


class BarChart(QWidget):
    """A small chart without axes to fiddle with; screen readers are told every number."""

    def __init__(self, name: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._groups: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 150)

    def show_bars(self, groups: Sequence[str], series: Sequence[Series]) -> None:
        """Draw a bar of each series in each group."""
        self._groups, self._series = groups, series
        lines = (
            f"{group}：" + "，".join(f"{row.name} {row.values[index]}" for row in series)
            for index, group in enumerate(groups)
        )
        self.setAccessibleDescription("；".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(SMALL_PIXELS)
        painter.setFont(font)
        self._draw_legend(painter)
        area = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        highest = scale_end(max((max(row.values, default=0) for row in self._series), default=0))
        self._draw_grid(painter, area, highest)
        for index, group in enumerate(self._groups):
            width = area.width() / len(self._groups)
            slot = QRectF(area.x() + index * width, area.y(), width, area.height())
            self._draw_group(painter, slot, group, index, highest)

    def _draw_legend(self, painter: QPainter) -> None:
        x = 0.0
        painter.setPen(QColor(PALETTE.ink_soft))
        if self._unit:
            text = f"单位：{self._unit}"
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QPointF(self.width() - width - RIGHT, 14), text)
        for row in self._series:
            painter.fillPath(_bar(QRectF(x, 5, 10, 10), 2), QColor(row.tone.fill))
            painter.drawText(QPointF(x + 16, 14), row.name)
            x += 16 + painter.fontMetrics().horizontalAdvance(row.name) + 18

    def _draw_grid(self, painter: QPainter, area: QRectF, highest: int) -> None:
        for line in range(GRID_LINES + 1):
            y = round(area.bottom() - area.height() * line / GRID_LINES) + 0.5
            painter.setPen(QPen(QColor(PALETTE.line if line else PALETTE.edge), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(PALETTE.ink_soft))
            painter.drawText(
                QRectF(0, y - 9, LEFT - 8, 18),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(highest * line // GRID_LINES),
            )

    def _draw_group(
        self, painter: QPainter, slot: QRectF, group: str, index: int, highest: int
    ) -> None:
        width = min(WIDEST_BAR, slot.width() * 0.72 / max(len(self._series), 1))
        x = slot.center().x() - width * len(self._series) / 2
        for row in self._series:
            value = row.values[index]
            height = slot.height() * value / highest
            bar = QRectF(x + 1.5, slot.bottom() - height, width - 3, height)
            painter.fillPath(_bar(bar, 3), QColor(row.tone.fill))
            painter.setPen(QColor(PALETTE.ink))
            above = QRectF(x - 10, bar.top() - 19, width + 20, 16)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(value))
            x += width
        painter.setPen(QColor(PALETTE.ink_soft))
        below = QRectF(slot.left(), slot.bottom() + 6, slot.width(), 20)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, group)


def scale_end(highest: int) -> int:
    """Round up to a number whose quarters are whole and easy to read."""
    power = 1
    while True:
        for step in ROUND_STEPS:
            if highest <= GRID_LINES * step * power:
                return GRID_LINES * step * power
        power *= 10


def _bar(rect: QRectF, radius: float) -> QPainterPath:
    """Outline a bar: round at its head, square at its foot."""
    turn = min(radius, rect.height())
    path = QPainterPath(rect.bottomLeft())
    path.lineTo(rect.left(), rect.top() + turn)
    path.quadTo(rect.topLeft(), QPointF(rect.left() + turn, rect.top()))
    path.lineTo(rect.right() - turn, rect.top())
    path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + turn))
    path.lineTo(rect.bottomRight())
    path.closeSubpath()
    return path
