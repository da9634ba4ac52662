"""Pages of a PDF as pictures, for the screen and the printer."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtGui import QImage

from models.problems import AppError

# pdfium does one thing at a time, and a paper may be printed while another one is shown
_ONE_AT_A_TIME = threading.Lock()
LOST = "预览文件打不开，可能已被清理。请再选一次这份报表。"


class Box(NamedTuple):
    """A part of a page, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


Hit = list[Box]  # found words: a box for each line that they stand on


def open_pdf(path: Path) -> Any:
    """The document, read whole: the file can be replaced or removed while it is in use.

    AppError where it is gone before.
    """
    import pypdfium2

    try:
        data = path.read_bytes()
    except OSError as error:
        raise AppError(LOST) from error
    with _ONE_AT_A_TIME:
        return pypdfium2.PdfDocument(data)


def close_pdf(document: Any) -> None:
    """Let the document go."""
    with _ONE_AT_A_TIME:
        document.close()


def size_of(document: Any, number: int) -> tuple[float, float]:
    """Width and height of a page in points; pages count from nought."""
    with _ONE_AT_A_TIME:
        width, height = document.get_page_size(number)
    return width, height


def picture_of(document: Any, number: int, scale: float) -> QImage:
    """The page with so many pixels a point."""
    with _ONE_AT_A_TIME:
        page = document[number]
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer,
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        ).copy()
        bitmap.close()
        page.close()
    return image


def hits_of(document: Any, number: int, words: str) -> list[Hit]:
    """Where the words stand on a page, in its order; blanks and ends of lines do not part them."""
    query = "".join(_units("".join(words.split()).lower()))
    with _ONE_AT_A_TIME:
        page = document[number]
        text = page.get_textpage()
        signs = _units(text.get_text_range())
        places = [at for at, sign in enumerate(signs) if not sign.isspace()]
        whole = "".join(signs[at].lower()[:1] for at in places)
        top = page.get_height()
        hits = [
            _lines([text.get_charbox(at) for at in places[start : start + len(query)]], top)
            for start in _starts(whole, query)
        ]
        text.close()
        page.close()
    return hits


def _units(text: str) -> list[str]:
    """The text as pdfium counts it, a rare character twice; its own search finds none of those."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(data), 2)]


def _starts(whole: str, part: str) -> Iterator[int]:
    start = whole.find(part) if part else -1
    while start >= 0:
        yield start
        start = whole.find(part, start + len(part))


def _lines(boxes: Iterable[tuple[float, float, float, float]], top: float) -> Hit:
    """Boxes of characters (left, low, right, high from the foot), joined where on one line."""
    lines: list[tuple[float, float, float, float]] = []
    for left, low, right, high in boxes:
        if lines and lines[-1][1] < high and low < lines[-1][3] and left >= lines[-1][0]:
            last = lines[-1]
            lines[-1] = (last[0], min(last[1], low), max(last[2], right), max(last[3], high))
        else:
            lines.append((left, low, right, high))
    return [Box(left, top - high, right - left, high - low) for left, low, right, high in lines]
