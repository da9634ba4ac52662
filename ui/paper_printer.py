"""From the PDF to the printer: the very pages that are shown, each in its own orientation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from models.problems import AppError
from ui.pdf_pages import close_pdf, open_pdf, picture_of, size_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI = 300  # of the pictures; finer ones only fill the printer's memory
NOT_TAKEN = "打印机没有接受打印任务。请检查打印机是否开机、联机、有纸，再打印一次；也可以保存 PDF。"


def print_pdf(path: Path, printer: "QPrinter") -> int:
    """Print the pages that were asked for, as often as was asked, and say how many there are.

    AppError where the file or the printer is gone or does not take them: then it prints none.
    """
    _refuse_lost(printer)
    document = open_pdf(path)
    painter = QPainter()
    try:
        numbers = _wanted(printer, len(document))
        times = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        for number in [*numbers] * times:
            _put(document, number, printer, painter)
        if not painter.end() or printer.printerState() == printer.PrinterState.Error:
            raise AppError(NOT_TAKEN)
        return len(numbers)
    except BaseException:
        if painter.isActive():
            printer.abort()  # half of a paper helps nobody
            painter.end()
        raise
    finally:
        close_pdf(document)


def _refuse_lost(printer: "QPrinter") -> None:
    """A printer that was unplugged or removed since it was chosen takes a job and prints none."""
    from PySide6.QtPrintSupport import QPrinterInfo  # loaded only by who prints

    name = printer.printerName()
    to_paper = printer.outputFormat() == printer.OutputFormat.NativeFormat
    if to_paper and QPrinterInfo.printerInfo(name).isNull():
        raise AppError(
            f"打印机“{name}”找不到了，没有打印。请检查它是否开机、接好，再打印一次，"
            "或选另一台打印机；也可以保存 PDF。"
        )


def _put(document: Any, number: int, printer: "QPrinter", painter: QPainter) -> None:
    """One page on a sheet of its own."""
    width, height = size_of(document, number)
    printer.setPageLayout(_layout(width, height))
    printer.setFullPage(True)
    if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
        raise AppError(NOT_TAKEN)
    room = printer.pageLayout().fullRectPixels(printer.resolution())
    scale = min(MOST_DPI, printer.resolution()) / 72
    painter.drawImage(room, picture_of(document, number, scale))


def _wanted(printer: "QPrinter", count: int) -> Sequence[int]:
    """All pages, or those between the two numbers that the dialog asked for."""
    if printer.printRange() != printer.PrintRange.PageRange:
        return range(count)
    return range(min(printer.fromPage() - 1, count), min(printer.toPage(), count))


def _layout(width: float, height: float) -> QPageLayout:
    """The sheet as it stands in the printer, which is always upright, and how it is turned."""
    upright = QSizeF(min(width, height), max(width, height))
    turned = width > height
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    size = QPageSize(
        upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch
    )
    return QPageLayout(size, way, QMarginsF())
