"""Journey J8: handing over and taking in, with all the files that chat programs bring."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from models.exchange.delivery import delivery
from models.exchange.export import export_bundle
from models.exchange.receive import receive_bundle
from models.records.finding import Finding
from tests.conftest import RESOURCES, ROOT, a_finding
from ui.pages.exchange import ExchangePage, is_bundle
from ui.session import Session


@pytest.fixture
def make(qtbot, icons, tasks):
    def do(ledger):
        page = ExchangePage(Session(ledger, RESOURCES), icons, tasks)
        qtbot.addWidget(page)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        return page

    return do


@pytest.fixture
def page(make, ledger):
    return make(ledger)


@pytest.fixture
def bundle(ledger, tmp_path):
    """A good bundle of the school with one finding."""
    ledger.save(a_finding())
    return export_bundle(ledger, tmp_path / "U盘").path


def rows(page):
    model = page.log.model()
    return [
        [model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())
    ]


def made(ledger):
    return list((ledger.home / "数据包").glob("*.aqb"))


def test_before_anything_the_log_says_what_it_will_show(page):
    assert page.stack.currentWidget() is page.nothing
    assert not page.copy.isVisible()


def test_one_button_makes_the_bundle_and_says_where_it_lies(page, ledger, finish):
    count = delivery(ledger).waiting
    assert f"{count} 条还没有得到对方的回执，其中 {count} 条还没有装包" == page.waiting.text()
    finish(page.make.click)
    (path,) = made(ledger)
    assert str(path) in page.where.text()
    assert page.notice.text() == f"数据包已生成：{count} 条记录。"
    assert page.waiting.text() == f"{count} 条还没有得到对方的回执"
    assert rows(page) == [[rows(page)[0][0], path.name, "已生成，等待对方回执"]]
    assert page.copy.isVisible()


def test_the_file_itself_is_copied_for_a_chat_window(page, ledger, finish):
    finish(page.make.click)
    page.copy.click()
    (path,) = made(ledger)
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(path))]
    assert "已复制" in page.notice.text()


COPY = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.pages.exchange import file_data
app = QApplication([])
app.clipboard().setMimeData(file_data(Path("a.aqb")))
"""


def test_a_copied_file_does_not_crash_the_program_when_it_ends():
    assert subprocess.run([sys.executable, "-c", COPY], cwd=ROOT, check=False).returncode == 0


