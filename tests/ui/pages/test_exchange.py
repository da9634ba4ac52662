"""Journey J8: handing over and taking in, with all the files that chat programs bring."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from models.exchange.delivery import delivery
from models.exchange.export import Exported
from models.exchange.receive import FileResult, is_bundle, received_bundles
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import ROOT, a_finding
from tests.models.exchange.enrolling import hand_over, send
from ui.colours import Tone
from ui.pages import exchange_receive, exchange_send
from ui.pages.exchange import CONFLICTS, WAITING, ExchangePage
from ui.pages.exchange_receive import is_request, summary


@pytest.fixture
def school(pair):
    return pair[0]


@pytest.fixture
def page(make_page, school):
    return make_page(ExchangePage, school)


@pytest.fixture
def reply(pair, tmp_path):
    """What the office gives back after it read the school's first bundle; one finding in it."""
    school, office = pair
    hand_over(school, office, tmp_path / "U盘")
    office.save(a_finding(unit=school.unit, description="教育局检查发现"))
    return send(office, tmp_path / "回执", school.unit).path


def rows(page):
    model = page.log.table.model()
    return [
        [model.index(row, column).data() for column in range(1, 4)]
        for row in range(model.rowCount())
    ]


def made(ledger):
    return list((ledger.home / "数据包").glob("*.aqb"))


def test_before_anything_the_log_says_what_it_will_show(page):
    assert page.stack.currentWidget() is page.tabs
    assert page.log.stack.currentWidget() is page.log.nothing
    assert not page.send.files.isVisible()
    assert not page.receive.undo.isVisible()


def test_one_button_makes_the_bundle_and_says_where_it_lies(page, school, finish):
    count = delivery(school).waiting
    assert page.send.waiting.text() == f"{count} 条未送达，其中 {count} 条还没有装包"
    finish(page.send.make.click)
    (path,) = made(school)
    assert path.name in page.send.files.words.text()
    assert str(path.parent) in page.send.files.words.text()
    assert page.notice.text() == f"数据包已生成：{count} 条记录。"
    assert page.send.waiting.text() == f"{count} 条未送达，都已装包"
    assert rows(page) == [["交出", path.name, "已生成，等待对方回执"]]


def test_the_file_itself_is_copied_for_a_chat_window(page, school, finish):
    finish(page.send.make.click)
    page.send.files.copy.click()
    (path,) = made(school)
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(path))]
    assert "已复制" in page.notice.text()


