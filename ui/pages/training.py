"""干部培训: who is trained, the sessions, the attendance, and the hours that come of it."""

from typing import TypeAlias

from PySide6.QtWidgets import QStackedWidget, QTabBar

from models.records.person import Person
from models.records.training import Attendance, TrainingSession
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.pages.page import Page
from ui.pages.training_attendance import AttendanceTab
from ui.pages.training_development_tabs import DEVELOPMENT, DevelopmentTab, development_tabs
from ui.pages.training_overview import OverviewTab
from ui.pages.training_programmes import ProgrammeBar
from ui.pages.training_roster import RosterTab
from ui.pages.training_sessions import SessionsTab
from ui.pages.training_summary import SummaryTab
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

Part: TypeAlias = (
    OverviewTab | RosterTab | SessionsTab | AttendanceTab | SummaryTab | DevelopmentTab
)


class TrainingPage(Page):
    """A programme and its parts, in tabs over one stack; only the one that is seen reads."""

    follows = frozenset(
        {TrainingSession.table, Attendance.table, Person.table, "exchange", *DEVELOPMENT}
    )

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("干部培训", "登记活动和考勤，学时按规则自动折算。")
        plus = icons.icon("plus", PALETTE.card, SMALL)
        self.new_button = self.header.add_primary("新建活动(&N)", self.new_session, plus)
        self.programmes = ProgrammeBar(session, icons)
        self.header.add_part(self.programmes)
        self.overview_tab = OverviewTab(session, icons)
        self.roster_tab = RosterTab(session, icons)
        self.people_tab = self.roster_tab.people
        self.sessions_tab = SessionsTab(session, icons)
        self.attendance_tab = AttendanceTab(session, icons)
        self.summary_tab = SummaryTab(session, icons)
        self.development = development_tabs(session, icons, tasks)
        # one line a tab, in their order: its title, and the widget that `programme` is set on
        self._parts: tuple[tuple[str, Part], ...] = (
            ("概览", self.overview_tab),
            ("学员", self.roster_tab),
            ("活动", self.sessions_tab),
            ("考勤", self.attendance_tab),
            ("汇总", self.summary_tab),
            ("分享与心得", self.development.shares),
            ("跟岗与项目", self.development.projects),
            ("自测", self.development.self_test),
            ("结业与档案", self.development.papers),
        )
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("干部培训的各部分")
        self.stack = QStackedWidget()
        for title, part in self._parts:
            self.tabs.addTab(title)
            self.stack.addWidget(scrolled(part))
        for widget in (self.header, self.notice, self.tabs):
            self.column.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.programmes.chosen.connect(self._on_chosen)
        self.programmes.asked.connect(self.show_register)
        self.overview_tab.edit_asked.connect(self.show_register)
        self.overview_tab.roster_asked.connect(lambda: self.go(self.roster_tab))
        self.overview_tab.summary_asked.connect(lambda: self.go(self.summary_tab))
        self.overview_tab.session_asked.connect(self.new_session)
        self.overview_tab.register.list.opened.connect(self.choose_programme)
        self.sessions_tab.people_asked.connect(self.add_people)
        self.sessions_tab.attendance_asked.connect(self.open_attendance)
        self.attendance_tab.people_asked.connect(self.add_people)
        self.attendance_tab.session_asked.connect(self.new_session)
        self.summary_tab.people_asked.connect(self.add_people)
        self.summary_tab.session_asked.connect(self.new_session)
        self.summary_tab.session_opened.connect(self.open_record)
        self.summary_tab.open_asked.connect(self.open_asked)
        for asking in self.development.asking:
            asking.open_asked.connect(self.open_asked)

    def refresh(self) -> None:
        """Read the programmes, and what the tab in front shows, again."""
        self.programmes.refresh()
        programme = self.programmes.programme
        part = self._parts[self.tabs.currentIndex()][1]
        part.programme = programme
        part.refresh()

    def choose_programme(self, programme: str) -> None:
        """Show a programme by its id."""
        self.programmes.refresh()
        self.programmes.choose(programme)
        self.refresh()

    def show_register(self, programme: str = "") -> None:
        """Show the register of programmes, and one of them in it."""
        self.programmes.choose("")
        self.go(self.overview_tab)
        self.overview_tab.show_register(programme)

    def open_record(self, record: str) -> None:
        """Show a session, a talk, a project …; an empty id starts a new session.

        `programme:` and an id shows a programme, `summary` the hours of everybody.
        """
        kind, _, programme = record.partition(":")
        if kind == "programme":
            self.choose_programme(programme)
            self.go(self.overview_tab)
            return
        if record == "summary":
            self.go(self.summary_tab)
            return
        if not record:
            self.new_session()
            return
        for tab in self.development.registers:
            if tab.knows(record):
                self.programmes.choose("")  # it may be of another programme
                self.go(tab)
                tab.open_record(record)
                return
        self._choose_of(record)
        self.go(self.sessions_tab)
        self.sessions_tab.open_session(record)

    def new_session(self) -> None:
        """Start a new session."""
        self.go(self.sessions_tab)
        self.sessions_tab.new_session()

    def open_attendance(self, record: str) -> None:
        """Show the attendance sheet of a session."""
        self._choose_of(record)
        self.go(self.attendance_tab)
        self.attendance_tab.choose(record)
        self.attendance_tab.view.setFocus()

    def add_people(self) -> None:
        """Open the box for the names of the trainees."""
        self.go(self.roster_tab)
        self.roster_tab.open_paste()

    def go(self, part: Part) -> None:
        """Bring a tab to the front and read it again."""
        at = [one for _title, one in self._parts].index(part)
        if self.tabs.currentIndex() == at:
            self.refresh()
        self.tabs.setCurrentIndex(at)

    def _choose_of(self, record: str) -> None:
        """A session of another programme is shown among all."""
        now = self.programmes.programme
        held = self.session.ledger.get(TrainingSession, record)
        if now is not None and held is not None and held.programme != now.id:
            self.programmes.choose("")

    def _on_chosen(self) -> None:
        self.attempt(self.refresh)

    def _show_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        self.refresh()
