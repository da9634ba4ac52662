import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton

from ui.widgets.photo_strip import PhotoStrip, thumbnail

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def picture(width=80, height=60):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill("#336699")
    return image


@pytest.fixture
def strip(qtbot, icons):
    widget = PhotoStrip(icons, "整改前照片")
    qtbot.addWidget(widget)
    widget.show_photos([(picture(), "整改前"), (picture(60, 80), "")])
    widget.show()
    return widget


def remove_buttons(strip):
    return [b for b in strip.findChildren(QToolButton) if b.property("role") == "remove"]


def test_photos_are_named_by_their_caption_or_their_number(strip):
    assert [tile.accessibleName() for tile in strip._photos] == ["整改前", "照片 2"]
    assert [b.accessibleName() for b in remove_buttons(strip)] == ["移除 整改前", "移除 照片 2"]


def test_a_photo_is_opened_by_pressing_it(strip, qtbot):
    with qtbot.waitSignal(strip.opened) as said:
        qtbot.keyClick(strip._photos[1], Qt.Key.Key_Space)
    assert said.args == [1]


def test_a_photo_is_removed_by_its_cross_or_by_delete(strip, qtbot):
    with qtbot.waitSignal(strip.removed) as said:
        remove_buttons(strip)[1].click()
    assert said.args == [1]
    with qtbot.waitSignal(strip.removed) as said:
        qtbot.keyClick(strip._photos[0], Qt.Key.Key_Delete)
    assert said.args == [0]


def test_a_photo_may_be_taken_away_while_its_cross_is_being_pressed(strip, qtbot):
    strip.removed.connect(lambda index: strip.show_photos([]))
    remove_buttons(strip)[0].click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert strip._photos == []


def test_the_last_tile_asks_for_more(strip, qtbot):
    with qtbot.waitSignal(strip.add_asked):
        strip._add.click()


def test_showing_anew_leaves_nothing_of_before(strip):
    strip.show_photos([])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert strip._photos == []
    assert remove_buttons(strip) == []


def test_a_picture_is_pasted_from_the_clipboard(strip, qtbot):
    QGuiApplication.clipboard().setImage(picture(7, 5))
    with qtbot.waitSignal(strip.image_pasted) as said:
        qtbot.keyClick(strip._add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args[0].size() == QSize(7, 5)


def test_files_are_pasted_from_the_clipboard(strip, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(strip.files_dropped) as said:
        strip.paste()
    assert said.args == [[tmp_path / "a.jpg"]]


def test_words_on_the_clipboard_are_no_photo(strip, qtbot):
    QGuiApplication.clipboard().setText("消防")
    with qtbot.assertNotEmitted(strip.files_dropped), qtbot.assertNotEmitted(strip.image_pasted):
        strip.paste()


def test_files_are_taken_by_drop(strip, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    enter = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    enter.ignore()
    strip.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(strip.files_dropped) as said:
        strip.dropEvent(QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE))
    assert said.args == [[tmp_path / "a.jpg"]]


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (10, 10)])
def test_a_thumbnail_fills_its_frame_and_has_round_corners(qapp, size):
    small = thumbnail(picture(*size), QSize(40, 30), 2)
    assert small.deviceIndependentSize().toTuple() == (40, 30)
    image = small.toImage()
    assert image.pixelColor(40, 30).name() == "#336699"
    assert image.pixelColor(0, 0).alpha() == 0


def test_a_strip_to_be_looked_at_takes_nothing_in_and_nothing_away(strip, qtbot):
    strip.set_read_only(True)
    strip.show_photos([(picture(), "整改前")])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert remove_buttons(strip) == []
    assert not strip.acceptDrops()

    def shown():
        return [tile for tile in strip.findChildren(QToolButton) if not tile.isHidden()]

    qtbot.waitUntil(lambda: len(shown()) == 1)  # new tiles come with the event loop
    (photo,) = shown()
    QGuiApplication.clipboard().setImage(picture())
    with qtbot.assertNotEmitted(strip.removed), qtbot.assertNotEmitted(strip.image_pasted):
        qtbot.keyClick(photo, Qt.Key.Key_Delete)
        qtbot.keyClick(photo, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        strip.paste()
    with qtbot.waitSignal(strip.opened):
        photo.click()
    strip.set_read_only(False)
    strip.show_photos([(picture(), "整改前")])
    assert len(remove_buttons(strip)) == 1
    strip.paste()