COPY = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.widgets.made_files import file_data
app = QApplication([])
app.clipboard().setMimeData(file_data([Path("a.aqb")]))
"""


def test_a_copied_file_does_not_crash_the_program_when_it_ends():
    assert subprocess.run([sys.executable, "-c", COPY], cwd=ROOT, check=False).returncode == 0


def test_nothing_new_is_told_and_a_whole_bundle_can_be_made(
    page, school, reply, finish, monkeypatch
):
    finish(page.receive.read, [reply])
    finish(page.send.make.click)
    assert page.notice.text() == "数据包已生成：没有新记录，只装了给对方的回执。"
    finish(page.send.whole.click)
    assert "条记录" in page.notice.text()

    def nothing(*_args, **_more):
        raise AppError("没有新的内容需要交。")

    monkeypatch.setattr(exchange_send, "export_bundle", nothing)
    finish(page.send.make.click)
    assert page.notice.text() == "没有新的内容需要交。"


def test_pressing_twice_makes_one(page, school, finish):
    finish(lambda: (page.send.make.click(), page.send.make.click()))
    assert len(made(school)) == 1


def test_a_folder_that_takes_no_file_is_told_and_the_button_goes_on(page, school, finish):
    (school.home / "数据包").write_text("no folder")
    finish(page.send.make.click)
    assert "不能写入" in page.notice.text()
    (school.home / "数据包").unlink()
    finish(page.send.make.click)
    assert len(made(school)) == 1


def test_parts_and_photos_that_were_left_out_are_told(page, finish, monkeypatch, tmp_path):
    parts = tuple(tmp_path / f"第{n}份.aqb" for n in (1, 2))
    monkeypatch.setattr(
        exchange_send, "export_bundle", lambda *_args, **_more: Exported(parts, 9, 4, 2)
    )
    finish(page.send.make.click)
    assert "9 条记录、照片 4 张，分成 2 个文件" in page.notice.text()
    assert "有 2 张照片文件已损坏" in page.notice.text()
    assert "请把这 2 个文件" in page.send.files.words.text()


def test_a_reply_makes_the_count_drop_and_brings_what_the_office_found(page, school, reply, finish):
    finish(page.receive.drop.offer, [reply])
    assert page.send.waiting.text() == "全部送达"
    assert [found.description for found in school.all(Finding)] == ["教育局检查发现"]
    assert page.notice.text().startswith("示例县教育局：新增")
    assert ["收进", reply.name, page.notice.text()] in rows(page)
    assert "对方已收到" in [words for _way, _name, words in rows(page)]


def test_what_was_read_can_be_taken_back_and_read_again(page, school, reply, finish):
    finish(page.receive.read, [reply])
    assert page.receive.undo.isVisible()
    finish(page.receive.undo.click)
    assert school.all(Finding) == []
    assert "退回去了" in page.notice.text()
    assert not page.receive.undo.isVisible()
    finish(page.receive.read, [reply])
    assert len(school.all(Finding)) == 1


def test_a_folder_is_looked_through_and_others_are_refused_in_words(page, school, reply, finish):
    (reply.parent / "说明.txt").write_text("")
    inner = reply.parent / "更深"
    inner.mkdir()
    reply.rename(inner / f"{reply.name}(1)")
    page.receive.drop.offer([reply.parent / "说明.txt"])
    assert "这不是数据包，没有读：说明.txt" in page.notice.text()
    finish(page.receive.drop.offer, [reply.parent])
    assert len(school.all(Finding)) == 1
    assert "没有读 说明.txt" in page.notice.text()


def test_a_folder_without_bundles_is_told(page, tmp_path, finish):
    (tmp_path / "空的").mkdir()
    finish(page.receive.drop.offer, [tmp_path / "空的"])
    assert "这里没有数据包" in page.notice.text()


@pytest.mark.parametrize("spoil", [lambda b: b[:-40], lambda b: b"no bundle", lambda b: b""])
def test_a_damaged_file_stops_only_itself(page, school, reply, finish, tmp_path, spoil):
    bad = tmp_path / "坏的<b>&.aqb"
    bad.write_bytes(spoil(reply.read_bytes()))
    finish(page.receive.read, [bad, reply])
    lines = page.notice.text().splitlines()
    assert "没有读入 坏的<b>&.aqb" in lines[0]
    assert lines[-1].startswith("示例县教育局：新增")
    assert len(received_bundles(school, 9)) == 1


def test_reading_says_how_far_it_is_and_can_be_stopped(page, reply, finish, monkeypatch):
    heard, pressed = [], threading.Event()

    def slow(_ledger, _store, paths, told, stopping):
        for number, _path in enumerate(paths, start=1):
            if stopping():
                break
            told(number, len(paths))
            heard.append(number)
            pressed.wait(5)
        return []

    def press(_done, _total):
        page.receive.progress.stop.click()
        pressed.set()

    page.receive.reading.connect(press)

    monkeypatch.setattr(exchange_receive, "receive_files", slow)
    finish(page.receive.read, [reply] * 9)
    assert heard == [1]
    assert not page.receive.progress.isVisible()


def test_reading_stops_when_the_program_ends(page, school, reply, finish):
    page.tasks.stopping.set()
    finish(page.receive.read, [reply])
    assert school.all(Finding) == []


def test_many_results_are_summed_up_with_the_bad_ones_first(tmp_path):
    good = [FileResult(tmp_path, "a", True, "好") for _ in range(9)]
    bad = [FileResult(tmp_path, "b", False, f"坏 {n}") for n in range(10)]
    words, tone = summary(good + bad)
    lines = words.splitlines()
    assert lines[:8] == [f"坏 {n}" for n in range(8)]
    assert lines[8:] == ["……另有 2 个文件有问题。", "9 个数据包读入正常。"]
    assert tone is Tone.ORANGE
    assert summary(good[:1]) == ("好", Tone.GREEN)


@pytest.mark.parametrize("name", ["a.aqb", "a(1).aqb", "a.AQB", "a.aqb(1)"])
def test_chat_programs_may_rename_a_bundle(tmp_path, name):
    assert is_bundle(tmp_path / name)
    assert not is_request(tmp_path / name)


def test_a_change_elsewhere_is_counted(page, qtbot, school):
    before = delivery(school).waiting
    page.session.save(a_finding())
    qtbot.waitUntil(lambda: page.send.waiting.text().startswith(f"{before + 1} 条"))
    assert page.tabs.tabText(WAITING) == f"未送达（{before + 1}）"


def test_a_tab_can_be_asked_for_by_name(page):
    page.open_record("conflicts")
    assert page.tabs.currentIndex() == CONFLICTS
    page.open_record("nonsense")
    assert page.tabs.currentIndex() == CONFLICTS
