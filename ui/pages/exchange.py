"""数据交换: enrol once; then hand over with one button, read what came back, see what waits."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.exchange.receive import FileResult, is_bundle
from models.ledger.conflicts import count_conflicts
from models.problems import AppError
from models.records.catalogue import RECORD_TYPES
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.conflicts import ConflictPanel
from ui.pages.exchange_enrol import EnrolCard
from ui.pages.exchange_key import KeysCard
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

EXCHANGE, WAITING, CONFLICTS, CODE, KEYS = range(5)
TABS = ("exchange", "waiting", "conflicts", "code", "keys")


class ExchangePage(Page):
    """The page a school uses once a week."""

    follows = frozenset({*RECORD_TYPES, "exchange", "setting"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self._standing = Standing.STRANGER
        self.header = PageHeader("数据交换", "用 U 盘或微信传一个文件，不需要网络。")
        self.enrol = EnrolCard(self)
        self.enrol.passed.connect(self._again)
        self.enrol.reply.received.connect(self._received)
        self.office = self._office()
        self.tabs = self._tabs()
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(self._enrolling()))
        self.stack.addWidget(self.tabs)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.stack, 1)

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
            Button(
                "去区县汇总", Kind.PRIMARY, on_click=lambda: self.open_asked.emit("district", "")
            )
        )
        card.body.addLayout(row)
        return card

    def _tabs(self) -> QTabWidget:
        self.undelivered = UndeliveredList(self.session, self.icons)
        self.undelivered.asked.connect(self.open_asked)
        self.undelivered.lost.connect(lambda words: self.notice.say(words, Tone.BLUE))
        self.conflicts = ConflictPanel(self)
        self.conflicts.counted.connect(lambda n: self._title(CONFLICTS, "要决定的", n))
        self.code = ReceiptCode(self)
        self.keys = KeysCard(self)
        self.keys.changed.connect(self._again)
        tabs = QTabWidget()
        for widget, title in (
            (scrolled(self._handing_over()), "交换"),
            (self.undelivered, "未送达"),
            (self.conflicts, "要决定的"),
            (scrolled(self.code), "回执码"),
            (scrolled(_in_tab(self.keys)), "密钥"),
        ):
            tabs.addTab(widget, title)
        tabs.currentChanged.connect(lambda _tab: self.attempt(self._show_tab))
        return tabs

    def _handing_over(self) -> QWidget:
        """Both cards side by side, and below them what came and went."""
        self.send = SendCard(self)
        self.receive = ReceiveCard(self)
        self.send.made.connect(self._again)
        self.receive.received.connect(self._received)
        self.log = ExchangeLog(self.session, self.icons)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.send, 1)
        cards.addWidget(self.receive, 1)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(cards)
        column.addWidget(self.log, 1)
        return part

    def open_record(self, record: str) -> None:
        """Show one of the tabs: exchange, waiting, conflicts, code, keys; or read a bundle.

        Of a bundle its path is named.
        """
        if record in TABS:
            self.tabs.setCurrentIndex(TABS.index(record))
        elif is_bundle(path := Path(record)):
            self.receive.read([path])

    # ---- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the step of the enrolment, or all that a member does here."""
        try:
            self._standing = standing_of(self.session)
        except AppError:  # keys that cannot be read: here they are made anew
            self.stack.setCurrentIndex(1)
            self.tabs.setCurrentIndex(KEYS)
            self.keys.refresh()
            raise
        member = self._standing is Standing.MEMBER
        self.stack.setCurrentIndex(1 if member else 0)
        if not member:
            stranger = self._standing is Standing.STRANGER
            self.office.setVisible(stranger and self.session.ledger.is_office)
            self.enrol.refresh(self._standing)
            return
        self.send.refresh()
        self.receive.refresh()
        self.log.refresh()
        self.keys.refresh()
        self._title(WAITING, "未送达", delivery(self.session.ledger).waiting)
        self._title(CONFLICTS, "要决定的", count_conflicts(self.session.ledger))
        self._show_tab()

    def _show_tab(self) -> None:
        """Read what the tab in front shows; the others wait until somebody looks."""
        if self._standing is Standing.MEMBER:
            tab = self.tabs.currentWidget()
            if isinstance(tab, UndeliveredList | ConflictPanel):
                tab.refresh()

    def _title(self, tab: int, words: str, count: int) -> None:
        self.tabs.setTabText(tab, f"{words}（{count}）" if count else words)

    # ---- what happened ------------------------------------------------------------------------

    def _again(self) -> None:
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


def _in_tab(card: Card) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(12, 12, 12, 12)
    column.addWidget(card)
    column.addStretch()
    return part
