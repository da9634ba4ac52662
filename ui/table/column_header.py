"""The heading of the list of findings: columns are sorted by, dragged, widened, chosen."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from models.ledger.finding_filter import ORDERS
from ui.table.column_choice import NARROWEST, ColumnChoice
from ui.table.finding_columns import LEAST_WORDS, USUAL, Column, shown_columns, width_of

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class ColumnHeader(QHeaderView):
    """Says `arranged` when the person changed the columns, `ordered` when they sort."""

    arranged = Signal(object)  # a ColumnChoice
    ordered = Signal(str)  # an order of FindingFilter

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._keys = [column.key for column in columns]
        self.order = ""  # an order of FindingFilter
        self.choice = ColumnChoice()
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(NARROWEST)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.show_order("")
        self.sortIndicatorChanged.connect(self._on_sorted)

    def setSelectionModel(self, _rows: QItemSelectionModel) -> None:
        """Never that of the rows: to paint a heading Qt would walk through 100,000 of them."""
        super().setSelectionModel(QItemSelectionModel(self.model(), self))

    # ---- columns -----------------------------------------------------------------------------

    def arrange(self, choice: ColumnChoice) -> None:
        """Put the columns in this order and width; `fit` shows those that are wanted."""
        self.choice = choice
        known = [key for key in choice.order if key in self._keys]
        for place, key in enumerate([*known, *(k for k in self._keys if k not in known)]):
            self.moveSection(self.visualIndex(self._keys.index(key)), place)
        for at, column in enumerate(self._columns):
            if column.width:
                self.resizeSection(at, width_of(column, choice.widths))

    def fit(self, room: int) -> None:
        """Show the wanted columns, or as many of the usual ones as this many pixels hold."""
        wanted = [column for column in self._columns if column.key in self.choice.shown]
        usual = [column for column in self._columns if column.key in USUAL]
        shown = wanted or shown_columns(usual, room, self.choice.widths)
        for at, column in enumerate(self._columns):
            self.setSectionHidden(at, column not in shown)
            if not column.width:
                rest = room - sum(width_of(one, self.choice.widths) for one in shown)
                self._give(at, rest)

    def _give(self, section: int, rest: int) -> None:
        """The words take what is left over; beside too many columns they keep their least."""
        if rest >= LEAST_WORDS:
            self.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        else:
            self.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self.resizeSection(section, LEAST_WORDS)

    def shown(self) -> list[str]:
        """The keys of the columns in sight."""
        return [key for at, key in enumerate(self._keys) if not self.isSectionHidden(at)]

    def choose(self, keys: Sequence[str]) -> None:
        """Show exactly these columns; without any, the usual ones again as they were at first."""
        self.arrange(replace(self.choice, shown=tuple(keys)) if keys else ColumnChoice())
        self.arranged.emit(self.choice)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        order = tuple(self._keys[self.logicalIndex(place)] for place in range(self.count()))
        widths = {
            column.key: self.sectionSize(at)
            for at, column in enumerate(self._columns)
            if column.width
            and not self.isSectionHidden(at)
            and self.sectionSize(at) != column.width
        }
        hidden = {k: w for k, w in self.choice.widths.items() if k not in self.shown()}
        now = replace(self.choice, order=order, widths=hidden | widths)
        if now.widths != self.choice.widths or order != (self.choice.order or (*self._keys,)):
            self.choice = now
            self.arranged.emit(now)

    # ---- order -------------------------------------------------------------------------------

    def show_order(self, order: str) -> None:
        """Show by which column the list is sorted."""
        self.order = order
        key = order.removeprefix("-")
        section = self._keys.index(key) if key in self._keys else -1
        with QSignalBlocker(self):
            self.setSortIndicator(section, DESCENDING if order.startswith("-") else ASCENDING)
        self.viewport().update()

    def _on_sorted(self, section: int, turn: Qt.SortOrder) -> None:
        key = self._keys[section] if section >= 0 else ""
        if key and key not in ORDERS:  # its values are not in the ledger's table
            self.show_order(self.order)
            return
        self.order = f"-{key}" if key and turn == DESCENDING else key
        self.ordered.emit(self.order)
