import threading
from pathlib import Path

import orjson
import pytest

from models.exchange import export
from models.exchange.delivery import delivery
from models.exchange.export import reply_all
from models.exchange.format import LOG_NAME, PHOTO_NAME, REGISTRY_NAME
from models.ledger.attachments import path_of
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import a_finding, a_ledger, a_school
from tests.models.exchange.conftest import manifest_in, members_in, opened
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import Writer, fold_of, have, segments_of
from tests.models.ledger.test_attachments import jpeg


def with_photos(ledger, *qualities):
    """Findings with a photo each; the photos' hashes."""
    hashes = [ledger.attach(jpeg(quality=quality)) for quality in qualities]
    for sha256 in hashes:
        finding = ledger.save(a_finding())
        ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    return hashes


def test_a_bundle_has_a_name_that_people_and_every_disk_understand(school, tmp_path):
    path = send(school, tmp_path / "new" / "folder").path
    assert path.name.startswith("示例县实验小学-上报-20261123-")
    assert path.suffix == ".aqb"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_answer_says_whom_it_is_for_and_a_bundle_for_ones_own_pcs_says_so(allied, tmp_path):
    school, office = allied
    assert "示例县教育局-回执-2137000001-" in send(office, tmp_path, school.unit).path.name
    hand_over(school, office, tmp_path)
    assert "示例县教育局-回执-示例县实验小学-" in send(office, tmp_path, school.unit).path.name
    assert "示例县实验小学-本单位-" in send(school, tmp_path, school.unit).path.name


@pytest.mark.parametrize(
    ("name", "start"), [('示例/县:"小学" *', "示例县小学-"), ("长" * 60, "长" * 40 + "-")]
)
def test_signs_that_no_disk_takes_are_left_out_of_the_name(school, tmp_path, name, start):
    school.save(type(school.organisation)(**{**vars(school.organisation), "name": name}))
    assert send(school, tmp_path).path.name.startswith(start)


def test_inside_the_envelope_is_a_zip_that_any_program_opens(allied, tmp_path):
    school, office = allied
    (sha256,) = with_photos(school, 80)
    members = members_in(opened(send(school, tmp_path).path, office))
    names = list(members)
    assert names[:2] == ["manifest.json", "manifest.sig"]
    patterns = (LOG_NAME, PHOTO_NAME, REGISTRY_NAME)
    assert all(any(p.fullmatch(name) for p in patterns) for name in names[2:])
    assert members[f"att/{sha256}"] == school.photo(sha256)
    (log,) = [name for name in names if name.startswith("log/")]
    assert [orjson.loads(line)["s"] for line in members[log].splitlines()] == [1, 2, 3, 4, 5]


def test_only_those_it_is_for_can_open_it(allied, second, tmp_path):
    school, office = allied
    path = send(school, tmp_path).path
    assert opened(path, school)
    assert opened(path, office)
    with pytest.raises(ValueError, match="不是给这台电脑的"):
        opened(path, second)
    assert "灭火器" not in path.read_bytes().decode("latin-1")


def test_the_manifest_says_who_made_it_for_whom_and_what_its_maker_has(allied, tmp_path):
    school, office = allied
    manifest = manifest_in(send(school, tmp_path).path, office)
    assert manifest["from"]["unit"] == school.unit
    assert manifest["from"]["name"] == "示例县实验小学"
    assert manifest["to"] == office.unit
    assert manifest["format"] == "aqb/1"
    assert [seq for seq, _head in manifest["vv"].values()] == [3]
    assert {segment["unit"] for segment in manifest["segments"]} == {school.unit}
    assert {entry["unit"] for entry in manifest["registries"]} == {school.unit, office.unit}


def test_until_it_has_arrived_a_line_travels_in_every_bundle(allied, tmp_path):
    school, office = allied
    lost = send(school, tmp_path / "lost")
    school.save(a_finding())
    second = send(school, tmp_path / "second")
    assert (lost.lines, second.lines) == (3, 4)
    take(office, second.path)
    hand_back(office, school, tmp_path / "back")
    school.save(a_finding())
    assert send(school, tmp_path / "third").lines == 1


