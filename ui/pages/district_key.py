"""教育局密钥: printed on paper while it lies on this PC, typed again where it does not."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from models.exchange.members import pinned_office
from models.exchange.recovery import restore_office_key
from models.printing.recovery import print_recovery_sheets
from models.problems import AppError, Problem
from models.reports.paper.faces import find_faces
from ui.colours import Tone
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.plain_label import plain_label

FOLDER = "密钥恢复页"
HERE = "密钥在这台电脑上。电脑坏了、丢了，只有恢复页能找回它：请打印、封好、锁起来。"
AWAY = "密钥不在这台电脑上，办理入网和停用要用它。有恢复页的，请把上面的 8 行输入这里："
LOCKED = "密钥有密码保护。请先到“数据交换”输入密码。"
TEXT_HEIGHT = 190


class OfficeKeyCard(Card):
    """Says `restored` when the key lies on this PC again."""

    restored = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("教育局密钥")
        self._page = page
        self._printed: list[Path] = []
        self.words = plain_label(copied=False)
        self.body.addWidget(self.words)
        self.paper, self.typing = self._printing(), self._restoring()
        self.body.addWidget(self.paper)
        self.body.addWidget(self.typing)

    def _printing(self) -> QWidget:
        icon = self._page.icons.icon("printer")
        self.print = Button("打印恢复页", Kind.SECONDARY, icon, lambda: self.make(split=False))
        self.halves = Button("分成两份打印", Kind.FLAT, on_click=lambda: self.make(split=True))
        self.delete = Button("已打印，删除文件", Kind.DANGER, on_click=self.clean)
        self.delete.hide()
        part = QWidget()
        row = Flow(part)
        for button in (self.print, self.halves, self.delete):
            row.addWidget(button)
        return part

    def _restoring(self) -> QWidget:
        self.first, self.second = QPlainTextEdit(), QPlainTextEdit()
        row = QHBoxLayout()
        for text, name in (
            (self.first, "恢复页，或第一份"),
            (self.second, "第二份（没有分成两份的不填）"),
        ):
            text.setPlaceholderText(name)
            text.setAccessibleName(name)
            text.setTabChangesFocus(True)
            text.setFixedHeight(TEXT_HEIGHT)
            row.addWidget(text)
        self.problem = plain_label(role="problem")
        self.problem.hide()
        buttons = Flow()
        buttons.addWidget(Button("恢复密钥", Kind.PRIMARY, on_click=self.restore))
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        return part

    def refresh(self) -> None:
        """Offer what can be done with the key here."""
        locked = self._page.session.store.is_locked
        here = not locked and self._seed() is not None
        self.words.setText(LOCKED if locked else HERE if here else AWAY)
        self.paper.setVisible(here)
        self.typing.setVisible(not here and not locked)

    def _seed(self) -> bytes | None:
        """The seed of the key in use; an older one may lie beside it."""
        office = pinned_office(self._page.session.ledger)
        return self._page.session.store.office_seed(office.sign) if office else None

    # ---- on paper -----------------------------------------------------------------------------

    def make(self, split: bool) -> None:
        """Write the sheets and open the first; the files are to be deleted once printed."""
        session = self._page.session
        folder = session.ledger.home / FOLDER

        def work() -> None:
            seed = self._seed()
            if seed is None:
                raise AppError("密钥不在这台电脑上，没有可以打印的。")
            faces = find_faces(session.resources / "fonts")
            self._printed = print_recovery_sheets(session.ledger, seed, faces, folder, split)

        if not self._attempt(work):
            return
        self.delete.show()
        self._page.notice.say(
            "恢复页已打开，请打印。打印后按“已打印，删除文件”：谁拿到文件，谁就能冒充教育局。",
            Tone.ORANGE,
        )
        for path in self._printed:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def clean(self) -> None:
        """Delete the files that hold the key."""
        left = []
        for path in self._printed:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if path.exists():
                left.append(path.name)
        if left:
            words = f"没有删掉 {'、'.join(left)}：文件还开着。请关掉打印的窗口再删。"
            self._page.notice.say(words, Tone.ORANGE)
            return
        self._printed = []
        self.delete.hide()
        self._page.notice.say("文件已删除，恢复页只在纸上了。请封好、锁起来。", Tone.GREEN)

    # ---- from paper ---------------------------------------------------------------------------

    def restore(self) -> None:
        """Take the key that was typed; what is wrong with it stands below."""
        session = self._page.session
        texts = [text for box in (self.first, self.second) if (text := box.toPlainText().strip())]
        self.problem.hide()
        if not self._attempt(
            lambda: restore_office_key(session.ledger, session.store, texts or [""])
        ):
            return
        self.first.clear()
        self.second.clear()
        self._page.notice.say("教育局密钥已恢复，可以办理入网和停用了。", Tone.GREEN)
        self.restored.emit()

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            return self._page.attempt(work)
        except Problem as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            return False
