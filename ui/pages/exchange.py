"""数据交换: enrol once; then hand over with one button, read what came back, see what became of it."""

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.exchange.receive import FileResult
from models.ledger.conflicts import count_conflicts
from models.records.catalogue import RECORD_TYPES
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.conflicts import ConflictPanel
from ui.pages.exchange_enrol import EnrolCard
from ui.pages.exchange_log import ExchangeLog, ReceiptCode, UndeliveredList
from ui.pages.exchange_receive import ReceiveCard, summary
from ui.pages.exchange_send import SendCard
from ui.pages.exchange_standing import Standing, standing_of
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.page_header import PageHeader
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

LOG, WAITING, CONFLICTS, CODE = range(4)
TABS = ("log", "waiting", "conflicts", "code")


class ExchangePage(Page):
    """The page a school uses once a week."""

    follows = frozenset({*RECORD_TYPES, "exchange", "setting"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("数据交换", "用 U 盘或微信传一个文件，不需要网络。")
        self.enrol = EnrolCard(self)
        self.enrol.passed.connect(self._come_further)
        self.enrol.reply.received.connect(self._received)
        self.office = self._office()
        self.body = self._body()
        self.stack = QStackedWidget()
        for part in (self._enrolling(), self.body):
            self.stack.addWidget(scrolled(part))
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.stack, 1)
        self._standing = Standing.STRANGER

    def _enrolling(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.office)
        column.addWidget(self.enrol, 1)
        return part

    def _office(self) -> Card:
        """For an office: its first PC does not ask anybody, it makes the key."""
        card = Card("教育局的第一台电脑？")
        words = "第一台电脑在“区县汇总”里建立密钥；本局已经有密钥的，请在下面用本局的邀请入网。"
        card.body.addWidget(plain_label(words, copied=False))
        row = Flow()
        row.addWidget(
            Button("去区县汇总", Kind.PRIMARY, on_click=lambda: self.open_asked.emit("district", ""))
        )
        card.body.addLayout(row)
        return card

    def _body(self) -> QWidget:
        self.send = SendCard(self)
        self.receive = ReceiveCard(self)
        self.send.made.connect(self.refresh)
        self.receive.received.connect(self._received)
        self.log = ExchangeLog(self.session, self.icons)
        self.undelivered = UndeliveredList(self.session, self.icons)
        self.undelivered.asked.connect(self.open_asked)
        self.undelivered.lost.connect(lambda words: self.notice.say(words, Tone.BLUE))
        self.conflicts = ConflictPanel(self)
        self.conflicts.counted.connect(lambda n: self._title(CONFLICTS, "要决定的", n))
        self.code = ReceiptCode(self)
        self.tabs = QTabWidget()
        for widget, title in (
            (self.log, "往来记录"),
            (self.undelivered, "未送达"),
            (self.conflicts, "要决定的"),
            (self.code, "回执码"),
        ):
            self.tabs.addTab(widget, title)
        self.tabs.currentChanged.connect(lambda _tab: self.attempt(self._show_tab))
        self.cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.cards.setSpacing(16)
        self.cards.addWidget(self.send, 1)
        self.cards.addWidget(self.receive, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self.cards)
        column.addWidget(self.tabs, 1)
        return body

    def open_record(self, record: str) -> None:
        """Show one of the tabs: log, waiting, conflicts, code."""
        if record in TABS:
            self.tabs.setCurrentIndex(TABS.index(record))

    # ---- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the step of the enrolment, or all that a member does here."""
        self._standing = standing_of(self.session)
        member = self._standing is Standing.MEMBER
        self.stack.setCurrentIndex(1 if member else 0)
        if not member:
            self.office.setVisible(
                self._is_office and self._standing is Standing.STRANGER
            )
            self.enrol.refresh(self._standing)
            return
        self.send.refresh()
        self.receive.refresh()
        self._title(WAITING, "未送达", delivery(self.session.ledger).waiting)
        self._title(CONFLICTS, "要决定的", count_conflicts(self.session.ledger))
        self._show_tab()

    def _show_tab(self) -> None:
        """Read what the tab in front shows; the others wait until somebody looks."""
        if self._standing is Standing.MEMBER:
            tab = self.tabs.currentWidget()
            if isinstance(tab, ExchangeLog | UndeliveredList | ConflictPanel):
                tab.refresh()

    def _title(self, tab: int, words: str, count: int) -> None:
        self.tabs.setTabText(tab, f"{words}（{count}）" if count else words)

    @property
    def _is_office(self) -> bool:
        organisation = self.session.ledger.organisation
        return organisation is not None and organisation.kind == "office"

    # ---- what happened ------------------------------------------------------------------------

    def _come_further(self) -> None:
        self.attempt(self.refresh)

    def _received(self, results: list[FileResult]) -> None:
        before = self._standing
        if not self.attempt(self.refresh):
            return
        if not results:
            return
        words, tone = summary(results)
        if before is Standing.ASKING and self._standing is Standing.MEMBER:
            words = f"入网办好了，可以生成数据包了。\n{words}"
        self.notice.say(words, tone)
