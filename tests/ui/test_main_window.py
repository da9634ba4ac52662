import sys
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.ledger import findings
from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.finding import Finding, Photo
from models.records.person import Person
from tests.conftest import RESOURCES, TODAY, a_finding, a_school, the_initials
from tests.models.exchange.enrolling import enrol
from ui.main_window import MainWindow, backup_words
from ui.pages.first_run import FirstRun
from ui.pages.page import Page
from ui.session import Session
from ui.widgets.sidebar import NARROW, WIDE

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(qtbot, icons, tasks):
    def do(ledger):
        window = MainWindow(Session(ledger, RESOURCES), icons, tasks)
        qtbot.addWidget(window)
        return window

    return do


@pytest.fixture
def window(make, ledger, qtbot):
    window = make(ledger)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: "未送达" in window.status.accessibleName())
    return window


def test_a_school_starts_with_its_day_page_and_sees_no_district(window):
    assert window.sidebar.current() == "today"
    assert window.keys == (
        "today",
        "findings",
        "inspection",
        "risks",
        "drills",
        "five_management",
        "tasks",
        "training",
        "reports",
        "exchange",
        "settings",
    )


def test_an_office_sees_its_district(make, office):
    window = make(office)
    assert "district" in window.keys
    assert "five_management" not in window.keys


def test_pages_are_loaded_when_they_are_first_shown(make, ledger, monkeypatch):
    for name in ("exchange", "reports"):
        monkeypatch.delitem(sys.modules, f"ui.pages.{name}", raising=False)
    window = make(ledger)
    assert "ui.pages.exchange" not in sys.modules
    window.go("exchange")
    assert "ui.pages.exchange" in sys.modules
    assert "ui.pages.reports" not in sys.modules
    assert window.page("exchange") is window.page("exchange")


@pytest.mark.parametrize(
    ("number", "key"), [(1, "today"), (2, "findings"), (3, "inspection"), (4, "risks")]
)
def test_ctrl_and_a_number_go_to_a_page(window, qtbot, number, key):
    window.go("settings")
    qtbot.keyClick(window, Qt.Key(ord(str(number))), CTRL)
    assert window.sidebar.current() == key
    assert window.page(key).isVisible()


def test_ctrl_n_starts_a_finding_from_anywhere(window, qtbot):
    window.go("settings")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert window.sidebar.current() == "findings"


def test_f5_reads_the_page_anew(window, qtbot, ledger):
    page = window.page("today")
    ledger.save(a_finding())
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert "1" in page.cards["open"].accessibleName()


def test_a_page_can_send_to_another(window):
    window.page("today").open_asked.emit("exchange", "")
    assert window.sidebar.current() == "exchange"


def test_a_page_this_unit_has_not_is_not_gone_to(window):
    window.go("district")
    window.go("nonsense")
    assert window.sidebar.current() == "today"


def test_the_foot_and_the_badge_tell_what_waits(window, ledger, qtbot):
    waiting = ledger.rows("SELECT sum(seq) FROM log WHERE seq > 0")[0][0]
    assert f"未送达 {waiting} 条" in window.status.accessibleName()
    assert "还没有备份" in window.status.accessibleName()
    Session.save(window._session, a_finding())
    qtbot.waitUntil(lambda: f"未送达 {waiting + 1} 条" in window.status.accessibleName())
    assert "已保存 " in window.status.accessibleName()


def test_a_new_name_of_the_unit_is_seen_at_once(window, session, ledger, qtbot):
    organisation = ledger.organisation
    window._session.save(a_school(id=organisation.id, unit=ledger.unit, name="示例县第二小学"))
    qtbot.waitUntil(lambda: window.sidebar._unit.text() == "示例县第二小学")


class Broken(Page):
    """A page whose reading fails."""

    def refresh(self):
        raise AppError("台账正被别的程序占用。")


def test_a_page_that_cannot_be_read_says_so_and_the_next_one_is_clean(
    window, icons, tasks, session
):
    window._pages["exchange"] = broken = Broken(session, icons, tasks)
    window._stack.addWidget(broken)
    window.go("exchange")
    assert window.notice.text() == "台账正被别的程序占用。"
    assert window.sidebar.current() == "exchange"
    window.go("today")
    assert window.notice.text() == ""


def test_the_first_run_opens_the_house(make, home, clock, qtbot):
    ledger = Ledger(open_database(home), home, clock=clock, initials=the_initials())
    window = make(ledger)
    window.show()
    first = window.centralWidget()
    assert isinstance(first, FirstRun)
    window.show_state()
    first.unit.set_raw({"name": "示例县实验小学", "code": "2137000001"})
    first.school.set_raw({"school_type": "primary", "system": "six_three", "grades": "1,2"})
    first.person.set_raw({"name": "李安全"})
    first.start.click()
    assert window.sidebar.current() == "today"
    qtbot.waitUntil(lambda: "未送达" in window.status.accessibleName())
    window.close()
    ledger.close()


def test_the_size_of_the_window_is_kept(make, ledger):
    window = make(ledger)
    window.resize(800, 510)
    window.show()
    window.close()
    assert make(ledger).size() == window.size()


