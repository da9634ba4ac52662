"""What a page shows while it has nothing to show: what this place is for, and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.widgets.button import Button, Kind

ICON_SIZE = 44
LONGEST_LINE = 420
MARGIN = 12


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
        self._hint.setMaximumWidth(LONGEST_LINE)
        mark(self._hint, role="hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addStretch(2)
        for words in (self._sentence, self._hint):
            words.setTextFormat(Qt.TextFormat.PlainText)
        for part in (picture, self._sentence, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (picture, self._sentence):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout()  # as wide as there is room, so that two stand side by side
        line.addStretch(1)
        line.addWidget(self._hint, LONGEST_LINE)
        line.addStretch(1)
        column.addLayout(line)
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
        self._fit()
        self.setAccessibleName(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A wrapped label asks for too little, and a low panel would cut its second line off."""
        self._hint.ensurePolished()
        width = min(LONGEST_LINE, self.contentsRect().width() - 2 * MARGIN)
        self._hint.setMinimumHeight(max(0, self._hint.heightForWidth(width)))
