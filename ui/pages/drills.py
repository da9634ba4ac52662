"""演练教育: drills and safety lessons, with how often they are due and how often they were held."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QWidget

from models.ledger.schedule import schedule
from models.records.drill import Drill, SafetyLesson
from models.records.finding import Photo
from models.records.person import Person
from models.records.schedule import Due
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.drills_drill import DrillPanel
from ui.pages.drills_lesson import LessonPanel
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.badge import Badge
from ui.widgets.flow import Flow
from ui.widgets.page_header import PageHeader

DRILLS, LESSONS = range(2)
TABLES = (Drill.table, SafetyLesson.table)
TONES = {"overdue": Tone.RED, "today": Tone.ORANGE, "week": Tone.ORANGE, "done": Tone.GREEN}
NEW = "new"  # new:drill:fire starts a fire drill, new:safety_lesson:bully a lesson about bullying


class DrillsPage(Page):
    """Two tabs over one stack; only the one that is seen reads the ledger."""

    follows = frozenset({*TABLES, Person.table, Photo.table, "organisation", "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.drills = DrillPanel(session, icons, tasks)
        self.lessons = LessonPanel(session, icons)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("演练教育的各部分")
        self.stack = QStackedWidget()
        for title, part in (("应急演练", self.drills), ("安全教育", self.lessons)):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.tallies = QWidget()
        self._tally_line = Flow(self.tallies)
        header = PageHeader("演练教育", "演练和安全教育记在这里，够不够次数、是否达标，自动对照。")
        above = QHBoxLayout()
        above.setSpacing(24)
        above.addWidget(self.tabs)
        above.addWidget(self.tallies, 1, Qt.AlignmentFlag.AlignVCenter)
        self.column.addWidget(header)
        self.column.addWidget(self.notice)
        self.column.addLayout(above)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.drills.print_asked.connect(
            lambda record: self.open_asked.emit("reports", f"drill_record:{record}")
        )

    def refresh(self) -> None:
        """Read again what the tab in front shows."""
        self._panel().refresh()
        self._show_tallies()

    def open_record(self, record: str) -> None:
        """Show a drill or a lesson; an empty id starts a new one of the tab in front."""
        start, _, rest = record.partition(":")
        if start in ("", NEW):
            table, _, about = rest.partition(":")
            self._start(table, about or None)
            return
        is_lesson = self.session.ledger.find(SafetyLesson, record) is not None
        self.tabs.setCurrentIndex(LESSONS if is_lesson else DRILLS)
        self._panel().open_record(record)

    def _start(self, table: str, about: str | None) -> None:
        if table in TABLES:
            self.tabs.setCurrentIndex(TABLES.index(table))
        self._panel().add(about)

    def _panel(self) -> DrillPanel | LessonPanel:
        return self.lessons if self.tabs.currentIndex() == LESSONS else self.drills

    def _show_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        self.refresh()

    def _show_tallies(self) -> None:
        while (item := self._tally_line.takeAt(0)) is not None:
            item.widget().setParent(None)
        table = TABLES[self.tabs.currentIndex()]
        found = schedule(self.session.ledger, self.session.today())
        for one in found:
            if one.routine.record == table:
                self._tally_line.addWidget(_tally(one))
        self.tallies.setVisible(self._tally_line.count() > 0)


def _tally(one: Due) -> QLabel:
    """应急疏散演练 本月 1/1, and its source where one looks for it."""
    words = f"{one.routine.title}　{one.tally}"
    if one.state == "overdue":
        words += "　上次未做"
    elif one.state != "done":
        words += f"　{one.day.month}月{one.day.day}日前"
    badge = Badge(words, TONES.get(one.state, Tone.GREY))
    badge.setToolTip(one.routine.basis)
    return badge
