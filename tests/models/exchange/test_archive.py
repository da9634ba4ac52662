"""Files that have to wait: those of strangers are limited, those of enrolled PCs are not."""

import pytest

from models.exchange import archive
from models.exchange.archive import NEWER, STRANGE, TAKEN, archive_path, keep_for_later, waiting
from models.exchange.format import sha256_of


def came(ledger):
    """What waits, in the order in which it came."""
    return [path.read_bytes() for path in waiting(ledger)]


def test_a_file_waits_until_it_can_be_read_and_keeps_its_name(ledger):
    assert keep_for_later(ledger, "上报.aqb", b"one", STRANGE) == (
        "文件先存着；这台电脑入网办好以后会自动读入。"
    )
    assert "升级本程序" in keep_for_later(ledger, "新.aqb", b"two", NEWER)
    keep_for_later(ledger, archive_path(ledger, sha256_of(b"one")).name, b"one", STRANGE)
    assert came(ledger) == [b"one", b"two"]
    names = ledger.rows("SELECT name FROM inbox ORDER BY received_at")
    assert names == [("上报.aqb",), ("新.aqb",)]


def test_what_was_taken_or_is_gone_waits_no_more(ledger):
    for data in (b"one", b"two"):
        keep_for_later(ledger, "x.aqb", data, STRANGE)
    archive_path(ledger, sha256_of(b"one")).unlink()
    with ledger.transaction() as db:
        db.execute("UPDATE inbox SET state = ? WHERE sha256 = ?", (TAKEN, sha256_of(b"two")))
    assert came(ledger) == []


@pytest.mark.parametrize(("limit", "most"), [("MOST_STRANGE", 2), ("MOST_STRANGE_BYTES", 7)])
def test_of_too_many_strangers_files_the_oldest_give_way_and_it_is_told(
    ledger, monkeypatch, limit, most
):
    monkeypatch.setattr(archive, limit, most)
    keep_for_later(ledger, "newer.aqb", b"newer", NEWER)
    for data in (b"one", b"two"):
        assert "不再存着" not in keep_for_later(ledger, "x.aqb", data, STRANGE)
    assert "最早的 1 个不再存着" in keep_for_later(ledger, "x.aqb", b"six", STRANGE)
    assert came(ledger) == [b"newer", b"two", b"six"]
    assert not archive_path(ledger, sha256_of(b"one")).exists()
    keep_for_later(ledger, "newer.aqb", b"newer again", NEWER)
    assert came(ledger) == [b"newer", b"two", b"six", b"newer again"]


def test_what_just_came_does_not_give_way_whatever_the_clock_says(ledger, clock, monkeypatch):
    monkeypatch.setattr(archive, "MOST_STRANGE", 1)
    keep_for_later(ledger, "x.aqb", b"one", STRANGE)
    clock.at = clock.at.replace(year=2001)
    keep_for_later(ledger, "x.aqb", b"two", STRANGE)
    assert came(ledger) == [b"two"]


def test_a_file_that_cannot_be_taken_away_stops_nothing(ledger, monkeypatch):
    monkeypatch.setattr(archive, "MOST_STRANGE", 1)
    keep_for_later(ledger, "x.aqb", b"one", STRANGE)
    stuck = archive_path(ledger, sha256_of(b"one"))
    stuck.unlink()
    stuck.mkdir()
    assert "不再存着" in keep_for_later(ledger, "x.aqb", b"two", STRANGE)
    assert came(ledger) == [b"two"]
