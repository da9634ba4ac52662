"""Pages of a PDF, drawn as they scroll into sight."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.colours import PALETTE
from ui.pdf_pages import close_pdf, open_pdf, picture_of, size_of

GAP = 14
WIDEST = 900
MOST_DRAWN = 12  # a page takes some megabytes, a ledger has hundreds of pages


class PdfPage(QWidget):
    """One page; it is drawn when it is seen, and tells so."""

    def __init__(
        self, document: Any, number: int, drawn: Callable[["PdfPage"], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._drawn = drawn
        self._document, self._number = document, number
        self._points, height = size_of(document, number)
        self._ratio = height / self._points
        self._image: QImage | None = None
        self.setAccessibleName(f"第 {number + 1} 页")

    def fit(self, width: int) -> None:
        """Take the width, and the height that belongs to it."""
        size = QSize(width, round(width * self._ratio))
        if size != self.size():
            self.setFixedSize(size)
            self._image = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            self._image = self._draw()
            self._drawn(self)
        QPainter(self).drawImage(self.rect(), self._image)

    def forget(self) -> None:
        """Let the picture go; it is drawn again when it is seen again."""
        self._image = None

    def _draw(self) -> QImage:
        scale = self.width() * self.devicePixelRatioF() / self._points
        return picture_of(self._document, self._number, scale)


class PdfView(QScrollArea):
    """A column of pages on grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Any = None
        self.pages: list[PdfPage] = []
        self.drawn: list[PdfPage] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName("预览")
        self.setWidgetResizable(True)

    def show_file(self, path: Path) -> None:
        """Show the pages of this file, the first one on top."""
        old = self._document
        self._document = open_pdf(path)
        self.destroyed.connect(self._document.close)
        inner = QWidget()
        inner.setStyleSheet(f"background: {PALETTE.pressed};")
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        self.drawn = []
        numbers = range(len(self._document))
        self.pages = [PdfPage(self._document, n, self._on_drawn, inner) for n in numbers]
        for page in self.pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.setWidget(inner)
        self._fit()
        if old is not None:
            close_pdf(old)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_drawn(self, page: PdfPage) -> None:
        """Keep the newest pictures only."""
        self.drawn = [other for other in self.drawn if other is not page] + [page]
        if len(self.drawn) > MOST_DRAWN:
            self.drawn.pop(0).forget()

    def _fit(self) -> None:
        width = max(200, min(WIDEST, self.viewport().width() - 2 * GAP))
        for page in self.pages:
            page.fit(width)
