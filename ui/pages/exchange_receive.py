"""收进来: files and folders are dropped, read one after another, and can be taken back."""

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from models.exchange.enrolment_files import REQUEST
from models.exchange.format import SUFFIX
from models.exchange.receive import (
    FileResult,
    find_files,
    is_bundle,
    receive_files,
    retry_kept,
)
from models.ledger.undo import can_undo, undo_import
from models.records.catalogue import RECORD_TYPES
from ui.colours import Tone
from ui.pages.page import Page
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.drop_zone import DropZone
from ui.widgets.progress_line import ProgressLine

MOST_TOLD = 8


def is_request(path: Path) -> bool:
    """Whether a dropped file is a PC's request to be enrolled."""
    return REQUEST in path.name.lower()


class ReceiveCard(Card):
    """Reads bundles; a bad one stops only itself, and the rest can be left."""

    received = Signal(list)  # FileResult of each file, or nothing after an undo
    requested = Signal(list)  # the .aqr files among those that were dropped
    reading = Signal(int, int)  # files read, of how many

    def __init__(self, page: Page, *, requests: bool = False) -> None:
        super().__init__("收进来")
        self._page = page
        self._left = threading.Event()
        self._refused: list[Path] = []
        self.drop = DropZone(
            "把收到的文件拖到这里",
            "也可以点一下选择；可以一次很多个，文件夹也行",
            page.icons,
            lambda path: is_bundle(path) or (requests and is_request(path)),
            f"数据包 (*{SUFFIX}*{f' *{REQUEST}*' if requests else ''})",
            whole_folders=True,
        )
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drop.files_chosen.connect(self._take)
        self.drop.refused.connect(self._refuse)
        self.progress = ProgressLine("正在读取")
        self.progress.stopped.connect(self._left.set)
        self.reading.connect(self.progress.tell)
        self.undo = Button(
            "撤销上次读入", Kind.FLAT, page.icons.icon("undo-2"), on_click=self._undo
        )
        self.undo.setToolTip("把上次读入的内容退回去；文件还在，需要时可以再读")
        self.undo.hide()
        self.add_action(self.undo)
        self.body.addWidget(self.drop, 1)
        self.body.addWidget(self.progress)

    def refresh(self) -> None:
        """Offer to take the last import back while that is possible."""
        self.undo.setVisible(not can_undo(self._page.session.ledger))

    # ---- reading ------------------------------------------------------------------------------

    def _take(self, paths: list[Path]) -> None:
        requests = [path for path in paths if path.is_file() and is_request(path)]
        if requests:
            self.requested.emit(requests)
        if bundles := [path for path in paths if path not in requests]:
            self.read(bundles)

    def read(self, paths: Sequence[Path]) -> None:
        """Read these files, and whatever the folders among them hold."""
        page = self._page
        ledger, store, ending = page.session.ledger, page.session.store, page.tasks.stopping
        self._left.clear()
        self.progress.start()

        def work() -> list[FileResult]:
            files = find_files(paths) if any(path.is_dir() for path in paths) else list(paths)
            results = receive_files(
                ledger,
                store,
                files,
                self.reading.emit,
                lambda: ending.is_set() or self._left.is_set(),
            )
            if any(result.unit for result in results):  # it may have brought an enrolment
                results += [result for result in retry_kept(ledger, store) if result.unit]
            return results

        page.tasks.run(work, self._received, self._failed)

    def _received(self, results: list[FileResult]) -> None:
        self.progress.hide()
        refused = [
            FileResult(path, path.name, False, f"没有读 {path.name}：这不是数据包（{SUFFIX}）。")
            for path in self._refused
        ]
        self._refused = []
        if not results and not refused and not self._left.is_set():
            self._page.notice.say(
                f"这里没有数据包。数据包的扩展名是 {SUFFIX}，请看看是不是选错了文件夹。",
                Tone.ORANGE,
            )
        self._tell(results + refused)

    def _tell(self, results: list[FileResult]) -> None:
        for table in (*RECORD_TYPES, "exchange"):
            self._page.session.changed.emit(table)
        self.received.emit(results)

    def _failed(self, words: str) -> None:
        self.progress.hide()
        self._page.notice.say(words, Tone.ORANGE)

    def _refuse(self, paths: list[Path]) -> None:
        """Files that are no bundles: told at once, and again at the end where others were read."""
        self._refused = paths
        names = "、".join(path.name for path in self._refused[:MOST_TOLD])
        self._page.notice.say(
            f"这不是数据包，没有读：{names}。数据包的扩展名是 {SUFFIX}。", Tone.ORANGE
        )

    # ---- taking back --------------------------------------------------------------------------

    def _undo(self) -> None:
        """No question first: the file can simply be read again."""
        ledger = self._page.session.ledger
        self._page.notice.say("正在撤销上次读入…", Tone.BLUE)
        self._page.tasks.run(lambda: undo_import(ledger), self._undone, self._failed)

    def _undone(self, lines: int) -> None:
        self._page.notice.say(
            f"上次读入的 {lines} 条记录已经退回去了；需要时再读一次文件就行。", Tone.GREEN
        )
        self._tell([])


def summary(results: Sequence[FileResult]) -> tuple[str, Tone]:
    """What went wrong first, file by file; what went well is a number."""
    troubles = [result.words for result in results if not result.clean]
    good = [result.words for result in results if result.clean]
    lines = troubles[:MOST_TOLD]
    if len(troubles) > MOST_TOLD:
        lines.append(f"……另有 {len(troubles) - MOST_TOLD} 个文件有问题。")
    if len(good) == 1:
        lines += good
    elif good:
        lines.append(f"{len(good)} 个数据包读入正常。")
    return "\n".join(lines), Tone.ORANGE if troubles else Tone.GREEN
