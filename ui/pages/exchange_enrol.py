"""入网: how a PC comes to be trusted, step by step within the page, without a network."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from models.exchange.enrolment import (
    Invitation,
    accept_invitation,
    make_request,
    own_request,
    read_invitation,
    read_request,
)
from models.exchange.enrolment_files import INVITATION, REQUEST
from models.exchange.keys import DIGITS as LENGTH
from models.exchange.members import pinned_office
from models.problems import AppError, Problem
from ui.colours import PALETTE, Tone
from ui.pages.exchange_key import UnlockCard
from ui.pages.exchange_receive import ReceiveCard
from ui.pages.exchange_standing import Standing
from ui.pages.exchange_stick import StickButton
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.code_entry import DIGITS
from ui.widgets.drop_zone import DropZone
from ui.widgets.flow import Flow
from ui.widgets.made_files import COPIED, MadeFiles
from ui.widgets.plain_label import plain_label
from ui.widgets.read_out import ReadOut
from ui.widgets.said_code import SaidCode
from ui.widgets.step_line import StepLine

FOLDER = "入网"
STEPS = ("打开邀请", "核对教育局的数字", "交出申请", "读入教育局的回执")
OPEN, COMPARE, ASK = range(3)
WHY = (
    "入网以后，数据包会加密，只有教育局和本单位的电脑能打开。只办一次，大约五分钟；"
    "没有入网也可以照常登记，什么都不会丢。"
)
CALL = f"请用您自己知道的号码给教育局打电话，请对方读出 {LENGTH} 位数字，边听边输入："
READ_OUT = f"教育局收到申请后会打电话来。请读出下面的 {LENGTH} 位数字："


class EnrolCard(QWidget):
    """The ceremony; says `passed` when the PC has come a step further."""

    passed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._invitation: Invitation | None = None
        self.line = StepLine(STEPS)
        self.steps = (self._opening(), self._comparing(), self._asking())
        self.card = Card("这台电脑还没有入网")
        self.card.body.addWidget(self.line)
        for step in self.steps:  # the card is as tall as the one it shows
            self.card.body.addWidget(step)
        self.unlock = UnlockCard(page)
        self.unlock.opened.connect(self.passed)
        self.reply = ReceiveCard(page)
        self.reply.set_title("读入教育局的回执")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.unlock)
        column.addWidget(self.card)
        column.addWidget(self.reply)
        column.addStretch()

    # ---- the steps ----------------------------------------------------------------------------

    def _opening(self) -> QWidget:
        self.drop = DropZone(
            "把教育局给的邀请文件拖到这里",
            f"也可以点一下选择（扩展名 {INVITATION}）",
            self._page.icons,
            lambda path: INVITATION in path.name.lower(),
            f"入网邀请 (*{INVITATION}*)",
            icon="inbox",
        )
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drop.files_chosen.connect(lambda paths: self.open_invitation(paths[0]))
        self.drop.refused.connect(self._refuse)
        return _step(plain_label(WHY, "hint", copied=False), self.drop)

    def _comparing(self) -> QWidget:
        self.whose = plain_label(role="heading")
        self.digits = SaidCode(LENGTH, DIGITS, "教育局读出的 24 位数字", "核对")
        self.digits.given.connect(self._accept)
        again = Button("换一个邀请文件", Kind.FLAT, on_click=self.start_again)
        row = Flow()
        row.addWidget(again)
        return _step(self.whose, plain_label(CALL, copied=False), self.digits, row, top=True)

    def _asking(self) -> QWidget:
        self.trusted = plain_label(role="heading")
        icon = self._page.icons.icon("file-text", PALETTE.card)
        self.make = Button("生成入网申请", Kind.PRIMARY, icon, self.make_request)
        self.files = MadeFiles(self._page.icons)
        self.files.add_action(StickButton(self._page, lambda: self.files.paths))
        self.files.copied.connect(lambda: self._page.notice.say(COPIED, Tone.GREEN))
        self.own = ReadOut("本机的 24 位数字")
        self.read_out = _step(plain_label(READ_OUT, copied=False), self.own)
        row = Flow()
        row.addWidget(self.make)
        return _step(self.trusted, row, self.files, self.read_out, top=True)

    # ---- doing --------------------------------------------------------------------------------

    def open_invitation(self, path: Path) -> None:
        """Read an invitation, and ask for the digits of whoever made it."""
        self._page.notice.hide()
        if self._page.attempt(lambda: self._keep(read_invitation(path))):
            self.refresh(Standing.STRANGER)
            self.digits.setFocus()

    def _keep(self, invitation: Invitation) -> None:
        self._invitation = invitation
        self.digits.clear()

    def start_again(self) -> None:
        """Forget the invitation that was opened."""
        self._invitation = None
        self.refresh(Standing.STRANGER)
        self.drop.setFocus()

    def _refuse(self, paths: list[Path]) -> None:
        self._page.notice.say(
            f"没有打开 {paths[0].name}：这不是入网邀请。请向教育局要扩展名为 {INVITATION} 的文件。",
            Tone.ORANGE,
        )

    def _accept(self, typed: str) -> None:
        invitation, ledger = self._invitation, self._page.session.ledger
        if invitation is None:
            return
        try:
            done = self._page.attempt(lambda: accept_invitation(ledger, invitation, typed))
        except Problem as problem:
            self.digits.complain(problem)
            return
        if done:
            self._invitation = None
            self._page.notice.say(f"数字一致，可以信任{invitation.office.name}。", Tone.GREEN)
            self.passed.emit()
            self.make.setFocus()

    def make_request(self) -> None:
        """Write the request, and show what is to be read out."""
        session = self._page.session
        folder = session.ledger.home / FOLDER
        made: list[Path] = []

        def work() -> None:
            made.append(make_request(session.ledger, session.store, folder))

        if self._page.attempt(work):
            self._page.notice.say("入网申请已生成。请把它交给教育局。", Tone.GREEN)
            self._show_request(made[0])

    # ---- showing ------------------------------------------------------------------------------

    def refresh(self, standing: Standing) -> None:
        """Show the step that this PC has come to."""
        self.unlock.setVisible(standing is Standing.LOCKED)
        self.card.setVisible(standing in (Standing.STRANGER, Standing.ASKING))
        self.reply.setVisible(standing is Standing.ASKING)
        if standing is Standing.ASKING:
            self._show_asking()
        elif self._invitation is not None:
            self.whose.setText(f"邀请来自：{self._invitation.office.name}")
            self._go(COMPARE)
        else:
            self._go(OPEN)

    def _show_asking(self) -> None:
        session = self._page.session
        office = pinned_office(session.ledger)
        self.trusted.setText(f"要加入的教育局：{office.name if office else ''}")
        request = own_request(session.ledger, session.store)
        self.own.show_code(request.digits)
        found = sorted((session.ledger.home / FOLDER).glob(f"*{REQUEST}"), reverse=True)
        self._show_request(next((path for path in found if _says(path, request.digits)), None))
        self._go(ASK)

    def _show_request(self, path: Path | None) -> None:
        self.files.show_files([path] if path else [], "请把它用 U 盘或微信交给教育局。")
        self.read_out.setVisible(path is not None)
        self.make.setText("重新生成入网申请" if path else "生成入网申请")
        self.line.show_step(3 if path else 2)

    def _go(self, step: int) -> None:
        for number, part in enumerate(self.steps):
            part.setVisible(number == step)
        if step != ASK:
            self.line.show_step(step)


def _says(path: Path, digits: str) -> bool:
    """Whether this request is of the keys that the PC has now."""
    try:
        return read_request(path).digits == digits
    except AppError:
        return False  # cut off, or not ours


def _step(*parts: QWidget | QLayout, top: bool = False) -> QWidget:
    """The parts one below the other; at the `top` where there is more room than they take."""
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    if top:
        column.addStretch()
    return step
