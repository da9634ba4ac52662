"""A word in a coloured frame: a level, a state. The word says it, the colour only helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.colours import Tone
from ui.look import mark


class Badge(QLabel):
    """One short word and its tone."""

    def __init__(self, text: str, tone: Tone = Tone.GREY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone = Tone.GREY) -> None:
        """Change word and tone together."""
        self.setText(text)
        mark(self, tone=tone.value)
