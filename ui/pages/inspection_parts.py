"""The two lists of an inspection in hand: its categories, and the items of one of them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.ledger.inspections import Answers, tally
from models.records.finding import CATEGORIES
from models.records.inspection import Inspection
from models.records.record import show_answer
from models.templates.safety import SafetyItem
from ui.look import mark
from ui.pages.inspection_row import ItemRow

SIGHT = 90
CODE = int(Qt.ItemDataRole.UserRole)


def title_of(inspection: Inspection) -> str:
    """周检查　2026年11月23日 8:00."""
    return f"{show_answer(inspection, 'kind')}　{show_answer(inspection, 'started')}"


class CategoryList(QListWidget):
    """One line a category, with how far it is; it takes no keys, one walks through the items."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[SafetyItem] = ()
        self.setAccessibleName("类别与进度")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda line: self.chosen.emit(str(line.data(CODE))))

    def show_items(self, items: Sequence[SafetyItem]) -> None:
        """One line for each category of these."""
        self._items = items
        self.clear()
        for category in dict.fromkeys(item.category for item in items):
            line = QListWidgetItem(self)
            line.setData(CODE, category)

    def show_answers(self, answers: Answers) -> None:
        """The counts beside the names."""
        for line in self._lines():
            category = line.data(CODE)
            mine = [item.id for item in self._items if item.category == category]
            progress = tally(mine, answers)
            tick = "✓ " if not progress.left else ""
            label = CATEGORIES.get(category, category).partition("（")[0]
            line.setText(f"{tick}{label}　{progress.done}/{progress.total}")
            line.setToolTip(f"{CATEGORIES.get(category, category)}：不合格 {progress.failed} 项")

    def select(self, category: str) -> None:
        """Mark a category without saying `chosen`."""
        for line in self._lines():
            if line.data(CODE) == category:
                self.setCurrentItem(line)

    def _lines(self) -> Iterable[QListWidgetItem]:
        found = (self.item(at) for at in range(self.count()))
        return [line for line in found if line is not None]


class ItemList(QScrollArea):
    """All rows under the headings of their categories."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, ItemRow] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_items(self, items: Sequence[SafetyItem]) -> list[ItemRow]:
        """Rows for these items, numbered."""
        inner = QWidget()
        mark(inner, role="scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(0)
        self.rows = {}
        category = ""
        for number, item in enumerate(items, start=1):
            if item.category != category:
                category = item.category
                column.addWidget(_heading(CATEGORIES.get(category, category)))
            row = self.rows[item.id] = ItemRow(number, item)
            column.addWidget(row)
        column.addStretch(1)
        if (old := self.takeWidget()) is not None:
            old.deleteLater()  # not at once: one of its rows may be the one that asked
        self.setWidget(inner)
        return list(self.rows.values())

    def show_current(self, current: ItemRow) -> None:
        """Mark where one stands, and bring it into sight once it has got its size."""
        for row in self.rows.values():
            row.set_current(row is current)
        QTimer.singleShot(0, current, lambda: self.ensureWidgetVisible(current, 0, SIGHT))


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setContentsMargins(12, 14, 0, 4)
    mark(label, role="step")
    return label
