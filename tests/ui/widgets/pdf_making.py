"""Files to preview, and waiting until they stand on screen."""

import pytest
from reportlab.pdfgen.canvas import Canvas

A4 = (595, 842)


@pytest.fixture
def make_pdf(tmp_path):
    """A file of pages that are black above and white below; words of pages by their number."""

    def do(pages, name="a.pdf", size=A4, words=None):
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=size)
        for number in range(1, pages + 1):
            canvas.rect(0, size[1] / 2, size[0], size[1] / 2, stroke=0, fill=1)
            for at, word in enumerate((words or {}).get(number, ())):
                canvas.drawString(100, 300 - 20 * at, word)
            canvas.showPage()
        canvas.save()
        return path

    return do


@pytest.fixture
def drawn(qtbot):
    """Waits until all that a view has to do is done."""

    def do(view):
        view.viewport().repaint()  # so that it asks for what it lacks
        qtbot.waitUntil(lambda: not view._painter.running and view._shown is not None)
        view.viewport().repaint()

    return do
