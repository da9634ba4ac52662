import os
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

import main
from models.exchange.format import SUFFIX
from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.problems import AppError
from tests.conftest import RESOURCES, the_initials
from ui import start
from ui.main_window import MainWindow
from ui.second_start import NOTE, Doorbell, answer, read_bundle, ring
from ui.session import Session


@pytest.fixture
def window(qtbot, session, icons, tasks):
    window = MainWindow(session, icons, tasks)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_open_window_hears_which_bundle_was_double_clicked(qtbot, home):
    home.mkdir(exist_ok=True)
    bell = Doorbell(home)
    rung = []
    bell.rung.connect(rung.append)
    answers = []
    second = threading.Thread(target=lambda: answers.append(ring(home, Path("回执.aqb"))))
    second.start()
    qtbot.waitUntil(lambda: bool(answers))
    second.join()
    assert answers == [True]
    assert [Path(words).name for words in rung] == ["回执.aqb"]
    assert not (home / NOTE).exists()


def test_a_window_that_does_not_answer_is_told_of_and_the_note_is_taken_back(home):
    home.mkdir(exist_ok=True)
    assert not ring(home, None, patience=0.1)
    assert not (home / NOTE).exists()


def test_a_folder_that_takes_no_note_is_no_answer(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert not ring(tmp_path / "file", None, patience=0.1)


def test_a_note_of_a_former_day_is_not_taken_for_a_bundle(qtbot, home):
    home.mkdir(exist_ok=True)
    (home / NOTE).write_text("old.aqb", encoding="utf-8")
    os.utime(home / NOTE, (0, 0))
    Doorbell(home)
    assert not (home / NOTE).exists()


def test_who_rang_while_the_window_was_being_made_is_heard(qtbot, home):
    home.mkdir(exist_ok=True)
    (home / NOTE).write_text("回执.aqb", encoding="utf-8")
    bell = Doorbell(home)
    with qtbot.waitSignal(bell.rung) as rung:
        pass
    assert rung.args == ["回执.aqb"]
    assert not (home / NOTE).exists()


def test_other_changes_in_the_folder_say_nothing(qtbot, home):
    home.mkdir(exist_ok=True)
    bell = Doorbell(home)
    with qtbot.assertNotEmitted(bell.rung, wait=200):
        (home / "other").write_text("x")


def test_the_window_comes_forward_and_its_page_reads_the_bundle(window, monkeypatch, tmp_path):
    read = []
    monkeypatch.setattr(
        type(window.page("exchange").receive), "read", lambda _card, p: read.extend(p)
    )
    window.showMinimized()
    answer(window, str(tmp_path / "回执.AQB"))
    assert not window.isMinimized()
    assert window.sidebar.current() == "exchange"
    assert read == [tmp_path / "回执.AQB"]


def test_a_second_start_without_a_bundle_stays_on_the_page(window):
    window.go("findings")
    answer(window, "")
    assert window.sidebar.current() == "findings"


def test_before_the_first_run_is_done_no_bundle_is_read(
    qtbot, home, clock, icons, tasks, monkeypatch
):
    said = []
    monkeypatch.setattr(QMessageBox, "information", lambda _w, _t, words: said.append(words))
    home.mkdir(exist_ok=True)
    ledger = Ledger(open_database(home), home, clock=clock, initials=the_initials())
    window = MainWindow(Session(ledger, RESOURCES), icons, tasks)
    qtbot.addWidget(window)
    read_bundle(window, Path("上报.aqb"))
    assert said == ["请先填好单位资料，再打开数据包 上报.aqb。"]
    ledger.close()


def test_other_troubles_ring_nobody(home, clock, monkeypatch, qapp):
    said = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _w, _t, words: said.append(words))
    monkeypatch.setattr(start, "ring", lambda *_asked: pytest.fail("nobody is to be rung"))

    def no_disk(_home):
        raise AppError("磁盘已满。")

    assert start._open(home, no_disk, clock) is None
    assert said == ["磁盘已满。"]


@pytest.mark.parametrize(
    ("arguments", "bundle"),
    [
        (["C:/桌面/回执.aqb"], Path("C:/桌面/回执.aqb")),
        (["回执.AQB"], Path("回执.AQB")),
        (["import", "回执.aqb"], None),
        (["backup"], None),
        ([], None),
    ],
)
def test_one_bundle_alone_is_a_double_click(arguments, bundle):
    assert main.bundle_in(arguments) == bundle
    assert main.BUNDLE == SUFFIX


def test_a_double_click_opens_the_window_on_the_bundle(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setenv("CAMPUS_LEDGER_HOME", str(tmp_path))
    monkeypatch.setattr(main, "run_window", lambda *words: opened.append(words) or 0)
    assert main.main(["回执.aqb"]) == 0
    assert main.main([]) == 0
    assert opened == [(tmp_path, Path("回执.aqb")), (tmp_path, None)]


def test_a_program_in_its_zip_says_that_nothing_would_be_kept(monkeypatch, qapp, tmp_path):
    said = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _w, _t, words: said.append(words))
    monkeypatch.setattr(start, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(main.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(main.sys, "frozen", True, raising=False)
    assert main.run_window(tmp_path / "Temp1_portable.zip" / "CampusLedger" / "数据") == 1
    assert "请先把压缩包解压" in said[0]


def test_a_portable_program_keeps_its_data_beside_itself(monkeypatch, tmp_path):
    monkeypatch.delenv("CAMPUS_LEDGER_HOME", raising=False)
    monkeypatch.setattr(main.sys, "executable", str(tmp_path / "CampusLedger.exe"))
    (tmp_path / "portable.txt").write_text("x")
    assert main.home_folder() != tmp_path / "数据"  # only the frozen program looks beside itself
    monkeypatch.setattr(main.sys, "frozen", True, raising=False)
    assert main.home_folder() == tmp_path / "数据"
    (tmp_path / "portable.txt").unlink()
    assert main.home_folder() != tmp_path / "数据"
