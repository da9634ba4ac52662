"""Below the cards: what came and went, what is not delivered yet, and a receipt by telephone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.archive import NEWER, STRANGE, UNDONE
from models.exchange.delivery import STATES, made_bundles, undelivered
from models.exchange.members import pinned_office
from models.exchange.receipts import CODE_LETTERS, take_receipt_code
from models.exchange.receive import ReceivedBundle, received_bundles
from models.problems import Problem
from ui.colours import Tone
from ui.icons import Icons
from ui.moments import local_time
from ui.pages.exchange_records import Place, place_of
from ui.pages.page import Page
from ui.session import Session
from ui.table.delivery_words import TONES, why_words
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.code_entry import LETTERS
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import plain_label
from ui.widgets.said_code import SaidCode

MOST_ROWS = 200
LEAST_LOG = 190  # pixels of a list that are always to be seen
LOG = (Column("时间", 150), Column("往来", 60), Column("文件", 300), Column("结果"))
WAITING = (Column("状态", 110), Column("记录"), Column("处数", 70, right=True), Column("原因", 230))
KEPT = {
    STRANGE: "先存着，入网办好以后自动读入",
    NEWER: "先存着，升级本程序以后自动读入",
    UNDONE: "已经撤销，没有采用",
}


class ExchangeLog(QWidget):
    """Bundles made and read, the newest first, with what became of each."""

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.table = RowView(LOG, "往来记录")
        self.nothing = EmptyState(
            icons,
            "arrow-left-right",
            "还没有往来记录",
            "生成过的和读入过的数据包会列在这里，并写明结果。",
        )
        self.stack = _stacked(self, self.nothing, self.table)

    def refresh(self) -> None:
        """Read what came and went."""
        ledger = self._session.ledger
        rows = []
        for made in made_bundles(ledger, MOST_ROWS):
            words = "对方已收到" if made.received else "已生成，等待对方回执"
            tone = Tone.GREEN if made.received else Tone.BLUE
            rows.append(_row(f"made:{made.no}", made.made_at, "交出", made.name, words, tone))
        for came in received_bundles(ledger, MOST_ROWS):
            words, tone = _result(came)
            rows.append(_row(came.sha256, came.received_at, "收进", came.name, words, tone))
        rows.sort(key=lambda row: str(row.cells[0].value), reverse=True)
        self.table.show_rows(rows)
        self.stack.setCurrentWidget(self.table if rows else self.nothing)


class UndeliveredList(QWidget):
    """The records that the other side is not known to have; pressing one opens it."""

    asked = Signal(str, str)  # page, record
    lost = Signal(str)  # words: the record is not there to be opened

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self._places: dict[str, Place] = {}
        self.table = RowView(WAITING, "未送达的记录")
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda _index: self._open(self.table.current()))
        self.nothing = EmptyState(icons, "package-check", "全部送达", "对方已确认收到每一条记录。")
        self.stack = _stacked(self, self.nothing, self.table)

    def refresh(self) -> None:
        """Read what is not delivered: what was sent back stands first."""
        ledger = self._session.ledger
        rows, self._places = [], {}
        for found in undelivered(ledger, MOST_ROWS):
            place = place_of(ledger, found.table, found.record)
            key = f"{found.state}:{found.record}"
            self._places[key] = place
            cells = (
                Cell(STATES[found.state], tone=TONES[found.state]),
                Cell(place.title),
                Cell(str(found.lines), found.lines),
                Cell(why_words(found.why)),
            )
            rows.append(Row(key, cells))
        self.table.show_rows(rows)
        self.stack.setCurrentWidget(self.table if rows else self.nothing)

    def _open(self, key: str) -> None:
        place = self._places.get(key)
        if place is not None and place.page:
            self.asked.emit(place.page, place.record)
        elif place is not None:
            self.lost.emit(f"{place.title}：没有可以打开的页面，送达后会自动消失。")


class ReceiptCode(QWidget):
    """A receipt by telephone, for when no file can come back."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.code = SaidCode(CODE_LETTERS, LETTERS, "教育局读出的回执码", "登记回执")
        self.code.given.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        words = (
            "拿不到回执文件时，可以打电话：请教育局读出本机的回执码"
            f"（{CODE_LETTERS} 个字母和数字），输入后，教育局已收到的记录就不再算未送达。"
        )
        column.addWidget(plain_label(words, copied=False))
        column.addWidget(self.code)
        column.addStretch()

    def _take(self, typed: str) -> None:
        session, page = self._page.session, self._page
        office = pinned_office(session.ledger)
        unit = office.unit if office else ""
        done: list[int] = []
        try:
            page.attempt(lambda: done.append(take_receipt_code(session.ledger, typed, unit)))
        except Problem as problem:
            self.code.complain(problem)
            return
        if done:
            self.code.clear()
            page.notice.say(f"已登记：教育局收到了前 {done[0]} 条。", Tone.GREEN)
            session.changed.emit("exchange")


def _stacked(owner: QWidget, *parts: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    for part in parts:
        stack.addWidget(part)
    stack.setMinimumHeight(LEAST_LOG)
    stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    column = QVBoxLayout(owner)
    margin = 0 if isinstance(owner, ExchangeLog) else 12
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(stack)
    return stack


def _result(came: ReceivedBundle) -> tuple[str, Tone]:
    if came.state in KEPT:
        return KEPT[came.state], Tone.ORANGE
    return came.result.words(), Tone.GREEN if came.result.clean else Tone.ORANGE


def _row(key: str, moment: str, way: str, name: str, words: str, tone: Tone) -> Row:
    cells = (Cell(local_time(moment), moment), Cell(way), Cell(name), Cell(words, tone=tone))
    return Row(key, cells)
