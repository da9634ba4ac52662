"""The manual in a window of its own: it can stay open beside the work."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextBrowser, QWidget


class HelpWindow(QTextBrowser):
    """Shows resources/help/manual.md; Esc closes it."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWindowTitle("使用说明书")
        self.setAccessibleName("使用说明书")
        self.setOpenLinks(False)
        self.resize(720, 640)
        self.document().setDocumentMargin(24)
        self.setMarkdown((folder / "manual.md").read_text(encoding="utf-8"))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
