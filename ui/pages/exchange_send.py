"""交出去: one button makes the bundle, and says where it lies and what becomes of it."""

from PySide6.QtCore import Signal

from models.exchange.delivery import delivery
from models.exchange.export import Exported, export_bundle
from ui.colours import PALETTE, Tone
from ui.pages.exchange_stick import StickButton
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.made_files import COPIED, MadeFiles
from ui.widgets.plain_label import plain_label

FOLDER = "数据包"
HINT = "每次装入对方还没有的内容；丢了一次也不要紧，下一次会自动补上。"


class SendCard(Card):
    """Makes bundles; says `made` when one is there."""

    made = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("交出去")
        self._page = page
        self._making = False
        self.waiting = plain_label(role="heading", copied=False)
        self.hint = plain_label(HINT, "hint", copied=False)
        package = page.icons.icon("package", PALETTE.card)
        self.make = Button("生成数据包", Kind.PRIMARY, package, self.export)
        self.whole = Button("完整数据包", Kind.FLAT, on_click=lambda: self.export(complete=True))
        self.whole.setToolTip("装入全部内容，不管对方已经有了哪些")
        self.files = MadeFiles(page.icons)
        self.files.add_action(StickButton(page, lambda: self.files.paths))
        self.files.copied.connect(lambda: page.notice.say(COPIED, Tone.GREEN))
        row = Flow()
        for button in (self.make, self.whole):
            row.addWidget(button)
        self.body.addWidget(self.waiting)
        self.body.addLayout(row)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.files)
        self.body.addStretch()

    def refresh(self) -> None:
        """Count what waits."""
        left = delivery(self._page.session.ledger)
        if not left.waiting:
            self.waiting.setText("全部送达")
        else:
            unpacked = f"，其中 {left.unpacked} 条还没有装包" if left.unpacked else "，都已装包"
            self.waiting.setText(f"{left.waiting} 条未送达{unpacked}")

    def export(self, complete: bool = False) -> None:
        """Make the bundle, and say where it lies."""
        if self._making:
            return
        self._making = True  # the button stays as it is, or it would lose the focus
        page = self._page
        ledger, store = page.session.ledger, page.session.store
        page.notice.say("正在生成数据包…", Tone.BLUE)
        page.tasks.run(
            lambda: export_bundle(ledger, store, ledger.home / FOLDER, complete=complete),
            self._exported,
            self._not_exported,
        )

    def _exported(self, made: Exported) -> None:
        self._making = False
        self.hint.hide()
        many = f"这 {len(made.paths)} 个文件" if len(made.paths) > 1 else "这个文件"
        self.files.show_files(made.paths, f"请把{many}用 U 盘或微信发给教育局。")
        photos = f"、照片 {made.photos} 张" if made.photos else ""
        parts = f"，分成 {len(made.paths)} 个文件" if len(made.paths) > 1 else ""
        words = f"数据包已生成：{made.lines} 条记录{photos}{parts}。"
        if not (made.lines or made.photos):
            words = "数据包已生成：没有新记录，只装了给对方的回执。"
        self._page.notice.say(
            words + made.left_words, Tone.ORANGE if made.left_words else Tone.GREEN
        )
        self._page.session.changed.emit("exchange")
        self.made.emit()

    def _not_exported(self, words: str) -> None:
        self._making = False
        self._page.notice.say(words, Tone.ORANGE)
