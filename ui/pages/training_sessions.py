"""活动: the sessions at the left, the one being looked at or typed at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.ledger.overlaps import overlap_words
from models.ledger.training import (
    Turnout,
    find_sessions,
    of_programme,
    roster,
    sessions,
    turnouts,
)
from models.records.programme import Programme
from models.records.record import show_answer
from models.records.training import TrainingSession, session_hours
from ui.colours import Tone
from ui.icons import Icons
from ui.kept_splitter import KeptSplitter
from ui.pages.training_form import SessionForm
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.search_field import SearchField

COLUMNS = (
    Column("日期", 100),
    Column("主题"),
    Column("模块", 86, spare=2),
    Column("形式", 86, spare=3),
    Column("分钟", 58, right=True, spare=1, tip="时长，已扣除中间休息"),
    Column("学时", 62, right=True, tip="按这场活动的折算规则"),
    Column("实到/应到", 90, right=True, tip="实到是出勤和迟到的人数"),
)
SPLITTER = "training.splitter"


class SessionsTab(QWidget):
    """The list of sessions and the form of one."""

    people_asked = Signal()
    attendance_asked = Signal(str)

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.programme: Programme | None = None
        self._trainings: dict[str, TrainingSession] = {}  # those that are listed
        self._earlier: Sequence[TrainingSession] = ()  # all
        self._gone = TrainingSession()
        self.notice = Notice(icons)
        self.search = SearchField("按主题、地点、主讲或拼音首字母查找", icons)
        self.nothing = EmptyState(icons, "search", "没有找到活动", "请换一个词，或清除查找的内容。")
        self.list = RowView(COLUMNS, "培训活动列表")
        self.form = SessionForm(session, icons)
        self.hint = EmptyState(
            icons, "calendar", "请选择一场活动", "在左边选一场活动来查看或修改。"
        )
        self.no_people = EmptyState(
            icons,
            "users",
            "还没有培训学员",
            "先粘贴学员名单，再登记活动和考勤，学时会自动汇总。",
            "去添加学员",
        )
        self.no_sessions = EmptyState(
            icons,
            "graduation-cap",
            "还没有培训活动",
            "学员已经有了，现在可以登记第一场活动。",
            "新建活动",
        )
        self.left, self.right, self.stack = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self.split = KeptSplitter(session.ledger, SPLITTER, (620, 400))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.right.addWidget(self.hint)
        self.right.addWidget(self.form)
        card = Card()
        card.body.addWidget(self.right)
        self.left.addWidget(self.list)
        self.left.addWidget(self.nothing)
        listed = QWidget()
        lines = QVBoxLayout(listed)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.search)
        lines.addWidget(self.left)
        self.split.addWidget(listed)
        self.split.addWidget(card)
        self.split.setStretchFactor(0, 1)
        self.split.restore()
        for part in (self.split, self.no_people, self.no_sessions):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self.refresh())
        self.list.current_changed.connect(self._show_session)
        self.list.opened.connect(lambda _id: self.form.panel.form.entry("topic").setFocus())
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self._rest)
        self.form.removed.connect(self._on_removed)
        self.form.attendance_asked.connect(self.attendance_asked)
        self.notice.acted.connect(self._restore)
        self.no_people.asked.connect(self.people_asked)
        self.no_sessions.asked.connect(self.new_session)

    # ---- what is asked of the tab ------------------------------------------------------------

    def refresh(self) -> None:
        """Read the sessions and their turnout again; a form being typed is left alone."""
        ledger, words = self._session.ledger, self.search.text()
        programme = self.programme.id if self.programme else ""
        every, counts = of_programme(sessions(ledger), programme), turnouts(ledger)
        found = of_programme(find_sessions(ledger, words), programme) if words.strip() else every
        expected = len(roster(ledger, programme))
        self._earlier = every
        self._trainings = {training.id: training for training in found}
        self.list.show_rows([_row(t, counts.get(t.id), expected) for t in found])
        self.left.setCurrentWidget(self.list if found else self.nothing)
        self.form.offer(every)
        typing = self.right.currentWidget() is self.form
        if every or typing:
            self.stack.setCurrentWidget(self.split)
        else:
            self.stack.setCurrentWidget(self.no_sessions if expected else self.no_people)
        if found and not typing:
            self.list.select(found[0].id)

    def new_session(self) -> None:
        """Start a new session."""
        self._leave_form()
        self.list.deselect()
        self.notice.hide()
        self.right.setCurrentWidget(self.form)
        self.stack.setCurrentWidget(self.split)
        self.form.open_new(self._earlier, self.programme)

    def open_session(self, record: str) -> None:
        """Show one session; one that is not here is told of."""
        if record not in self._trainings:
            self.search.clear()
            self.refresh()
        if not self.list.select(record):
            self.notice.say("没有找到这场活动，可能已经被删除。", Tone.ORANGE)

    # ---- what happens ------------------------------------------------------------------------

    def _show_session(self, record: str) -> None:
        training = self._trainings.get(record)
        typing = self.right.currentWidget() is self.form
        if training is None or (typing and training.id == self.form.opened.id):
            return
        self._leave_form()
        self.right.setCurrentWidget(self.form)
        self.form.open(training)

    def _leave_form(self) -> None:
        """What was typed for another session stays as its draft."""
        if self.right.currentWidget() is self.form:
            with QSignalBlocker(self.form):
                self.form.panel.close_form()

    def _rest(self) -> None:
        self.right.setCurrentWidget(self.hint)
        self.list.deselect()

    def _on_saved(self, training: TrainingSession) -> None:
        self.refresh()
        self.open_session(training.id)
        doubts = overlap_words(self._session.ledger, training)
        tone = Tone.ORANGE if doubts else Tone.GREEN
        self.form.panel.notice.say(f"已保存。{doubts or '接下来可以登记考勤。'}", tone)

    def _on_removed(self, training: TrainingSession) -> None:
        self._gone = training
        self._rest()
        self.refresh()
        self.notice.say(f"已删除活动“{training.topic}”，它的考勤不再计入学时。", Tone.BLUE, "撤销")

    def _restore(self) -> None:
        gone = self._gone
        if self.notice.attempt(
            lambda: self._session.write(lambda ledger: ledger.restore(gone), TrainingSession.table)
        ):
            self.notice.hide()
            self.refresh()
            self.open_session(gone.id)


def _row(training: TrainingSession, turnout: Turnout | None, expected: int) -> Row:
    """One line; before anybody is marked, all trainees are expected."""
    starts = training.starts
    rule = show_answer(training, "hour_rule")
    return Row(
        training.id,
        (
            Cell(
                f"{starts:%Y-%m-%d}" if starts else "", starts, tip=show_answer(training, "starts")
            ),
            Cell(training.topic or ""),
            Cell(show_answer(training, "module")),
            Cell(show_answer(training, "form")),
            number_cell(training.minutes),
            number_cell(session_hours(training), f"{training.minutes} 分钟，{rule}"),
            _turnout_cell(turnout, expected),
        ),
    )


def _turnout_cell(turnout: Turnout | None, expected: int) -> Cell:
    if turnout is None:
        return Cell("未登记", -1, Tone.ORANGE, f"应到 {expected} 人，还没有登记考勤")
    words = f"应到 {turnout.marked} 人，实到 {turnout.came} 人"
    return Cell(f"{turnout.came}/{turnout.marked}", turnout.came, tip=words)