def test_a_strange_kept_size_does_no_harm(make, ledger):
    ledger.set_setting("window", "赵𬱖 no hex")
    assert make(ledger).width() >= 800


def test_a_full_disk_does_not_keep_the_window_open(window, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(window._session.ledger, "set_setting", full)
    assert window.close()


def test_closing_keeps_what_was_typed_a_moment_ago(window, ledger):
    window.go("settings")
    entry = window.page("settings").unit.form.entry("name")
    entry.setText("还没写完")
    entry.textEdited.emit("还没写完")
    window.close()
    assert Session(ledger, RESOURCES).draft("settings:unit")["name"] == "还没写完"


def test_closing_while_a_bundle_is_made_still_makes_it(window, tasks, ledger, office, qtbot):
    enrol(office, ledger)
    window.go("exchange")
    window.page("exchange").send.make.click()
    assert not window.close()
    assert window.isVisible()
    assert "完成后自动关闭" in window.notice.text()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(list((ledger.home / "数据包").glob("*.aqb"))) == 1


def test_closing_while_a_photo_is_taken_in_keeps_the_photo(window, ledger, qtbot, tmp_path):
    file = tmp_path / "现场.jpg"
    Image.new("RGB", (1200, 900), "green").save(file)
    saved = findings.register(ledger, a_finding())
    window.go("findings", saved.id)
    window.page("findings").detail.strips["before"].take([file])
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [photo.finding for photo in ledger.all(Photo)] == [saved.id]


def test_work_that_ends_closes_no_window_that_was_not_asked_to(window, tasks, finish):
    finish(tasks.run, lambda: None, lambda _result: None, pytest.fail)
    assert window.isVisible()


def test_a_narrow_window_folds_the_sidebar(window, qtbot):
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.sidebar.width() == WIDE)
    window.resize(880, 600)
    qtbot.waitUntil(lambda: window.sidebar.width() == NARROW)


@pytest.mark.parametrize("key", ["today", "exchange", "settings", "reports", "district"])
def test_pages_fit_a_small_school_pc_at_150_percent(make, ledger, office, key):
    window = make(office if key == "district" else ledger)
    window.setMinimumSize(1, 1)
    window.resize(911, 450)
    window.show()
    window.go(key)
    page = window.page(key)
    assert window.size().width() == 911
    for child in page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible():
            assert page.rect().contains(child.geometry()), child
    assert page.minimumSizeHint().height() <= page.height()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ledger-20261123-080500", "上次备份 今天 08:05"),
        ("ledger-20261122-080500", "上次备份 昨天 08:05"),
        ("ledger-20260105-233000", "上次备份 2026-01-05 23:30"),
        ("ledger-mine", ""),
    ],
)
def test_the_last_copy_is_told_as_people_say_it(name, words):
    assert backup_words(name, date(2026, 11, 23)) == words
    assert date(2026, 11, 23) == TODAY


def test_who_works_here_is_asked_from_the_sidebar(window):
    window.sidebar.person_asked.emit()
    assert window.sidebar.current() == "settings"
    assert window.page("settings").tabs.currentIndex() == 1


def test_who_works_here_is_shown_with_the_post_or_else_the_role(window, ledger):
    assert (window.sidebar._person.text(), window.sidebar._duty.text()) == ("李安全", "安全员")
    (person,) = ledger.all(Person)
    ledger.save(replace(person, post="安全科长"), person)
    window.show_state()
    assert window.sidebar._duty.text() == "安全科长"
    ledger.set_setting("user", "来客")
    window.show_state()
    assert (window.sidebar._person.text(), window.sidebar._duty.text()) == ("来客", "")


def test_a_report_is_asked_from_a_finding(window, ledger):
    saved = window._session.save(a_finding())
    window.go("findings", saved.id)
    window.page("findings").detail.print_button.click()
    reports = window.page("reports")
    assert window.sidebar.current() == "reports"
    assert reports.kind.key == "rectification_notice"
    assert reports.choice.currentData() == saved.id
    assert ledger.all(Finding) == [saved]


def test_f1_opens_the_manual_once(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    manual = window._help
    assert manual.isVisible()
    assert "使用说明书" in manual.toPlainText()
    manual.close()
    window.show_help()
    assert window._help is manual
    assert manual.isVisible()


def test_the_first_run_has_the_manual_too(make, tmp_path, clock, qtbot):
    blank = Ledger(open_database(tmp_path), tmp_path, clock=clock, initials=the_initials())
    window = make(blank)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._help.isVisible()
    window.close()
    blank.close()


def test_the_foot_claims_no_saving_before_the_first(window, ledger, monkeypatch, qtbot):
    assert "已保存" not in window.status.accessibleName()

    def refuse(*_args, **_more):
        raise AppError("磁盘已满。")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "save", refuse)
        with pytest.raises(AppError):
            window._session.save(a_finding())
    window.show_state()
    assert "已保存" not in window.status.accessibleName()
    window._session.save(a_finding())
    qtbot.waitUntil(lambda: "已保存 " in window.status.accessibleName())
