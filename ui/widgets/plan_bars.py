"""How far each part of a plan has come: its name, a bar, and both numbers in words."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from ui.look import mark

SCALE = 1000


class PlanBar(NamedTuple):
    """One bar; `part` is 0 to 1, and `words` tell the numbers."""

    name: str
    part: float
    words: str


class PlanBars(QWidget):
    """The bars below each other, their names and numbers in line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.bars: list[QProgressBar] = []
        self.words: list[QLabel] = []
        self._names: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)

    def show_bars(self, bars: Sequence[PlanBar]) -> None:
        """Show these; a bar that is full stays full however much more there is."""
        while len(self.bars) < len(bars):
            self._add()
        for shown, name, bar, words in zip(
            [*bars, *[None] * (len(self.bars) - len(bars))],
            self._names,
            self.bars,
            self.words,
            strict=True,
        ):
            for part in (name, bar, words):
                part.setVisible(shown is not None)
            if shown is not None:
                name.setText(shown.name)
                words.setText(shown.words)
                bar.setValue(round(SCALE * min(1.0, shown.part)))
                bar.setAccessibleName(f"{shown.name} {shown.words}")

    def _add(self) -> None:
        name, bar, words = QLabel(), QProgressBar(), QLabel()
        bar.setRange(0, SCALE)
        bar.setTextVisible(False)
        mark(words, role="hint")
        for column, part in enumerate((name, bar, words)):
            self._grid.addWidget(part, len(self.bars), column)
        self._names.append(name)
        self.bars.append(bar)
        self.words.append(words)
