"""What an insider with keys of their own, or an unlucky user, could break."""

import hashlib
import io
from contextlib import suppress
from dataclasses import replace

import pytest
from PIL import Image

from models.exchange.delivery import delivery
from models.exchange.enrolment import close_device, rotate_office
from models.exchange.format import sha256_of
from models.exchange.members import chain_of, take_chain
from models.exchange.receipts import receipt_codes, take_receipt_code
from models.exchange.receive import receive_files
from models.ledger import undo
from models.ledger.lines import dump
from models.ledger.streams import own_streams, streams_of
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import a_finding, a_ledger, a_person, a_school, an_office
from tests.models.exchange.conftest import forged, manifest_in
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import Writer, far
from tests.models.ledger.test_attachments import jpeg


@pytest.fixture
def other(office, clock, tmp_path):
    """Another school of the same office."""
    other = a_ledger(
        tmp_path / "other", a_school(code="2137000002", name="示例县第二小学"), clock=clock
    )
    enrol(office, other)
    yield other
    other.close()


def jpeg_of(shade):
    data = io.BytesIO()
    Image.effect_noise((300 + shade, 300), 90).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def go_on(reader, stream, device, *records):
    """A change of a bundle: lines behind a stream, said to be of this PC."""

    def change(manifest, members):
        head, texts = stream.head, []
        for number, (unit, table, values) in enumerate(records, start=stream.seq + 1):
            line = {"s": number, "t": 1, "u": "x", "o": "c", "e": table, "n": unit, "v": values}
            texts.append(dump(line))
            head = hashlib.sha256(head + texts[-1].encode()).digest()
        body = "".join(f"{text}\n" for text in texts).encode()
        for entry in manifest["segments"]:
            del members[f"log/{entry['log']}-{entry['from']}-{entry['to']}.jsonl"]
        first, last = stream.seq + 1, stream.seq + len(texts)
        manifest["segments"] = [
            {
                "log": stream.log_id,
                "unit": stream.unit,
                "device": device,
                "from": first,
                "to": last,
                "prev": stream.head.hex(),
                "head": head.hex(),
                "sha256": sha256_of(body),
                "author_sig": "",
            }
        ]
        members[f"log/{stream.log_id}-{first}-{last}.jsonl"] = body

    return change


def ask_for(sha256, asker, office, folder):
    """A bundle that wants this photo, whatever its records name."""
    path = forged(
        send(asker, folder).path,
        office,
        store_of(asker).device(),
        lambda manifest, _members: manifest.update(want=[sha256]),
    )
    take(office, path)


def test_a_school_cannot_write_on_the_stream_of_its_office(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    office.save(replace(a_finding(), unit=school.unit))
    hand_back(office, school, tmp_path)
    (stream,) = [s for s in streams_of(school, school.unit) if s.device != school.setting("device")]
    path = forged(
        send(school, tmp_path, complete=True).path,
        office,
        store_of(school).device(),
        go_on(school, stream, school.setting("device"), (school.unit, "finding", {"place": "x"})),
        author=True,
    )
    before = office.rows("SELECT seq FROM log WHERE log_id = ?", (stream.log_id,))
    with pytest.raises(AppError):
        take(office, path)
    assert office.rows("SELECT seq FROM log WHERE log_id = ?", (stream.log_id,)) == before


def test_a_pc_cannot_write_on_the_stream_of_its_neighbour(allied, second, tmp_path):
    school, office = allied
    enrol(office, second)
    hand_over(school, office, tmp_path)
    hand_back(office, second, tmp_path)
    device = second.setting("device")
    (stream,) = [s for s in streams_of(second, second.unit) if s.device != device]
    path = forged(
        send(second, tmp_path, complete=True).path,
        office,
        store_of(second).device(),
        go_on(second, stream, device, (school.unit, "finding", {"place": "x"})),
        author=True,
    )
    with pytest.raises(AppError):
        take(office, path)


def test_what_waits_for_a_gap_does_not_go_into_the_stream_of_another(allied, second, tmp_path):
    """The lines of a thief come first and wait; then comes what they would go on from."""
    school, office = allied
    enrol(office, second)
    take_chain(school, chain_of(office, school.unit))
    plain = send(school, tmp_path).path
    take(second, send(school, tmp_path, unit=school.unit).path)
    device = second.setting("device")
    (stream,) = [s for s in streams_of(second, second.unit) if s.device != device]
    path = forged(
        send(second, tmp_path, complete=True).path,
        office,
        store_of(second).device(),
        go_on(second, stream, device, (school.unit, "finding", {"place": "x"})),
        author=True,
    )
    take(office, path)
    take(office, plain)
    assert office.rows("SELECT seq FROM log WHERE log_id = ?", (stream.log_id,)) == [(stream.seq,)]


def test_a_school_does_not_get_the_photo_of_another_by_wanting_it(allied, other, tmp_path):
    school, office = allied
    finding = school.save(a_finding())
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)
    ask_for(sha256, other, office, tmp_path)
    assert not manifest_in(send(office, tmp_path, other.unit).path, other)["attachments"]


