"""What was made goes on a stick, and the page says how far it came."""

import errno
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QFileDialog, QMenu

from tests.models.exchange.enrolling import hand_over
from ui.pages import exchange_stick
from ui.pages.district import DistrictPage
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_stick import StickButton, is_removable, sticks


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def page(make_page, pair):
    return make_page(ExchangePage, pair[0])


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / f"第{n}份.aqb" for n in (1, 2, 3)]
    for file in made:
        file.write_bytes(file.name.encode())
    return made


@pytest.fixture
def button(page, files, qtbot):
    button = StickButton(page, lambda: files)
    qtbot.addWidget(button)
    return button


def plug(monkeypatch, *folders):
    found = [(f"U盘（{folder}）", folder) for folder in folders]
    monkeypatch.setattr(exchange_stick, "sticks", lambda: found)


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def button_of(card):
    (found,) = card.findChildren(StickButton)
    return found


def test_a_bundle_goes_on_the_stick_that_is_plugged_in(page, stick, finish, monkeypatch):
    plug(monkeypatch, stick)
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    finish(page.send.make.click)
    button = button_of(page.send)
    assert button.isVisible()
    button.click()
    assert shown == [button.menu_of_sticks]
    first, other = button.menu_of_sticks.actions()
    assert (str(stick) in first.text(), other.text()) == (True, "其他位置…")
    finish(first.trigger)
    assert names(stick) == [path.name for path in page.send.files.paths]
    assert page.notice.text().startswith(f"已写入 1 个文件，放在 {stick}。")
    assert "弹出" in page.notice.text()


def test_without_a_stick_a_folder_is_asked_for(button, stick, finish, monkeypatch):
    plug(monkeypatch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(stick))
    finish(button.click)
    assert names(stick) == ["第1份.aqb", "第2份.aqb", "第3份.aqb"]


def test_who_chooses_no_folder_changes_nothing(button, page, stick, monkeypatch):
    plug(monkeypatch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    button.click()
    assert (names(stick), page.notice.text()) == ([], "")


def test_all_replies_lie_in_a_folder_of_their_day(make_page, pair, stick, finish, tmp_path):
    hand_over(*pair, tmp_path)
    page = make_page(DistrictPage, pair[1])
    assert not page.replies.stick.isVisible()
    finish(page.replies.make.click)
    assert page.replies.stick.isVisible()
    finish(page.replies.stick.write, stick)
    assert names(stick) == ["回执-2026-11-23"]
    assert len(names(stick / "回执-2026-11-23")) == 1


def test_a_file_that_is_gone_stops_only_itself(button, page, files, stick, finish):
    files[1].unlink()
    finish(button.write, stick)
    first, second = page.notice.text().splitlines()
    assert first == f"已写入 2 个文件，放在 {stick}。还有 1 个没有写入："
    assert "打不开" in second
    assert "弹出" not in page.notice.text()


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "写保护开关")]
)
def test_a_stick_that_takes_nothing_is_told_once(
    button, page, stick, finish, monkeypatch, number, words
):
    def refuse(*_args):
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    finish(button.write, stick)
    monkeypatch.undo()
    assert words in page.notice.text()
    assert "已写入" not in page.notice.text()
    assert len(page.notice.text().splitlines()) == 1
    assert names(stick) == []


def test_pressing_twice_writes_once_and_later_again(button, stick, finish, monkeypatch):
    calls, pressed = [], threading.Event()

    def slow(_files, target):
        pressed.wait(5)
        calls.append(target)
        return []

    monkeypatch.setattr(exchange_stick, "copy_all", slow)
    finish(lambda: (button.write(stick), button.write(stick), pressed.set()))
    assert calls == [stick]
    finish(button.write, stick)
    assert calls == [stick, stick]


def test_a_bug_leaves_the_button_whole(button, page, stick, tasks, monkeypatch, qtbot):
    def broken(_files, _target):
        raise KeyError("oh")

    monkeypatch.setattr(exchange_stick, "copy_all", broken)
    with qtbot.capture_exceptions() as caught:
        button.write(stick)
        qtbot.waitUntil(lambda: not tasks.running)
    assert [kind for kind, _error, _trace in caught] == [KeyError]
    assert "没有做完" in page.notice.text()
    assert not button._writing


def test_only_what_can_be_pulled_out_is_offered(monkeypatch, stick, tmp_path):
    here = QStorageInfo(str(stick))
    monkeypatch.setattr(QStorageInfo, "mountedVolumes", lambda: [here, QStorageInfo()])
    assert sticks() == []
    monkeypatch.setattr(exchange_stick, "is_removable", lambda root: root == here.rootPath())
    ((name, root),) = sticks()
    assert root == Path(here.rootPath())
    assert "GB 可用" in name


@pytest.mark.skipif("sys.platform == 'win32'")
def test_elsewhere_than_on_windows_a_stick_is_known_by_where_it_lies():
    assert is_removable("/run/media/user/KINGSTON")
    assert not is_removable("/")
