"""The PCs that are enrolled: who they are, codes to read out for them, how one is closed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from models.exchange.enrolment import close_device
from models.exchange.members import chain_of
from models.exchange.receipts import receipt_codes
from models.exchange.registry import Member
from models.ledger.registered import registered_units
from models.ledger.titles import unit_names
from models.problems import AppError
from ui.colours import Tone
from ui.pages.page import Page
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.code_entry import grouped
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

COLUMNS = (Column("单位"), Column("电脑", 150), Column("登记时的使用人", 120), Column("身份", 70))
ROLES = {"school": "学校", "office": "教育局"}
LEAST = 170
MEANING = (
    "停用{unit}的电脑“{pc}”？适合电脑丢失或送人的时候。它已经交来的记录都保留；"
    "以后用它写的一律不采用。停用后不能改回来；要再用，须换一个新的台账文件夹重新申请入网。"
)


class MembersCard(Card):
    """A row for each PC, unit by unit; says `closed` when one was closed."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("已入网的电脑")
        self._page = page
        self._members: dict[str, Member] = {}
        self._names: dict[str, str] = {}
        self._asked = ""
        self.table = RowView(COLUMNS, "已入网的电脑")
        self.nothing = EmptyState(
            page.icons, "school", "还没有学校入网", "先生成邀请交给学校；学校交来申请后在这里登记。"
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.table)
        self.stack.setMinimumHeight(LEAST)
        self.codes = plain_label()
        self.codes.hide()
        self.question = Notice(page.icons)  # beside the button: it is about this very row
        self.question.acted.connect(self._close)
        row = Flow()
        self.read_out = Button("回执码…", Kind.SECONDARY, on_click=self._show_codes)
        self.stop = Button("停用…", Kind.DANGER, on_click=self._ask)
        for button in (self.read_out, self.stop):
            row.addWidget(button)
        self.table.current_changed.connect(lambda _key: self._forget())
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.question)
        self.body.addWidget(self.codes)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Read the registry."""
        ledger = self._page.session.ledger
        self._names = unit_names(ledger)
        self._members = {}
        for unit in registered_units(ledger):
            for device, member in chain_of(ledger, unit).members.items():
                self._members[device] = member
        rows = [self._row(member) for member in self._members.values()]
        self.table.show_rows(sorted(rows, key=lambda row: (row.cells[3].text, row.cells[0].text)))
        self.stack.setCurrentIndex(1 if rows else 0)
        if rows and not self.table.current():
            self.table.select(rows[0].id)
        for button in (self.read_out, self.stop):
            button.setVisible(bool(rows))

    def _row(self, member: Member) -> Row:
        mine = member.device == self._page.session.ledger.setting("device")
        cells = (
            Cell(self._name(member)),
            Cell(f"{member.pc}（本机）" if mine else member.pc),
            Cell(member.person),
            Cell(ROLES.get(member.role, member.role)),
        )
        return Row(member.device, cells)

    def _name(self, member: Member) -> str:
        return self._names.get(member.unit, member.unit)

    # ---- codes --------------------------------------------------------------------------------

    def _show_codes(self) -> None:
        member = self._members.get(self.table.current())
        if member is None:
            return
        found = receipt_codes(self._page.session.ledger, member.unit)
        lines = [f"{self._pc(device)}：{grouped(code.upper())}" for device, code in found]
        words = f"{self._name(member)}的回执码，请在电话里读给对方："
        if not lines:
            words = f"还没有收到{self._name(member)}的数据，没有回执码可读。"
        self.codes.setText("\n".join([words, *lines]))
        self.codes.setAccessibleName(self.codes.text())
        self.question.hide()
        self.codes.show()

    def _pc(self, device: str) -> str:
        member = self._members.get(device)
        return f"电脑 {member.pc}" if member else "已停用的电脑"

    # ---- closing ------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Say what it means, and wait for the second press."""
        member = self._members.get(self.table.current())
        if member is None:
            return
        if member.device == self._page.session.ledger.setting("device"):
            self.question.say("这是您正在用的电脑，不能在这里停用它自己。", Tone.BLUE)
            return
        self._asked = member.device
        words = MEANING.format(unit=self._name(member), pc=member.pc)
        self.codes.hide()
        self.question.say(words, Tone.ORANGE, "停用")

    def _close(self) -> None:
        member = self._members.get(self._asked)
        session = self._page.session
        if member is None:
            return
        try:
            close_device(session.ledger, session.store, member.unit, member.device)
        except AppError as error:
            self.question.say(str(error), Tone.RED)
            return
        self._forget()
        name = f"{self._name(member)}的电脑“{member.pc}”"
        self._page.notice.say(f"{name}已停用。发回执后，学校的其他电脑也会知道。", Tone.GREEN)
        session.changed.emit("exchange")
        self.closed.emit()

    def _forget(self) -> None:
        """Another row: what was asked and shown of the one before is gone."""
        self._asked = ""
        self.question.hide()
        self.codes.hide()
