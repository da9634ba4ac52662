"""How far a piece of work is, in words and as a bar, with a button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from ui.widgets.button import Button, Kind


class ProgressLine(QWidget):
    """Hidden while nothing goes on."""

    stopped = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self.words = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(what)
        self.stop = Button("停止", Kind.SECONDARY, on_click=self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.words)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        self.hide()

    def start(self) -> None:
        """Show it before the first count is known."""
        self.words.setText(f"{self._what}…")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.words.setText(f"{self._what}：{done}/{total}")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("正在停下，手头的一个还要做完…")
        self.stopped.emit()
