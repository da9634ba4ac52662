import pytest
from PySide6.QtCore import QSize
from reportlab.pdfgen.canvas import Canvas

from ui.widgets.pdf_view import MOST_DRAWN, WIDEST, PdfView

A4 = (595, 842)


@pytest.fixture
def make_pdf(tmp_path):
    """A file of black pages; each is black above and white below."""

    def do(pages, name="a.pdf", size=A4):
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=size)
        for _ in range(pages):
            canvas.rect(0, size[1] / 2, size[0], size[1] / 2, stroke=0, fill=1)
            canvas.showPage()
        canvas.save()
        return path

    return do


@pytest.fixture
def view(qtbot):
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    yield view
    if view._document is not None:
        view._document.close()


def test_pages_are_as_wide_as_there_is_room_and_keep_their_shape(view, make_pdf):
    view.show_file(make_pdf(2))
    first = view.pages[0]
    assert len(view.pages) == 2
    assert 400 < first.width() < 500
    assert first.height() == round(first.width() * 842 / 595)
    view.resize(3000, 400)
    assert first.width() == WIDEST
    view.resize(60, 400)
    assert first.width() == 200


def test_a_page_shows_what_is_printed(view, make_pdf):
    view.show_file(make_pdf(1))
    picture = view.pages[0].grab().toImage()
    size = QSize(picture.width(), picture.height())
    assert picture.pixelColor(size.width() // 2, size.height() // 4).lightness() < 20
    assert picture.pixelColor(size.width() // 2, size.height() * 3 // 4).lightness() > 235


def test_pages_are_drawn_when_they_are_seen_and_few_are_kept(view, make_pdf, qtbot):
    view.show_file(make_pdf(MOST_DRAWN + 8))
    qtbot.waitUntil(lambda: bool(view.drawn))
    assert len(view.drawn) <= 3
    for page in view.pages:
        page.grab()
    assert len(view.drawn) == MOST_DRAWN
    assert view.pages[0] not in view.drawn
    dark = view.pages[0].grab().toImage().pixelColor(50, 50)
    assert dark.lightness() < 20
    assert view.pages[0] is view.drawn[-1]


def test_another_file_takes_the_place_and_the_first_may_be_deleted(view, make_pdf):
    first = make_pdf(3)
    view.show_file(first)
    first.unlink()
    view.pages[2].grab()
    view.show_file(make_pdf(1, "b.pdf", (842, 595)))
    assert len(view.pages) == 1
    assert view.pages[0].width() > view.pages[0].height()
    assert view.verticalScrollBar().value() == 0


def test_pages_have_names_to_be_read_aloud(view, make_pdf):
    view.show_file(make_pdf(2))
    assert [page.accessibleName() for page in view.pages] == ["第 1 页", "第 2 页"]
    assert view.accessibleName() == "预览"
