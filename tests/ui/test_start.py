import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

import main
from models.ledger.backups import back_up, backups_of, restore
from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.ledger.lock import take_lock
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import RESOURCES, a_finding, a_ledger, the_initials
from ui import start
from ui.main_window import MainWindow

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@pytest.fixture
def said(monkeypatch):
    """What boxes say; `answer` is what the person presses."""

    class Said(list):
        answer = YES

    said = Said()

    def note(kind):
        def show(_parent, _title, words):
            said.append((kind, words))
            return said.answer

        return show

    for kind in ("information", "warning", "critical", "question"):
        monkeypatch.setattr(QMessageBox, kind, note(kind))
    return said


@pytest.fixture
def window(qtbot, session, icons, tasks):
    window = MainWindow(session, icons, tasks)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def opener(clock):
    """Opens a folder as main.py does."""

    def open_ledger(home):
        lock = take_lock(home)
        try:
            db = open_database(home)
        except AppError:
            lock.release()
            raise
        return Ledger(db, home, clock=clock, initials=the_initials()), lock

    return open_ledger


def spoil(home):
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (home / name).unlink(missing_ok=True)
    (home / "ledger.db").write_bytes(b"no database at all" * 100)


def test_a_sound_ledger_is_copied_and_the_copy_is_told(
    ledger, clock, window, session, tasks, finish, said
):
    finish(start.look_after, ledger.home, clock, tasks, window, session)
    assert len(backups_of(ledger.home)) == 1
    assert "上次备份 今天" in window.status.accessibleName()
    assert said == []


def test_a_damaged_ledger_is_told_and_never_copied(
    ledger, clock, window, session, tasks, finish, said, monkeypatch
):
    monkeypatch.setattr(start, "check_integrity", lambda _home: "row 7 missing")
    finish(start.look_after, ledger.home, clock, tasks, window, session)
    assert backups_of(ledger.home) == []
    ((kind, words),) = said
    assert kind == "warning"
    assert "没有完好的备份" in words
    assert session.restore_wanted is None


def test_damage_found_at_work_offers_the_newest_whole_copy(
    ledger, clock, window, session, tasks, finish, said, monkeypatch
):
    good = back_up(ledger.home, clock())
    ledger.save(a_finding())
    (ledger.home / "backups" / "ledger-20991231-000000.db").write_bytes(b"nothing")
    monkeypatch.setattr(start, "check_integrity", lambda _home: "row 7 missing")
    finish(start.look_after, ledger.home, clock, tasks, window, session)
    assert [kind for kind, _words in said] == ["question"]
    assert session.restore_wanted == good
    assert not window.isVisible()


def test_a_failed_copy_is_told(ledger, clock, window, session, tasks, finish, said):
    (ledger.home / "backups").write_text("a file where the folder should be")
    finish(start.look_after, ledger.home, clock, tasks, window, session)
    assert [kind for kind, _words in said] == ["warning"]


def test_a_sound_folder_is_opened_without_a_question(home, clock, opener, said):
    ledger, lock = start._open(home, opener, clock)
    assert ledger.unit == ""
    assert said == []
    ledger.close()
    lock.release()


@pytest.fixture
def damaged(home, clock):
    """A folder whose ledger is damaged, with a good copy of one finding."""
    ledger = a_ledger(home, clock=clock)
    ledger.save(a_finding())
    ledger.close()
    back_up(home, clock())
    spoil(home)
    return home


def test_a_damaged_ledger_is_opened_from_the_newest_copy(damaged, clock, opener, said, qapp):
    ledger, lock = start._open(damaged, opener, clock)
    assert len(ledger.all(Finding)) == 1
    assert list(damaged.glob("ledger-replaced-*.db"))
    ((kind, words),) = said
    assert kind == "question"
    assert backups_of(damaged)[0].name in words
    ledger.close()
    lock.release()


def test_the_folder_stays_locked_until_the_copy_is_in_its_place(
    damaged, clock, opener, said, monkeypatch, qapp
):
    tried = []

    def watched(home, *rest):
        with pytest.raises(AppError, match="已经打开了"):
            take_lock(home)
        tried.append(home)
        return restore(home, *rest)

    monkeypatch.setattr(start, "restore", watched)
    ledger, lock = start._open(damaged, opener, clock)
    assert tried == [damaged]
    ledger.close()
    lock.release()


def test_a_folder_that_another_window_took_meanwhile_is_told(
    damaged, clock, opener, said, monkeypatch, qapp
):
    def taken(_home):
        raise AppError("校园安全台账已经打开了。")

    monkeypatch.setattr(start, "take_lock", taken)
    assert start._open(damaged, opener, clock) is None
    assert said[-1] == ("critical", "校园安全台账已经打开了。")


def test_words_that_speak_of_damage_are_no_damaged_ledger(damaged, clock, said, qapp):
    def no_font(_home):
        raise AppError("字体文件已损坏。")

    assert start._open(damaged, no_font, clock) is None
    assert said == [("critical", "字体文件已损坏。")]


def test_who_says_no_keeps_the_damaged_file_as_it_is(damaged, clock, opener, said, qapp):
    said.answer = NO
    before = (damaged / "ledger.db").read_bytes()
    assert start._open(damaged, opener, clock) is None
    assert (damaged / "ledger.db").read_bytes() == before


def test_without_a_copy_the_damage_is_told(home, clock, opener, said, qapp):
    spoil(home)
    assert start._open(home, opener, clock) is None
    ((kind, words),) = said
    assert kind == "critical"
    assert "损坏" in words


