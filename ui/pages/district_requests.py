"""Requests of PCs to be enrolled: each waits for the 24 digits that the school reads out."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.exchange.enrolment import Request, approve, known_as, read_request
from models.exchange.keys import DIGITS as LENGTH
from models.exchange.receive import retry_kept
from models.ledger.ledger import Ledger
from models.ledger.titles import unit_name
from models.problems import AppError, Problem
from ui.colours import Tone
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.code_entry import DIGITS
from ui.widgets.plain_label import plain_label
from ui.widgets.said_code import SaidCode

CALL = (
    "请按局里登记的电话打给学校（不要用申请里或微信里给的号码），"
    f"请对方读出 {LENGTH} 位数字，边听边输入："
)


class RequestCard(Card):
    """One request; says `approved` or `left`."""

    approved = Signal()
    left = Signal()

    def __init__(self, page: Page, request: Request) -> None:
        super().__init__(f"{request.unit_name or request.unit} 申请入网")
        self._page = page
        self.request = request
        known = unit_name(page.session.ledger, request.unit)
        if known and known != request.unit_name:
            words = f"注意：单位代码 {request.unit} 在本局的名称是{known}。"
            self.body.addWidget(plain_label(words, "problem"))
        facts = f"单位代码 {request.unit} · 电脑 {request.pc or '（没有名字）'} · {request.person}"
        self.body.addWidget(plain_label(facts, "hint"))
        if words := _before(page.session.ledger, request):
            self.body.addWidget(plain_label(words, "problem"))
        self.body.addWidget(plain_label(CALL, copied=False))
        self.digits = SaidCode(LENGTH, DIGITS, f"{request.unit_name}读出的数字", "批准入网")
        self.digits.given.connect(self._approve)
        self.body.addWidget(self.digits)
        self.add_action(Button("先不办", Kind.FLAT, on_click=self.left.emit))

    def _approve(self, typed: str) -> None:
        session = self._page.session
        ledger, store = session.ledger, session.store
        try:
            done = self._page.attempt(lambda: approve(ledger, store, self.request, typed))
        except Problem as problem:
            self.digits.complain(problem)
            return
        if not done:
            return
        who = self.request.unit_name or self.request.unit
        kept = self._read_kept(ledger)
        self._page.notice.say(
            f"{who}的电脑已登记。{kept}下次发回执时，学校读入后就办好了。", Tone.GREEN
        )
        session.changed.emit("exchange")
        self.approved.emit()

    def _read_kept(self, ledger: Ledger) -> str:
        """Bundles that came before the enrolment are read now."""
        try:
            results = [one for one in retry_kept(ledger, self._page.session.store) if one.unit]
        except AppError:
            return ""  # they stay kept, and the next reading takes them
        return f"先存着的 {len(results)} 个数据包已读入。" if results else ""


def _before(ledger: Ledger, request: Request) -> str:
    """What the registry knows of this PC already; empty where it is new."""
    member = known_as(ledger, request)
    if member is None:
        return ""
    name = unit_name(ledger, member.unit) or member.unit
    known = (
        f"注意：这台电脑已经入网，登记为{name}的“{member.pc or '（没有名字）'}”，"
        f"使用人 {member.person or '（没有填）'}。"
    )
    if member.sign == request.sign:
        return f"{known}密钥没有变，再批准一次只更新名字。"
    return f"{known}批准后改用新密钥；请在电话里问清，是不是学校自己换的。"


class RequestList(QWidget):
    """The requests that were opened, one card each."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.cards: dict[str, RequestCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.hide()

    def read(self, paths: list[Path]) -> None:
        """Open these files; what is wrong with one is told, the others are shown."""
        troubles = []
        for path in paths:
            try:
                self._add(read_request(path))
            except AppError as error:
                troubles.append(str(error))
        if troubles:
            self._page.notice.say("\n".join(troubles), Tone.ORANGE)
        self.setVisible(bool(self.cards))
        if self.cards:
            next(reversed(self.cards.values())).digits.setFocus()
        self.changed.emit()

    def _add(self, request: Request) -> None:
        key = f"{request.unit}:{request.device}"
        if key in self.cards:
            self._drop(key)
        card = RequestCard(self._page, request)
        card.approved.connect(lambda: self._drop(key))
        card.left.connect(lambda: self._drop(key))
        self.cards[key] = card
        self._column.addWidget(card)

    def _drop(self, key: str) -> None:
        card = self.cards.pop(key)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self.cards))
        self.changed.emit()
