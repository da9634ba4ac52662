"""The answer of the time before, in grey, and the button that takes it over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui.icons import SMALL, Icons
from ui.look import mark

ROW_HEIGHT = 34  # as high as an entry, so that the words are on one level


class LastAnswer(QWidget):
    """“上月：10.5小时” and 照抄; 确认 while that answer is filled in and not saved."""

    asked = Signal()

    def __init__(self, question: str, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        mark(self.words, role="hint")
        self.button = QToolButton()
        self.button.setIcon(icons.icon("copy", size=SMALL))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(lambda: self.asked.emit())
        self.setMinimumHeight(ROW_HEIGHT)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.words)
        line.addWidget(self.button)
        line.addStretch(1)

    def show_last(self, word: str, shown: str, offered: bool, same: bool) -> None:
        """Show the words of an answer; `same` as the one of now leaves the button out."""
        self.words.setText(f"{word}：{shown}" if shown else "")
        act, keys = ("确认", "Enter") if offered else ("照抄", "Ctrl+D")
        self.button.setText(f" {act}")  # the style leaves too little room beside the icon
        self.button.setToolTip(f"{act}{word}的答案（{keys}）")
        self.button.setAccessibleName(f"{self._question} {act}{word}的答案")
        self.button.setVisible(bool(shown) and (offered or not same))
