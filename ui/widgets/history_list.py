"""What was changed in a record: when, by whom, which answer, from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

HEADINGS = ("时间", "经手人", "项目", "原来 → 改为")
NOTHING = "（空）"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer changed, in words."""

    when: str
    who: str
    field: str
    before: str
    after: str


class HistoryList(QTableWidget):
    """The changes as rows, newest as handed in first; long words wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADINGS), parent)
        self.setHorizontalHeaderLabels(HEADINGS)
        self.setAccessibleName("修改记录")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(34)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(HEADINGS)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Replace what is shown by `changes`."""
        self.setRowCount(len(changes))
        for row, change in enumerate(changes):
            words = f"{change.before or NOTHING} → {change.after or NOTHING}"
            for column, text in enumerate((change.when, change.who, change.field, words)):
                self.setItem(row, column, QTableWidgetItem(text))
