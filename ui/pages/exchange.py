"""数据交换: hand over with one button, read what came back, see what became of each."""

from pathlib import Path

import orjson
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTableWidget, QTableWidgetItem

from models.exchange.delivery import delivery
from models.exchange.export import Exported, export_bundle
from models.exchange.format import SUFFIX
from models.exchange.receive import Received, receive_bundle
from models.problems import AppError
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.notice import Notice
from ui.widgets.page_header import PageHeader

MOST_ROWS = 200


def is_bundle(path: Path) -> bool:
    """Whether a dropped file can be one of ours; chat programs rename files, so (1) is fine."""
    return SUFFIX in path.name.lower()


class ExchangePage(Page):
    """The page a school uses once a week, and an office all day."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("数据交换", "用 U 盘或微信传一个文件，不需要网络。")
        self.notice = Notice(icons)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self._sending(), 1)
        cards.addWidget(self._receiving(), 1)
        self.column.addLayout(cards)
        self.column.addWidget(self._log(), 1)
        self._made: Path | None = None
        session.changed.connect(self._on_changed)

    def _sending(self) -> Card:
        card = Card("交出去")
        self.waiting = QLabel()
        self.waiting.setWordWrap(True)
        mark(self.waiting, role="figure")
        self.where = QLabel(
            "每次只装上次以后的新内容；对方少收了一次也不要紧，可以生成完整数据包。"
        )
        self.where.setWordWrap(True)
        mark(self.where, role="hint")
        self.make = Button(
            "生成数据包", Kind.PRIMARY, self.icons.icon("package", PALETTE.card), self.export
        )
        self.whole = Button("完整数据包", Kind.FLAT, on_click=lambda: self.export(complete=True))
        self.folder = Button(
            "打开文件夹", Kind.SECONDARY, self.icons.icon("folder-open"), self._open_folder
        )
        self.copy = Button("复制文件", Kind.SECONDARY, self.icons.icon("copy"), self._copy_file)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, buttons in ((first, (self.make, self.whole)), (second, (self.folder, self.copy))):
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
        card.body.addWidget(self.waiting)
        card.body.addLayout(first)
        card.body.addWidget(self.where)
        card.body.addLayout(second)
        card.body.addStretch()
        for button in (self.folder, self.copy):
            button.hide()
        return card

    def _receiving(self) -> Card:
        card = Card("收进来")
        self.drop = DropZone(
            "把收到的数据包拖到这里",
            "也可以点一下选择文件；可以一次选很多个（扩展名 .aqb）",
            self.icons,
            is_bundle,
            f"数据包 (*{SUFFIX}*)",
        )
        self.drop.files_chosen.connect(self.receive)
        self.drop.refused.connect(
            lambda _paths: self.notice.say("这不是数据包。数据包的扩展名是 .aqb。", Tone.ORANGE)
        )
        card.body.addWidget(self.drop, 1)
        return card

    def _log(self) -> Card:
        card = Card("往来记录")
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels(["时间", "文件", "结果"])
        self.table.setAccessibleName("往来记录")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setColumnWidth(0, 150)
        self.table.setColumnWidth(1, 340)
        self.table.horizontalHeader().setStretchLastSection(True)
        card.body.addWidget(self.table)
        return card

    # ---- doing --------------------------------------------------------------------------------

    def export(self, complete: bool = False) -> None:
        """Make the bundle, and say where it lies."""
        folder = self.session.ledger.home / "数据包"
        self.make.setEnabled(False)
        self.tasks.run(
            lambda: export_bundle(self.session.ledger, folder, complete=complete),
            self._exported,
            self._failed,
        )

    def _exported(self, made: Exported) -> None:
        self._made = made.path
        self.make.setEnabled(True)
        self.where.setText(f"已生成：{made.path}\n请把这个文件用 U 盘或微信发给对方。")
        for button in (self.folder, self.copy):
            button.show()
        photos = f"、照片 {made.photos} 张" if made.photos else ""
        self.notice.say(f"数据包已生成：{made.lines} 条记录{photos}。", Tone.GREEN)
        self.session.changed.emit("exchange")
        self.refresh()

    def receive(self, paths: list[Path]) -> None:
        """Read bundles one after another; a bad one stops only itself."""
        self.notice.say(f"正在读取 {len(paths)} 个文件…", Tone.BLUE)
        ledger, stopping = self.session.ledger, self.tasks.stopping

        def work() -> list[tuple[bool, str]]:
            results = []
            for path in paths:
                if stopping.is_set():
                    break
                try:
                    got: Received = receive_bundle(ledger, Path(path))
                    results.append((got.clean, got.words()))
                except AppError as error:
                    results.append((False, str(error)))
            return results

        self.tasks.run(work, self._received, self._failed)

    def _received(self, results: list[tuple[bool, str]]) -> None:
        clean = all(good for good, _words in results)
        words = [text for _good, text in results]
        shown = "\n".join(words[:6]) + (f"\n……共 {len(words)} 个文件" if len(words) > 6 else "")
        self.notice.say(shown, Tone.GREEN if clean else Tone.ORANGE)
        for table in ("organisation", "finding", "exchange"):
            self.session.changed.emit(table)
        self.refresh()

    def _failed(self, words: str) -> None:
        self.make.setEnabled(True)
        self.notice.say(words, Tone.ORANGE)

    def _open_folder(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.parent)))

    def _copy_file(self) -> None:
        """Put the file itself on the clipboard, to be pasted into a chat window."""
        if self._made:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(self._made))])
            QGuiApplication.clipboard().setMimeData(data)
            self.notice.say("文件已复制，可以在微信聊天窗口里粘贴发送。", Tone.GREEN)

    # ---- showing ------------------------------------------------------------------------------

    def _on_changed(self, _table: str) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read what waits, and what came and went."""
        left = delivery(self.session.ledger)
        words = f"{left.waiting} 条还没有得到对方的回执" if left.waiting else "对方都已收到"
        unpacked = f"，其中 {left.unpacked} 条还没有装包" if left.unpacked else ""
        self.waiting.setText(words + unpacked)
        rows = [
            (moment, name, "已生成，待对方回执")
            for moment, name in self.session.ledger.rows(
                "SELECT made_at, name FROM outbox ORDER BY no DESC LIMIT ?", (MOST_ROWS,)
            )
        ]
        for moment, name, report in self.session.ledger.rows(
            "SELECT received_at, name, report FROM inbox ORDER BY received_at DESC LIMIT ?",
            (MOST_ROWS,),
        ):
            rows.append((moment, name, Received(**orjson.loads(report)).words()))
        rows.sort(reverse=True)
        self.table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            shown = row[0][:16].replace("T", " ")
            for column, text in enumerate((shown, row[1], row[2])):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, column, item)
