import os
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from models.ledger import backups
from models.ledger.backups import KEPT, back_up, backups_of, restore
from models.ledger.database import FILE_NAME, open_database
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import a_finding
from tests.models.ledger.conftest import MIDNIGHT, fold_of, give, have


@pytest.fixture
def later():
    """Midnight, and a minute more at each call."""
    minutes = iter(range(1000))
    return lambda: MIDNIGHT + timedelta(minutes=next(minutes))


def reopened(home, clock, initials):
    return Ledger(open_database(home), home, clock=clock, initials=initials)


def findings_in(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT count(*) FROM finding").fetchone()[0]


def test_a_copy_holds_what_the_ledger_held(ledger, home, later):
    ledger.save(a_finding())
    path = back_up(home, later())
    ledger.save(a_finding())
    assert path.name == "ledger-20261123-000000.db"
    assert findings_in(path) == 1


def test_no_copy_is_made_while_the_newest_holds_the_same_lines(ledger, home, later):
    assert back_up(home, later()) is not None
    assert back_up(home, later()) is None
    ledger.save(a_finding())
    assert back_up(home, later()) is not None
    assert len(backups_of(home)) == 2


def test_the_newest_ten_are_kept_and_nothing_else_lies_around(ledger, home, later):
    for _ in range(KEPT + 3):
        ledger.save(a_finding())
        newest = back_up(home, later())
    kept = backups_of(home)
    assert len(kept) == KEPT
    assert kept[0] == newest
    assert findings_in(kept[-1]) == 4
    assert sorted(path.name for path in (home / "backups").iterdir()) == sorted(
        path.name for path in kept
    )


def test_a_copy_made_under_a_clock_that_was_set_back_is_not_thrown_away(ledger, home, later):
    for _ in range(KEPT):
        ledger.save(a_finding())
        back_up(home, later())
    ledger.save(a_finding())
    old = back_up(home, MIDNIGHT - timedelta(days=4000))
    assert old in backups_of(home)
    assert findings_in(old) == KEPT + 1
    assert len(backups_of(home)) == KEPT


def test_a_damaged_copy_does_not_stop_the_next_one(ledger, home, later):
    back_up(home, later()).write_bytes(b"damaged")
    assert findings_in(back_up(home, later())) == 0


def test_a_folder_that_takes_no_copies_is_told(ledger, home, later, monkeypatch):
    (home / "backups").write_text("a file stands here")
    with pytest.raises(AppError, match="不能写入文件夹"):
        back_up(home, later())
    (home / "backups").unlink()
    (home / "backups").mkdir()
    (home / "backups" / "ledger-20261123-000100.part").mkdir()
    with pytest.raises(AppError, match="不能写入"):
        back_up(home, later())
    connect = sqlite3.connect

    def full(path, **more):
        if str(path).endswith(".part"):
            raise sqlite3.OperationalError("database or disk is full")
        return connect(path, **more)

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(AppError, match="磁盘已满"):
        back_up(home, later())


def test_a_damaged_ledger_is_told_and_no_copy_is_thrown_away(ledger, home, later):
    ledger.save(a_finding())
    good = back_up(home, later())
    ledger.close()
    (home / FILE_NAME).write_bytes(b"damaged" * 1000)
    with pytest.raises(AppError, match="台账文件已损坏"):
        back_up(home, later())
    assert backups_of(home) == [good]


def test_restoring_brings_the_copy_back_and_keeps_what_stood_there(
    ledger, home, later, clock, initials
):
    first = ledger.save(a_finding())
    copy = back_up(home, later())
    second = ledger.save(a_finding())
    ledger.close()
    aside = restore(home, copy, later())
    assert aside == home / "ledger-replaced-20261123-000100.db"
    assert findings_in(aside) == 2
    again = reopened(home, clock, initials)
    assert [f.id for f in again.all(Finding)] == [first.id]
    assert second.id not in [f.id for f in again.all(Finding)]
    again.close()
    assert copy.exists()
    assert not list(home.glob("*.part"))


def test_a_restored_ledger_writes_a_stream_of_its_own_and_gets_its_lost_lines_back(
    ledger, second, home, later, clock, initials
):
    ledger.save(a_finding(place="一"))
    copy = back_up(home, later())
    ledger.save(a_finding(place="二"))
    give(ledger, second)
    ledger.close()
    restore(home, copy, later())
    again = reopened(home, clock, initials)
    saved = again.save(a_finding(place="三"))
    assert saved.id.split(".")[0] not in have(second)
    assert give(again, second).counts["forked"] == 0
    assert give(second, again).counts["forked"] == 0
    assert {f.place for f in again.all(Finding)} == {"一", "二", "三"}
    assert fold_of(again) == fold_of(second)
    again.close()


def test_a_write_ahead_log_left_by_a_crash_is_moved_aside_with_its_file(ledger, home, later):
    """It holds the last lines: left behind, SQLite would play it into the restored file."""
    copy = back_up(home, later())
    ledger.save(a_finding())
    crashed = home / f"{FILE_NAME}-wal"
    assert crashed.stat().st_size > 0
    if os.name == "nt":  # pragma: no cover - an open file cannot be moved there
        pytest.skip("needs a file that is still open")
    aside = restore(home, copy, later())
    assert (home / f"{aside.name}-wal").exists()
    assert findings_in(home / FILE_NAME) == 0
    assert findings_in(aside) == 1


def test_restoring_into_an_empty_folder_moves_nothing_aside(ledger, home, later, tmp_path):
    copy = back_up(home, later())
    (tmp_path / "new").mkdir()
    assert restore(tmp_path / "new", copy, later()) is None
    assert findings_in(tmp_path / "new" / FILE_NAME) == 0


@pytest.mark.parametrize("damage", ["text", "cut", "other", "missing"])
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    ledger, home, later, tmp_path, damage
):
    for _ in range(30):
        ledger.save(a_finding(description="长" * 1000))
    copy = back_up(home, later())
    if damage == "text":
        copy.write_bytes(b"no backup" * 500)
    elif damage == "cut":
        whole = copy.read_bytes()
        copy.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    elif damage == "other":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as db:
            db.execute("CREATE TABLE something(else_)")
    else:
        copy.unlink()
    ledger.close()
    before = (home / FILE_NAME).read_bytes()
    with pytest.raises(AppError, match="不是完整的备份"):
        restore(home, copy, later())
    assert (home / FILE_NAME).read_bytes() == before


