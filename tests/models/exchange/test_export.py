import threading
import zipfile
from pathlib import Path

import orjson
import pytest

from models.exchange import export
from models.exchange.delivery import delivery
from models.exchange.export import export_bundle
from models.exchange.format import LOG_NAME, MANIFEST, PHOTO_NAME
from models.exchange.receive import read_bundle, receive_bundle
from models.ledger.attachments import path_of
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import a_finding
from tests.models.exchange.conftest import manifest_in
from tests.models.ledger.conftest import Writer, give
from tests.models.ledger.test_attachments import jpeg


def with_photo(ledger):
    finding = ledger.save(a_finding())
    sha256 = ledger.attach(jpeg())
    ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    return sha256


def test_a_bundle_has_a_name_that_people_and_every_disk_understand(ledger, tmp_path):
    path = export_bundle(ledger, tmp_path / "new" / "folder").path
    assert path.name.startswith("示例县实验小学-数据包-20261123-0800")
    assert path.suffix == ".aqb"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "start"), [('示例/县:"小学" *', "示例县小学-"), ("长" * 60, "长" * 40 + "-")]
)
def test_signs_that_no_disk_takes_are_left_out_of_the_name(ledger, tmp_path, name, start):
    ledger.save(type(ledger.organisation)(**{**vars(ledger.organisation), "name": name}))
    assert export_bundle(ledger, tmp_path).path.name.startswith(start)


def test_a_bundle_can_be_opened_with_any_zip_program(ledger, tmp_path):
    sha256 = with_photo(ledger)
    path = export_bundle(ledger, tmp_path).path
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        assert names[0] == MANIFEST
        assert all(LOG_NAME.fullmatch(n) or PHOTO_NAME.fullmatch(n) for n in names[1:])
        assert bundle.read(f"att/{sha256}") == ledger.photo(sha256)
        assert bundle.testzip() is None
        (log,) = [n for n in names if n.startswith("log/")]
        assert [orjson.loads(line)["s"] for line in bundle.read(log).splitlines()] == [
            1,
            2,
            3,
            4,
            5,
        ]


def test_the_manifest_says_who_made_it_and_how_far_its_maker_has_come(ledger, office, tmp_path):
    give(office, ledger)
    path = export_bundle(ledger, tmp_path).path
    manifest = manifest_in(path)
    assert manifest["from"]["unit"] == ledger.unit
    assert manifest["from"]["name"] == "示例县实验小学"
    assert manifest["format"] == "aqb/1"
    assert len(manifest["vv"]) == 2
    assert {segment["unit"] for segment in manifest["segments"]} == {ledger.unit}


def test_the_next_bundle_goes_on_after_the_last_one(ledger, tmp_path):
    first = export_bundle(ledger, tmp_path)
    ledger.save(a_finding())
    second = export_bundle(ledger, tmp_path)
    assert (first.lines, second.lines) == (3, 1)
    assert manifest_in(second.path)["segments"][0]["from"] == 4


def test_nothing_new_is_told_in_a_sentence(ledger, tmp_path):
    export_bundle(ledger, tmp_path)
    with pytest.raises(AppError, match="没有新的内容需要交"):
        export_bundle(ledger, tmp_path)


def test_a_complete_bundle_has_everything_again(ledger, tmp_path):
    sha256 = with_photo(ledger)
    first = export_bundle(ledger, tmp_path)
    again = export_bundle(ledger, tmp_path, complete=True)
    assert (first.lines, first.photos) == (again.lines, again.photos) == (5, 1)
    assert list(read_bundle(again.path).photos) == [sha256]
    assert delivery(ledger).unpacked == 0


def test_lines_of_the_other_pc_are_passed_on(ledger, second, tmp_path):
    export_bundle(ledger, tmp_path)
    second.save(a_finding())
    give(second, ledger)
    passed = export_bundle(ledger, tmp_path)
    assert passed.lines == 4


def test_a_ledger_without_a_name_still_makes_a_bundle(ledger, tmp_path):
    ledger.remove(ledger.organisation)
    path = export_bundle(ledger, tmp_path).path
    assert path.name.startswith("-数据包-")
    assert manifest_in(path)["from"]["name"] == ""