def test_a_school_does_not_get_the_photo_of_another_by_naming_it(allied, other, tmp_path):
    school, office = allied
    finding = school.save(a_finding())
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)
    mine = other.save(a_finding())
    other.save(Photo(finding=mine.id, stage="before", sha256=sha256))
    hand_over(other, office, tmp_path)  # asks for it too: it is not there
    made = manifest_in(send(office, tmp_path, other.unit, complete=True).path, other)
    assert not made["attachments"]


def test_a_school_does_not_get_the_photo_of_another_by_changing_what_its_office_attached(
    allied, other, tmp_path
):
    """A forged decision writes another hash into a record that is not its own."""
    school, office = allied
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=school.save(a_finding()).id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)
    own = office.attach(jpeg_of(1))
    photo = office.save(
        Photo(finding=other.save(a_finding()).id, stage="before", sha256=own, unit=other.unit)
    )
    office.save(replace(photo, sha256=office.attach(jpeg_of(2))))
    ((edit,),) = office.rows("SELECT log_id || '.' || seq FROM cell WHERE field = 'sha256'")
    thief = Writer("thief", other.unit)
    thief.update("photo", photo.id, far(10**6), sha256=[own, sha256, 0, edit, [photo.id]])
    office.receive([thief.segment()])
    assert office.get(Photo, photo.id).sha256 == sha256
    ask_for(sha256, other, office, tmp_path)
    made = manifest_in(send(office, tmp_path, other.unit, complete=True).path, other)
    assert [photo["sha256"] for photo in made["attachments"]] == []


def test_the_second_pc_of_a_school_gets_the_photos_that_the_first_handed_over(
    allied, second, tmp_path
):
    school, office = allied
    enrol(office, second)
    finding = school.save(a_finding())
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=finding.id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)
    hand_back(office, second, tmp_path)
    assert second.photo(sha256)


def test_a_colleague_at_the_office_knows_who_brought_a_photo(
    allied, second, other, clock, tmp_path
):
    school, office = allied
    colleague = a_ledger(tmp_path / "colleague", an_office(), clock=clock)
    enrol(office, second, colleague)
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=school.save(a_finding()).id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)
    other.save(Photo(finding=other.save(a_finding()).id, stage="before", sha256=sha256))
    hand_over(other, office, tmp_path)  # names it, and did not bring it
    shared = send(office, tmp_path, office.unit).path
    take(colleague, shared)
    hand_back(colleague, second, tmp_path)
    assert second.photo(sha256)
    hand_back(colleague, other, tmp_path)
    assert other.photo(sha256) is None
    told = manifest_in(send(office, tmp_path, school.unit, complete=True).path, school)
    assert all("from" not in photo for photo in told["attachments"])
    colleague.close()


def test_a_school_does_not_say_for_others_who_brought_a_photo(allied, other, tmp_path):
    """Somebody who wants it helped, but only its own PCs are believed."""
    school, office = allied
    sha256 = school.attach(jpeg())
    school.save(Photo(finding=school.save(a_finding()).id, stage="before", sha256=sha256))
    path = forged(
        send(school, tmp_path).path,
        office,
        store_of(school).device(),
        lambda manifest, _members: manifest["attachments"][0].update({"from": [other.unit]}),
    )
    take(office, path)
    assert office.rows("SELECT sha256, unit FROM attachment") == [(sha256, school.unit)]


def test_a_school_gets_the_photos_that_its_office_took_there(allied, other, tmp_path):
    school, office = allied
    hand_over(other, office, tmp_path)
    finding = office.save(replace(a_finding(), unit=other.unit))
    sha256 = office.attach(jpeg())
    office.save(Photo(finding=finding.id, stage="before", sha256=sha256, unit=other.unit))
    mine = school.save(a_finding())
    school.save(Photo(finding=mine.id, stage="before", sha256=sha256))
    hand_over(school, office, tmp_path)  # names it, and took no part in it
    assert not manifest_in(send(office, tmp_path, school.unit).path, school)["attachments"]
    hand_back(office, other, tmp_path)
    assert other.photo(sha256)


