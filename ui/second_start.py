"""Starting the program where it is open already: the open window comes forward and reads the file.

A second process leaves a note in the ledger's folder; the one that holds the lock watches for it.
"""

import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from models.files import write_whole
from models.problems import AppError
from ui.main_window import TITLE, MainWindow

NOTE = "open.note"  # the path of a bundle to read, or nothing: then the window only comes forward
PATIENCE_S = 3.0


def ring(home: Path, bundle: Path | None, patience: float = PATIENCE_S) -> bool:
    """Ask the open window; whether it answered, which it does by taking the note away."""
    note = home / NOTE
    try:
        write_whole(note, str(bundle.absolute() if bundle else "").encode(), sure=False)
    except AppError:
        return False
    end = time.monotonic() + patience
    while note.exists():
        if time.monotonic() > end:
            note.unlink(missing_ok=True)
            return False
        time.sleep(0.05)
    return True


class Doorbell(QObject):
    """Says what a second start asked for; it lives as long as the window."""

    rung = Signal(str)

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._note = home / NOTE
        with suppress(OSError):
            if abs(time.time() - self._note.stat().st_mtime) > PATIENCE_S:
                self._note.unlink()  # of a start that nobody answered
        self._watcher = QFileSystemWatcher([str(home)], self)
        self._watcher.directoryChanged.connect(self._look)
        QTimer.singleShot(0, self._look)  # who rang while the window was being made still waits

    def _look(self) -> None:
        with suppress(OSError):  # no note: something else in the folder changed
            words = self._note.read_text(encoding="utf-8")
            self._note.unlink()
            self.rung.emit(words)


def answer(window: MainWindow, words: str) -> None:
    """Bring the window forward, and read the bundle that was double-clicked."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    if words:
        read_bundle(window, Path(words))


def read_bundle(window: MainWindow, bundle: Path) -> None:
    """Go to the page that reads bundles and let it read this one."""
    if not hasattr(window, "keys"):
        from PySide6.QtWidgets import QMessageBox

        words = f"请先填好单位资料，再打开数据包 {bundle.name}。"
        QMessageBox.information(window, TITLE, words)
        return
    window.go("district" if "district" in window.keys else "exchange", str(bundle))
