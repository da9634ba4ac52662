"""A calm line within the page: what happened, where, what to do now. No dialog, no hurry."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from models.problems import AppError
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.widgets.button import Button, Kind

ICONS = {
    Tone.GREY: "info",
    Tone.BLUE: "info",
    Tone.ORANGE: "triangle-alert",
    Tone.RED: "circle-x",
    Tone.GREEN: "circle-check",
}


class Notice(QFrame):
    """Hidden until `say`; goes away when closed."""

    acted = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = Button("", Kind.FLAT, on_click=self.acted.emit, parent=self)
        self._offered: Callable[[], object] | None = None
        self.acted.connect(self._take_offer)
        self._close = QToolButton(self)
        self._close.setIcon(icons.icon("x", PALETTE.ink_soft, SMALL))
        self._close.setAccessibleName("关闭提示")
        self._close.setToolTip("关闭")
        self._close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(10)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self.hide()

    def say(self, text: str, tone: Tone = Tone.BLUE, action: str = "") -> None:
        """Show `text`; with `action` a button that says `acted`."""
        self._icon.setPixmap(self._icons.pixmap(ICONS[tone], tone.ink, 18))
        self._text.setText(text)
        self._offered = None
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        mark(self, tone=tone.value)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def offer(self, text: str, tone: Tone, action: str, act: Callable[[], object]) -> None:
        """Show `text` with a button that does `act` and takes the notice away."""
        self.say(text, tone, action)
        self._offered = act

    def _take_offer(self) -> None:
        offered, self._offered = self._offered, None
        if offered is not None:
            self.hide()
            offered()

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do it; the words of an AppError are said here in red, and the answer is no."""
        try:
            work()
        except AppError as error:
            self.say(str(error), Tone.RED)
            return False
        return True

    def text(self) -> str:
        """Tell what is being said."""
        return self._text.text() if not self.isHidden() else ""
