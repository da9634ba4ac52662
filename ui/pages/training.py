"""干部培训: who is trained, the sessions, the attendance, and the hours that come of it."""

from PySide6.QtWidgets import QStackedWidget, QTabBar

from models.records.person import Person
from models.records.training import Attendance, TrainingSession
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.pages.page import Page
from ui.pages.people import PeoplePanel
from ui.pages.training_attendance import AttendanceTab
from ui.pages.training_development_tabs import DEVELOPMENT, development_tabs
from ui.pages.training_sessions import SessionsTab
from ui.pages.training_summary import SummaryTab
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.page_header import PageHeader

TABS = ("活动", "考勤", "学员", "汇总", "分享与心得", "跟岗与项目", "自测", "结业与档案")
SESSIONS, ATTENDANCE, PEOPLE, SUMMARY = range(4)


class TrainingPage(Page):
    """A few tabs over one stack; only the one that is seen reads the ledger."""

    follows = frozenset(
        {TrainingSession.table, Attendance.table, Person.table, "exchange", *DEVELOPMENT}
    )

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("干部培训", "登记活动和考勤，学时按规则自动折算。")
        plus = icons.icon("plus", PALETTE.card, SMALL)
        self.new_button = self.header.add_primary("新建活动(&N)", self.new_session, plus)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("干部培训的各部分")
        for title in TABS:
            self.tabs.addTab(title)
        self.sessions_tab = SessionsTab(session, icons)
        self.attendance_tab = AttendanceTab(session, icons)
        self.people_tab = PeoplePanel(session, icons)
        self.people_tab.chips.choose(["trainee"])
        self.summary_tab = SummaryTab(session, icons)
        self.stack = QStackedWidget()
        self.development = development_tabs(session, icons, tasks)
        first = (self.sessions_tab, self.attendance_tab, self.people_tab, self.summary_tab)
        self._parts = (*first, *self.development)
        for part in self._parts:
            self.stack.addWidget(part)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
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
        """Read again what the tab in front shows."""
        self._parts[self.tabs.currentIndex()].refresh()

    def open_record(self, record: str) -> None:
        """Show a session, a talk, a project …; an empty id starts a new session."""
        if not record:
            self.new_session()
            return
        for tab in self.development.registers:
            if tab.open_record(record):
                self.tabs.setCurrentIndex(self._parts.index(tab))
                return
        self._go(SESSIONS)
        self.sessions_tab.open_session(record)

    def new_session(self) -> None:
        """Start a new session."""
        self._go(SESSIONS)
        self.sessions_tab.new_session()

    def open_attendance(self, record: str) -> None:
        """Show the attendance sheet of a session."""
        self._go(ATTENDANCE)
        self.attendance_tab.choose(record)
        self.attendance_tab.view.setFocus()

    def add_people(self) -> None:
        """Open the box for the names of the trainees."""
        self._go(PEOPLE)
        self.people_tab.open_paste()

    def _go(self, tab: int) -> None:
        if self.tabs.currentIndex() == tab:
            self.refresh()
        self.tabs.setCurrentIndex(tab)

    def _show_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        self.refresh()
