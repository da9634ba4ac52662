import threading
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from models.ledger import findings
from tests.conftest import a_finding
from tests.models.ledger.test_period import an_inspection
from ui.pages.reports import WAITING, ReportsPage
from ui.pages.reports_kinds import KEY, PACKAGE, row_of


@pytest.fixture
def page(reports_page):
    return reports_page


@pytest.fixture
def package(page, ledger, finish):
    """The card, with November chosen, in which something was found."""
    findings.register(ledger, a_finding())
    finish(page.open_record, PACKAGE)

    def choose():
        page.package.period.setCurrentIndex(page.package.period.findData("2026-11"))
        page.package.look()

    finish(choose)
    return page.package


def test_the_package_stands_above_the_reports_and_offers_periods(page, package, finish):
    assert page.kinds.item(0).data(KEY) == PACKAGE
    assert page.stack.currentWidget() is page._package_area
    words = [package.period.itemText(at) for at in range(package.period.count())]
    assert words[0] == "2026—2027学年第一学期"
    assert "2026—2027学年" in words
    assert "2026年11月" in words
    assert not page.choice.isVisible()
    assert not page.save_button.isEnabled()
    finish(page.kinds.setCurrentRow, row_of(page.kinds, "findings_ledger"))
    assert page.choice.isVisible()
    assert page.stack.currentWidget() is page.preview


def test_it_says_beforehand_what_will_be_in_it_and_what_there_is_none_of(package):
    assert package.contents.text().startswith("2026年11月可以打印 2 份：\n　01-隐患排查　1 份")
    assert "2026年11月没有记录的：安全检查登记表、整改通知书、" in package.gaps.text()
    assert package.make.isEnabled()


def test_of_very_many_gaps_the_first_are_told(package, ledger, finish):
    for day in range(1, 16):
        begun = an_inspection(datetime(2026, 11, day, 9, 0))
        ledger.save(replace(begun, ended=None))
    finish(package.look)
    assert "……另有 4 项，都写在目录里。" in package.gaps.text()


def test_the_chosen_period_stays_when_the_page_is_shown_again(page, package, finish):
    finish(page.refresh)
    assert package.period.currentData() == "2026-11"


def test_the_folder_is_asked_for_and_can_be_opened(page, package, finish, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    finish(package.make.click)
    folder = tmp_path / "示例县实验小学-迎检包-2026年11月"
    assert (folder / "00-目录.pdf").exists()
    assert f"迎检包已生成：共 2 份，5 页。\n放在 {folder}" == package.result.text()
    assert page.notice.text() == "迎检包已生成：共 2 份，5 页。"
    assert package.open.isVisible()
    assert not package.progress.isVisible()
    package.open.click()
    assert opened == [QUrl.fromLocalFile(str(folder))]


def test_who_names_no_folder_makes_nothing(package, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    package.make.click()
    assert package.progress.isHidden()


def test_while_it_is_made_the_progress_is_shown_and_it_can_be_stopped(
    page, package, finish, qtbot, tmp_path
):
    told = []
    package.telling.connect(lambda done, total: told.append((done, total)))

    def start():
        busy = threading.Event()
        page.tasks.run(busy.wait, lambda _set: None, pytest.fail)
        package.make_in(tmp_path)
        assert package.progress.isVisible()
        assert not package.period.isEnabled()
        package.make_in(tmp_path)  # a second press does nothing
        package.progress.stop.click()
        busy.set()

    finish(start)
    assert "按要求停下" in page.notice.text()
    assert told[0] == (0, 2)
    assert package.period.isEnabled()
    assert package.make.isEnabled()


def test_a_report_that_is_chosen_meanwhile_waits_and_says_so(page, package, finish, tmp_path):
    def choose():
        package.make_in(tmp_path)
        page.kinds.setCurrentRow(row_of(page.kinds, "findings_ledger"))
        page.make()
        assert page.notice.text() == WAITING

    finish(choose)
    assert page.stack.currentWidget() is page.preview
    assert package.result.text().startswith("迎检包已生成")


def test_a_place_that_takes_no_files_is_told(page, package, finish, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    finish(package.make_in, tmp_path / "file")
    assert "不能写入文件夹" in page.notice.text()
    assert not package.open.isVisible()


def test_an_office_without_anything_sees_what_a_period_has(make_page, office, finish, qtbot):
    page = make_page(ReportsPage, office)
    finish(page.open_record, PACKAGE)
    qtbot.waitUntil(lambda: "可以打印" in page.package.contents.text())
    assert "五项管理" not in page.package.contents.text() + page.package.gaps.text()
    page.preview.view._painter.close()


def test_a_newer_choice_overtakes_an_older_one(package, finish):
    def twice():
        package.look()
        package.period.setCurrentIndex(0)
        package.period.activated.emit(0)

    finish(twice)
    assert package.contents.text().startswith("2026—2027学年第一学期可以打印")


def test_all_of_it_is_reached_by_the_keyboard(page, package, qtbot):
    page.activateWindow()
    page.kinds.setFocus()
    seen = []
    for _ in range(8):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    assert package.period in seen
    assert package.make in seen
