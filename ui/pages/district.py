"""区县汇总: bundles in, replies out, a row for every school, what waits for a decision, 入网."""

from pathlib import Path

from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.exchange.members import pinned_office
from models.exchange.receive import FileResult, is_bundle
from models.ledger.district import units
from models.records.catalogue import RECORD_TYPES
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.pages.conflicts import ConflictPanel
from ui.pages.district_enrol import EnrolTab, FoundingCard
from ui.pages.district_replies import ReplyCard
from ui.pages.district_results import ResultList
from ui.pages.district_table import COLUMNS, is_late, unit_rows
from ui.pages.exchange_key import UnlockCard
from ui.pages.exchange_receive import ReceiveCard
from ui.pages.exchange_standing import Standing, standing_of
from ui.pages.page import Page
from ui.session import Session
from ui.table.row_table import RowView
from ui.tasks import Tasks
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

SCHOOLS, RESULTS, CONFLICTS, ENROLMENT = range(4)
TABS = ("schools", "results", "conflicts", "enrolment")
LEAST_TABLE = 200
OUTSIDE = (
    "这台电脑还没有入网：请到“数据交换”办完；"
    "教育局密钥在这台电脑上的，在“入网”里给本机换新密钥就行。"
)


class DistrictPage(Page):
    """What an office does with its schools' bundles."""

    follows = frozenset({*RECORD_TYPES, "exchange", "setting"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("区县汇总")
        self.founding = FoundingCard(self)
        self.founding.founded.connect(self._founded)
        self.unlock = UnlockCard(self)
        self.unlock.opened.connect(self._again)
        self.stack = QStackedWidget()
        self.receive = ReceiveCard(self, requests=True)
        self.read_button = self.header.add_primary(
            "读入数据包", self.receive.drop.ask, icons.icon("inbox", PALETTE.card)
        )
        self.header.add_secondary(
            "督评", lambda: self.open_asked.emit("reviews", self.table.current())
        )
        self.tabs = self._tabs()
        self.stack.addWidget(scrolled(_above_nothing(self.founding)))
        self.stack.addWidget(self.tabs)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.stack, 1)

    def _tabs(self) -> QTabWidget:
        self.results = ResultList(self.icons)
        self.conflicts = ConflictPanel(self, units=True)
        self.conflicts.counted.connect(lambda n: self._title(CONFLICTS, "要决定的", n))
        self.enrolment = EnrolTab(self)
        self.enrolment.requests.changed.connect(self._count_requests)
        self.enrolment.members.closed.connect(self._again)
        self.enrolment.pc.changed.connect(self._again)
        tabs = QTabWidget()
        for widget, title in (
            (scrolled(self._exchanging()), "学校"),
            (self.results, "读入结果"),
            (self.conflicts, "要决定的"),
            (scrolled(self.enrolment), "入网"),
        ):
            tabs.addTab(widget, title)
        tabs.setTabVisible(RESULTS, False)
        return tabs

    def _exchanging(self) -> QWidget:
        """Bundles in, replies out, and the schools below."""
        self.replies = ReplyCard(self)
        self.receive.received.connect(self._received)
        self.receive.requested.connect(self._requested)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.receive, 3)
        cards.addWidget(self.replies, 2)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.unlock)
        column.addLayout(cards)
        column.addWidget(self._schools(), 1)
        return part

    def _schools(self) -> QWidget:
        self.table = RowView(COLUMNS, "学校汇总")
        self.table.setToolTip("点一所学校，看它的隐患")
        self.table.opened.connect(self._open_school)
        self.table.clicked.connect(lambda _index: self._open_school(self.table.current()))
        self.nothing = EmptyState(
            self.icons,
            "inbox",
            "还没有收到学校的数据包",
            "先在“入网”里生成邀请交给学校；学校交来的 .aqb 文件拖到上面，学校就会出现在这里。",
            "去入网",
        )
        self.nothing.asked.connect(lambda: self.tabs.setCurrentIndex(ENROLMENT))
        self.schools = QStackedWidget()
        self.schools.addWidget(self.nothing)
        self.schools.addWidget(self.table)
        self.schools.setMinimumHeight(LEAST_TABLE)
        self.schools.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return self.schools

    def open_record(self, record: str) -> None:
        """Show one of the tabs: schools, results, conflicts, enrolment; or read a bundle.

        Of a bundle its path is named.
        """
        if record in TABS:
            self.tabs.setCurrentIndex(TABS.index(record))
        elif is_bundle(path := Path(record)):
            self.receive.read([path])

    # ---- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the rows, the conflicts and the registry anew."""
        ledger, today = self.session.ledger, self.session.today()
        founded = pinned_office(ledger) is not None
        locked = self.session.store.is_locked
        self.stack.setCurrentIndex(1 if founded or locked else 0)
        self._lock(locked)
        self.read_button.setVisible(founded and not locked)
        if not founded:
            self.header.set_subtitle("")
            return
        decisions = self.conflicts.refresh()
        rows = units(ledger, today)
        late = sum(is_late(row, today) for row in rows)
        silent = sum(not row.last_bundle for row in rows)
        words = f"已收到 {len(rows) - silent} 所学校的数据" if rows else ""
        words += f"，{silent} 所还没有报过" if silent else ""
        self.header.set_subtitle(f"{words}，{late} 所迟报" if late else words)
        self.schools.setCurrentIndex(1 if rows else 0)
        self.table.show_rows(unit_rows(rows, decisions, today))
        self.receive.refresh()
        self.enrolment.refresh()
        if standing_of(self.session) is Standing.ASKING and not self.notice.text():
            self.notice.say(OUTSIDE, Tone.ORANGE)

    def _lock(self, locked: bool) -> None:
        """What needs a key waits for the password; the schools can be looked at."""
        self.unlock.setVisible(locked)
        for card in (self.receive, self.replies):
            card.setEnabled(not locked)
        self.tabs.setTabEnabled(ENROLMENT, not locked)

    def _open_school(self, unit: str) -> None:
        self.open_asked.emit("findings", f"unit:{unit}")

    def _title(self, tab: int, words: str, count: int) -> None:
        self.tabs.setTabText(tab, f"{words}（{count}）" if count else words)

    def _again(self) -> None:
        self.attempt(self.refresh)

    # ---- what happened ------------------------------------------------------------------------

    def _founded(self) -> None:
        self._again()
        self.tabs.setCurrentIndex(ENROLMENT)

    def _received(self, results: list[FileResult]) -> None:
        if not self.attempt(self.refresh):
            return
        bad = self.results.show_results(results)
        self.tabs.setTabVisible(RESULTS, bool(results))
        if not results:
            return
        self._title(RESULTS, "读入结果", len(results))
        words = f"{len(results)} 个文件读完"
        if bad:
            self.tabs.setCurrentIndex(RESULTS)
            self.notice.say(f"{words}，其中 {bad} 个要看一看，列在“读入结果”最前面。", Tone.ORANGE)
        else:
            said = results[0].words if len(results) == 1 else f"{words}，都正常。"
            self.notice.say(said, Tone.GREEN)

    def _requested(self, paths: list[Path]) -> None:
        self.tabs.setCurrentIndex(ENROLMENT)
        self.enrolment.requests.read(paths)

    def _count_requests(self) -> None:
        self._title(ENROLMENT, "入网", len(self.enrolment.requests.cards))


def _above_nothing(card: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch()
    return part
