"""Steps one below the other, as dots on a line: what was done, by whom, when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.colours import PALETTE, Tone
from ui.widgets.plain_label import plain_label

GUTTER, DOT_Y, DOT_RADIUS = 28, 13, 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done; a step still to come is `open` and drawn as a ring."""

    title: str
    by: str = ""
    text: str = ""
    tone: Tone = Tone.GREY
    open: bool = False


class StepRow(QWidget):
    """One step: the dot and its stretch of line at the left, the words beside them."""

    def __init__(self, step: Step, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._step, self._first, self._last = step, first, last
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 3, 0, 3 if last else 15)
        column.setSpacing(2)
        for text, role in ((step.title, "step"), (step.by, "hint"), (step.text, "")):
            if text:
                column.addWidget(plain_label(text, role))
        self.setAccessibleName("，".join(part for part in (step.title, step.by, step.text) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = GUTTER / 2 - 4
        painter.setPen(QPen(QColor(PALETTE.line), 2))
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, DOT_Y))
        if not self._last:
            painter.drawLine(QPointF(x, DOT_Y), QPointF(x, self.height()))
        fill = QColor(self._step.tone.fill)
        painter.setPen(QPen(fill, 2))
        painter.setBrush(QColor(PALETTE.card) if self._step.open else fill)
        painter.drawEllipse(QPointF(x, DOT_Y), DOT_RADIUS, DOT_RADIUS)


class Timeline(QWidget):
    """The steps of one record, in the order they are handed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName("经过")

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Replace what is shown by `steps`."""
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for index, step in enumerate(steps):
            row = StepRow(step, index == 0, index == len(steps) - 1, self)
            self._column.addWidget(row)
