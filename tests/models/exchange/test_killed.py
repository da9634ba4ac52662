"""An exchange that is killed, or whose disk is full: whole files, a ledger as before or after."""

import pytest

from models.exchange import archive, export
from models.exchange.format import SIGNATURE, sha256_of
from models.exchange.key_store import KeyStore
from models.exchange.receive import receive_files
from models.exchange.sealing import seal
from models.files import PART
from models.problems import AppError
from models.records.finding import Finding, Photo
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
from tests.models.exchange.conftest import members_in, opened, zipped
from tests.models.exchange.enrolling import send, store_of, take
from tests.models.ledger.conftest import fold_of, have
from tests.models.ledger.test_attachments import jpeg
from tests.models.ledger.test_killed import failures_until_it_fits


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


def test_an_export_whose_ledger_finds_no_room_takes_its_files_back(busy, tmp_path):
    busy.rows("VACUUM")
    made = []

    def work():
        assert not list(tmp_path.glob("*.aqb*"))
        made.append(send(busy, tmp_path, part_bytes=1))

    assert failures_until_it_fits(busy, work) > 0
    assert set(tmp_path.glob("*.aqb*")) == set(made[0].paths)


@pytest.fixture
def bundle(busy, tmp_path):
    """A bundle of twenty findings and a photo."""
    finding = busy.all(Finding)[0]
    busy.save(Photo(finding=finding.id, stage="before", sha256=busy.attach(jpeg())))
    return send(busy, tmp_path / "out").path


def read(office, path):
    (result,) = receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    return result


@pytest.mark.parametrize("step", DISK_STEPS)
@pytest.mark.parametrize("room", ["收到的数据包", "attachments"])
def test_a_file_that_finds_no_room_here_changes_nothing_and_is_told(
    allied, bundle, monkeypatch, step, room
):
    """The archive is full at once, or only the photos find no room any more."""
    _school, office = allied
    if room == "attachments":
        archive.archive(office, sha256_of(bundle.read_bytes()), bundle.read_bytes())
    before = fold_of(office), have(office)
    with monkeypatch.context() as disk:
        fill_disk(disk, step)
        result = read(office, bundle)
    assert (result.clean, "磁盘已满" in result.words) == (False, True)
    assert (fold_of(office), have(office)) == before
    assert not list(office.home.rglob(f"*{PART}"))
    assert read(office, bundle).clean


def test_a_bundle_whose_ledger_finds_no_room_changes_nothing(allied, bundle):
    _school, office = allied
    office.rows("VACUUM")
    assert failures_until_it_fits(office, lambda: take(office, bundle)) > 1
    assert take(office, bundle).new == 0


# A copy that another can replace is not synced.
@pytest.mark.parametrize("step", sorted({*DISK_STEPS} - {"fsync"}))
def test_a_file_that_is_to_wait_and_finds_no_room_is_told(allied, tmp_path, monkeypatch, step):
    school, office = allied
    path = strange(school, office, tmp_path)
    with monkeypatch.context() as disk:
        fill_disk(disk, step)
        result = read(office, path)
    assert "没有登记。磁盘已满" in result.words
    assert office.rows("SELECT * FROM inbox") == []
    assert "先存着" in read(office, path).words


def strange(school, office, folder):
    """A bundle that a PC signed which nobody enrolled."""
    path = send(school, folder).path
    members = members_in(opened(path, office))
    members[SIGNATURE] = b"nobody" + members[SIGNATURE][members[SIGNATURE].index(b"\n") :]
    path.write_bytes(seal(zipped(members), [store_of(office).device().age_recipient]))
    return path


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
