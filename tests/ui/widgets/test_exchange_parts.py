"""The small widgets of the exchange: files made, progress, steps, codes said and read out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from models.problems import Problem
from ui.widgets.code_entry import DIGITS
from ui.widgets.made_files import MadeFiles
from ui.widgets.progress_line import ProgressLine
from ui.widgets.read_out import ReadOut
from ui.widgets.said_code import SaidCode
from ui.widgets.step_line import StepLine


@pytest.fixture
def files(qtbot, icons):
    widget = MadeFiles(icons)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def said(qtbot):
    widget = SaidCode(8, DIGITS, "对方的数字", "核对")
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_without_files_nothing_is_shown(files):
    assert files.isHidden()
    files.show_files([Path("/u/a.aqb")])
    files.show_files([])
    assert files.isHidden()


def test_all_parts_are_named_and_copied_together(files, qtbot):
    parts = [Path(f"/u盘/第{n}份<b>.aqb") for n in range(1, 4)]
    files.show_files(parts, "请发给教育局。")
    assert files.words.text().splitlines() == [
        *[part.name for part in parts],
        f"放在 {parts[0].parent}",
        "请发给教育局。",
    ]
    assert files.copy.text() == "复制 3 个文件"
    with qtbot.waitSignal(files.copied):
        files.copy.click()
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert urls == [QUrl.fromLocalFile(str(part)) for part in parts]


def test_many_parts_are_cut_short(files):
    files.show_files([Path(f"/u/{n}.aqb") for n in range(40)])
    assert "……共 40 个文件" in files.words.text()
    assert len(files.words.text().splitlines()) == 8


def test_the_folder_is_opened(files, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    files.show_files([tmp_path / "a.aqb"])
    files.folder.click()
    assert asked == [QUrl.fromLocalFile(str(tmp_path))]


def test_progress_is_told_and_stopped_once(qtbot):
    line = ProgressLine("正在读取")
    qtbot.addWidget(line)
    line.start()
    assert not line.isHidden()
    line.tell(3, 200)
    assert line.words.text() == "正在读取：3/200"
    assert (line.bar.value(), line.bar.maximum()) == (3, 200)
    with qtbot.waitSignal(line.stopped):
        line.stop.click()
    assert not line.stop.isEnabled()
    line.start()
    assert line.stop.isEnabled()


def test_steps_say_where_one_is(qtbot):
    line = StepLine(("打开", "核对", "交出"))
    qtbot.addWidget(line)
    line.show_step(1)
    assert [badge.text() for badge in line._badges] == ["✓ 打开", "2 核对", "3 交出"]
    assert line.accessibleName() == "第 2 步，共 3 步：核对"


def test_half_a_code_is_not_given(said, qtbot):
    qtbot.keyClicks(said.entry, "1234")
    with qtbot.assertNotEmitted(said.given):
        said.button.click()
    assert said.problem.text() == "还差 4 位。请接着输入。"
    qtbot.keyClicks(said.entry, "5")
    assert not said.problem.isVisible()


def test_enter_gives_the_code(said, qtbot):
    qtbot.keyClicks(said.entry, "12345678")
    with qtbot.waitSignal(said.given) as given:
        qtbot.keyClick(said.entry, Qt.Key.Key_Return)
    assert given.args == ["12345678"]


def test_what_is_wrong_stands_below_the_code_until_it_is_changed(said):
    said.complain(Problem("对不上。"))
    assert said.problem.isVisible()
    said.clear()
    assert not said.problem.isVisible()


def test_a_code_is_read_out_sign_by_sign(qtbot):
    label = ReadOut("本机的数字")
    qtbot.addWidget(label)
    label.show_code("12345678")
    assert label.text() == "1234 5678"
    assert label.accessibleName() == "本机的数字 1 2 3 4 5 6 7 8"