def test_nothing_new_is_told_in_a_sentence(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    with pytest.raises(AppError, match="没有新的内容需要交"):
        send(school, tmp_path)
    assert send(school, tmp_path, complete=True).lines == 3


def test_without_an_enrolment_no_bundle_leaves_the_house(ledger, office, tmp_path):
    with pytest.raises(AppError, match="还没有入网"):
        send(ledger, tmp_path)
    enrol(office)
    from models.exchange.members import pin_office, pinned_office

    pin_office(ledger, pinned_office(office))
    with pytest.raises(AppError, match="还没有确认这台电脑"):
        send(ledger, tmp_path)
    assert list(tmp_path.glob("*.aqb")) == []


def test_lines_of_the_other_pc_are_passed_on_as_far_as_it_signed_them(allied, second, tmp_path):
    school, office = allied
    enrol(office, second)
    hand_over(second, office, tmp_path)
    reimaged = a_ledger(tmp_path / "third", clock=school.clock)
    enrol(office, reimaged)
    hand_back(office, school, tmp_path)
    unsigned = second.save(a_finding(place="另一处"))
    with_unsigned = school.receive(segments_of(second, have(school)))
    assert with_unsigned.counts["new"] == 1
    made = send(school, tmp_path, complete=True)
    assert made.lines == 6
    take(reimaged, made.path)
    assert reimaged.get(Finding, unsigned.id) is None
    reimaged.close()


def test_a_school_never_sees_another_schools_lines(allied, tmp_path):
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)
    other.save(a_finding(place="别校"))
    hand_over(other, office, tmp_path)
    hand_over(school, office, tmp_path)
    path = send(office, tmp_path, school.unit, complete=True).path
    manifest = manifest_in(path, school)
    assert {segment["unit"] for segment in manifest["segments"]} == {school.unit}
    assert "2137000002" not in str(members_in(opened(path, school)))
    with pytest.raises(ValueError, match="不是给这台电脑的"):
        opened(path, other)
    other.close()


def test_two_pcs_of_an_office_share_all_their_schools(allied, tmp_path, clock):
    school, office = allied
    from tests.conftest import an_office

    colleague = a_ledger(tmp_path / "colleague", an_office(), clock=clock)
    enrol(office, colleague)
    school.save(a_finding())
    hand_over(school, office, tmp_path)
    take(colleague, send(office, tmp_path, office.unit).path)
    assert len(colleague.all(Finding)) == 1
    take(office, send(colleague, tmp_path, office.unit).path)
    assert fold_of(colleague) == fold_of(office)
    colleague.close()


def test_a_bundle_goes_in_parts_that_a_chat_program_takes(allied, tmp_path):
    school, office = allied
    hashes = with_photos(school, 70, 80, 90)
    made = send(school, tmp_path, part_bytes=max(len(school.photo(h)) for h in hashes) + 10)
    assert len(made.paths) > 2
    assert made.photos == 3
    assert f"-第01份共{len(made.paths)}份.aqb" in made.paths[0].name
    for path in reversed(made.paths):
        take(office, path)
    assert all(office.photo(sha256) for sha256 in hashes)


def test_a_photo_that_got_lost_is_asked_for_and_sent_again(allied, tmp_path):
    school, office = allied
    (sha256,) = with_photos(school, 80)
    made = send(school, tmp_path, part_bytes=1)
    for path in made.paths[:-1]:
        take(office, path)
    assert office.photo(sha256) is None
    hand_back(office, school, tmp_path)
    again = send(school, tmp_path)
    assert (again.lines, again.photos) == (0, 1)
    take(office, again.path)
    assert office.photo(sha256)
    hand_back(office, school, tmp_path)
    assert school.rows("SELECT * FROM wanted") == []


def test_photos_that_are_not_here_do_not_hold_up_their_lines(allied, tmp_path):
    school, _office = allied
    finding = school.save(a_finding())
    photo = school.save(Photo(finding=finding.id, stage="before", sha256="0" * 64))
    school.save(Photo(**{**vars(photo), "caption": "三楼"}))
    assert send(school, tmp_path).photos == 0


def test_a_strangers_line_cannot_name_another_file_as_its_photo(school, tmp_path):
    (school.home / "secret.jpg").write_bytes(b"secret")
    stranger = Writer()
    for value in ("../../secret", "/" + "0" * 63, 5):
        stranger.create("photo", sha256=value)
    stranger.create("photo", caption="no hash")
    school.receive([stranger.segment()])
    with school.transaction() as db:
        db.execute("UPDATE log SET signed = seq, signature = zeroblob(64) WHERE log_id='stranger'")
    made = send(school, tmp_path)
    assert made.photos == 0
    assert made.lines == 8


