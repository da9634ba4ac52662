"""数据交换: hand over with one button, read what came back, see what became of each."""

from pathlib import Path

import orjson
from PySide6.QtCore import QMimeData, QStringListModel, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.exchange.delivery import delivery, made_bundles
from models.exchange.export import Exported, export_bundle
from models.exchange.format import SUFFIX
from models.exchange.receive import Received, receive_bundle
from models.problems import AppError
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.moments import local_time
from ui.pages.page import Page
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

MOST_ROWS = 200
COLUMNS = (Column("时间", 150), Column("文件", 320), Column("结果"))
LEAST_LOG = 150  # pixels of the log that are always to be seen


def is_bundle(path: Path) -> bool:
    """Whether a dropped file can be one of ours; chat programs rename files, so (1) is fine."""
    return SUFFIX in path.name.lower()


def file_data(path: Path) -> QMimeData:
    """A file, for the clipboard.

    The clipboard outlives Python, and what was made in Python crashes there when the program ends:
    so Qt makes the object, and we only fill it.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


class ExchangePage(Page):
    """The page a school uses once a week, and an office all day."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("数据交换", "用 U 盘或微信传一个文件，不需要网络。")
        self.notice = Notice(icons)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self._sending(), 1)
        cards.addWidget(self._receiving(), 1)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addLayout(cards)
        body.addWidget(self._log(), 1)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(scrolled(inner), 1)
        self._made: Path | None = None
        self._making = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(self._on_changed)

    def _sending(self) -> Card:
        card = Card("交出去")
        self.waiting = QLabel()
        self.waiting.setWordWrap(True)
        mark(self.waiting, role="heading")
        self.where = QLabel(
            "每次只装上次以后的新内容；对方少收了一次也不要紧，可以生成完整数据包。"
        )
        self.where.setWordWrap(True)
        self.where.setTextFormat(Qt.TextFormat.PlainText)
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
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drop.files_chosen.connect(self.receive)
        self.drop.refused.connect(
            lambda _paths: self.notice.say("这不是数据包。数据包的扩展名是 .aqb。", Tone.ORANGE)
        )
        card.body.addWidget(self.drop, 1)
        return card

    def _log(self) -> Card:
        card = Card("往来记录")
        self.log = RowView(COLUMNS, "往来记录")
        self.nothing = EmptyState(
            self.icons,
            "arrow-left-right",
            "还没有往来记录",
            "生成过的和读入过的数据包会列在这里，并写明结果。",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.log)
        self.stack.setMinimumHeight(LEAST_LOG)
        card.body.addWidget(self.stack, 1)
        return card

    # ---- doing --------------------------------------------------------------------------------

    def export(self, complete: bool = False) -> None:
        """Make the bundle, and say where it lies."""
        if self._making:
            return
        self._making = True  # the button stays as it is, or it would lose the focus
        ledger, folder = self.session.ledger, self.session.ledger.home / "数据包"
        self.notice.say("正在生成数据包…", Tone.BLUE)
        self.tasks.run(
            lambda: export_bundle(ledger, folder, complete=complete),
            self._exported,
            self._not_exported,
        )

    def _exported(self, made: Exported) -> None:
        self._made, self._making = made.path, False
        self.where.setText(f"已生成：{made.path}\n请把这个文件用 U 盘或微信发给对方。")
        for button in (self.folder, self.copy):
            button.show()
        photos = f"、照片 {made.photos} 张" if made.photos else ""
        self.notice.say(f"数据包已生成：{made.lines} 条记录{photos}。", Tone.GREEN)
        self.session.changed.emit("exchange")
        self.refresh()

    def _not_exported(self, words: str) -> None:
        self._making = False
        self._failed(words)

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
        self.notice.say(words, Tone.ORANGE)

    def _open_folder(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.parent)))

    def _copy_file(self) -> None:
        """Put the file itself on the clipboard, to be pasted into a chat window."""
        if self._made:
            QGuiApplication.clipboard().setMimeData(file_data(self._made))
            self.notice.say("文件已复制，可以在微信聊天窗口里粘贴发送。", Tone.GREEN)

    # ---- showing ------------------------------------------------------------------------------

    def _on_changed(self, _table: str) -> None:
        if self.isVisible():
            self._soon.start(0)

    def refresh(self) -> None:
        """Read what waits, and what came and went."""
        self._soon.stop()
        left = delivery(self.session.ledger)
        words = f"{left.waiting} 条还没有得到对方的回执" if left.waiting else "对方都已收到"
        unpacked = f"，其中 {left.unpacked} 条还没有装包" if left.unpacked else ""
        self.waiting.setText(words + unpacked)
        rows = sorted(self._log_rows(), key=lambda row: row.cells[0].value, reverse=True)
        self.log.show_rows(rows)
        self.stack.setCurrentWidget(self.log if rows else self.nothing)

    def _log_rows(self) -> list[Row]:
        ledger = self.session.ledger
        rows = []
        for made in made_bundles(ledger, MOST_ROWS):
            words = "对方已收到" if made.received else "已生成，等待对方回执"
            tone = Tone.GREEN if made.received else Tone.BLUE
            rows.append(_row(f"made:{made.no}", made.made_at, made.name, words, tone))
        for sha256, moment, name, report in ledger.rows(
            "SELECT sha256, received_at, name, report FROM inbox ORDER BY received_at DESC LIMIT ?",
            (MOST_ROWS,),
        ):
            got = Received(**orjson.loads(report))
            tone = Tone.GREEN if got.clean else Tone.ORANGE
            rows.append(_row(sha256, moment, name, got.words(), tone))
        return rows


def _row(key: str, moment: str, name: str, words: str, tone: Tone) -> Row:
    return Row(key, (Cell(local_time(moment), moment), Cell(name), Cell(words, tone=tone)))
