"""考勤: choose a session, mark everybody by keyboard, see the counts move."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.ledger.training import of_programme, sessions
from models.records.fields import show_day
from models.records.programme import Programme
from models.records.training import TrainingSession
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.training_sheet import LEAVE, REASON, STATUS, AttendanceSheet
from ui.session import Session
from ui.table.row_table import ROW_PIXELS
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice

KEYS = {
    Qt.Key.Key_1: "present",
    Qt.Key.Key_2: "late",
    Qt.Key.Key_3: "leave",
    Qt.Key.Key_4: "absent",
}
CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTHS = (110, 120, 140, 70, 110)
HELP = "1 出勤　2 迟到　3 请假　4 缺勤　Delete 清除　Ctrl+D 同上　Enter 下一人"


class SheetView(QTableView):
    """The sheet under the hands: a digit marks, and the next person comes up."""

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
            if self._sheet.copy_above(index.row(), index.column()):
                self.go(index.row() + 1, index.column())
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

    def _clear(self, index: QModelIndex) -> None:
        if index.column() == STATUS:
            self._sheet.mark(self._chosen(STATUS) or [index.row()], "")
        elif index.column() in (LEAVE, REASON):
            self._sheet.setData(index, "")

    def _chosen(self, column: int) -> list[int]:
        return sorted(i.row() for i in self.selectedIndexes() if i.column() == column)


class AttendanceTab(QWidget):
    """A session, its sheet, and the counts of it."""

    people_asked = Signal()
    session_asked = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self.programme: Programme | None = None
        self._trainings: dict[str, TrainingSession] = {}
        self.notice = Notice(icons)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("活动")
        self.chooser.setMinimumContentsLength(24)
        self.sheet = AttendanceSheet(session)
        self.view = SheetView(self.sheet)
        self.counts = QLabel()
        mark(self.counts, role="step")
        self.no_people = EmptyState(
            icons, "users", "还没有培训学员", "先添加学员，再登记他们的考勤。", "去添加学员"
        )
        self.no_sessions = EmptyState(
            icons, "calendar", "还没有培训活动", "先登记一场活动，再登记它的考勤。", "新建活动"
        )
        self.stack = QStackedWidget()
        self._build()
        self.chooser.activated.connect(lambda _index: self._show_chosen())
        self.sheet.counted.connect(self._count)
        self.sheet.refused.connect(lambda words: self.notice.say(words, Tone.RED))
        self.no_people.asked.connect(self.people_asked)
        self.no_sessions.asked.connect(self.session_asked)

    def _build(self) -> None:
        check = self._icons.icon("check", PALETTE.ink_soft, SMALL)
        self.fill_button = Button("全部出勤", Kind.SECONDARY, check, self.fill_present)
        self.fill_button.setToolTip("把还没有登记的人都登记为出勤，已登记的不变")
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.chooser, 1)
        bar.addWidget(self.fill_button)
        line = QHBoxLayout()
        keys = QLabel(HELP)
        mark(keys, role="hint")
        line.addWidget(self.counts)
        line.addStretch()
        line.addWidget(keys)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.notice)
        column.addWidget(self.view, 1)
        column.addLayout(line)
        for part in (whole, self.no_people, self.no_sessions):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def refresh(self) -> None:
        """Read the sessions and the sheet of the chosen one again."""
        programme = self.programme.id if self.programme else ""
        found = of_programme(sessions(self._session.ledger), programme)
        chosen = self.chooser.currentData()
        self._trainings = {training.id: training for training in found}
        self.chooser.clear()
        for training in found:
            self.chooser.addItem(_caption(training), training.id)
        self.choose(chosen if chosen in self._trainings else next(iter(self._trainings), ""))

    def choose(self, record: str) -> None:
        """Show the sheet of a session."""
        self.chooser.setCurrentIndex(self.chooser.findData(record))
        self._show_chosen()

    def fill_present(self) -> None:
        """Mark everybody present who is not marked yet."""
        if self.sheet.fill("present"):
            self.notice.hide()
        self.view.setFocus()

    def _show_chosen(self) -> None:
        training = self._trainings.get(self.chooser.currentData() or "")
        if training != self.sheet.training:
            self.notice.hide()
        self.sheet.show_session(training)
        if training is None:
            self.stack.setCurrentWidget(self.no_sessions)
        elif not self.sheet.people:
            self.stack.setCurrentWidget(self.no_people)
        else:
            self.stack.setCurrentIndex(0)
            if not self.view.currentIndex().isValid():
                self.view.go(0, STATUS)

    def _count(self) -> None:
        sheet = self.sheet
        blank = len(sheet.people) - len(sheet.marks)
        texts = [
            f"应到 {len(sheet.people)}",
            f"实到 {sheet.count('present', 'late')}",
            f"迟到 {sheet.count('late')}",
            f"请假 {sheet.count('leave')}",
            f"缺勤 {sheet.count('absent')}",
            f"未登记 {blank}",
        ]
        self.counts.setText("　".join(texts))
        self.fill_button.setEnabled(blank > 0)


def _caption(training: TrainingSession) -> str:
    day = f"{show_day(training.starts.date())} " if training.starts else ""
    return f"{day}{training.topic}（{training.minutes} 分钟）"
