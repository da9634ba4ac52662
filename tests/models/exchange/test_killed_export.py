"""An export that is killed, or whose disk is full: whole files, and a ledger as before or after."""

import pytest

from models.exchange import export
from models.exchange.key_store import KeyStore
from models.files import PART
from models.problems import AppError
from tests.conftest import a_finding
from tests.killing import (
    DISK_STEPS,
    Killer,
    bundles_are_whole,
    digest_of,
    fill_disk,
    prepared,
)
from tests.killing import export as export_in_parts
from tests.models.exchange.enrolling import send


@pytest.fixture
def busy(school):
    for number in range(20):
        school.save(a_finding(place=f"{number}号楼"))
    return school


def test_an_export_that_is_killed_leaves_whole_files_or_none(busy, home, tmp_path):
    busy.close()
    killer = Killer(prepared(home), tmp_path, export_in_parts, 2_000, bundles_are_whole)
    try:
        assert killer.kill(5).total() == 5
    finally:
        killer.close()


def test_what_was_half_written_is_taken_away_and_what_others_left_is_not(busy, tmp_path):
    half = tmp_path / f"示例县实验小学-上报-20261123-070000.aqb{PART}"
    others = tmp_path / f"示例县第二小学-上报-20261123-070000.aqb{PART}"
    for path in (half, others):
        path.write_bytes(b"half")
    made = send(busy, tmp_path)
    assert set(tmp_path.glob("*.aqb*")) == {*made.paths, others}


def test_what_cannot_be_taken_away_stops_no_export(busy, tmp_path):
    (tmp_path / f"示例县实验小学-上报-20261123-070000.aqb{PART}").mkdir()
    assert send(busy, tmp_path).path.exists()


@pytest.mark.parametrize("step", DISK_STEPS)
def test_an_export_that_finds_no_room_leaves_no_file_behind(busy, tmp_path, monkeypatch, step):
    KeyStore.of(busy).device()
    before = digest_of(busy)
    with monkeypatch.context() as disk:
        fill_disk(disk, step)
        with pytest.raises(AppError, match="磁盘已满"):
            send(busy, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.aqb"))
    assert digest_of(busy) == before


def test_a_disk_that_fills_up_between_two_parts_takes_the_first_back(busy, tmp_path, monkeypatch):
    write, written = export.write_whole, []

    def filling_up(path, data):
        if len(written) == 2:
            raise AppError("磁盘已满")
        write(path, data)
        written.append(path)

    monkeypatch.setattr(export, "write_whole", filling_up)
    before = digest_of(busy)
    with pytest.raises(AppError, match="磁盘已满"):
        send(busy, tmp_path, part_bytes=2_000)
    assert len(written) == 2
    assert not list(tmp_path.glob("*.aqb*"))
    assert digest_of(busy) == before
