"""The figures of one area, and the way to its rows: a card that is pressed like a tab."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.templates.compliance import AreaFigures
from ui.colours import PALETTE, Tone
from ui.look import mark
from ui.widgets.pressable import Pressable
from ui.widgets.progress_ring import ProgressRing

RING = 52
WITH_RING = 158  # below this width the counts stand in words instead
STYLE = (
    f"AreaCard {{ background: {PALETTE.card}; border: 1px solid {PALETTE.line};"
    " border-radius: 8px; padding: 0; min-height: 78px; }"
    f"AreaCard:hover {{ border-color: {PALETTE.edge_dark}; }}"
    f"AreaCard:checked {{ background: {PALETTE.accent_soft}; border-color: {PALETTE.accent}; }}"
    f"AreaCard:focus {{ border: 2px solid {PALETTE.accent}; min-height: 76px; }}"
    f"AreaCard QLabel {{ color: {PALETTE.ink}; }}"
)


class AreaCard(Pressable):
    """A ring 8/9, the rate in percent, and how many items still want an answer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._figures: AreaFigures | None = None
        self.setCheckable(True)
        self.setStyleSheet(STYLE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ring = ProgressRing(name, RING)
        self._rate, self._open = QLabel(), QLabel()
        title = QLabel(name)
        mark(title, role="heading")
        mark(self._open, role="hint")
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (title, self._rate, self._open):
            words.addWidget(label)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(self._ring)
        line.addLayout(words, 1)
        for part in (self._ring, title, self._rate, self._open):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_figures(self, found: AreaFigures) -> None:
        """Show both numbers of the rate, the rate, and what is not answered."""
        rate, left = found.rate, found.unanswered
        tone = Tone.BLUE if left or rate.part < rate.whole else Tone.GREEN
        self._ring.show_progress(rate.part, rate.whole, tone)
        self._figures = found
        self._show_rate()
        self._open.setText(f"未答 {left}" if left else "已答完")
        self.setAccessibleName(f"{self._name} {self.text_shown()}")
        self.setToolTip(f"{rate.counts()} 达标 · {self._open.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setVisible(self.width() >= WITH_RING)
        self._show_rate()

    def _show_rate(self) -> None:
        if self._figures is not None:
            rate = self._figures.rate
            word = "达标" if self.width() >= WITH_RING else self._ring.text()
            self._rate.setText(f"{word} {rate.percent(1)}")

    def text_shown(self) -> str:
        """Every figure of the card, as read aloud."""
        return f"{self._ring.text()} {self._rate.text()} {self._open.text()}"
