"""The month that is shown, and the way to another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from models.records.periods import moved, show_period
from ui.icons import Icons
from ui.look import mark
from ui.widgets.button import Button

MONTH_WIDTH = 116


class MonthChooser(QWidget):
    """‹ 2026年11月 › 本月; months to come cannot be chosen."""

    chosen = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period = self._this_month = ""
        self.earlier = self._arrow(icons, "chevron-left", "上一个月", "Alt+Left", -1)
        self.later = self._arrow(icons, "chevron-right", "下一个月", "Alt+Right", 1)
        self._month = QLabel()
        self._month.setFixedWidth(MONTH_WIDTH)
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self._month, role="heading")
        self.now = Button("本月", on_click=lambda: self.chosen.emit(self._this_month))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for part in (self.earlier, self._month, self.later, self.now):
            line.addWidget(part)

    def show_month(self, period: str, this_month: str) -> None:
        """Show a month, without saying `chosen`."""
        self._period, self._this_month = period, this_month
        self._month.setText(show_period(period))
        self.setAccessibleName(f"月份 {self._month.text()}")
        self.later.setEnabled(period < this_month)
        self.now.setEnabled(period != this_month)

    def text(self) -> str:
        """The month as it is shown."""
        return self._month.text()

    def _arrow(self, icons: Icons, icon: str, name: str, keys: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(icon))
        button.setAccessibleName(name)
        button.setShortcut(QKeySequence(keys))
        button.setToolTip(f"{name}（{keys.replace('Left', '←').replace('Right', '→')}）")
        button.clicked.connect(lambda: self.chosen.emit(moved(self._period, step)))
        return button
