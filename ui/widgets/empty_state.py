"""What a page shows while it has nothing to show: what this place is for, and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.widgets.button import Button, Kind

ICON_SIZE = 44
LONGEST_LINE = 420


class EmptyState(QWidget):
    """An icon, a sentence, a hint, and at most one button."""

    asked = Signal()

    def __init__(
        self,
        icons: Icons,
        icon: str,
        sentence: str,
        hint: str = "",
        button: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap(icon, PALETTE.edge_dark, ICON_SIZE))
        self._sentence = QLabel(sentence, self)
        mark(self._sentence, role="heading")
        self._hint = QLabel(hint, self)
        self._hint.setWordWrap(True)
        self._hint.setFixedWidth(LONGEST_LINE)
        self._hint.setVisible(bool(hint))
        mark(self._hint, role="hint")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for words in (self._sentence, self._hint):
            words.setTextFormat(Qt.TextFormat.PlainText)
        for part in (picture, self._sentence, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        if button:
            self.button = Button(button, Kind.PRIMARY, on_click=self.asked.emit, parent=self)
            column.addSpacing(8)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.say(sentence, hint)

    def say(self, sentence: str, hint: str = "") -> None:
        """Change the words: no record at all and nothing found are different things."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(sentence)
