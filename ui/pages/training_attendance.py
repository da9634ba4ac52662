"""考勤: choose a session, mark everybody by keyboard, see the counts move."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.ledger.overlaps import overlap_words
from models.ledger.training import of_programme, sessions
from models.records.attendance_list import ListedMark
from models.records.fields import show_day
from models.records.programme import Programme
from models.records.training import TrainingSession
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.training_list import ListPanel
from ui.pages.training_sheet import STATUS, AttendanceSheet
from ui.pages.training_sheet_view import SheetView
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chooser import offer
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

HELP = "P 出勤　L 迟到　Q 请假　A 缺勤（或 1—4）　Delete 清除　Ctrl+D 向下填充　Enter 下一人"
LOOK_DELAY_MS = 300


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
        self.doubts = plain_label("", "problem")
        self.listed = ListPanel(session, icons)
        self.card = Card()
        self.card.body.addWidget(self.listed)
        self.card.hide()
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_DELAY_MS)
        self._looking.timeout.connect(self._look)
        self.stack = QStackedWidget()
        self._build()
        self.chooser.activated.connect(lambda _index: self._show_chosen())
        self.sheet.counted.connect(self._count)
        self.sheet.refused.connect(lambda words: self.notice.say(words, Tone.RED))
        self.listed.taken.connect(self._take_list)
        self.listed.closed.connect(self._close_list)
        self.no_people.asked.connect(self.people_asked)
        self.no_sessions.asked.connect(self.session_asked)

    def _build(self) -> None:
        check = self._icons.icon("check", PALETTE.ink_soft, SMALL)
        self.fill_button = Button("全部出勤", Kind.SECONDARY, check, self.fill_present)
        self.fill_button.setToolTip("把还没有登记的人都登记为出勤，已登记的不变")
        copy = self._icons.icon("clipboard-list", PALETTE.ink_soft, SMALL)
        self.paste_button = Button("粘贴考勤", Kind.SECONDARY, copy, self.open_list)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.chooser, 1)
        bar.addWidget(self.paste_button)
        bar.addWidget(self.fill_button)
        line = QHBoxLayout()
        line.addWidget(self.counts)
        line.addWidget(plain_label(HELP, "hint"), 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.notice)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(12)
        side_by_side.addWidget(self.view, 3)
        side_by_side.addWidget(self.card, 2)
        column.addLayout(side_by_side, 1)
        column.addWidget(self.doubts)
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
        self._trainings = {training.id: training for training in found}
        offer(self.chooser, {training.id: _caption(training) for training in found})
        self._show_chosen()

    def choose(self, record: str) -> None:
        """Show the sheet of a session."""
        self.chooser.setCurrentIndex(self.chooser.findData(record))
        self._show_chosen()

    def fill_present(self) -> None:
        """Mark everybody present who is not marked yet."""
        if self.sheet.fill("present"):
            self.notice.hide()
        self.view.setFocus()

    def open_list(self) -> None:
        """Open the box for a pasted list of the chosen session."""
        if self.sheet.training is not None:
            self.card.show()
            self.listed.start(self.sheet.training, self.sheet.people)
            self.listed.text.setFocus()

    def _close_list(self) -> None:
        self.card.hide()
        self.view.setFocus()

    def _take_list(self, marks: Sequence[ListedMark]) -> None:
        if self.sheet.take(marks):
            self.notice.say(f"已登记 {len(marks)} 人的考勤。", Tone.GREEN)
            self.listed.keep_only_doubts()
            if not self.listed.read:
                self._close_list()

    def _look(self) -> None:
        """Tell who counts twice; it is looked for when the hands rest."""
        training = self.sheet.training
        words = overlap_words(self._session.ledger, training) if training else ""
        self.doubts.setText(words)
        self.doubts.setVisible(bool(words))

    def _show_chosen(self) -> None:
        training = self._trainings.get(self.chooser.currentData() or "")
        if training != self.sheet.training:
            self.notice.hide()
            self.card.hide()
            self.doubts.hide()
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
        self._looking.start()
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
