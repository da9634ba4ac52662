"""A small table: the page hands plain rows in, the table shows, sorts and reads them aloud.

For lists up to some thousands of rows; longer ones are read from the ledger a page at a time.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.colours import PALETTE, Tone

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ID_ROLE, VALUE_ROLE = Role.UserRole + 1, Role.UserRole + 2
ROW_PIXELS = 34
LEAST_SHARE = 150
NO_INDEX = QModelIndex()


class Column(NamedTuple):
    """A heading; `width` in pixels, or 0 for a share of what is left over.

    A `spare` column is left out while there is no room for the others, the most spare one first.
    """

    title: str
    width: int = 0
    right: bool = False
    spare: int = 0
    tip: str = ""


class Cell(NamedTuple):
    """What one cell shows; `value` is what it sorts by, its text where that is None.

    `swatch` is a colour that stands before the text, which says it in words.
    """

    text: str
    value: Any = None
    tone: Tone | None = None
    tip: str = ""
    swatch: str = ""


class Row(NamedTuple):
    """A row of cells and the id of its record; one without an id is a heading of those below."""

    id: str
    cells: Sequence[Cell]


class RowTable(QAbstractTableModel):
    """The rows as they were handed in."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; rows of the same records keep selection and scroll position."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                last = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.ToolTipRole:
            return cell.tip or cell.text
        if role == Role.TextAlignmentRole:
            return self._alignment(index.column())
        if role == VALUE_ROLE:
            return cell.text if cell.value is None else cell.value
        return row.id if role == ID_ROLE else _look(row, cell, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Keys and clicks pass over a heading."""
        is_heading = index.isValid() and not self.rows[index.row()].id
        return Qt.ItemFlag.NoItemFlags if is_heading else super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Role.TextAlignmentRole:
            return self._alignment(section)
        if role == Role.ToolTipRole:
            return column.tip or None
        return column.title if role == Role.DisplayRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].right else Qt.AlignmentFlag(0)
        return side | Qt.AlignmentFlag.AlignVCenter


class RowSorter(QSortFilterProxyModel):
    """Sorts by the values of the cells: numbers as numbers, words as people look them up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._collator = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._collator.setNumericMode(True)

    def lessThan(self, left: Index, right: Index) -> bool:
        model = self.sourceModel()
        mine, other = (model.data(index, VALUE_ROLE) for index in (left, right))
        if isinstance(mine, str) and isinstance(other, str):
            return self._collator.compare(mine, other) < 0
        return bool(mine < other)


class RowView(QTableView):
    """A table of whole rows; Enter or a double click opens one; the current one is told."""

    opened = Signal(str)  # the record id of the row
    current_changed = Signal(str)  # the record id, or "" where no row is current

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RowTable(columns)
        self.sorter = RowSorter()
        self.sorter.setSourceModel(self.table)
        self.setModel(self.sorter)
        self.setAccessibleName(name)
        self._dress(columns)
        self.activated.connect(lambda index: self.opened.emit(str(index.data(ID_ROLE))))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.current_changed.emit(str(now.data(ID_ROLE) or ""))
        )

    def _dress(self, columns: Sequence[Column]) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PIXELS)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for section, column in enumerate(columns):
            if column.width:
                header.resizeSection(section, column.width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # the order of the page, until a click
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        columns = self.table.columns
        wanted = sum(column.width or LEAST_SHARE for column in columns)
        for column in sorted(columns, key=lambda column: -column.spare):
            if column.spare:
                hidden = wanted > event.size().width()
                self.setColumnHidden(columns.index(column), hidden)
                wanted -= hidden * (column.width or LEAST_SHARE)
        super().resizeEvent(event)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; the current record stays current if it is still there."""
        current = self.current()
        self.table.show_rows(rows)
        if current and self.current() != current:
            self.select(current)

    def current(self) -> str:
        """The id of the current row, or "" where there is none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def select(self, record: str) -> bool:
        """Make the row of a record current; tell whether there is one."""
        for number, row in enumerate(self.table.rows):
            if row.id == record:
                self.setCurrentIndex(self.sorter.mapFromSource(self.table.index(number, 0)))
                return True
        return False

    def deselect(self) -> None:
        """Make no row current."""
        self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)


def _look(row: Row, cell: Cell, role: int) -> QColor | QFont | None:
    """Colour, mark and face of a cell; None for what is as usual."""
    if role == Role.ForegroundRole and (cell.tone or not row.id):
        # a heading cannot be chosen and would be as pale as what is switched off
        return QColor(cell.tone.ink if cell.tone else PALETTE.ink)
    if role == Role.DecorationRole and cell.swatch:
        return QColor(cell.swatch)
    if role == Role.FontRole and not row.id:
        font = QApplication.font()
        font.setBold(True)
        return font
    return None


def number_cell(number: int | Decimal, tip: str = "", tone: Tone | None = None) -> Cell:
    """A number that sorts as one; nothing at all is shown as a dash."""
    return Cell(str(number) if number else "—", number, tone, tip)
