"""方案与抽测: the five plans, the ten measures, spot checks and the term's trend of 五项管理."""

from functools import partial
from typing import TypeAlias

from PySide6.QtWidgets import QStackedWidget, QTabBar

from models.records.five_management import Checklist, ChecklistAnswer
from models.records.measure import AreaPlan, Measure, MeasureAction, school_year_of
from models.records.person import Person
from models.records.spot_check import SpotCheck
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.pages.management_measures import ActionPanel, MeasurePanel
from ui.pages.management_plans import PlanPanel
from ui.pages.management_spots import SpotPanel
from ui.pages.management_trend import TrendPanel
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.page_header import PageHeader

TABS = {
    "plans": "五项方案",
    "measures": "十项举措",
    "actions": "举措落实",
    "spots": "抽测",
    "trend": "学期趋势",
}
RECORDS = (AreaPlan.table, Measure.table, MeasureAction.table, SpotCheck.table)
Part: TypeAlias = PlanPanel | MeasurePanel | ActionPanel | SpotPanel | TrendPanel
SHEETS = (Checklist.table, ChecklistAnswer.table)


class ManagementPage(Page):
    """Tabs over one stack; only the one that is seen reads the ledger."""

    follows = frozenset({*RECORDS, *SHEETS, Person.table, "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.spots, self.trend = SpotPanel(session, icons), TrendPanel(session, icons)
        self.parts: dict[str, Part] = {
            "plans": PlanPanel(session, icons),
            "measures": MeasurePanel(session, icons),
            "actions": ActionPanel(session, icons),
            "spots": self.spots,
            "trend": self.trend,
        }
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("方案与抽测的各部分")
        self.stack = QStackedWidget()
        for key, part in self.parts.items():
            self.tabs.addTab(TABS[key])
            self.stack.addWidget(part)
        header = PageHeader("方案与抽测", "五项管理的方案、举措、抽测和趋势，打印报告时自动用上。")
        go_back = partial(self.open_asked.emit, "five_management", "")
        back = icons.icon("chevron-left", PALETTE.ink_soft, SMALL)
        self.back_button = header.add_secondary("自查表", go_back, back)
        self.tasks_button = header.add_secondary(
            "整改任务", partial(self.open_asked.emit, "tasks", "list")
        )
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        self.print_button = header.add_secondary("打印", self._ask_print, printer)
        for widget in (header, self.notice, self.tabs):
            self.column.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)

    def refresh(self) -> None:
        """Read again what the tab in front shows."""
        self.parts[self._tab()].refresh()

    def open_record(self, record: str) -> None:
        """Show a tab by its name, or the tab of a record and that record."""
        if record in TABS:
            self.tabs.setCurrentIndex(list(TABS).index(record))
            return
        for at, part in enumerate(self.parts.values()):
            if not isinstance(part, TrendPanel) and self.session.ledger.find(part.kind, record):
                self.tabs.setCurrentIndex(at)
                part.open_record(record)

    def _tab(self) -> str:
        return list(TABS)[self.tabs.currentIndex()]

    def _ask_print(self) -> None:
        tab = self._tab()
        report = f"measures:{school_year_of(self.session.today())}"
        if tab == "spots":
            report = f"{self.spots.newest_kind}_spot:{self.spots.newest_month}"
        elif tab == "trend":
            report = f"five_term:{self.trend.term}"
        self.open_asked.emit("reports", report)

    def _show_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        self.refresh()
