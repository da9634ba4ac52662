"""The attendance sheet of one session: one letter a person, kept at once, all by keyboard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor

from models.ledger.training import attendance_of, mark_attendance, sheet
from models.problems import AppError, Problem
from models.records.attendance_list import ListedMark, read_leave
from models.records.person import Person
from models.records.record import check_answer, fields_of
from models.records.training import ATTENDANCE, Attendance, TrainingSession
from ui.colours import Tone
from ui.record_history import readable
from ui.session import Session
from ui.table.row_table import NO_INDEX, Index, Role
from ui.widgets.history_list import NOTHING

HEADINGS = ("姓名", "职务", "部门", "考勤", "请假（分钟）", "事由")
STATUS, LEAVE, REASON = 3, 4, 5
MOST_CHANGES = 8
LETTERS = {"present": "出", "late": "迟", "leave": "假", "absent": "缺"}
TONES = {
    "present": Tone.GREEN,
    "late": Tone.ORANGE,
    "leave": Tone.BLUE,
    "absent": Tone.RED,
}
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIELD_OF = {LEAVE: "leave_minutes", REASON: "reason"}


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and cannot be kept: it stays in its cell, with the reason."""

    text: str
    problem: str


class AttendanceSheet(QAbstractTableModel):
    """The people of a session and their marks; every change is one transaction."""

    counted = Signal()
    refused = Signal(str)  # what could not be kept, in words

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.training: TrainingSession | None = None
        self.people: Sequence[Person] = ()
        self.marks: dict[str, Attendance] = {}
        self._refused: dict[tuple[str, int], Refused] = {}

    def show_session(self, training: TrainingSession | None) -> None:
        """Show the sheet of a session as it stands; the same people keep their place."""
        ledger = self._session.ledger
        people = sheet(ledger, training) if training else []
        same = training is not None and self.training is not None
        if same and [p.id for p in people] == [p.id for p in self.people]:
            another = training != self.training
            if another:
                self._refused.clear()
            before = [(one, self.marks.get(one.id)) for one in self.people]
            self._take(training, people)
            for row, one in enumerate(people):  # a cell that is being typed in hears of no other
                if another or before[row] != (one, self.marks.get(one.id)):
                    self._tell(row)
        else:
            self.beginResetModel()
            self._refused.clear()
            self._take(training, people)
            self.endResetModel()
        self.counted.emit()

    def _take(self, training: TrainingSession | None, people: Sequence[Person]) -> None:
        self.training, self.people = training, people
        self.marks = attendance_of(self._session.ledger, training) if training else {}

    # ---- what is asked of the sheet ----------------------------------------------------------

    def mark(self, rows: Iterable[int], status: str) -> bool:
        """Give these people this status, or take it back where it is empty."""
        try:
            return self._write([(row, status, *self._rest(row)) for row in rows])
        except Problem as problem:  # a session made shorter than a leave that stands
            self.refused.emit(str(problem))
            return False

    def fill(self, status: str) -> bool:
        """Give the status to everybody who has none yet."""
        return self.mark([n for n, p in enumerate(self.people) if p.id not in self.marks], status)

    def copy_above(self, row: int, column: int) -> bool:
        """Take over what stands in the cell above."""
        if row == 0 or column < STATUS:
            return False
        above = self.marks.get(self.people[row - 1].id)
        if column == STATUS:
            return self.mark([row], (above.status or "") if above else "")
        return self.setData(self.index(row, column), self._typed(row - 1, column))

    def fill_down(self, rows: Sequence[int], column: int) -> bool:
        """Give all these rows the status of the first of them."""
        first = self.marks.get(self.people[rows[0]].id)
        return column == STATUS and self.mark(rows[1:], (first.status or "") if first else "")

    def take(self, listed: Iterable[ListedMark]) -> bool:
        """Write the marks of a list that was read."""
        rows = {person.id: row for row, person in enumerate(self.people)}
        return self._write(
            [
                (rows[one.person.id], one.status, one.leave_minutes, one.reason)
                for one in listed
                if one.person is not None and one.person.id in rows
            ]
        )

    def count(self, *statuses: str) -> int:
        """How many people are marked so."""
        return sum(mark.status in statuses for mark in self.marks.values())

    # ---- what the view asks ------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        upright = orientation == Qt.Orientation.Vertical
        if role == Role.DisplayRole:
            return section + 1 if upright else HEADINGS[section]
        if role != Role.TextAlignmentRole:
            return None
        return CENTRE if upright or section in (STATUS, LEAVE) else LEFT

    def flags(self, index: Index) -> Qt.ItemFlag:
        given = super().flags(index)
        return given | Qt.ItemFlag.ItemIsEditable if index.column() in _FIELD_OF else given

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        refused = self._refused.get((self.people[row].id, column))
        if role in (Role.DisplayRole, Role.EditRole):
            return refused.text if refused else self._text(row, column)
        if role == Role.ToolTipRole:
            return refused.problem if refused else self._tip(row, column)
        if role == Role.ForegroundRole:
            tone = Tone.RED if refused else self._tone(row, column)
            return QColor(tone.ink) if tone else None
        centred = role == Role.TextAlignmentRole and column in (STATUS, LEAVE)
        return CENTRE if centred else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Keep what was typed beside the status; it makes a leave of a status that has no leave."""
        row, column = index.row(), index.column()
        if role != Role.EditRole or column not in _FIELD_OF:
            return False
        text = str(value or "").strip()
        if text == self._text(row, column):
            self._refused.pop((self.people[row].id, column), None)
            return True
        try:
            return self._write([self._with(row, column, text)])
        except Problem as problem:
            return self._refuse(row, column, text, problem)

    # ---- how it is done ----------------------------------------------------------------------

    def _with(self, row: int, column: int, text: str) -> tuple[int, str, int | None, str | None]:
        """The mark of a row with this text in one of its cells; raises its Problem."""
        kind = fields_of(Attendance)[_FIELD_OF[column]]
        if column == LEAVE:
            typed: Any = read_leave(text) if text else None
        else:
            typed = kind.parse(text) if text else None
            check_answer(kind, typed)
        mark = self.marks.get(self.people[row].id)
        status = (mark.status or "") if mark else ""
        minutes, reason = self._rest(row)
        if column == LEAVE:
            status = "leave" if text else status
            return row, status, typed, reason
        return row, status or ("leave" if text else ""), minutes, typed

    def _rest(self, row: int) -> tuple[int | None, str | None]:
        mark = self.marks.get(self.people[row].id)
        return (mark.leave_minutes, mark.reason) if mark else (None, None)

    def _write(self, changes: Sequence[tuple[int, str, int | None, str | None]]) -> bool:
        """Write these marks in one transaction; a Problem is raised, an AppError is told."""
        training = self.training
        if training is None or not changes:
            return False
        try:
            self._session.write(
                lambda ledger: [
                    mark_attendance(ledger, training, self.people[row], status, minutes, reason)
                    for row, status, minutes, reason in changes
                ],
                Attendance.table,
            )
        except AppError as error:
            self.refused.emit(str(error))
            return False
        for row, *_rest in changes:
            for column in _FIELD_OF:
                self._refused.pop((self.people[row].id, column), None)
        self.show_session(training)
        for row, *_rest in changes:
            self._tell(row)
        return True

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, REASON))

    def _refuse(self, row: int, column: int, text: str, problem: Problem) -> bool:
        person = self.people[row]
        self._refused[person.id, column] = Refused(text, str(problem))
        self.refused.emit(f"{person.name}：{problem}")
        self.dataChanged.emit(self.index(row, column), self.index(row, column))
        return False

    def _typed(self, row: int, column: int) -> str:
        minutes, reason = self._rest(row)
        return str((minutes if column == LEAVE else reason) or "")

    def _text(self, row: int, column: int) -> str:
        person = self.people[row]
        if column < STATUS:
            return (person.name, person.post, person.department)[column] or ""
        if column != STATUS:
            return self._typed(row, column)
        mark = self.marks.get(person.id)
        return LETTERS.get(mark.status or "", mark.status or "") if mark else ""

    def _tip(self, row: int, column: int) -> str | None:
        mark = self.marks.get(self.people[row].id)
        if column == STATUS:
            return self._past(mark) if mark else "还没有登记：按 P 出勤、L 迟到、Q 请假、A 缺勤"
        if column == LEAVE and mark and mark.status == "leave" and not mark.leave_minutes:
            return "没有填时长的请假，整场活动都不计学时"
        return None

    def _past(self, mark: Attendance) -> str:
        """The word of a mark, and below it who changed what; read when it is pointed at."""
        told = [ATTENDANCE.get(mark.status or "", mark.status or "")]
        for change in readable(self._session, Attendance.table, mark.id)[:MOST_CHANGES]:
            when = f"{change.when.astimezone():%Y-%m-%d %H:%M}"
            answers = f"{change.old or NOTHING} → {change.new or NOTHING}"
            told.append(f"{when} {change.who} {change.field}：{answers}")
        return "\n".join(told)

    def _tone(self, row: int, column: int) -> Tone | None:
        mark = self.marks.get(self.people[row].id)
        return TONES.get(mark.status or "") if mark and column == STATUS else None
