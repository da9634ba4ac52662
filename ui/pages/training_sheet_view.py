"""The attendance sheet under the hands: a letter marks, and the next person comes up."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.pages.training_sheet import LEAVE, REASON, STATUS, AttendanceSheet
from ui.table.row_table import ROW_PIXELS

KEYS = {
    Qt.Key.Key_1: "present",
    Qt.Key.Key_2: "late",
    Qt.Key.Key_3: "leave",
    Qt.Key.Key_4: "absent",
    Qt.Key.Key_P: "present",
    Qt.Key.Key_L: "late",
    Qt.Key.Key_Q: "leave",
    Qt.Key.Key_A: "absent",
}
CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTHS = (110, 120, 140, 70, 110)


class SheetView(QTableView):
    """Marks with P, L, Q, A or 1 to 4; Ctrl+D fills down, Enter goes on, Delete takes back."""

    def __init__(self, sheet: AttendanceSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.setModel(sheet)
        self.setAccessibleName("考勤表")
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the sheet; the arrows walk in it
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().setDefaultSectionSize(ROW_PIXELS)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, width)
        header.setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        typing = self.state() == QAbstractItemView.State.EditingState
        if typing or not index.isValid():  # a key that an open cell left over is not for the sheet
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_D and event.modifiers() == CONTROL:
            self._fill_down(index)
        elif plain and index.column() == STATUS and event.key() in KEYS:
            self._mark(index, KEYS[Qt.Key(event.key())])
        elif plain and event.key() in CLEARING:
            self._clear(index)
        elif plain and event.key() in ENTER:
            self.go(index.row() + 1, STATUS)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in a cell leads to the next person; Tab leads on as always."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go(index.row() + 1, STATUS)

    def go(self, row: int, column: int) -> None:
        """Make a cell current; below the last row there is nowhere to go."""
        if 0 <= row < self._sheet.rowCount():
            self.selectionModel().setCurrentIndex(
                self._sheet.index(row, column), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _mark(self, index: QModelIndex, status: str) -> None:
        rows = self._chosen(STATUS) or [index.row()]
        if not self._sheet.mark(rows, status) or len(rows) > 1:
            return
        if status == "leave":  # its minutes are typed next
            self.go(index.row(), LEAVE)
        else:
            self.go(index.row() + 1, STATUS)

    def _fill_down(self, index: QModelIndex) -> None:
        """The first of the chosen rows for all of them; of one row the row above."""
        rows = self._chosen(index.column())
        if len(rows) > 1:
            self._sheet.fill_down(rows, index.column())
        elif self._sheet.copy_above(index.row(), index.column()):
            self.go(index.row() + 1, index.column())

    def _clear(self, index: QModelIndex) -> None:
        if index.column() == STATUS:
            self._sheet.mark(self._chosen(STATUS) or [index.row()], "")
        elif index.column() in (LEAVE, REASON):
            self._sheet.setData(index, "")

    def _chosen(self, column: int) -> list[int]:
        return sorted(i.row() for i in self.selectedIndexes() if i.column() == column)
