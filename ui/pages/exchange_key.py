"""本机的密钥: its password is asked for, set, changed and taken away; new keys where it is lost."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.exchange.enrolment import renew_pc
from models.exchange.key_store import KeyStore
from ui.colours import Tone
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.password_entry import PasswordEntry
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import reveal

OPEN = "没有设密码：能登录这个 Windows 账户的人，就能用本机的密钥。"
GUARDED = "有密码保护：每次打开程序，第一次用到密钥时要输入密码。"
ASKED = "输入密码后，才能生成和读入数据包、办理入网。"
BEHIND = "密码没有别的地方可以查。忘了密码，"
WAY_BACK = {
    False: "本机就要换新密钥，请教育局重新办理入网；台账里的记录不受影响。",
    True: "就要用纸上的恢复页恢复教育局密钥，再给本机换新密钥。请先打印恢复页，再设密码。",
}
LOST = {
    False: "忘了密码，就给本机换一对新密钥，再请教育局重新办理入网。台账里的记录都在；"
    "发给旧密钥、还没有读入的数据包打不开了，入网后请教育局重新生成。也许还想得起来的，先不要换。",
    True: "忘了密码，就给本机换一对新密钥，教育局密钥再用纸上的恢复页恢复。台账里的记录都在。"
    "没有恢复页的请不要换：先找回密码，否则各学校都要重新入网。",
}
WHEN = (
    "给本机换新密钥？密钥打不开、坏了才需要；电脑丢了、密钥被别人拿走了，换密钥没有用，"
    "要由教育局停用这台电脑。"
)
RENEWAL = {
    False: f"{WHEN}换好后要重新交入网申请，请教育局核对数字，办好以前不能交数据包。"
    "还没有读入的回执，请先读入。",
    True: f"{WHEN}教育局密钥在这台电脑上的，当场就登记好；不在的，要重新交入网申请。"
    "发给本机、还没有读入的数据包，请先读入。",
}
RENEWED = {
    True: "本机已换新密钥，并已登记。请给各学校生成一次回执，学校读入后就认得新密钥。",
    False: "本机已换新密钥。请生成入网申请，交给教育局重新办理入网。",
}


class UnlockCard(Card):
    """Asks for the password of the keys, where one was set; says `opened` when it can go on."""

    opened = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("本机的密钥有密码保护")
        self._page, self._trying = page, False
        self.password = PasswordEntry("密钥的密码")
        self.password.given.connect(self.unlock)
        self.question = Notice(page.icons)
        self.question.acted.connect(self._renew)
        # beside a list that takes what room it gets, it must not be squeezed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body.addWidget(plain_label(ASKED, copied=False))
        self.body.addWidget(self.password)
        row = Flow()
        row.addWidget(Button("打开", Kind.PRIMARY, on_click=self.unlock))
        row.addWidget(Button("忘了密码…", Kind.FLAT, on_click=self.ask))
        self.body.addLayout(row)
        self.body.addWidget(self.question)
        self.body.addStretch()

    def unlock(self) -> None:
        """Try the password; the cipher takes its second on the worker."""
        if self._trying:
            return
        self._trying = True
        store, typed = self._page.session.store, self.password.text()
        self._page.tasks.run(lambda: store.unlock(typed), self._unlocked, self._failed)

    def _unlocked(self, _done: None) -> None:
        self._trying = False
        self._go_on()

    def _failed(self, words: str) -> None:
        self._trying = False
        self.password.complain(words)

    def ask(self) -> None:
        """Say what it means to begin anew, and wait for the second press."""
        office = self._page.session.ledger.is_office
        self.question.say(LOST[office], Tone.ORANGE, "换新密钥")

    def _renew(self) -> None:
        session = self._page.session
        if self.question.attempt(lambda: renew_pc(session.ledger, session.store)):
            self._page.notice.say(RENEWED[False], Tone.GREEN)
            self._go_on()

    def _go_on(self) -> None:
        self.password.clear()
        self.question.hide()
        self._page.session.changed.emit("exchange")
        self.opened.emit()


class KeysCard(Card):
    """What guards the keys of this PC, and what can be changed; says `changed` when it was."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("本机的密钥")
        self._page, self._working = page, False
        self.words = plain_label(copied=False)
        self.set, self.change, self.take_away, self.renew = (
            Button("设置密码…", on_click=lambda: self._ask_words(old=False, new=True)),
            Button("修改密码…", on_click=lambda: self._ask_words(old=True, new=True)),
            Button("取消密码…", Kind.FLAT, on_click=lambda: self._ask_words(old=True, new=False)),
            Button("换新密钥…", Kind.FLAT, on_click=self._ask_renewal),
        )
        row = Flow()
        for button in (self.set, self.change, self.take_away, self.renew):
            row.addWidget(button)
        self.form = self._form()
        self.question = Notice(page.icons)
        self.question.acted.connect(self._renew)
        self.body.addWidget(self.words)
        self.body.addLayout(row)
        self.body.addWidget(self.form)
        self.body.addWidget(self.question)
        self.body.addStretch()

    def _form(self) -> QWidget:
        self.meaning = plain_label(copied=False)
        self.old = PasswordEntry("现在的密码")
        self.new, self.again = PasswordEntry("新密码"), PasswordEntry("再输入一次")
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.meaning)
        for entry in self._entries():
            entry.given.connect(self.save)
            column.addWidget(entry)
        row = Flow()
        row.addWidget(Button("确定", Kind.PRIMARY, on_click=self.save))
        self.leave = Button("不改了", Kind.FLAT, on_click=self._close)
        row.addWidget(self.leave)
        column.addLayout(row)
        form.hide()
        return form

    def _entries(self) -> tuple[PasswordEntry, ...]:
        return self.old, self.new, self.again

    def refresh(self) -> None:
        """Say whether a password guards the keys."""
        guarded = self._page.session.store.has_password
        self.words.setText(GUARDED if guarded else OPEN)
        self.set.setVisible(not guarded)
        for button in (self.change, self.take_away):
            button.setVisible(guarded)

    # ---- the password -------------------------------------------------------------------------

    def _ask_words(self, old: bool, new: bool) -> None:
        self._close()
        self.meaning.setText(BEHIND + WAY_BACK[self._page.session.ledger.is_office])
        self.meaning.setVisible(new)
        for entry, asked in zip(self._entries(), (old, new, new), strict=True):
            entry.setVisible(asked)
        self.form.show()
        (self.old if old else self.new).setFocus()
        QTimer.singleShot(0, self, lambda: reveal(self.form))  # once there is room for it

    def _close(self) -> None:
        self.form.hide()
        self.question.hide()
        for entry in self._entries():
            entry.clear()

    def save(self) -> None:
        """Prove the password of before, then set the new one; each complaint at its field."""
        if self._working:
            return
        taking = self.new.isHidden()
        if not taking and not self.new.text():
            self.new.complain("请输入新密码。")
        elif not taking and self.again.text() != self.new.text():
            self.again.complain("两次输入的密码不一样，请再输入一次。")
        elif self.old.isHidden():
            self._set(self.new.text(), self.new)
        else:
            self._prove(self.old.text(), self.new.text(), self.old if taking else self.new)

    def _prove(self, old: str, new: str, field: PasswordEntry) -> None:
        """On a store of its own: a typing error must not lock the one in use."""
        proof = KeyStore.of(self._page.session.ledger)
        self._run(lambda: proof.unlock(old), lambda: self._set(new, field), self.old)

    def _set(self, new: str, field: PasswordEntry) -> None:
        store = self._page.session.store
        self._run(lambda: store.set_password(new), lambda: self._saved(bool(new)), field)

    def _run(
        self, work: Callable[[], None], done: Callable[[], None], field: PasswordEntry
    ) -> None:
        self._working = True

        def failed(words: str) -> None:
            self._working = False
            field.complain(words)

        def ended(_nothing: None) -> None:
            self._working = False
            done()

        self._page.tasks.run(work, ended, failed)

    def _saved(self, guarded: bool) -> None:
        self._close()
        words = "密码已设好，下次打开程序时要输入。" if guarded else "密码已取消。"
        self._page.notice.say(words, Tone.GREEN)
        self.changed.emit()

    # ---- new keys -----------------------------------------------------------------------------

    def _ask_renewal(self) -> None:
        self._close()
        office = self._page.session.ledger.is_office
        self.question.say(RENEWAL[office], Tone.ORANGE, "换新密钥")

    def _renew(self) -> None:
        session, enrolled = self._page.session, []
        if not self.question.attempt(
            lambda: enrolled.append(renew_pc(session.ledger, session.store))
        ):
            return
        self._close()
        self._page.notice.say(RENEWED[enrolled[0]], Tone.GREEN)
        session.changed.emit("exchange")
        self.changed.emit()
