import os
import subprocess
import sys
import threading

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.conftest import ROOT
from tests.ui.widgets.pdf_making import drawn, make_pdf  # noqa: F401
from ui.pdf_pages import LOST
from ui.widgets import pdf_shown
from ui.widgets.pdf_view import WIDEST, PdfView

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot):
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close_file()
    view._painter.close()


@pytest.fixture
def shown(view, make_pdf, drawn):  # noqa: F811
    """The view with a file of so many pages."""

    def do(pages, **how):
        view.show_file(make_pdf(pages, **how))
        drawn(view)
        return view

    return do


def greys(view, at):
    """How light the screen is at a place in the view."""
    return view.viewport().grab().toImage().pixelColor(*at).lightness()


def test_pages_are_as_wide_as_there_is_room_and_keep_their_shape(shown, view):
    shown(2)
    first = view._place(0)
    assert view.count == 2
    assert 400 < first.width() < 500
    assert first.height() == round(first.width() * 842 / 595)
    view.resize(3000, 400)
    assert view._place(0).width() == WIDEST
    view.resize(60, 400)
    assert view._place(0).width() == 200


def test_a_page_shows_what_is_printed(shown, view):
    view.resize(500, 700)
    shown(1)
    place = view._place(0)
    assert greys(view, (250, place.top() + place.height() // 4)) < 20
    assert greys(view, (250, place.top() + place.height() * 3 // 4)) > 235


def test_pages_are_drawn_when_they_are_seen_with_those_beside_them(shown, view, drawn):  # noqa: F811
    shown(40)
    assert sorted(view._shown.pictures) == [0, 1]
    view.go_to(20)
    drawn(view)
    assert {18, 19, 20} <= set(view._shown.pictures)
    assert 30 not in view._shown.pictures


def test_few_pictures_are_kept_those_seen_last(shown, view, drawn, monkeypatch):  # noqa: F811
    shown(12)
    one = view._shown.pictures[0]
    monkeypatch.setattr(pdf_shown, "MOST_PIXELS", 5 * one.width() * one.height())
    for page in range(1, 13):
        view.go_to(page)
        drawn(view)
    assert len(view._shown.pictures) <= 5
    assert 11 in view._shown.pictures
    assert 0 not in view._shown.pictures
    view.go_to(1)
    drawn(view)
    assert greys(view, (250, 60)) < 20


def test_drawing_never_waits_on_the_screen(view, make_pdf, qtbot, monkeypatch, drawn):  # noqa: F811
    """Each picture is made by the worker: the page is white until it is there."""
    threads = []

    def watched(*args):
        threads.append(threading.current_thread() is threading.main_thread())
        return original(*args)

    original = pdf_shown.picture_of
    monkeypatch.setattr(pdf_shown, "picture_of", watched)
    view.show_file(make_pdf(3))
    drawn(view)
    assert threads
    assert not any(threads)


def test_what_is_scrolled_past_is_not_drawn(shown, view, drawn, monkeypatch):  # noqa: F811
    shown(60)
    asked, busy = [], threading.Event()
    original = pdf_shown.picture_of
    monkeypatch.setattr(
        pdf_shown, "picture_of", lambda *args: asked.append(args[1]) or original(*args)
    )
    view._painter.run(busy.wait, lambda _set: None, pytest.fail)
    for page in range(5, 60, 5):
        view.go_to(page)
        view.viewport().repaint()
    busy.set()
    drawn(view)
    assert sorted(asked) == [53, 54, 55]  # the page of the end and its neighbours


def test_another_file_takes_the_place_and_the_first_may_be_deleted(view, make_pdf, drawn):  # noqa: F811
    first = make_pdf(3)
    view.show_file(first)
    drawn(view)
    first.unlink()
    view.go_to(3)
    drawn(view)
    assert 2 in view._shown.pictures
    view.show_file(make_pdf(1, "b.pdf", (842, 595)))
    drawn(view)
    assert view.count == 1
    assert view._place(0).width() > view._place(0).height()
    assert view.verticalScrollBar().value() == 0


def test_of_two_files_the_one_asked_for_last_is_shown(view, make_pdf, drawn):  # noqa: F811
    view.show_file(make_pdf(9))
    view.show_file(make_pdf(2, "b.pdf"))
    drawn(view)
    assert view.count == 2
    view.close_file()
    assert view.count == 0


def test_with_the_view_its_file_is_closed_and_its_worker_ends(make_pdf, drawn, qapp):  # noqa: F811
    view = PdfView()
    view.resize(500, 400)
    view.show()
    view.show_file(make_pdf(9))
    drawn(view)
    document, painter = view._shown.pdf.document, view._painter
    view.go_to(9)
    view.viewport().repaint()  # which begins to draw
    shiboken6.delete(view)
    assert document.raw is None
    assert painter.stopping.is_set()
    qapp.processEvents()  # what was drawn last is told to nobody


def test_a_file_that_is_gone_is_a_sentence(view, tmp_path, qtbot):
    with qtbot.waitSignal(view.failed) as heard:
        view.show_file(tmp_path / "gone.pdf")
    assert heard.args == [LOST]


def test_a_file_that_is_gone_before_its_turn_is_not_missed(view, make_pdf, drawn, tmp_path):  # noqa: F811
    heard, busy, path = [], threading.Event(), make_pdf(2)
    view.failed.connect(heard.append)
    view._painter.run(busy.wait, lambda _done: None, heard.append)
    view.show_file(tmp_path / "gone.pdf")
    view.show_file(path)
    busy.set()
    drawn(view)
    assert (view.count, heard) == (2, [])


# ---- moving ---------------------------------------------------------------------------------


def test_the_page_that_is_read_is_told(shown, view, qtbot):
    heard = []
    view.moved.connect(lambda page, count: heard.append((page, count)))
    shown(5)
    view.go_to(3)
    view.go_to(99)
    assert heard == [(1, 5), (3, 5), (5, 5)]
    assert view.accessibleName() == "预览"
    assert view.accessibleDescription() == "第 5 页，共 5 页"


def test_keys_turn_pages(shown, view, qtbot):
    shown(5)
    pages = []
    keys = (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End)
    for key in (*keys, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(view, key)
        pages.append(view._read[0])
    assert pages == [2, 3, 2, 5, 4, 1]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0


def test_where_all_pages_fit_nothing_is_turned(view, make_pdf, drawn, qtbot):  # noqa: F811
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    view.look_for("nothing")
    view.resize(500, 800)
    view.show_file(make_pdf(1))
    drawn(view)
    view.turn(1)
    view.turn(-1)
    assert view._read == (1, 1)


def test_zoom_goes_by_steps_keeps_the_place_and_comes_back(shown, view, qtbot, drawn):  # noqa: F811
    shown(20)
    fits = view._place(0).width()
    view.go_to(10)
    heard = []
    view.zoomed.connect(heard.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        qtbot.keyClick(view, key, CONTROL)
    assert heard == [1.25, 1.5, 1.25]
    assert view._place(0).width() == round(fits * 1.25)
    assert view._read[0] in (9, 10)
    assert view.horizontalScrollBar().maximum() > 0
    drawn(view)
    page = view._read[0] - 1
    assert view._shown.pictures[page].width() == round(fits * 1.25)
    view.zoom(-99)
    view.zoom(99)
    assert heard[-2:] == [0.5, 3.0]
    qtbot.keyClick(view, Qt.Key.Key_0, CONTROL)
    assert view._place(0).width() == fits


@pytest.mark.parametrize(("turned", "control", "zoom"), [(120, 1, 1.25), (-120, 1, 0.75)])
def test_the_wheel_zooms_with_control(shown, view, turned, control, zoom):
    shown(3)
    heard = []
    view.zoomed.connect(heard.append)
    for held in (CONTROL, Qt.KeyboardModifier.NoModifier):
        wheel = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), wheel)
    assert heard == [zoom]


# ---- searching ------------------------------------------------------------------------------

WORDS = {2: ["fire", "water"], 11: ["fire fire"]}


def test_words_are_found_from_here_on_and_round_again(shown, view, qtbot):
    shown(12, words=WORDS)
    places = []
    for again in (False, True, True, True):
        with qtbot.waitSignal(view.searched) as heard:
            view.look_for("fire", again=again)
        assert heard.args == [True]
        places.append((view._shown.found.page, view._shown.found.at))
    assert places == [(1, 0), (10, 0), (10, 1), (1, 0)]
    assert view._read[0] in (1, 2)


def test_what_is_found_is_marked_where_it_stands(shown, view, qtbot):
    view.resize(500, 700)
    shown(1, words={1: ["fire"]})
    with qtbot.waitSignal(view.searched):
        view.look_for("fire")
    ((hit,),) = view._shown.found.hits
    assert (round(hit.left), round(hit.top + hit.height)) == (100, pytest.approx(842 - 300, abs=4))
    place, scale = view._place(0), view._place(0).width() / 595
    x = place.left() + round((hit.left + hit.width / 2) * scale)
    y = place.top() + round((hit.top - 0.5) * scale)
    colour = view.viewport().grab().toImage().pixelColor(x, y)
    assert colour.blue() < colour.red() - 40


def test_words_that_stand_nowhere_are_told_and_no_words_are_not_searched(shown, view, qtbot):
    shown(20)
    with qtbot.waitSignal(view.searched) as heard:
        view.look_for("fire")
    assert heard.args == [False]
    with qtbot.assertNotEmitted(view.searched, wait=50):
        view.look_for("")


def test_a_newer_search_or_file_ends_an_older_one(shown, view, qtbot, make_pdf, drawn):  # noqa: F811
    shown(30, words={2: ["water"]})
    heard = []
    view.searched.connect(heard.append)
    view.look_for("fire")
    view.look_for("water")
    qtbot.waitUntil(lambda: not view._painter.running)
    assert heard == [True]
    view.look_for("fire")
    view.show_file(make_pdf(1, "b.pdf"))
    drawn(view)
    assert heard == [True]


# ---- sharp at any scale ---------------------------------------------------------------------

SHARP = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.widgets.pdf_view import PdfView
app = QApplication([])
view = PdfView()
view.resize(501, 700)
view.show()
view.show_file(Path(sys.argv[1]))
while view._shown is None or 0 not in view._shown.pictures:
    app.processEvents()
    view.viewport().repaint()
assert view.devicePixelRatioF() == 1.5, view.devicePixelRatioF()
picture, place = view._shown.pictures[0], view._place(0)
assert picture.width() == round(place.width() * 1.5), (picture.width(), place)
at = view._sharp(place.topLeft()) * 1.5
assert abs(at.x() - round(at.x())) < 0.01 and abs(at.y() - round(at.y())) < 0.01, at
seen = view.viewport().grab().toImage()
x, y = round(at.x()), round(at.y())
same = [
    seen.pixelColor(x + a, y + b) == picture.pixelColor(a, b)
    for a in range(0, picture.width(), 3)
    for b in range(0, min(900, picture.height()), 7)
]
assert all(same), sum(same) / len(same)
import os
os._exit(0)
"""


def test_a_page_is_sharp_at_one_and_a_half(make_pdf):  # noqa: F811
    """Each dot of the picture is one dot of the screen."""
    path = make_pdf(1, words={1: ["sharp words on paper"]})
    environment = {**os.environ, "QT_SCALE_FACTOR": "1.5", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SHARP, str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
