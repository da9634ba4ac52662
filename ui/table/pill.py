"""A word on a pale ground of its tone, as a cell of a table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.colours import Tone

Index = QModelIndex | QPersistentModelIndex
PILL_HEIGHT, PADDING = 22, 10
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TONE = int(Qt.ItemDataRole.UserRole)


class PillDelegate(QStyledItemDelegate):
    """Draws a word on a pale ground of its tone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = {tone: (QColor(tone.soft), QColor(tone.ink)) for tone in Tone}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table: QWidget = option.widget  # type: ignore[attr-defined]  # Qt's stubs forget it
        # the option is not filled from the model: this draws selection and hover, and no words
        table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, table)
        if words := index.data(DISPLAY):
            colours = self._colours[index.data(TONE)]
            self._draw(painter, QRectF(option.rect), words, *colours)  # type: ignore[attr-defined]

    @staticmethod
    def _draw(painter: QPainter, cell: QRectF, words: str, ground: QColor, ink: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2 * 8, cell.width() - PADDING)
        top = cell.y() + (cell.height() - PILL_HEIGHT) / 2
        pill = QRectF(cell.x() + PADDING - 2, top, width, PILL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(ink)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
