"""入网, at the office: invitations go out, requests come in, lost PCs are closed."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from models.exchange.enrolment import found_office, make_invitation
from models.exchange.enrolment_files import REQUEST
from models.exchange.members import pinned_office
from models.exchange.recovery import new_seed
from ui.colours import PALETTE, Tone
from ui.pages.district_key import OfficeKeyCard
from ui.pages.district_members import MembersCard
from ui.pages.district_requests import RequestList
from ui.pages.exchange_key import KeysCard
from ui.pages.exchange_receive import is_request
from ui.pages.exchange_stick import StickButton
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.flow import Flow
from ui.widgets.made_files import COPIED, MadeFiles
from ui.widgets.plain_label import plain_label
from ui.widgets.read_out import ReadOut

FOLDER = "入网邀请"
HINT = "一个邀请可以发给所有学校；写上校名，就只用于这一所。"
READ_OUT = "学校打电话来问时，请读出教育局的 24 位数字："


class InviteCard(Card):
    """Makes invitations, and shows what schools ask by telephone."""

    def __init__(self, page: Page) -> None:
        super().__init__("生成邀请")
        self._page = page
        self.name = QLineEdit()
        self.name.setPlaceholderText("校名（不填就是各学校通用）")
        self.name.setAccessibleName("校名，不填就是各学校通用")
        self.make = Button("生成邀请", Kind.SECONDARY, page.icons.icon("file-text"), self.invite)
        self.name.returnPressed.connect(self.invite)
        self.files = MadeFiles(page.icons)
        self.files.add_action(StickButton(page, lambda: self.files.paths))
        self.files.copied.connect(lambda: page.notice.say(COPIED, Tone.GREEN))
        self.digits = ReadOut("教育局的 24 位数字")
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.make)
        self.body.addLayout(row)
        self.body.addWidget(plain_label(HINT, "hint", copied=False))
        self.body.addWidget(self.files)
        self.body.addWidget(plain_label(READ_OUT, copied=False))
        self.body.addWidget(self.digits)
        self.body.addStretch()

    def refresh(self) -> None:
        """Show the office's own digits."""
        office = pinned_office(self._page.session.ledger)
        if office is not None:
            self.digits.show_code(office.digits)

    def invite(self) -> None:
        """Write the invitation; the file can be copied into a chat window."""
        session, name = self._page.session, self.name.text().strip()
        school = {"name": name} if name else None
        made: list[Path] = []

        def work() -> None:
            folder = session.ledger.home / FOLDER
            made.append(make_invitation(session.ledger, session.store, folder, school))

        if self._page.attempt(work):
            whom = name or "各学校"
            self.files.show_files(made, f"请把它交给{whom}。")
            self._page.notice.say(f"给{whom}的邀请已生成。", Tone.GREEN)


class EnrolTab(QWidget):
    """Invitations and requests side by side, the enrolled PCs below."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.invite = InviteCard(page)
        self.requests = RequestList(page)
        self.members = MembersCard(page)
        self.key, self.pc = OfficeKeyCard(page), KeysCard(page)
        self.key.restored.connect(self.refresh)
        self.key.rotated.connect(self._rotated)
        self.drop = DropZone(
            "把学校的入网申请拖到这里",
            f"也可以点一下选择（扩展名 {REQUEST}）",
            page.icons,
            is_request,
            f"入网申请 (*{REQUEST}*)",
            icon="inbox",
        )
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drop.files_chosen.connect(self.requests.read)
        self.drop.refused.connect(
            lambda paths: page.notice.say(
                f"没有打开 {paths[0].name}：这不是入网申请（{REQUEST}）。", Tone.ORANGE
            )
        )
        apply = Card("办理申请")
        apply.body.addWidget(self.drop, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.invite, 1)
        row.addWidget(apply, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(16)
        column.addWidget(self.requests)
        column.addLayout(row)
        column.addWidget(self.members, 1)
        column.addWidget(self.key)
        column.addWidget(self.pc)

    def refresh(self) -> None:
        """Show the office's digits and the registry."""
        self.invite.refresh()
        self.members.refresh()
        self.key.refresh()
        self.pc.refresh()

    def _rotated(self) -> None:
        """An invitation that was made before speaks of the key of before."""
        self.invite.files.show_files([])
        self.refresh()


class FoundingCard(Card):
    """The office's first visit: one button, and then what to print."""

    founded = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("先建立教育局密钥")
        self._page = page
        words = (
            "有了密钥，各学校的数据包才能只让教育局打开，教育局的回执也才能让学校信得过。"
            "密钥只在这台电脑上建立一次。"
        )
        other = "如果本局的另一台电脑已经建立过，请不要再建：请到“数据交换”用本局的邀请入网。"
        icon = page.icons.icon("shield-check", PALETTE.card)
        self.make = Button("建立教育局密钥", Kind.PRIMARY, icon, self.found)
        row = Flow()
        row.addWidget(self.make)
        there = Button("本局已有密钥", Kind.FLAT)
        there.clicked.connect(lambda: page.open_asked.emit("exchange", ""))
        row.addWidget(there)
        self.body.addWidget(plain_label(words, copied=False))
        self.body.addWidget(plain_label(other, "hint", copied=False))
        self.body.addLayout(row)
        self.body.addStretch()

    def found(self) -> None:
        """Make the key from chance, and enrol this PC as the first."""
        session = self._page.session
        if not self._page.attempt(lambda: found_office(session.ledger, session.store, new_seed())):
            return
        self._page.notice.say(
            "教育局密钥已建立。请在下面“教育局密钥”里打印恢复页，封好锁起来："
            "这台电脑坏了，只有它能找回密钥。",
            Tone.GREEN,
        )
        session.changed.emit("exchange")
        self.founded.emit()
