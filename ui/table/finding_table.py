"""The list of findings: any number of rows, of which only the pages looked at are read."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.ledger.findings import FindingRow, page
from models.ledger.ledger import Ledger
from models.records.finding import CATEGORIES
from ui.colours import Tone
from ui.moments import long_day
from ui.table.finding_columns import COLUMNS, UNIT_WIDTH, Column, shown_columns
from ui.table.finding_words import days_left, unit_names

Index = QModelIndex | QPersistentModelIndex
PAGE, MOST_PAGES = 128, 48
ROW_HEIGHT, PILL_HEIGHT, PADDING = 36, 22, 10
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
TONE = int(Qt.ItemDataRole.UserRole)
USED = frozenset({DISPLAY, FOREGROUND, TOOL_TIP, TONE})


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
        self._colours = {tone: QColor(tone.ink) for tone in Tone}
        self._names: Mapping[str, str] = unit_names(ledger)
        unit = Column("学校", UNIT_WIDTH, lambda row, _: self._name_of(row), spare=1)
        self.columns = (COLUMNS[0], unit, *COLUMNS[1:]) if self._names else COLUMNS

    def _name_of(self, row: FindingRow) -> str:
        return self._names.get(row.unit, row.unit) if self._names else ""

    def show(self, numbers: Sequence[int], today: date) -> None:
        """Show the rows of these numbers as they stand on this day."""
        as_many = len(numbers) == len(self._numbers)
        if not as_many:
            self.beginResetModel()
        self._numbers, self._today = numbers, today
        self._names = unit_names(self._ledger)
        self._pages.clear()
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
                self._pages.clear()
            self._pages[number] = page(
                self._ledger, self._numbers[number * PAGE : (number + 1) * PAGE]
            )
        rows = self._pages[number]
        return rows[place] if place < len(rows) else None

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


class PillDelegate(QStyledItemDelegate):
    """Draws a word on a pale ground of its tone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = {tone: (QColor(tone.soft), QColor(tone.ink)) for tone in Tone}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table: QWidget = option.widget  # type: ignore[attr-defined]  # Qt's stubs forget it
        # the option is not filled from the model: this draws selection and hover, and no words
        table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, table)
        if words := index.data(DISPLAY):
            colours = self._colours[index.data(TONE)]
            self._draw(painter, QRectF(option.rect), words, *colours)  # type: ignore[attr-defined]

    @staticmethod
    def _draw(painter: QPainter, cell: QRectF, words: str, ground: QColor, ink: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2 * 8, cell.width() - PADDING)
        top = cell.y() + (cell.height() - PILL_HEIGHT) / 2
        pill = QRectF(cell.x() + PADDING - 2, top, width, PILL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(ink)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


class FindingTable(QTableView):
    """The view: one row is current; columns of less weight give way in a narrow list."""

    chosen = Signal(str)

    def __init__(self, model: FindingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = model
        self._quiet = False
        self.setModel(model)
        self.setAccessibleName("隐患列表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self._lay_out_columns()
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def _lay_out_columns(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        pills = PillDelegate(self)
        for number, column in enumerate(self._findings.columns):
            if column.width:
                head.resizeSection(number, column.width)
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            if column.pill:
                self.setItemDelegateForColumn(number, pills)

    def choose(self, row: int) -> None:
        """Make a row current without saying `chosen`."""
        self._quiet = True
        self.setCurrentIndex(self._findings.index(row, 0))
        self._quiet = False

    def reset(self) -> None:
        """Lay the new rows out before they are painted; Qt would paint them three times."""
        super().reset()
        self.executeDelayedItemsLayout()
        # the scroll bar comes or goes now, and takes its room before the first painting
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._findings.columns
        shown = shown_columns(columns, event.size().width())
        for number, column in enumerate(columns):
            self.setColumnHidden(number, column not in shown)

    def _on_current(self, current: QModelIndex) -> None:
        row = self._findings.finding_at(current.row())
        if row is not None and not self._quiet:
            self.chosen.emit(row.id)