def test_a_disk_that_fills_while_restoring_leaves_the_ledger_in_its_place(
    ledger, home, later, monkeypatch
):
    ledger.save(a_finding())
    copy = back_up(home, later())
    ledger.close()
    connect = sqlite3.connect

    def full(path, **more):
        if str(path).endswith(".part"):
            raise sqlite3.OperationalError("database or disk is full")
        return connect(path, **more)

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(AppError, match="磁盘已满"):
        restore(home, copy, later())
    monkeypatch.undo()
    (home / "ledger.part").mkdir()
    with pytest.raises(AppError, match="不能写入文件夹"):
        restore(home, copy, later())
    assert findings_in(home / FILE_NAME) == 1


@pytest.mark.parametrize("act", ["back_up", "restore"])
def test_a_copy_that_fails_half_way_leaves_nothing_behind(ledger, home, later, monkeypatch, act):
    good = back_up(home, later())
    ledger.save(a_finding())
    ledger.close()
    connect = sqlite3.connect

    def filling(path, **more):
        db = connect(path, **more)
        if str(path).endswith(".part"):
            db.execute("PRAGMA max_page_count = 2")
        return db

    monkeypatch.setattr(sqlite3, "connect", filling)
    with pytest.raises(AppError, match="磁盘已满"):
        back_up(home, later()) if act == "back_up" else restore(home, good, later())
    monkeypatch.undo()
    assert not list(home.rglob("*.part*"))
    assert backups_of(home) == [good]
    assert findings_in(home / FILE_NAME) == 1


def test_the_folder_of_copies_may_be_missing(home):
    assert backups.backups_of(home) == []


def test_a_ledger_that_nobody_founded_yet_is_not_copied(home, clock):
    home.mkdir(parents=True, exist_ok=True)
    open_database(home).close()
    assert back_up(home, clock()) is None
    assert backups_of(home) == []
