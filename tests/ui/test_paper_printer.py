import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from models.problems import AppError
from ui.paper_printer import print_pdf

A4, ACROSS = (595, 842), (842, 595)


class Jammed(QPrinter):
    def newPage(self) -> bool:  # noqa: N802  Qt's name
        return False


class Copying(QPrinter):
    def supportsMultipleCopies(self) -> bool:  # noqa: N802  Qt's name
        return True


class Vanished(QPrinter):
    def outputFormat(self) -> QPrinter.OutputFormat:  # noqa: N802  Qt's name
        return QPrinter.OutputFormat.NativeFormat

    def printerName(self) -> str:  # noqa: N802  Qt's name
        return "办公室打印机"


class Failing(QPrinter):
    def printerState(self) -> QPrinter.PrinterState:  # noqa: N802  Qt's name
        return QPrinter.PrinterState.Error


@pytest.fixture
def paper(tmp_path):
    """Three pages, the second one across; each black above and white below."""
    path = tmp_path / "paper.pdf"
    canvas = Canvas(str(path))
    for size in (A4, ACROSS, A4):
        canvas.setPageSize(size)
        canvas.rect(0, size[1] / 2, size[0], size[1] / 2, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def printer(qapp, tmp_path):
    return to_file(QPrinter(), tmp_path)


def to_file(printer, folder):
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    printer.setResolution(100)
    return printer


def sizes_of(path):
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(map(round, document.get_page_size(at))) for at in range(len(document))]
    document.close()
    return sizes


def greys_of(path, number):
    """How dark a page is near its top and near its foot, over the whole width."""
    document = pypdfium2.PdfDocument(path)
    image = document[number].render().to_pil().convert("L")
    document.close()
    return [
        {image.getpixel((x, y)) for x in (3, image.width // 2, image.width - 4)}
        for y in (3, image.height - 4)
    ]


def test_every_page_is_printed_whole_in_its_own_orientation(printer, paper, tmp_path):
    printer.setFromTo(1, 1)  # what the dialog remembers counts only where it was asked for
    assert print_pdf(paper, printer) == 3
    assert printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A4  # as printers know it
    assert sizes_of(tmp_path / "printed.pdf") == [A4, ACROSS, A4]
    for number in range(3):
        assert greys_of(tmp_path / "printed.pdf", number) == [{0}, {255}]


@pytest.mark.parametrize(("first", "last", "sizes"), [(2, 3, [ACROSS, A4]), (3, 9, [A4])])
def test_only_the_pages_that_were_asked_for_are_printed(
    printer, paper, tmp_path, first, last, sizes
):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(first, last)
    assert print_pdf(paper, printer) == len(sizes)
    assert sizes_of(tmp_path / "printed.pdf") == sizes


def test_as_many_copies_are_printed_as_were_asked_for_one_after_the_other(printer, paper, tmp_path):
    printer.setCopyCount(2)
    assert print_pdf(paper, printer) == 3
    assert sizes_of(tmp_path / "printed.pdf") == [A4, ACROSS, A4] * 2


def test_a_printer_that_makes_the_copies_itself_is_sent_one(qapp, paper, tmp_path):
    printer = to_file(Copying(), tmp_path)
    printer.setCopyCount(5)
    print_pdf(paper, printer)
    assert len(sizes_of(tmp_path / "printed.pdf")) == 3


def test_a_printer_that_vanished_since_it_was_chosen_is_named(qapp, paper):
    with pytest.raises(AppError, match="打印机“办公室打印机”找不到了，没有打印。"):
        print_pdf(paper, Vanished())


def test_a_printer_that_fails_at_the_end_is_told(qapp, paper, tmp_path):
    with pytest.raises(AppError, match="打印机没有接受打印任务。"):
        print_pdf(paper, to_file(Failing(), tmp_path))


def test_a_printer_that_takes_no_more_is_told_with_what_to_do(qapp, paper, tmp_path):
    with pytest.raises(AppError, match="打印机没有接受打印任务。"):
        print_pdf(paper, to_file(Jammed(), tmp_path))