def test_a_receipt_that_got_lost_is_made_again_when_the_school_hands_over_again(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    send(office, tmp_path, school.unit)  # lost
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    assert delivery(school).waiting == 0


def test_a_new_pc_of_the_office_gets_what_the_lost_one_had(allied, clock, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    new = a_ledger(tmp_path / "new", an_office(), clock=clock, person=a_person("王局安"))
    enrol(office, new)
    store_of(new).save_office(store_of(office).office_seed())
    close_device(new, store_of(new), office.unit, office.setting("device"))
    take(school, send(new, tmp_path, school.unit).path) if chain_of(
        new, school.unit
    ).lines else None
    for _ in range(3):
        school.save(a_finding())
        hand_over(school, new, tmp_path)
        with suppress(AppError):
            hand_back(new, school, tmp_path)
    assert len(new.all(Finding, unit=school.unit)) == 3
    new.close()


def test_what_an_office_needs_comes_again_whoever_said_it_was_there(allied, tmp_path):
    """A code was read out by telephone, then the office went back to an older backup."""
    school, office = allied
    school.save(a_finding())
    hand_over(school, office, tmp_path)
    for _device, code in receipt_codes(office, school.unit):
        take_receipt_code(school, code, office.unit)
    (stream,) = own_streams(school)
    path = forged(
        send(office, tmp_path, school.unit).path,
        school,
        store_of(office).device(),
        lambda manifest, _members: manifest.update(vv={}, need={stream.log_id: 2}),
    )
    take(school, path)
    assert manifest_in(send(school, tmp_path).path, office)["segments"][0]["from"] == 2


def test_after_an_undone_import_the_lines_come_again(allied, tmp_path):
    school, office = allied
    school.save(a_finding())
    path = send(school, tmp_path).path
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    hand_back(office, school, tmp_path)
    undo.undo_import(office)
    hand_back(office, school, tmp_path)
    assert delivery(school).waiting > 0
    hand_over(school, office, tmp_path)
    assert office.all(Finding)


def test_an_undone_import_can_be_read_again(allied, tmp_path):
    school, office = allied
    school.save(a_finding())
    path = send(school, tmp_path).path
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    undo.undo_import(office)
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    assert len(office.all(Finding)) == 1


def test_a_reading_that_never_began_leaves_the_undo_of_the_last(allied, tmp_path):
    school, office = allied
    path = send(school, tmp_path).path
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    store_of(office).set_password("示例密码一二三四")
    with pytest.raises(Exception, match="密码"):
        receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    assert undo.can_undo(office) == ""


def test_a_bundle_from_before_the_change_of_the_office_key_can_still_be_read(allied, tmp_path):
    school, office = allied
    path = send(school, tmp_path).path
    rotate_office(office, store_of(office), b"n" * 32)
    take(office, path)


def test_an_old_reply_can_still_be_read_after_the_change_of_the_office_key(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    old = send(office, tmp_path, school.unit).path
    rotate_office(office, store_of(office), b"n" * 32)
    hand_back(office, school, tmp_path)
    take(school, old)


def test_the_same_file_twice_and_parts_in_any_order_in_one_batch(allied, tmp_path):
    school, office = allied
    finding = school.save(a_finding())
    for shade in range(3):
        sha = school.attach(jpeg_of(shade))
        school.save(Photo(finding=finding.id, stage="before", sha256=sha))
    made = send(school, tmp_path, part_bytes=3000)
    assert len(made.paths) > 1
    paths = [*reversed(made.paths), *made.paths]
    told = receive_files(office, store_of(office), paths, lambda *_: None, lambda: False)
    assert all(one.clean for one in told)
    hand_back(office, school, tmp_path)
    assert delivery(school).waiting == 0


def test_a_stream_of_a_lost_pc_is_void_also_without_a_registry(allied, second, tmp_path):
    school, office = allied
    enrol(office, second)
    hand_over(second, office, tmp_path)
    take_chain(school, chain_of(office, school.unit))
    school.save(a_finding())
    take(second, send(school, tmp_path, unit=school.unit).path)
    close_device(office, store_of(office), school.unit, school.setting("device"))

    def bare(manifest, members):
        for entry in manifest["registries"]:
            del members[f"reg/{entry['unit']}.jsonl"]
        manifest["registries"] = []

    take(office, forged(send(second, tmp_path).path, office, store_of(second).device(), bare))
    assert not office.all(Finding)