def test_a_photo_that_rotted_stays_behind_and_the_bundle_can_be_read(allied, tmp_path):
    school, office = allied
    good, bad = with_photos(school, 80, 40)
    path_of(school.home, bad).write_bytes(b"\xff\xd8\xff rotten")
    made = send(school, tmp_path)
    assert (made.photos, made.left) == (1, 1)
    assert take(office, made.path).photos == 1
    assert office.photo(good)


def test_a_folder_that_takes_no_writing_is_told_and_nothing_counts_as_packed(school, tmp_path):
    (tmp_path / "file").write_text("a file stands here")
    before = delivery(school)
    with pytest.raises(AppError, match="不能写入文件夹"):
        send(school, tmp_path / "file")
    assert delivery(school) == before


def test_a_disk_that_fills_leaves_no_bundle_that_looks_whole(school, tmp_path, monkeypatch):
    store_of(school).device()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(AppError, match="磁盘已满"):
        send(school, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").iterdir() if "aqb" in path.name]


def test_others_may_save_while_the_file_is_made_and_their_lines_wait_for_the_next(
    allied, tmp_path, monkeypatch
):
    school, office = allied
    write = export.write_whole

    def slowly(path, data):
        other = threading.Thread(target=school.save, args=(a_finding(place="另一处"),), daemon=True)
        other.start()
        other.join(20)
        assert not other.is_alive(), "the ledger was locked while the file was written"
        write(path, data)

    monkeypatch.setattr(export, "write_whole", slowly)
    first = send(school, tmp_path / "first")
    monkeypatch.undo()
    assert delivery(school).unpacked == 1
    take(office, first.path)
    assert office.all(Finding) == []
    take(office, send(school, tmp_path / "second").path)
    assert [finding.place for finding in office.all(Finding)] == ["另一处"]


def test_text_of_any_kind_travels_without_loss(allied, tmp_path):
    school, office = allied
    nasty = "<b>&=1+1\n👍🏽𬱖" + "字" * 1900
    saved = school.save(a_finding(description=nasty))
    hand_over(school, office, tmp_path)
    assert office.get(Finding, saved.id).description == nasty


def test_the_answers_for_all_schools_go_into_one_folder(allied, tmp_path):
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"))
    enrol(office, other)
    hand_over(school, office, tmp_path)
    told = []
    answers = reply_all(
        office, store_of(office), tmp_path / "all", lambda *at: told.append(at), lambda: False
    )
    assert [(a.unit, a.good, len(a.paths)) for a in answers] == [
        (school.unit, True, 1),
        (other.unit, True, 1),
    ]
    assert told == [(1, 2), (2, 2)]
    assert take(school, answers[0].paths[0]).clean
    assert take(other, answers[1].paths[0]).clean
    again = reply_all(office, store_of(office), tmp_path / "all", lambda *_: None, lambda: False)
    assert [(a.good, "没有新的内容" in a.words) for a in again] == [(True, True)] * 2
    stopped = reply_all(office, store_of(office), tmp_path / "all", lambda *_: None, lambda: True)
    assert stopped == []
    other.close()


def test_the_archive_knows_each_file_that_was_made(allied, tmp_path):
    school, office = allied
    made = send(school, tmp_path)
    assert school.rows("SELECT name, path, receiver FROM outbox") == [
        (made.path.name, str(made.path), office.unit)
    ]


def test_schools_of_one_name_get_a_file_each(allied, tmp_path):
    """Every second town has a 中心小学; all replies are made within one second."""
    school, office = allied
    namesake = a_ledger(tmp_path / "namesake", a_school(code="2137000002"), clock=school.clock)
    enrol(office, namesake)
    for pc in (school, namesake):
        hand_over(pc, office, tmp_path)
    answers = reply_all(office, store_of(office), tmp_path / "all", lambda *_: None, lambda: False)
    paths = {path for answer in answers for path in answer.paths}
    assert len({answer.name for answer in answers}) == 1
    assert len(paths) == len(answers) == 2
    assert all(path.exists() for path in paths)
    for answer, pc in ((a, pc) for a in answers for pc in (school, namesake) if pc.unit == a.unit):
        assert take(pc, answer.paths[0]).unit == office.unit
    namesake.close()
