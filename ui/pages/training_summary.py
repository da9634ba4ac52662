"""汇总: everybody's credit hours of a year by module, and the sessions behind each row."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.ledger.programmes import totals_of
from models.ledger.quotas import Standing, bind, standings
from models.ledger.same_person import everyone_of
from models.ledger.training import attended, of_programme, roster, sessions, totals
from models.records.figures import NOTHING
from models.records.person import Person
from models.records.programme import Programme
from models.records.quotas import QUOTAS
from models.records.record import show_answer
from models.records.training import (
    MODULES,
    Attendance,
    PersonTotal,
    TrainingSession,
    attended_minutes,
    session_hours,
)
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.kept_splitter import KeptSplitter
from ui.look import mark
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice

COLUMNS = (
    Column("姓名", 90),
    Column("职务", 100, spare=1),
    Column("部门", spare=2),
    *(Column(name, 84, right=True) for name in MODULES.values()),
    Column("合计学时", 80, right=True),
    Column("学时要求", 130),
)
DETAILS = (
    Column("日期", 110),
    Column("主题"),
    Column("模块", 96),
    Column("考勤", 90),
    Column("计入（分钟）", 110, right=True),
    Column("学时", 80, right=True),
)
QUOTA_WIDTH = 16
SPLITTER = "training.summary_splitter"


class SummaryTab(QWidget):
    """Persons and modules; a row shows the sessions of the person below."""

    open_asked = Signal(str, str)  # page key, what it is to show
    session_opened = Signal(str)
    people_asked = Signal()
    session_asked = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self.programme: Programme | None = None
        self._people: dict[str, Person] = {}
        self.years = QComboBox()
        self.years.setAccessibleName("年份")
        self.notice = Notice(icons)
        self.quotas = QComboBox()
        self.quotas.setAccessibleName("给没有学时要求的人选一项")
        self.quotas.addItem("给没有要求的人统一选择…", "")
        for quota in QUOTAS.values():
            self.quotas.addItem(quota.name, quota.id)
        self.quotas.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.quotas.setMinimumContentsLength(QUOTA_WIDTH)
        self.facts = QLabel()
        mark(self.facts, role="hint")
        self.list = RowView(COLUMNS, "学时汇总")
        self.details = RowView(DETAILS, "这个人的活动")
        self.card = Card()
        self.no_people = EmptyState(
            icons,
            "users",
            "还没有培训学员",
            "先添加学员；登记活动和考勤后，学时会汇总在这里。",
            "去添加学员",
        )
        self.no_sessions = EmptyState(
            icons, "clock", "还没有培训活动", "登记活动和考勤后，学时会汇总在这里。", "新建活动"
        )
        self.stack = QStackedWidget()
        self._build()
        self.quotas.activated.connect(lambda _index: self._bind())
        self.years.activated.connect(lambda _index: self._show_year())
        self.list.current_changed.connect(self._show_person)
        self.details.opened.connect(self.session_opened)
        self.no_people.asked.connect(self.people_asked)
        self.no_sessions.asked.connect(self.session_asked)

    def _build(self) -> None:
        printer = self._icons.icon("printer", PALETTE.ink_soft, SMALL)
        self.print_button = Button("打印学时汇总表", Kind.SECONDARY, printer, self._ask_print)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.years)
        bar.addWidget(self.facts, 1)
        bar.addWidget(self.quotas)
        bar.addWidget(self.print_button)
        self.card.body.addWidget(self.details)
        self.card.hide()
        above = Qt.Orientation.Vertical
        split = KeptSplitter(self._session.ledger, SPLITTER, (320, 240), above)
        split.addWidget(self.list)
        split.addWidget(self.card)
        split.restore()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.notice)
        column.addWidget(split, 1)
        for part in (whole, self.no_people, self.no_sessions):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    @property
    def year(self) -> int:
        """The year that is shown."""
        return int(self.years.currentData() or self._session.today().year)

    def refresh(self) -> None:
        """Read the years and the hours of the chosen one again."""
        ledger = self._session.ledger
        held = sessions(ledger)
        chosen = self.year
        years = {year for training in held for year in training.years}
        years.add(self._session.today().year)
        self.years.clear()
        for year in sorted(years | {chosen}, reverse=True):
            self.years.addItem(f"{year} 年", year)
        self.years.setCurrentIndex(self.years.findData(chosen))
        self._show_year()
        if not held:
            people = roster(ledger)
            self.stack.setCurrentWidget(self.no_sessions if people else self.no_people)
        else:
            self.stack.setCurrentIndex(0)

    def _show_year(self) -> None:
        ledger = self._session.ledger
        programme = self.programme
        found = totals_of(ledger, programme.id) if programme else totals(ledger, self.year)
        bound = standings(ledger, self._session.today().year if programme else self.year)
        self._people = {total.person.id: total.person for total in found}
        for part in (self.years, self.print_button):
            part.setVisible(programme is None)
        free = any(not p.quota and p.state != "left" for p in self._people.values())
        self.quotas.setVisible(programme is None and free)
        self.list.show_rows([_row(total, bound.get(total.person.id)) for total in found])
        self.facts.setText(f"{len(found)} 人　{len(self._held())} 场活动")
        self.print_button.setEnabled(bool(found))
        self._show_person(self.list.current())

    def _held(self) -> list[TrainingSession]:
        ledger = self._session.ledger
        if self.programme is None:
            return sessions(ledger, self.year)
        return of_programme(sessions(ledger), self.programme.id)

    def _show_person(self, record: str) -> None:
        person = self._people.get(record)
        self.card.setVisible(person is not None)
        if person is None:
            return
        year = None if self.programme else self.year
        ledger = self._session.ledger
        held = attended(ledger, everyone_of(ledger, record), self._held())
        period = "本班次" if year is None else f"{year} 年"
        self.card.set_title(f"{person.name}：{period}的活动（{len(held)} 场）")
        self.details.show_rows([_detail(training, mark, year) for training, mark in held])

    def _bind(self) -> None:
        """One choice for all who have none; who has one keeps it."""
        quota = QUOTAS.get(self.quotas.currentData() or "")
        self.quotas.setCurrentIndex(0)
        if quota is None:
            return

        def write() -> None:
            count = self._session.write(lambda ledger: bind(ledger, quota.id), Person.table)
            words = f"已给 {count} 人选择“{quota.name}”。个别不同的，请在“学员”里修改。"
            self.notice.say(words, Tone.GREEN)

        self.notice.attempt(write)
        self._show_year()

    def _ask_print(self) -> None:
        self.open_asked.emit("reports", f"training_summary:{self.year}")


def _row(total: PersonTotal, standing: Standing | None) -> Row:
    person = total.person
    hours = [
        number_cell(total.hours_of(module), f"{total.minutes_of(module)} 分钟")
        for module in MODULES
    ]
    minutes = f"{total.total_minutes} 分钟"
    if elsewhere := total.minutes_elsewhere:
        minutes += f"，其中 {elsewhere} 分钟的模块是新版程序登记的，请升级后查看"
    return Row(
        person.id,
        (
            *(Cell(show_answer(person, name)) for name in ("name", "post", "department")),
            *hours,
            number_cell(total.total, minutes),
            _quota_cell(standing),
        ),
    )


def _quota_cell(standing: Standing | None) -> Cell:
    if standing is None:
        return Cell(NOTHING, Decimal(-1), tip="没有选择学时要求；在“学员”里选一个人填写")
    tone = Tone.ORANGE if standing.missing else Tone.GREEN
    return Cell(standing.words(), standing.missing, tone, standing.basis())


def _detail(training: TrainingSession, attendance: Attendance, year: int | None) -> Row:
    whole = attended_minutes(training, attendance)
    minutes = training.share(whole, year)
    status = show_answer(attendance, "status")
    if attendance.leave_minutes:
        status += f" {attendance.leave_minutes} 分钟"
    starts = training.starts
    return Row(
        training.id,
        (
            Cell(
                f"{starts:%Y-%m-%d}" if starts else "", starts, tip=show_answer(training, "starts")
            ),
            Cell(training.topic or ""),
            Cell(show_answer(training, "module")),
            Cell(status, tip=attendance.reason or ""),
            number_cell(minutes),
            number_cell(session_hours(training, whole, year), f"{minutes} 分钟"),
        ),
    )
