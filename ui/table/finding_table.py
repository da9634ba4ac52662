"""The list of findings: any number of rows, of which only the pages looked at are read."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.ledger.findings import FindingRow, page, steps_of_many
from models.ledger.ledger import Ledger
from models.records.finding import CATEGORIES, FindingStep
from ui.colours import Tone
from ui.moments import long_day
from ui.table.column_choice import ColumnChoice
from ui.table.column_header import ColumnHeader
from ui.table.finding_columns import COLUMNS, MORE_COLUMNS, UNIT_WIDTH, Column
from ui.table.finding_words import days_left, unit_names
from ui.table.pill import DISPLAY, TONE, PillDelegate

Index = QModelIndex | QPersistentModelIndex
PAGE, MOST_PAGES = 128, 48
ROW_HEIGHT = 36
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
USED = frozenset({DISPLAY, FOREGROUND, TOOL_TIP, TONE})
FIRST_DIGIT, LAST_DIGIT = Qt.Key.Key_1, Qt.Key.Key_9


class FindingModel(QAbstractTableModel):
    """Row numbers in their order; the rows themselves are read a page at a time.

    An office sees besides whose findings they are.
    """

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._today = date.min
        self._numbers: Sequence[int] = ()
        self._pages: dict[int, list[FindingRow]] = {}
        self._steps: dict[int, dict[str, list[FindingStep]]] = {}
        self._colours = {tone: QColor(tone.ink) for tone in Tone}
        self._names: Mapping[str, str] = unit_names(ledger)
        unit = Column("unit", "学校", UNIT_WIDTH, lambda row, _: self._name_of(row), spare=1)
        units = (unit,) if self._names else ()
        self.columns = (COLUMNS[0], *units, *COLUMNS[1:], *MORE_COLUMNS)

    def _name_of(self, row: FindingRow) -> str:
        return self._names.get(row.unit, row.unit) if self._names else ""

    def show(self, numbers: Sequence[int], today: date) -> None:
        """Show the rows of these numbers as they stand on this day."""
        as_many = len(numbers) == len(self._numbers)
        if not as_many:
            self.beginResetModel()
        self._numbers, self._today = numbers, today
        self._names = unit_names(self._ledger)
        self._forget()
        if not as_many:
            self.endResetModel()
        elif numbers:  # drawn anew where they stand: selection and scroll bar stay too
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(numbers) - 1, len(self.columns) - 1)
            )

    def finding_at(self, row: int) -> FindingRow | None:
        """What stands in this row of the list."""
        if not 0 <= row < len(self._numbers):
            return None
        number, place = divmod(row, PAGE)
        if number not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._forget()
            self._pages[number] = page(
                self._ledger, self._numbers[number * PAGE : (number + 1) * PAGE]
            )
        rows = self._pages[number]
        return rows[place] if place < len(rows) else None

    def _forget(self) -> None:
        self._pages.clear()
        self._steps.clear()

    def _steps_at(self, row: int, finding: str) -> Sequence[FindingStep]:
        """The steps of a finding in this row; those of its whole page are read with them."""
        number = row // PAGE
        if number not in self._steps:
            ids = [found.id for found in self._pages[number]]
            self._steps[number] = steps_of_many(self._ledger, ids)
        return self._steps[number].get(finding, [])

    def number_at(self, row: int) -> int | None:
        """The ledger's row number of a row of the list."""
        found = self._numbers[row : row + 1]
        return found[0] if found else None

    def row_of(self, number: int | None) -> int:
        """Where a row number stands in the list; -1 where it does not."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        # Qt asks for a dozen roles a cell; most are none of ours
        if role not in USED:
            return None
        row = self.finding_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == DISPLAY:
            if column.of_steps is not None:
                return column.of_steps(self._steps_at(index.row(), row.id))
            return column.words(row, self._today)
        if role == TOOL_TIP:
            return _tool_tip(row, self._today, self._name_of(row))
        tone = column.tone(row, self._today)
        if role == TONE:
            return tone
        return self._colours[tone] if tone else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role == DISPLAY and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None


def _tool_tip(row: FindingRow, today: date, unit: str) -> str:
    """The whole of a row; Qt would read `<b>` in typed words as formatting, so it is escaped."""
    due = ""
    if row.deadline:
        left = days_left(row.deadline, row.state, today)[0]
        due = f"整改时限：{long_day(row.deadline)}{f'，{left}' if left else ''}"
    category = CATEGORIES.get(row.category, row.category)
    lines = (unit, row.description, f"{row.place} · {category}", due)
    return "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>"


class FindingTable(QTableView):
    """The view: one row is current, many may be selected; a digit stands for a next step."""

    chosen = Signal(str)
    selected = Signal(int)  # how many rows
    digit = Signal(int)
    entered = Signal()

    def __init__(self, model: FindingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = model
        self._quiet = False
        self.header = ColumnHeader(model.columns)
        self.setModel(model)
        self.setHorizontalHeader(self.header)
        self.setSortingEnabled(True)  # else a heading would select its column; see `ordered`
        self.setAccessibleName("隐患列表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        pills = PillDelegate(self)
        for number, column in enumerate(model.columns):
            if column.pill:
                self.setItemDelegateForColumn(number, pills)
        self.arrange(ColumnChoice())
        self.header.arranged.connect(lambda _choice: self._fit())
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda: self.selected.emit(self.count()))

    @property
    def columns(self) -> Sequence[Column]:
        """All columns there are."""
        return self._findings.columns

    # ---- what is selected --------------------------------------------------------------------

    def choose(self, row: int) -> None:
        """Make a row current, and the only one selected, without saying `chosen`."""
        flags = QItemSelectionModel.SelectionFlag
        self._quiet = True
        # the view's own setCurrentIndex adds to the selection while Ctrl of Ctrl+S is still down
        self.selectionModel().setCurrentIndex(
            self._findings.index(row, 0), flags.ClearAndSelect | flags.Rows
        )
        self._quiet = False

    def count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def rows(self) -> list[int]:
        """The selected rows from the top down."""
        parts = self.selectionModel().selection().toList()
        return sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))

    def select(self, rows: Sequence[int]) -> None:
        """Select these rows beside the current one."""
        selection = QItemSelection()
        for row in rows:
            index = self._findings.index(row, 0)
            selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and FIRST_DIGIT <= event.key() <= LAST_DIGIT:
            self.digit.emit(event.key() - FIRST_DIGIT + 1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    # ---- laying out --------------------------------------------------------------------------

    def arrange(self, choice: ColumnChoice) -> None:
        """Lay the columns out as the person wants them."""
        self.header.arrange(choice)
        self._fit()

    def _fit(self) -> None:
        self.header.fit(self.viewport().width())

    def reset(self) -> None:
        """Lay the new rows out before they are painted; Qt would paint them three times."""
        super().reset()
        self.executeDelayedItemsLayout()
        # the scroll bar comes or goes now, and takes its room before the first painting
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_current(self, current: QModelIndex) -> None:
        row = self._findings.finding_at(current.row())
        if row is not None and not self._quiet:
            self.chosen.emit(row.id)
