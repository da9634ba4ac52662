"""From an empty screen to the window, and the checks behind its first paint."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from models.ledger import witness
from models.ledger.backups import back_up, newest_whole, restore
from models.ledger.database import check_integrity
from models.ledger.ledger import Ledger
from models.ledger.lock import AlreadyOpen, take_lock
from models.problems import AppError, Damaged
from models.records.fields import show_day
from models.records.reading import LATEST_YEAR
from ui.collector import Collector
from ui.icons import Icons
from ui.look import apply_look
from ui.main_window import TITLE, MainWindow
from ui.second_start import Doorbell, answer, read_bundle, ring
from ui.session import Session
from ui.tasks import Tasks
from ui.troubles import catch_bugs

CHECK_DELAY_MS = 1500
BUILT = 2026  # no clock of this program can rightly show an earlier year


class Lock(Protocol):
    """What keeps other processes away."""

    def release(self) -> None: ...


Opener = Callable[[Path], tuple[Ledger, Lock]]


def run(
    home: Path,
    resources: Path,
    open_ledger: Opener,
    now: Callable[[], datetime],
    bundle: Path | None = None,
) -> int:
    """Run until the window is closed; after a restore it opens again on the copy.

    A `bundle` is read at once, by the window that is open already where there is one: that, too,
    is 0; what could not be opened is 1.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName(TITLE)
    apply_look(app, resources)
    catch_bugs(home, now)
    try:
        while opened := _open(home, open_ledger, now):
            code, wanted = _work(app, home, resources, opened, now, bundle)
            bundle = None
            if wanted is None:
                return code
            try:
                _put_back(home, wanted, now)
            except AppError as error:
                QMessageBox.critical(None, TITLE, str(error))
    except AlreadyOpen as error:
        if ring(home, bundle):
            return 0
        QMessageBox.critical(None, TITLE, str(error))
    return 1


def say_still_packed() -> int:
    """The portable program was started out of its zip: what it writes would be gone tomorrow."""
    _app = QApplication(sys.argv[:1])  # a box needs one
    words = "程序还在压缩包里，没有打开：在这里填写的内容会丢失。"
    QMessageBox.critical(None, TITLE, f"{words}请先把压缩包解压到 U 盘或硬盘，再打开。")
    return 1


def _work(
    app: QApplication,
    home: Path,
    resources: Path,
    opened: tuple[Ledger, Lock],
    now: Callable[[], datetime],
    bundle: Path | None,
) -> tuple[int, Path | None]:
    """One window's life: its exit code, and the copy the person wants to go on with."""
    ledger, lock = opened
    collector, tasks, session = Collector(), Tasks(), Session(ledger, resources)
    tasks.busy.connect(collector.hold)
    window = MainWindow(session, Icons(resources / "icons"), tasks)
    window.show()
    bell = Doorbell(home)
    bell.rung.connect(lambda words: answer(window, words))
    if bundle:
        QTimer.singleShot(0, lambda: read_bundle(window, bundle))
    later = QTimer()
    later.setSingleShot(True)
    later.timeout.connect(lambda: tell_notice(window, ledger))
    later.timeout.connect(lambda: look_after(home, now, tasks, window, session))
    later.start(CHECK_DELAY_MS)
    code = app.exec()
    later.stop()
    tasks.close()
    collector.stop()
    witness.note(ledger)
    ledger.close()
    lock.release()
    return code, session.restore_wanted


def tell_notice(window: QWidget, ledger: Ledger) -> None:
    """What was found at opening and waits to be told, once; and a clock that cannot be right."""
    today = ledger.clock().astimezone().date()
    if not BUILT <= today.year <= LATEST_YEAR:
        QMessageBox.warning(
            window,
            TITLE,
            f"电脑的日期是{show_day(today)}，不对，记录会写错日期。"
            "请先关闭本程序，在任务栏右下角的时间上点右键，选“调整日期和时间”校准，再打开。",
        )
    if words := ledger.setting("notice"):
        QMessageBox.information(window, TITLE, words)
        with suppress(AppError):  # else it is told again
            ledger.set_setting("notice", "")


def look_after(
    home: Path, now: Callable[[], datetime], tasks: Tasks, window: MainWindow, session: Session
) -> None:
    """Check the file, then copy it; a damaged file never replaces a good copy."""

    def work() -> tuple[str, Path | None]:
        trouble = check_integrity(home)
        if not trouble:
            back_up(home, now().astimezone())
        return trouble, newest_whole(home) if trouble else None

    def done(found: tuple[str, Path | None]) -> None:
        trouble, copy = found
        if trouble and copy is None:
            tell("台账文件有损坏的地方，也没有完好的备份。请不要关机，联系技术人员抢救。")
        elif trouble and _agreed(window, "台账文件有损坏的地方，今天没有做备份。", copy):
            session.restore_wanted = copy
            window.close()
        window.show_state()

    def tell(words: str) -> None:
        QMessageBox.warning(window, TITLE, words)

    tasks.run(work, done, tell)


def _open(
    home: Path, open_ledger: Opener, now: Callable[[], datetime]
) -> tuple[Ledger, Lock] | None:
    """The ledger; where its file is damaged, the newest whole backup is offered.

    Raises AlreadyOpen where another window has it; every other trouble is told here.
    """
    try:
        try:
            return open_ledger(home)
        except Damaged as error:
            copy = newest_whole(home)
            if copy is None:
                raise
            if not _agreed(None, str(error), copy):
                return None
            _put_back(home, copy, now)
            return open_ledger(home)
    except AlreadyOpen:
        raise
    except AppError as error:
        QMessageBox.critical(None, TITLE, str(error))
        return None


def _agreed(parent: QWidget | None, words: str, copy: Path | None) -> bool:
    """Whether the person wants to go on with this copy."""
    name = copy.name if copy else ""
    asked = f"{words}\n\n要用最近的完好备份 {name} 打开吗？损坏的文件会另存，不会删除。"
    return QMessageBox.question(parent, TITLE, asked) == QMessageBox.StandardButton.Yes


def _put_back(home: Path, copy: Path, now: Callable[[], datetime]) -> None:
    """Restore under the lock: until it is done, no second window may find half of it."""
    lock = take_lock(home)
    try:
        restore(home, copy, now().astimezone())
    finally:
        lock.release()
