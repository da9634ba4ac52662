"""风险与职责: the risk points with their control measures, and who has which duty."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar

from models.records.person import Person
from models.records.risk import Duty, RiskPoint
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.pages.page import Page
from ui.pages.risks_duties import DutyPanel
from ui.pages.risks_points import RiskPanel
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.page_header import PageHeader

POINTS, DUTIES = range(2)


class RisksPage(Page):
    """Two tabs over one stack; only the one that is seen reads the ledger."""

    follows = frozenset({RiskPoint.table, Duty.table, Person.table, "finding", "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.points, self.duties = RiskPanel(session, icons), DutyPanel(session, icons)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("风险与职责的各部分")
        self.stack = QStackedWidget()
        for title, part in (("风险清单", self.points), ("责任清单", self.duties)):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        header = PageHeader("风险与职责", "风险点是一直都在的；管控没有做到，才成了隐患。")
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        self.print_button = header.add_secondary("打印清单", self._ask_print, printer)
        for widget in (header, self.notice, self.tabs):
            self.column.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.points.finding_opened.connect(partial(self.open_asked.emit, "findings"))

    def refresh(self) -> None:
        """Read again what the tab in front shows."""
        self._panel().refresh()

    def open_record(self, record: str) -> None:
        """Show a risk point or a duty; an empty id starts a new one of the tab in front."""
        if not record:
            self._panel().add()
            return
        is_duty = self.session.ledger.find(Duty, record) is not None
        self.tabs.setCurrentIndex(DUTIES if is_duty else POINTS)
        self._panel().open_record(record)

    def _ask_print(self) -> None:
        key = "duty_list" if self._panel() is self.duties else "risk_list"
        self.open_asked.emit("reports", f"{key}:now")

    def _panel(self) -> RiskPanel | DutyPanel:
        return self.duties if self.tabs.currentIndex() == DUTIES else self.points

    def _show_tab(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        self.refresh()