def test_the_folder_is_opened(page, ledger, finish, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    finish(page.make.click)
    page.folder.click()
    assert opened == [QUrl.fromLocalFile(str(ledger.home / "数据包"))]


def test_nothing_new_is_told_and_a_complete_bundle_is_still_made(page, ledger, finish, clock):
    finish(page.make.click)
    finish(page.make.click)
    assert "没有新的内容需要交" in page.notice.text()
    finish(page.whole.click)
    assert len(made(ledger)) == 2


def test_pressing_twice_makes_one_bundle_and_keeps_the_focus(page, ledger, finish):
    page.whole.setFocus()

    def twice():
        page.whole.click()
        page.whole.click()

    finish(twice)
    assert len(made(ledger)) == 1
    assert page.whole.isEnabled()


def test_a_folder_that_takes_no_file_is_told_and_can_be_tried_again(page, ledger, finish):
    (ledger.home / "数据包").write_text("a file where the folder should be")
    finish(page.make.click)
    assert "不能写入文件夹" in page.notice.text()
    (ledger.home / "数据包").unlink()
    finish(page.make.click)
    assert len(made(ledger)) == 1


def test_an_office_reads_a_bundle(make, office, bundle, finish):
    page = make(office)
    finish(page.receive, [bundle])
    assert "示例县实验小学：新增" in page.notice.text()
    assert len(office.all(Finding)) == 1
    ((_time, name, words),) = rows(page)
    assert name == bundle.name
    assert words.startswith("示例县实验小学：新增")


def test_the_same_bundle_again_changes_nothing_and_says_so(make, office, bundle, finish):
    page = make(office)
    finish(page.receive, [bundle])
    finish(page.receive, [bundle])
    assert page.notice.text() == "示例县实验小学：内容都已经有了，没有变化。"
    assert len(rows(page)) == 1


@pytest.mark.parametrize("spoil", [lambda b: b[:-40], lambda b: b"no bundle", lambda b: b""])
def test_a_damaged_file_stops_only_itself(make, office, bundle, finish, tmp_path, spoil):
    bad = tmp_path / "坏的<b>&.aqb"
    bad.write_bytes(spoil(bundle.read_bytes()))
    page = make(office)
    finish(page.receive, [bad, bundle])
    assert "没有读入 坏的<b>&.aqb" in page.notice.text()
    assert "示例县实验小学：新增" in page.notice.text()
    assert len(rows(page)) == 1


def test_a_file_that_is_gone_is_told(make, office, tmp_path, finish):
    page = make(office)
    finish(page.receive, [tmp_path / "没有了.aqb"])
    assert "没有读入 没有了.aqb：文件读不出来" in page.notice.text()


def test_many_files_are_summed_up(make, office, bundle, finish):
    page = make(office)
    finish(page.receive, [bundle] * 9)
    assert page.notice.text() == "9 个数据包读入正常。"


def test_bad_files_are_named_before_the_good_ones_are_counted(
    make, office, bundle, finish, tmp_path
):
    page = make(office)
    bad = tmp_path / "坏的.aqb"
    bad.write_bytes(bundle.read_bytes()[:200])
    page.drop.refused.emit([tmp_path / "说明.txt"])
    assert "说明.txt" in page.notice.text()
    finish(page.receive, [bundle, bad, bundle])
    lines = page.notice.text().splitlines()
    assert lines[0].startswith("没有读入 坏的.aqb")
    assert lines[1] == "没有读 说明.txt：这不是数据包（.aqb）。"
    assert lines[2] == "2 个数据包读入正常。"
    finish(page.receive, [bundle])
    assert "说明.txt" not in page.notice.text()


def test_reading_says_how_far_it_is_and_can_be_stopped(make, office, bundle, finish):
    page = make(office)
    heard = []
    page.reading.connect(lambda done, total: heard.append((done, total)))
    page.reading.connect(lambda done, _total: done == 1 and page.notice.acted.emit())
    finish(page.receive, [bundle] * 40)
    assert heard[0] == (0, 40)
    assert len(heard) < 41


def test_reading_stops_after_the_file_in_hand_when_the_program_ends(make, office, bundle, finish):
    page = make(office)
    page.tasks.stopping.set()
    finish(page.receive, [bundle])
    assert office.all(Finding) == []


def test_a_reply_of_the_office_makes_the_count_drop(page, ledger, office, finish, tmp_path):
    finish(page.make.click)
    receive_bundle(office, made(ledger)[0])
    reply = export_bundle(office, tmp_path / "回执").path
    finish(page.receive, [reply])
    assert delivery(ledger).waiting == 0
    assert page.waiting.text() == "对方都已收到"
    assert [words for _time, name, words in rows(page) if name == made(ledger)[0].name] == [
        "对方已收到"
    ]


def test_the_newest_stands_first_by_the_clock_on_the_wall(page, finish, clock):
    finish(page.make.click)
    finish(page.whole.click)
    times = [time for time, _name, _words in rows(page)]
    assert times == sorted(times, reverse=True)
    assert times[0] == f"{clock.at.astimezone():%Y-%m-%d %H:%M}"


def test_dropped_files_are_read_and_others_refused_in_words(make, office, bundle, finish):
    page = make(office)
    page.drop.offer([bundle.with_suffix(".docx")])
    assert "扩展名是 .aqb" in page.notice.text()
    finish(page.drop.offer, [bundle.parent])
    assert len(office.all(Finding)) == 1


@pytest.mark.parametrize("name", ["a.aqb", "a(1).aqb", "a.AQB", "a.aqb(1)"])
def test_chat_programs_may_rename_a_bundle(tmp_path, name):
    assert is_bundle(tmp_path / name)


def test_a_change_elsewhere_is_counted(page, session, qtbot, ledger):
    before = delivery(ledger).waiting
    page.session.save(a_finding())
    qtbot.waitUntil(lambda: f"{before + 1} 条" in page.waiting.text())


def test_without_a_bundle_nothing_is_copied_or_opened(page):
    page._copy_file()
    page._open_folder()
    assert page.notice.text() == ""
