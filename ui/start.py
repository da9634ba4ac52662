"""From an empty screen to the window, and the checks behind its first paint."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from models.ledger.backups import back_up, backups_of, restore
from models.ledger.database import check_integrity
from models.ledger.ledger import Ledger
from models.problems import AppError
from ui.icons import Icons
from ui.look import apply_look
from ui.main_window import TITLE, MainWindow
from ui.session import Session
from ui.tasks import Tasks
from ui.troubles import catch_bugs

CHECK_DELAY_MS = 1500


class Lock(Protocol):
    """What keeps other processes away."""

    def release(self) -> None: ...


Opener = Callable[[Path], tuple[Ledger, Lock]]


def run(home: Path, resources: Path, open_ledger: Opener, now: Callable[[], datetime]) -> int:
    """Run until the window is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(TITLE)
    apply_look(app, resources)
    catch_bugs(home, now)
    opened = _open(home, open_ledger, now)
    if opened is None:
        return 1
    ledger, lock = opened
    tasks = Tasks()
    window = MainWindow(Session(ledger, resources), Icons(resources / "icons"), tasks)
    window.show()
    later = QTimer()
    later.setSingleShot(True)
    later.timeout.connect(lambda: look_after(home, now, tasks, window))
    later.start(CHECK_DELAY_MS)
    code = app.exec()
    later.stop()
    tasks.close()
    ledger.close()
    lock.release()
    return code


def look_after(home: Path, now: Callable[[], datetime], tasks: Tasks, window: MainWindow) -> None:
    """Check the file, then copy it; a damaged file never replaces a good copy."""

    def work() -> str:
        trouble = check_integrity(home)
        if not trouble:
            back_up(home, now().astimezone())
        return trouble

    def tell(words: str) -> None:
        QMessageBox.warning(window, TITLE, words)

    def done(trouble: str) -> None:
        if trouble:
            tell(
                "台账文件有损坏的地方，今天没有做备份。请先不要关机，联系技术人员；"
                f"最近的完好备份在：\n{home / 'backups'}",
            )
        window.show_state()

    tasks.run(work, done, tell)


def _open(
    home: Path, open_ledger: Opener, now: Callable[[], datetime]
) -> tuple[Ledger, Lock] | None:
    """The ledger; where its file is damaged, the newest backup is offered."""
    try:
        return open_ledger(home)
    except AppError as error:
        kept = backups_of(home)
        if "损坏" not in str(error) or not kept:
            QMessageBox.critical(None, TITLE, str(error))
            return None
        asked = f"{error}\n\n要用最近的备份 {kept[0].name} 打开吗？损坏的文件会另存，不会删除。"
        if QMessageBox.question(None, TITLE, asked) != QMessageBox.StandardButton.Yes:
            return None
    try:
        restore(home, kept[0], now().astimezone())
        return open_ledger(home)
    except AppError as error:
        QMessageBox.critical(None, TITLE, str(error))
        return None
