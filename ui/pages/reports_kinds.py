"""The reports there are, one below the other under the headings of their groups."""

from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from models.printing import REPORTS
from models.printing.job import ReportKind
from ui.colours import PALETTE

KEY = Qt.ItemDataRole.UserRole
WIDTH, HEIGHT = 220, 32
PACKAGE = "package"  # stands above the reports: all that a period has of them


def kinds_list() -> QListWidget:
    """A list in which only reports can be chosen; their keys are the items' data."""
    kinds = QListWidget()
    kinds.setAccessibleName("报表种类")
    kinds.setFixedWidth(WIDTH)
    kinds.ensurePolished()
    _add(kinds, "迎检包（一段时间的全部材料）").setData(KEY, PACKAGE)
    for group, reports in groupby(REPORTS.values(), key=lambda kind: kind.group):
        heading = _add(kinds, group)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setForeground(QColor(PALETTE.ink_soft))
        for kind in reports:
            _add(kinds, kind.title).setData(KEY, kind.key)
    return kinds


def kind_chosen(kinds: QListWidget) -> ReportKind | None:
    """The report that is chosen; None where it is the package of all of them."""
    item = kinds.currentItem()
    return REPORTS.get(item.data(KEY)) if item else None


def row_of(kinds: QListWidget, key: str) -> int:
    """The row of a report."""
    rows = range(kinds.count())
    return next(row for row in rows if kinds.item(row).data(KEY) == key)


def _add(kinds: QListWidget, words: str) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setSizeHint(QSize(0, HEIGHT))
    kinds.addItem(item)
    return item
