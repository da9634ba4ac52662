"""生成全部回执: a bundle for every school, all into one folder, in one go."""

import threading
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from models.exchange.export import Reply, reply_all
from ui.colours import PALETTE, Tone
from ui.pages.exchange_stick import StickButton
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.plain_label import plain_label
from ui.widgets.progress_line import ProgressLine

FOLDER = "回执"
HINT = "每所学校一个文件，只有那所学校能打开；里面有回执、教育局的意见和要学校补的内容。"


class ReplyCard(Card):
    """Makes the replies, and says what became of them."""

    telling = Signal(int, int)

    def __init__(self, page: Page) -> None:
        super().__init__("发回执")
        self._page = page
        self._left = threading.Event()
        self._making = False
        self._folder: Path | None = None
        self._made: list[Path] = []
        self._day = page.session.today()
        icon = page.icons.icon("package", PALETTE.card)
        self.make = Button("生成全部回执", Kind.PRIMARY, icon, self.reply)
        self.elsewhere = Button("存到其他位置…", Kind.FLAT, on_click=self._ask)
        self.open = Button(
            "打开文件夹", Kind.SECONDARY, page.icons.icon("folder-open"), self._open_folder
        )
        self.stick = StickButton(page, lambda: self._made, lambda: f"{FOLDER}-{self._day:%Y-%m-%d}")
        for button in (self.open, self.stick):
            button.hide()
        self.progress = ProgressLine("正在生成回执")
        self.progress.stopped.connect(self._left.set)
        self.telling.connect(self.progress.tell)
        self.where = plain_label(HINT, "hint")
        row = Flow()
        for button in (self.make, self.elsewhere, self.open, self.stick):
            row.addWidget(button)
        self.body.addLayout(row)
        self.body.addWidget(self.where)
        self.body.addWidget(self.progress)
        self.body.addStretch()

    def reply(self, folder: Path | None = None) -> None:
        """Make them all into this folder, or into one of today beside the ledger."""
        if self._making:
            return
        self._making = True
        page = self._page
        ledger, store, ending = page.session.ledger, page.session.store, page.tasks.stopping
        self._day = page.session.today()
        target = self._folder = folder or ledger.home / FOLDER / f"{self._day:%Y-%m-%d}"
        self._left.clear()
        self.progress.start()
        page.tasks.run(
            lambda: reply_all(
                ledger,
                store,
                target,
                self.telling.emit,
                lambda: ending.is_set() or self._left.is_set(),
            ),
            self._replied,
            self._failed,
        )

    def _replied(self, replies: list[Reply]) -> None:
        self._rest()
        made = [reply for reply in replies if reply.paths]
        bad = [reply for reply in replies if not reply.good]
        same = len(replies) - len(made) - len(bad)
        parts = [f"{len(made)} 所学校的回执已生成"]
        if same:
            parts.append(f"{same} 所没有新内容，不用再发")
        if bad:
            parts.append(f"{len(bad)} 所没有生成")
        lines = ["；".join(parts) + "。", *[f"{one.name or one.unit}：{one.words}" for one in bad]]
        if not replies:
            lines = ["还没有入网的学校，没有要发的回执。请先在“入网”里登记学校的电脑。"]
        if made:
            self._made = [path for reply in made for path in reply.paths]
            for button in (self.open, self.stick):
                button.show()
            self.where.setText(f"放在 {self._folder}\n请用 U 盘或微信分别交给各学校。")
        self._page.notice.say("\n".join(lines), Tone.ORANGE if bad else Tone.GREEN)
        self._page.session.changed.emit("exchange")

    def _failed(self, words: str) -> None:
        self._rest()
        self._page.notice.say(words, Tone.ORANGE)

    def _rest(self) -> None:
        self._making = False
        self.progress.hide()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "回执放在哪里")
        if chosen:
            self.reply(Path(chosen))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
