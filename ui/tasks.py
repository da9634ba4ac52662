"""Work that takes longer than a blink: bundles, reports, backups."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from models.problems import AppError, Problem

T = TypeVar("T")


class Tasks(QObject):
    """One worker, so that two tasks never write at once.

    `work` runs there and may touch no widget; `done` and `failed` run on the GUI thread. `failed`
    gets the words of an AppError or a Problem; anything else is a bug: `failed` learns that there
    was one, and it is raised here, on the GUI thread.
    """

    busy = Signal(bool)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="task")
        self._running = 0
        self.stopping = threading.Event()
        self._ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        """Whether a result is still to be shown."""
        return self._running > 0

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        """Start `work`, and return at once."""
        self._running += 1
        self.busy.emit(True)
        future = self._pool.submit(work)
        future.add_done_callback(lambda ended: self._ended.emit((ended, done, failed)))

    def close(self) -> None:
        """Wait for the work in hand; call it before the application ends."""
        self.stopping.set()
        self._pool.shutdown(cancel_futures=True)

    @Slot(object)
    def _on_ended(
        self, ended: tuple[Future[Any], Callable[[Any], None], Callable[[str], None]]
    ) -> None:
        try:
            _tell(*ended)
        finally:  # a result that starts the next task keeps us busy
            self._running -= 1
            if not self._running:
                self.busy.emit(False)


def _tell(future: Future[Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if isinstance(error, AppError | Problem):
        failed(str(error))
    elif error is not None:
        failed("没有做完：程序出了意外的错误。")
        raise error
    else:
        done(future.result())
