"""Where one goes from the sheet: 督评, plans and spot checks, tasks; and the tasks it asks for."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

PLACES = (
    ("督评与佐证", "reviews", ""),
    ("方案与抽测", "plans", "plans"),
    ("整改任务", "tasks", "list"),
)


class MoreMenu(QMenu):
    """`asked` names a page and a record of it; `tasks` makes one of each line that fell short."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for words, page, record in PLACES:
            self.addAction(words, partial(self.asked.emit, page, record))
        self.tasks = self.addAction("不达标项转为任务")
