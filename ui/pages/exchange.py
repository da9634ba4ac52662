"""数据交换: hand over with one button, read what came back, see what became of each."""

import threading
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QStringListModel, Qt, QUrl, Signal
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
from models.exchange.receive import Received, receive_bundle, received_bundles
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.catalogue import RECORD_TYPES
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
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

MOST_ROWS, MOST_TOLD = 200, 12
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


class Result(NamedTuple):
    """What became of one file."""

    clean: bool
    words: str


class ExchangePage(Page):
    """The page a school uses once a week, and an office all day."""

    follows = frozenset({*RECORD_TYPES, "exchange", "setting"})
    reading = Signal(int, int)  # files read, of how many

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("数据交换", "用 U 盘或微信传一个文件，不需要网络。")
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
        self._refused: list[Path] = []
        self._left = threading.Event()
        self.reading.connect(self._say_progress)
        self.notice.acted.connect(self._left.set)

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
        self.drop.refused.connect(self._refuse)
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
        words = f"数据包已生成：{made.lines} 条记录{photos}。"
        if made.left:
            words += f"有 {made.left} 张照片没有装入：照片太多，或文件已损坏；记录都在。"
        self.notice.say(words, Tone.ORANGE if made.left else Tone.GREEN)
        self.session.changed.emit("exchange")
        self.refresh()

    def _not_exported(self, words: str) -> None:
        self._making = False
        self._failed(words)

    def receive(self, paths: list[Path]) -> None:
        """Read bundles one after another; a bad one stops only itself, and the rest can be left."""
        ledger, stopping = self.session.ledger, self.tasks.stopping
        self._left.clear()
        self.reading.emit(0, len(paths))

        def work() -> list[Result]:
            results = []
            for number, path in enumerate(paths, start=1):
                if stopping.is_set() or self._left.is_set():
                    break
                results.append(_read_one(ledger, Path(path)))
                self.reading.emit(number, len(paths))
            return results

        self.tasks.run(work, self._received, self._failed)

    def _say_progress(self, done: int, total: int) -> None:
        if done < total:
            self.notice.say(f"正在读取：{done}/{total} 个文件…", Tone.BLUE, "停止")

    def _received(self, results: list[Result]) -> None:
        """What went wrong first, file by file; what went well is a number."""
        troubles = [result.words for result in results if not result.clean]
        troubles += [f"没有读 {path.name}：这不是数据包（.aqb）。" for path in self._refused]
        self._refused = []
        good = [result.words for result in results if result.clean]
        summary = good if len(good) == 1 else [f"{len(good)} 个数据包读入正常。"] if good else []
        lines = [*troubles[:MOST_TOLD], *summary]
        if len(troubles) > MOST_TOLD:
            lines.insert(MOST_TOLD, f"……另有 {len(troubles) - MOST_TOLD} 个文件有问题。")
        self.notice.say("\n".join(lines), Tone.ORANGE if troubles else Tone.GREEN)
        for table in (*RECORD_TYPES, "exchange"):
            self.session.changed.emit(table)
        self.refresh()

    def _refuse(self, paths: list[Path]) -> None:
        """Files that are no bundles: told at once, and again at the end where others were read."""
        self._refused = [Path(path) for path in paths]
        names = "、".join(path.name for path in self._refused[:MOST_TOLD])
        self.notice.say(f"这不是数据包，没有读：{names}。数据包的扩展名是 .aqb。", Tone.ORANGE)

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

    def refresh(self) -> None:
        """Read what waits, and what came and went."""
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
        for came in received_bundles(ledger, MOST_ROWS):
            tone = Tone.GREEN if came.result.clean else Tone.ORANGE
            words = came.result.words()
            rows.append(_row(came.sha256, came.received_at, came.name, words, tone))
        return rows


def _read_one(ledger: Ledger, path: Path) -> Result:
    try:
        got: Received = receive_bundle(ledger, path)
    except AppError as error:
        return Result(False, str(error))
    return Result(got.clean, got.words())


def _row(key: str, moment: str, name: str, words: str, tone: Tone) -> Row:
    return Row(key, (Cell(local_time(moment), moment), Cell(name), Cell(words, tone=tone)))