def test_photos_that_are_not_here_do_not_hold_up_their_lines(ledger, tmp_path):
    finding = ledger.save(a_finding())
    photo = ledger.save(Photo(finding=finding.id, stage="before", sha256="0" * 64))
    ledger.save(Photo(**{**vars(photo), "caption": "三楼"}))
    assert export_bundle(ledger, tmp_path).photos == 0


def test_a_strangers_line_cannot_name_another_file_as_its_photo(ledger, tmp_path, stranger: Writer):
    (ledger.home / "secret.jpg").write_bytes(b"secret")
    stranger.create("photo", sha256="../../secret")
    stranger.create("photo", sha256=5)
    stranger.create("photo", caption="no hash")
    ledger.receive([stranger.segment()])
    made = export_bundle(ledger, tmp_path)
    assert made.photos == 0
    assert read_bundle(made.path).photos == {}


def test_a_folder_that_takes_no_writing_is_told_and_nothing_counts_as_packed(ledger, tmp_path):
    (tmp_path / "file").write_text("a file stands here")
    before = delivery(ledger)
    with pytest.raises(AppError, match="不能写入文件夹"):
        export_bundle(ledger, tmp_path / "file")
    assert delivery(ledger) == before


def test_a_disk_that_fills_leaves_no_bundle_that_looks_whole(ledger, tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(AppError, match="磁盘已满"):
        export_bundle(ledger, tmp_path)
    assert not [path for path in tmp_path.iterdir() if "aqb" in path.name]


def test_others_may_save_while_the_zip_is_made_and_their_lines_wait_for_the_next(
    ledger, tmp_path, monkeypatch
):
    write = export.write_whole

    def slowly(path, data):
        other = threading.Thread(target=ledger.save, args=(a_finding(place="另一处"),), daemon=True)
        other.start()
        other.join(20)
        assert not other.is_alive(), "the ledger was locked while the file was written"
        write(path, data)

    monkeypatch.setattr(export, "write_whole", slowly)
    first = export_bundle(ledger, tmp_path / "first")
    monkeypatch.undo()
    assert delivery(ledger).unpacked == 1
    assert "另一处" not in str(read_bundle(first.path).segments)
    second = export_bundle(ledger, tmp_path / "second")
    assert second.lines == 1
    assert "另一处" in str(read_bundle(second.path).segments)


def test_text_of_any_kind_travels_without_loss(ledger, office, tmp_path):
    nasty = "<b>&=1+1\n👍🏽𬱖" + "字" * 1900
    saved = ledger.save(a_finding(description=nasty))
    office.receive(read_bundle(export_bundle(ledger, tmp_path).path).segments)
    assert office.get(Finding, saved.id).description == nasty


@pytest.fixture
def stranger():
    return Writer()


def with_two_photos(ledger):
    """Findings with a photo each; the photos' hashes."""
    hashes = [ledger.attach(jpeg()), ledger.attach(jpeg(quality=40))]
    for sha256 in hashes:
        finding = ledger.save(a_finding())
        ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    return hashes


def test_a_photo_that_rotted_stays_behind_and_the_bundle_can_be_read(ledger, office, tmp_path):
    good, bad = with_two_photos(ledger)
    path_of(ledger.home, bad).write_bytes(b"\xff\xd8\xff rotten")
    made = export_bundle(ledger, tmp_path)
    assert (made.photos, made.left) == (1, 1)
    assert receive_bundle(office, made.path).photos == 1
    assert office.photo(good)


@pytest.mark.parametrize("limit", ["MOST_PHOTOS", "MOST_PHOTO_BYTES"])
def test_photos_beyond_what_a_reader_takes_stay_behind(ledger, tmp_path, monkeypatch, limit):
    with_two_photos(ledger)
    monkeypatch.setattr(export, limit, 1)
    made = export_bundle(ledger, tmp_path)
    assert made.photos + made.left == 2
    assert made.left >= 1


def test_a_rotten_photo_that_comes_again_is_written_anew(ledger):
    sha256 = with_photo(ledger)
    whole = ledger.photo(sha256)
    path_of(ledger.home, sha256).write_bytes(b"rotten")
    ledger.keep_attachment(whole)
    assert ledger.photo(sha256) == whole
