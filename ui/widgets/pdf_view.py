"""Pages of a PDF below each other: drawn as they come into sight, never on the GUI thread."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.colours import PALETTE
from ui.pdf_pages import close_pdf
from ui.tasks import Tasks
from ui.widgets.pdf_shown import Pdf, Place, Search, Shown, end, picture, read_pdf, seek

T = TypeVar("T")
GAP = 14
NARROWEST, WIDEST = 200, 900
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)  # of the width that fits
STEP = 60
LEAST_SEEN = 0.4  # of the height: a page that reaches so far down is the one that is read


class PdfView(QAbstractScrollArea):
    """A column of pages on grey; says which page is read, and what became of a search."""

    moved = Signal(int, int)  # the page that is read, counted from 1, and how many there are
    zoomed = Signal(float)  # how wide a page is, as a part of the width that fits
    searched = Signal(bool)  # whether the words stand anywhere
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = Tasks()
        self._shown: Shown | None = None
        self._file = 0
        self._search = 0
        self._zoom = ZOOMS.index(1.0)
        self._tops: list[int] = [0]
        self._heights: list[int] = []
        self._read = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(STEP)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())
        self._open: list[Any] = []
        self.destroyed.connect(partial(end, self._painter, self._open))

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._shown.pdf.pages) if self._shown else 0

    def show_file(self, path: Path) -> None:
        """Show the pages of this file, the first one on top; it may be removed once it is shown."""
        self._file += 1
        self._run(partial(read_pdf, path), partial(self._opened, self._file))

    def close_file(self) -> None:
        """Show nothing, and let the file go."""
        self._file += 1
        self._drop()
        self.viewport().update()

    # ---- moving -------------------------------------------------------------------------------

    def go_to(self, page: int) -> None:
        """Put the top of a page, counted from 1, at the top."""
        if self.count:
            self.verticalScrollBar().setValue(self._tops[min(max(page, 1), self.count) - 1] - GAP)

    def turn(self, step: int) -> None:
        """To the next page that is not at the top, or to the last one before it."""
        start = self.verticalScrollBar().value() + GAP
        after, before = bisect_right(self._tops, start) + 1, bisect_left(self._tops, start)
        self.go_to(after if step > 0 else before)

    def zoom(self, steps: int) -> None:
        """So many steps larger, or smaller where negative; nought fits the width again."""
        wanted = self._zoom + steps if steps else ZOOMS.index(1.0)
        self._zoom = min(max(wanted, 0), len(ZOOMS) - 1)
        self._lay_out()
        self.zoomed.emit(ZOOMS[self._zoom])

    def look_for(self, words: str, *, again: bool = False) -> None:
        """Go to the first place from here where the words stand, or `again` to the next one."""
        shown = self._shown
        if shown is None or not words:
            return
        self._search += 1
        page, at = self._read[0] - 1, -1
        if again and shown.found:
            page, at = shown.found.page, shown.found.at
        self._seek(shown, Search(self._search, words, page, at, self.count + 1))

    def _seek(self, shown: Shown, search: Search) -> None:
        self._run(partial(seek, shown, search), partial(self._sought, shown, search))

    def _sought(self, shown: Shown, search: Search, place: Place | None) -> None:
        """Some pages are read: go on where it was not among them; pages are drawn between."""
        if shown is not self._shown or search.number != self._search:
            return
        following = search.following(self.count)
        if place is None and following:
            self._seek(shown, following)
            return
        shown.found = place
        if place:
            scale = self._width() / shown.pdf.pages[place.page][0]
            top = self._tops[place.page] + round(place.hits[place.at][0].top * scale)
            self.verticalScrollBar().setValue(top - self.viewport().height() // 3)
        self.viewport().update()
        self.searched.emit(place is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        ends = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: self.count}
        if control and key in zooms:
            self.zoom(zooms[Qt.Key(key)])
        elif key in turns:
            self.turn(turns[Qt.Key(key)])
        elif key in ends:
            self.go_to(ends[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def _tell_page(self) -> None:
        """Which page is read; said once for each."""
        bar = self.verticalScrollBar()
        line = bar.value() + round(self.viewport().height() * LEAST_SEEN)
        page = min(max(bisect_right(self._tops, line), 1), self.count)
        at_end = bar.value() == bar.maximum() > 0
        read = (self.count if at_end else page, self.count)
        if read != self._read:
            self._read = read
            self.setAccessibleDescription(f"第 {read[0]} 页，共 {read[1]} 页")
            self.moved.emit(*read)

    # ---- files --------------------------------------------------------------------------------

    def _opened(self, file: int, pdf: Pdf) -> None:
        self._open.append(pdf.document)
        if file != self._file:
            self._close(pdf.document)
            return
        self._drop()
        self._shown = Shown(pdf)
        self.verticalScrollBar().setValue(0)
        self._read = (0, 0)
        self._lay_out()

    def _drop(self) -> None:
        if self._shown:
            self._shown.wanted, self._shown.closed = frozenset(), True
            self._close(self._shown.pdf.document)
        self._shown, self._heights, self._tops = None, [], [0]

    def _close(self, document: Any) -> None:
        """Behind whatever is still drawn from it."""
        self._open.remove(document)
        self._run(partial(close_pdf, document), lambda _none: None)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do it off the screen; nobody hears of it once the view is gone, nor of the failures of a
        file that another has overtaken: it may well be removed already."""
        ended, file = self._painter.stopping, self._file

        def hear(result: T) -> None:
            if not ended.is_set():
                done(result)

        def fail(words: str) -> None:
            if file == self._file:
                self.failed.emit(words)

        if not ended.is_set():
            self._painter.run(work, hear, fail)

    # ---- laying out ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _width(self) -> int:
        fits = max(NARROWEST, min(WIDEST, self.viewport().width() - 2 * GAP))
        return round(fits * ZOOMS[self._zoom])

    def _lay_out(self) -> None:
        """Where each page lies; what is read stays where it is."""
        bar, width = self.verticalScrollBar(), self._width()
        whole = self._tops[-1]
        part = bar.value() / whole if whole else 0.0
        pages = self._shown.pdf.pages if self._shown else ()
        self._heights = [round(width * height / wide) for wide, height in pages]
        self._tops = [*accumulate((high + GAP for high in self._heights), initial=GAP)]
        room = self.viewport().size()
        bar.setPageStep(room.height())
        bar.setRange(0, max(0, self._tops[-1] - room.height()))
        bar.setValue(round(part * self._tops[-1]))
        across = self.horizontalScrollBar()
        across.setPageStep(room.width())
        across.setRange(0, max(0, width + 2 * GAP - room.width()))
        across.setValue(across.maximum() // 2)
        self._tell_page()
        self.viewport().update()

    def _place(self, page: int) -> QRect:
        """Where a page lies in the window's part that is seen."""
        width, room = self._width(), self.viewport().width()
        left = max(GAP, (room - width) // 2) - self.horizontalScrollBar().value()
        top = self._tops[page] - self.verticalScrollBar().value()
        return QRect(left, top, width, self._heights[page])

    def _in_sight(self) -> range:
        start = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, start + GAP) - 1)
        end = bisect_right(self._tops, start + self.viewport().height())
        return range(first, min(end, self.count))

    # ---- drawing ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(PALETTE.pressed))
        if self._shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = self._in_sight()
        for page in seen:
            self._draw(painter, self._shown, page)
        self._ask(self._shown, seen)

    def _draw(self, painter: QPainter, shown: Shown, page: int) -> None:
        place = self._place(page)
        known = shown.pictures.get(page)
        painter.fillRect(place, QColor(PALETTE.card))
        if known is None:
            return
        if known.width() == self._pixels():
            painter.drawImage(self._sharp(place.topLeft()), known)
        else:
            painter.drawImage(place, known)  # the old one, until the new one is there
        found = shown.found
        if found and found.page == page:
            scale = place.width() / shown.pdf.pages[page][0]
            for at, hit in enumerate(found.hits):
                colour = QColor(PALETTE.orange if at == found.at else PALETTE.yellow)
                colour.setAlpha(110)
                for box in hit:
                    dots = QRectF(*(part * scale for part in box)).adjusted(-1, -1, 1, 1)
                    painter.fillRect(dots.translated(place.topLeft()), colour)

    def _pixels(self) -> int:
        """How many dots of the screen a page is wide."""
        return round(self._width() * self.devicePixelRatioF())

    def _sharp(self, at: QPoint) -> QPointF:
        """The nearest whole dot of the screen: between two of them a picture is blurred."""
        ratio, origin = self.devicePixelRatioF(), self.viewport().mapTo(self.window(), QPoint())
        x, y = at.x() + origin.x(), at.y() + origin.y()
        return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio) - QPointF(origin)

    def _ask(self, shown: Shown, seen: range) -> None:
        """Have the pages in sight drawn, then the ones beside them."""
        pixels = self._pixels()
        beside = [page for page in (seen.stop, seen.start - 1) if 0 <= page < self.count]
        shown.wanted = frozenset((page, pixels) for page in (*seen, *beside))
        for page in (*seen, *beside):
            known = shown.pictures.get(page)
            if (page, pixels) not in shown.asked and (known is None or known.width() != pixels):
                shown.asked.add((page, pixels))
                work = partial(picture, shown, page, pixels, self.devicePixelRatioF())
                self._run(work, partial(self._drawn, shown, page, pixels))

    def _drawn(self, shown: Shown, page: int, pixels: int, made: QImage | None) -> None:
        shown.asked.discard((page, pixels))
        if made is not None:
            shown.keep(page, made)
        self.viewport().update()  # also where it was given up: it may be in sight again
