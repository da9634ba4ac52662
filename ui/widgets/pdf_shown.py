"""A PDF on screen: sizes and pictures of its pages, and the work that a worker does on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtGui import QImage

from ui.pdf_pages import Hit, close_pdf, hits_of, open_pdf, picture_of, size_of
from ui.tasks import Tasks

MOST_PIXELS = 12_000_000  # kept; a page takes some megabytes, a ledger has hundreds of pages
AT_ONCE = 8  # pages are searched, then those that are waited for are drawn


class Pdf(NamedTuple):
    """An open document and the width and height of its pages in points."""

    document: Any
    pages: Sequence[tuple[float, float]]


class Place(NamedTuple):
    """Words that were found: the page, which of its hits is meant, and all of them."""

    page: int
    at: int
    hits: Sequence[Hit]


class Search(NamedTuple):
    """Which search it is, the words, the page to go on with and behind which of its hits, and how
    many pages are left to read; the first one is read again at the end, for the hits before."""

    number: int
    words: str
    page: int
    at: int
    left: int

    def following(self, count: int) -> "Search | None":
        """What is left after some pages; None where all were read."""
        if self.left <= AT_ONCE:
            return None
        page = (self.page + AT_ONCE) % count
        return Search(self.number, self.words, page, -1, self.left - AT_ONCE)


@dataclass
class Shown:
    """What one file has on screen: pictures by page, counted from nought.

    A page is asked for and wanted with a width in dots of the screen; what is asked for and no more
    wanted when its turn comes is not drawn.
    """

    pdf: Pdf
    pictures: dict[int, QImage] = field(default_factory=dict)
    asked: set[tuple[int, int]] = field(default_factory=set)
    wanted: frozenset[tuple[int, int]] = frozenset()
    found: Place | None = None
    closed: bool = False

    def keep(self, page: int, picture: QImage) -> None:
        """Keep a picture; the ones used longest ago go, but for those that are wanted."""
        self.pictures.pop(page, None)
        self.pictures[page] = picture
        seen = {number for number, _width in self.wanted}
        for number in [one for one in self.pictures if one not in seen]:
            if sum(one.width() * one.height() for one in self.pictures.values()) > MOST_PIXELS:
                del self.pictures[number]


def read_pdf(path: Path) -> Pdf:
    """Open a file; AppError where it is gone."""
    document = open_pdf(path)
    return Pdf(document, [size_of(document, page) for page in range(len(document))])


def picture(shown: Shown, page: int, pixels: int, ratio: float) -> QImage | None:
    """The page so many dots wide; None where nobody wants it any more."""
    if (page, pixels) not in shown.wanted:
        return None
    # a hair less, or a width that is rounded up would be one dot too wide
    scale = (pixels - 0.01) / shown.pdf.pages[page][0]
    made = picture_of(shown.pdf.document, page, scale)
    made.setDevicePixelRatio(ratio)
    return made


def seek(shown: Shown, search: Search) -> Place | None:
    """The first place behind a hit, on some pages only; None where it is not there, or the file is
    shown no more."""
    pdf = shown.pdf
    for step in range(min(search.left, AT_ONCE) if not shown.closed else 0):
        page = (search.page + step) % len(pdf.pages)
        hits = hits_of(pdf.document, page, search.words)
        first = search.at + 1 if step == 0 else 0
        if first < len(hits):
            return Place(page, first, hits)
    return None


def end(painter: Tasks, documents: Sequence[Any]) -> None:
    """The view is gone: nothing is drawn any more, and no file stays open."""
    painter.close()
    for document in documents:
        close_pdf(document)
