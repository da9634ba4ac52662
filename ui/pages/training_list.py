"""A pasted attendance list beside the sheet: every line as it was read, its doubts beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.records.attendance_list import ListedMark, read_attendance
from models.records.person import Person
from models.records.training import ATTENDANCE, TrainingSession
from ui.colours import Tone
from ui.form.pasted_text import PastedText
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.notice import Notice

COLUMNS = (Column("行", 44, right=True), Column("姓名", 84), Column("读到的内容"))
TWO_LINES = 46
LEAST = 56  # pixels, on a small screen
HINT = (
    "一人一行：姓名、考勤、请假时长、事由。只有姓名的算出勤。\n"
    "王平安\t出勤\n赵𬱖\t请假\t45分钟\t外出开会"
)


class ListPanel(QWidget):
    """The list of one session; the button says how many marks it will write."""

    taken = Signal(object)  # the marks, as listed
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = TrainingSession()
        self._people: Sequence[Person] = ()
        self.read: Sequence[ListedMark] = ()
        self.notice = Notice(icons)
        self.text = PastedText("考勤名单", HINT, session, self.notice)
        self.lines = RowView(COLUMNS, "读到的考勤")
        self.lines.setWordWrap(True)  # what to do about a line must be read in full
        self.lines.verticalHeader().setDefaultSectionSize(TWO_LINES)
        self.take_button = Button("登记", Kind.PRIMARY, on_click=self.take)
        self._build()
        self.text.textChanged.connect(self._read)

    def _build(self) -> None:
        title = QLabel("粘贴考勤名单")
        mark(title, role="title")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(Button("关闭", on_click=self.closed.emit))
        buttons.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (title, self.notice):
            column.addWidget(part)
        self.text.setMinimumHeight(LEAST)
        self.lines.setMinimumHeight(LEAST)
        column.addWidget(self.text, 2)
        column.addWidget(self.lines, 3)
        column.addLayout(buttons)
        for keys, act in (("Ctrl+S", self.take), ("Esc", self.closed.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def start(self, training: TrainingSession, people: Sequence[Person]) -> None:
        """Begin with the list of this session, or go on with the one that waits for it."""
        self.notice.hide()
        self._training, self._people = training, people
        self.text.open(f"attendance:list:{training.id}")
        self._read()

    def take(self) -> None:
        """Hand the marks that were understood over; what was not stays here."""
        marks = [one for one in self.read if not one.problem]
        if marks:
            self.taken.emit(marks)

    def keep_only_doubts(self) -> None:
        """The marks are written: only the lines that were not understood are left to mend."""
        doubtful = {one.line for one in self.read if one.problem}
        lines = enumerate(self.text.toPlainText().splitlines(), 1)
        self.text.setPlainText("\n".join(line for number, line in lines if number in doubtful))
        self.text.flush()

    def _read(self) -> None:
        self.read = read_attendance(self.text.toPlainText(), self._training, self._people)
        self.lines.show_rows([_row(one) for one in self.read])
        count = sum(not one.problem for one in self.read)
        self.take_button.setText(f"登记 {count} 人" if count else "登记")
        self.take_button.setEnabled(bool(count))


def _row(one: ListedMark) -> Row:
    """What was read of a line, or what is wrong with it and what to do."""
    if one.problem:
        words, tone = one.problem, Tone.RED
    else:
        leave = f" {one.leave_minutes} 分钟" if one.leave_minutes else ""
        reason = f"，{one.reason}" if one.reason else ""
        words, tone = f"{ATTENDANCE[one.status]}{leave}{reason}", None
    return Row(
        f"{one.line} {words}",
        (Cell(str(one.line), one.line), Cell(one.name), Cell(words, tone=tone)),
    )
