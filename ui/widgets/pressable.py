"""A push button that Enter presses too, and that may hold a layout of its own."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Pressable(QPushButton):
    """The ground of all our buttons and pressable cards."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if self.text() and not self.icon().isNull():
            # the style leaves too little room between icon and words; Qt's stubs forget `text`
            option.text = f" {self.text()}"  # type: ignore[attr-defined]

    def sizeHint(self) -> QSize:
        # without this a button measures its text, and not what is laid on it
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.minimumSize()
