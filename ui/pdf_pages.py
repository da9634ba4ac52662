"""Pages of a PDF as pictures, for the screen and the printer."""

import threading
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

# pdfium does one thing at a time, and a paper may be printed while another one is shown
_ONE_AT_A_TIME = threading.Lock()


def open_pdf(path: Path) -> Any:
    """The document, read whole: the file can be replaced or removed while it is in use."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        return pypdfium2.PdfDocument(path.read_bytes())


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
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        ).copy()
        bitmap.close()
        page.close()
    return image
