import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from ui.widgets.drop_zone import DropZone

LEFT, COPY, NONE = (
    Qt.MouseButton.LeftButton,
    Qt.DropAction.CopyAction,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def zone(qtbot, icons):
    widget = DropZone(
        "把数据包拖到这里", "或按此选择", icons, accepts=lambda path: path.suffix == ".bundle"
    )
    qtbot.addWidget(widget)
    widget.taken, widget.left = [], []
    widget.files_chosen.connect(widget.taken.extend)
    widget.refused.connect(widget.left.extend)
    return widget


def carrying(*paths, web=""):
    data = QMimeData()
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    data.setUrls(urls + ([QUrl(web)] if web else []))
    return data


def enter(zone, data):
    event = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    event.ignore()
    zone.dragEnterEvent(event)
    return event.isAccepted()


def test_dropped_files_are_taken_or_refused_by_the_rule(zone, tmp_path):
    good, bad = tmp_path / "a.bundle", tmp_path / "b.txt"
    data = carrying(good, bad)
    assert enter(zone, data)
    assert zone.property("state") == "over"
    zone.dropEvent(QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE))
    assert (zone.taken, zone.left) == ([good], [bad])
    assert zone.property("state") == ""


def test_a_dropped_folder_gives_its_files_in_order(zone, tmp_path):
    for name in ("b.bundle", "a.bundle"):
        (tmp_path / name).touch()
    (tmp_path / "inner").mkdir()
    zone.offer([tmp_path])
    assert [path.name for path in zone.taken] == ["a.bundle", "b.bundle"]
    assert zone.left == []


def test_what_is_no_file_is_not_let_in(zone):
    data = carrying(web="https://example.org/a.bundle")
    assert not enter(zone, data)
    assert zone.property("state") is None


def test_leaving_again_undoes_the_welcome(zone, tmp_path):
    data = carrying(tmp_path / "a.bundle")
    enter(zone, data)
    zone.dragLeaveEvent(QDragLeaveEvent())
    assert zone.property("state") == ""


def test_pressing_it_opens_the_picker(zone, qtbot, monkeypatch, tmp_path):
    file = tmp_path / "a.bundle"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    qtbot.keyClick(zone, Qt.Key.Key_Return)
    assert zone.taken == [file]


def test_choosing_nothing_says_nothing(zone, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    with qtbot.assertNotEmitted(zone.files_chosen), qtbot.assertNotEmitted(zone.refused):
        zone.click()


def test_it_is_named_for_those_who_cannot_see_it(zone):
    assert zone.accessibleName() == "把数据包拖到这里"
    assert zone.accessibleDescription() == "或按此选择"


def test_a_folder_may_be_taken_as_it_is(qtbot, icons, tmp_path):
    (tmp_path / "a.txt").write_text("")
    zone = DropZone("标题", "", icons, accepts=lambda path: False, whole_folders=True)
    qtbot.addWidget(zone)
    with qtbot.waitSignal(zone.files_chosen) as chosen, qtbot.assertNotEmitted(zone.refused):
        zone.offer([tmp_path])
    assert chosen.args == [[tmp_path]]
    with qtbot.waitSignal(zone.refused):
        zone.offer([tmp_path / "a.txt"])
