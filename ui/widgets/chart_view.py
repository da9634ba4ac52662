"""A chart on the screen: what models/charts describes, drawn with QPainter."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.charts.marks import Box, Chart, Mark, Rule, Words

SIZE, THIN = 12.0, 1.0
FLAGS = {
    "L": Qt.AlignmentFlag.AlignLeft,
    "C": Qt.AlignmentFlag.AlignHCenter,
    "R": Qt.AlignmentFlag.AlignRight,
}
PARTS = {"L": 0.0, "C": 0.5, "R": 1.0}


class ChartView(QWidget):
    """A chart without axes to fiddle with; screen readers are told every number."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 150)

    def show_chart(self, chart: Chart) -> None:
        """Draw this from now on."""
        self._chart = chart
        self.setAccessibleDescription(chart.spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, round(self._chart.height(SIZE)) if self._chart else 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        for mark in self._chart.marks(self.width() - 1, self.height(), SIZE, self._measure):
            _draw(painter, font, mark)

    def _measure(self, text: str, size: float) -> float:
        font = QFont(self.font())
        font.setPixelSize(int(size))
        return QFontMetricsF(font).horizontalAdvance(text)


def _ends(rule: Rule) -> tuple[QPointF, QPointF]:
    """A thin level line lies on whole pixels and is sharp; others go where they should."""
    if rule.y != rule.to_y or rule.weight != 1:
        return QPointF(rule.x, rule.y), QPointF(rule.to_x, rule.to_y)
    return QPointF(rule.x, round(rule.y) + 0.5), QPointF(rule.to_x, round(rule.to_y) + 0.5)


def _draw(painter: QPainter, font: QFont, mark: Mark) -> None:
    colour = QColor(mark.colour)
    if isinstance(mark, Box):
        painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), colour)
    elif isinstance(mark, Words):
        font.setPixelSize(int(mark.size))
        painter.setFont(font)
        painter.setPen(colour)
        width = QFontMetricsF(font).horizontalAdvance(mark.text) + 2
        room = QRectF(mark.x - width * PARTS[mark.align], mark.y - mark.size, width, mark.size * 2)
        painter.drawText(room, FLAGS[mark.align] | Qt.AlignmentFlag.AlignVCenter, mark.text)
    elif isinstance(mark, Rule):
        painter.setPen(_pen(mark, colour))
        painter.drawLine(*_ends(mark))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark.points]))


def _pen(rule: Rule, colour: QColor) -> QPen:
    pen = QPen(colour, rule.weight * THIN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if rule.dash:
        pen.setDashPattern([part / pen.widthF() for part in rule.dash])
    return pen