def test_a_copy_that_is_damaged_too_is_told(damaged, clock, opener, said, qapp):
    backups_of(damaged)[0].write_bytes(b"nothing")
    assert start._open(damaged, opener, clock) is None
    assert [kind for kind, _words in said] == ["critical"]


def test_of_two_copies_the_newest_whole_one_is_offered(damaged, clock, opener, said, qapp):
    (damaged / "backups" / "ledger-20991231-000000.db").write_bytes(b"nothing")
    ledger, lock = start._open(damaged, opener, clock)
    assert len(ledger.all(Finding)) == 1
    ledger.close()
    lock.release()


@pytest.mark.parametrize("gone", [True, False])
def test_a_ledger_that_is_gone_or_empty_is_no_first_run_where_copies_lie(
    damaged, clock, opener, said, qapp, gone
):
    (damaged / "ledger.db").unlink()
    if not gone:
        (damaged / "ledger.db").touch()
    ledger, lock = start._open(damaged, opener, clock)
    assert len(ledger.all(Finding)) == 1
    assert "不见了" in said[0][1]
    ledger.close()
    lock.release()


@pytest.fixture
def only_app(monkeypatch, qapp):
    """`run` makes the application; a test has one already. Its loop ends at once."""
    monkeypatch.setattr(start, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(start, "apply_look", lambda _app, _resources: None)
    monkeypatch.setattr(start, "catch_bugs", lambda _home, _now: None)
    monkeypatch.setattr(QApplication, "exec", lambda *_app: 0)


def test_a_run_ends_with_the_ledger_closed_and_the_lock_free(home, clock, opener, only_app):
    opened = []

    def remember(folder):
        opened.append(opener(folder))
        return opened[-1]

    assert start.run(home, RESOURCES, remember, clock) == 0
    with pytest.raises(sqlite3.ProgrammingError):
        opened[0][0].rows("SELECT 1")
    take_lock(home).release()


def test_a_run_leaves_a_witness_of_how_far_it_came(home, clock, opener, only_app, monkeypatch):
    noted = []
    monkeypatch.setattr(start.witness, "note", lambda ledger: noted.append(ledger.rows("SELECT 1")))
    assert start.run(home, RESOURCES, opener, clock) == 0
    assert noted == [[(1,)]]


def test_what_cannot_be_noted_as_told_is_told_again(session, window, said, monkeypatch):
    session.ledger.set_setting("notice", "这是另一台电脑。")
    with monkeypatch.context() as full:
        full.setattr(session.ledger, "set_setting", cannot_write)
        start.tell_notice(window, session.ledger)
    start.tell_notice(window, session.ledger)
    start.tell_notice(window, session.ledger)
    assert said == [("information", "这是另一台电脑。")] * 2


def cannot_write(*_what):
    raise AppError("磁盘已满。")


def test_a_ledger_that_came_from_another_pc_says_so_when_it_is_opened(ledger, home):
    ledger.set_setting("device:another", ledger.setting("device"))
    ledger.close()
    opened, lock = main.open_ledger(home)
    assert "另一台电脑" in opened.setting("notice")
    opened.close()
    lock.release()


def test_a_folder_that_cannot_be_opened_is_free_again(damaged):
    with pytest.raises(AppError):
        main.open_ledger(damaged)
    take_lock(damaged).release()
    (damaged / "ledger.db").rename(damaged / "aside.db")


def test_a_run_that_cannot_open_says_so(home, clock, opener, said, only_app):
    spoil(home)
    assert start.run(home, RESOURCES, opener, clock) == 1
    assert said[0][0] == "critical"


@pytest.mark.parametrize(("answered", "code"), [(True, 0), (False, 1)])
def test_a_second_start_is_well_where_the_first_window_answers(
    home, clock, opener, said, only_app, monkeypatch, answered, code
):
    rung = []
    monkeypatch.setattr(start, "ring", lambda *asked: rung.append(asked) or answered)
    lock = take_lock(home)
    assert start.run(home, RESOURCES, opener, clock, Path("回执.aqb")) == code
    assert rung == [(home, Path("回执.aqb"))]
    assert ["已经打开" in words for _kind, words in said] == [True] * code
    lock.release()


def test_after_a_wish_to_restore_the_window_opens_again_on_the_copy(
    ledger, clock, opener, only_app, monkeypatch
):
    home = ledger.home
    copy = back_up(home, clock())
    ledger.save(a_finding())
    ledger.close()
    wishes = [copy, None]
    found = []

    class Wishing(start.Session):
        def __init__(self, opened, resources):
            super().__init__(opened, resources)
            found.append(len(opened.all(Finding)))
            self.restore_wanted = wishes.pop(0)

    monkeypatch.setattr(start, "Session", Wishing)
    assert start.run(home, RESOURCES, opener, clock) == 0
    assert found == [1, 0]


@pytest.mark.parametrize(
    ("year", "told"), [(1970, True), (2025, True), (2026, False), (9998, True)]
)
def test_a_clock_that_cannot_be_right_is_told(ledger, window, said, monkeypatch, year, told):
    monkeypatch.setattr(ledger, "clock", lambda: datetime(year, 6, 1, 12).astimezone())
    start.tell_notice(window, ledger)
    assert [f"{year}年6月1日" in words and "校准" in words for _kind, words in said] == [
        True
    ] * told
