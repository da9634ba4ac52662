"""A bug must not lose work or vanish: it is written down, and a person is told in words."""

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from models.problems import AppError

UNEXPECTED = (
    "程序出了一个意外的错误，已经记录下来。已保存的内容没有受影响；"
    "请重新打开程序，并把记录交给技术人员：\n{log}"
)


def catch_bugs(home: Path, now: Callable[[], datetime]) -> None:
    """From now on every uncaught error is logged in the ledger's folder and shown."""
    log = home / "logs" / "errors.log"
    telling = False

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        nonlocal telling
        words, detail = str(error), ""
        if not issubclass(kind, AppError):
            detail = "".join(traceback.format_exception(kind, error, trace))
            _write(log, f"{now().isoformat()}\n{detail}\n")
            words = UNEXPECTED.format(log=log)
        if not telling:  # an error while painting comes again behind the very box that tells of it
            telling = True
            try:
                _tell(words, detail)
            finally:
                telling = False

    sys.excepthook = caught


def _write(log: Path, text: str) -> None:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return  # a disk that takes nothing must not hide the error from the person


def _tell(words: str, detail: str) -> None:
    if QApplication.instance() is None:
        return
    box = QMessageBox(QMessageBox.Icon.Warning, "校园安全台账", words)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(detail)
    box.exec()
