import os
import sqlite3
from contextlib import closing

import pytest

from models.ledger import database, migrations
from models.ledger.database import FILE_NAME, SCHEMA, check_integrity, explain, open_database
from models.ledger.ledger import Ledger
from models.problems import AppError, Damaged
from models.records.finding import Finding
from tests.conftest import a_finding, a_ledger, the_initials


def test_a_new_folder_gets_a_ledger_of_the_newest_schema(home):
    with closing(open_database(home)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert db.execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_a_ledger_is_opened_again_as_it_was_left(home, clock):
    ledger = a_ledger(home, clock=clock)
    saved = ledger.save(a_finding())
    ledger.close()
    with closing(open_database(home)) as db:
        assert db.execute("SELECT id FROM finding").fetchall() == [(saved.id,)]
    assert not list(home.glob("*.before-*"))


def test_a_file_of_a_newer_program_is_refused_and_not_touched(home):
    path = home / FILE_NAME
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    with pytest.raises(AppError, match="更新版本的程序"):
        open_database(home)
    assert path.read_bytes() == before


def test_a_copy_is_kept_before_the_file_changes(home, clock, monkeypatch):
    """There is one step so far: what can be tried is that a copy is made before the next one."""
    ledger = a_ledger(home, clock=clock)
    saved = ledger.save(a_finding())
    ledger.close()
    monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)
    with closing(open_database(home)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
    with closing(sqlite3.connect(home / f"ledger.before-{SCHEMA + 1}.db")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert copy.execute("SELECT id FROM finding").fetchall() == [(saved.id,)]


def test_a_step_that_fails_leaves_nothing_behind(home, monkeypatch):
    monkeypatch.setattr(migrations, "_INDEXES_1", "CREATE INDEX broken ON nowhere(x)")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        open_database(home)
    monkeypatch.undo()
    with closing(sqlite3.connect(home / FILE_NAME)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (0,)
        assert db.execute("SELECT name FROM sqlite_master WHERE name = 'op'").fetchall() == []
    open_database(home).close()


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AppError, match="不能写入"):
        open_database(tmp_path / "missing")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may write everywhere, so a read-only folder cannot be had",
)
def test_a_read_only_folder_is_told(home):  # pragma: no cover - depends on who runs the tests
    home.chmod(0o500)
    with pytest.raises(AppError, match="不能写入"):
        open_database(home)
    home.chmod(0o700)


@pytest.mark.parametrize(
    "content", [b"this is no ledger, " * 500, b"SQLite format 3\x00" + b"\xff" * 8000]
)
def test_a_damaged_file_is_told_and_not_touched(home, content):
    path = home / FILE_NAME
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"台账文件已损坏.*backups"):
        open_database(home)
    assert path.read_bytes() == content
    assert check_integrity(home)


def test_a_whole_file_has_nothing_to_tell(home, clock):
    a_ledger(home, clock=clock).close()
    assert check_integrity(home) == ""


def test_damage_inside_the_file_is_found_and_told(home, clock):
    ledger = a_ledger(home, clock=clock)
    for _ in range(50):
        ledger.save(a_finding(description="长" * 1000))
    ledger.close()
    path = home / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    assert check_integrity(home)
    reopened = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    damaged = Ledger(reopened, home, clock=clock, initials=the_initials())
    with pytest.raises(Damaged, match=rf"台账文件已损坏：\S+{FILE_NAME}。"):
        damaged.all(Finding)
    damaged.close()


def test_a_missing_file_has_something_to_tell(home):
    assert "unable to open" in check_integrity(home)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "磁盘已满"),
        ("attempt to write a readonly database", "不能写入"),
        ("unable to open database file", "不能写入"),
        ("database is locked", "占用"),
        ("database table is busy", "占用"),
        ("database disk image is malformed", "已损坏"),
        ("Could not decode to UTF-8 column 'place' with text 'x'", "已损坏"),
        ("file is not a database", "已损坏"),
        ("disk I/O error", "已损坏"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(tmp_path, said, words):
    told = explain(sqlite3.OperationalError(said), tmp_path / FILE_NAME)
    assert isinstance(told, AppError)
    assert isinstance(told, Damaged) == (words == "已损坏")
    assert words in str(told)
    assert str(tmp_path / FILE_NAME) in str(told)
    assert "窗口" not in str(told)  # a backup or a bundle has no window in which anything stands


def test_what_is_our_own_fault_stays_what_it_is(tmp_path):
    error = sqlite3.OperationalError("no such table: findings")
    assert explain(error, tmp_path) is error
