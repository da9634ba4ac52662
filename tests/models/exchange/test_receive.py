import itertools
import zipfile
from dataclasses import replace

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.exchange import receive
from models.exchange.export import export_bundle
from models.exchange.format import MANIFEST, dump_manifest
from models.exchange.receive import Received, read_bundle, receive_bundle
from models.ledger.lines import chain, dump
from models.problems import AppError
from models.records.finding import Finding, Photo
from models.records.person import Person
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, a_finding
from tests.models.exchange.conftest import (
    body_of,
    bundled,
    entry_of,
    manifest_of,
    zipped,
)
from tests.models.ledger.conftest import Writer, far, fold_of, have
from tests.models.ledger.test_attachments import jpeg

SCHOOL = "示例县实验小学"


@pytest.fixture
def bundle(ledger, tmp_path):
    """A real bundle with a photo, made by the school."""
    finding = ledger.save(a_finding())
    ledger.save(Photo(finding=finding.id, stage="before", sha256=ledger.attach(jpeg())))
    return export_bundle(ledger, tmp_path / "out").path


def whole(ledger):
    """All that a bundle may change."""
    files = sorted(path.name for path in ledger.home.rglob("*.jpg"))
    return fold_of(ledger), have(ledger), files, ledger.rows("SELECT sha256 FROM inbox")


def names(ledger):
    return [person.name for person in ledger.all(Person)]


def test_a_bundle_is_taken_in_with_its_photos_and_told(office, bundle, ledger):
    received = receive_bundle(office, bundle)
    assert (received.new, received.photos, received.clean) == (5, 1, True)
    assert received.words() == "示例县实验小学：新增 5 条记录，照片 1 张。"
    (finding,) = office.all(Finding)
    (photo,) = office.all(Photo, finding=finding.id)
    assert office.photo(photo.sha256) == ledger.photo(photo.sha256)
    assert office.rows("SELECT name, unit FROM inbox") == [(bundle.name, SCHOOL_CODE)]


def test_the_same_bundle_again_has_no_effect(office, bundle):
    receive_bundle(office, bundle)
    before = whole(office)
    again = receive_bundle(office, bundle)
    assert whole(office) == before
    assert (again.new, again.had) == (0, 5)
    assert again.words() == "示例县实验小学：内容都已经有了，没有变化。"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_bundles_is_of_no_consequence(blank, people, tmp_path, order):
    parts = [bundled(tmp_path / f"{n}.aqb", people.segment(n, n)) for n in (1, 2, 3)]
    straight, mixed = blank("a"), blank("a")
    for part in parts:
        receive_bundle(straight, part)
    held = [receive_bundle(mixed, parts[at]).held for at in order]
    assert have(mixed)["stranger"] == 3
    assert names(mixed)[1:] == ["甲", "乙"]
    assert any(held) == (order[0] != 0 or order[1] == 2)


def test_a_gap_is_told(blank, people, tmp_path):
    office = blank()
    received = receive_bundle(office, bundled(tmp_path / "3.aqb", people.segment(3)))
    assert not received.clean
    assert received.missing == ((SCHOOL, 1, 2),)
    assert received.words() == (
        f"{SCHOOL}：新增 0 条记录。1 条记录先存着，因为前面的还没有收到"
        f"（缺 {SCHOOL} 第 1—2 条），请对方生成“完整数据包”再读入。"
    )
    assert names(office) == ["李安全"]


def test_a_fork_is_told_and_not_taken(blank, people, tmp_path):
    office = blank()
    receive_bundle(office, bundled(tmp_path / "one.aqb", people.segment()))
    other = Writer()
    other.create("person", name="别人")
    received = receive_bundle(office, bundled(tmp_path / "two.aqb", other.segment()))
    assert "2 条记录与以前收到的不是同一份，没有采用，请联系对方核对。" in received.words()
    assert "别人" not in names(office)


def test_a_foreign_unit_and_a_wrong_claim_are_refused_and_told(blank, people, tmp_path):
    office = blank()
    record = "stranger.2"
    foreign, liar = Writer("foreign", OFFICE_CODE), Writer("liar")
    foreign.update("person", record, far(10**6), name=["甲", "偷改", 0, record])
    foreign.write({"o": "c", "e": "person", "n": SCHOOL_CODE, "v": {"name": "冒名"}})
    liar.update("person", record, far(10**6), name=["甲", "偷改", 10**9, record])
    liar.update("person", record, 0, name=["甲", "偷改", 0, record])
    path = bundled(tmp_path / "x.aqb", *(w.segment() for w in (people, foreign, liar)))
    received = receive_bundle(office, path)
    assert received.refused == 4
    assert "4 条修改超出对方权限或版本不符，没有采用，请联系对方核对。" in received.words()
    assert names(office)[1:] == ["甲", "乙"]


def test_what_a_newer_program_wrote_is_kept_and_told(blank, tmp_path):
    office, newer = blank(), Writer()
    newer.create("drill", kind="疏散")
    newer.create("person", name="甲", badge="A1")
    received = receive_bundle(office, bundled(tmp_path / "x.aqb", newer.segment()))
    assert (received.unknown, received.refused) == (1, 0)
    assert "1 条记录要升级程序后才能显示，请升级本程序。" in received.words()
    assert ('{"badge":"A1"}',) in office.rows("SELECT extra FROM person")


def test_one_missing_line_is_told_by_its_number_and_of_the_units_of_the_bundle_only(
    blank, people, tmp_path
):
    office, other = blank(), Writer("elsewhere", OFFICE_CODE)
    for name in "甲乙":
        other.create("person", name=name)
    receive_bundle(office, bundled(tmp_path / "o.aqb", other.segment(3), unit=OFFICE_CODE))
    receive_bundle(office, bundled(tmp_path / "1.aqb", people.segment(1, 1)))
    received = receive_bundle(office, bundled(tmp_path / "3.aqb", people.segment(3)))
    assert received.missing == ((SCHOOL, 2, 2),)
    assert f"（缺 {SCHOOL} 第 2 条）" in received.words()


def test_what_an_earlier_bundle_waits_for_is_not_counted_again(blank, people, tmp_path):
    office, early = blank(), Writer("early")
    early.update("person", "stranger.2", far(9), name=["甲", "丙", 0, "stranger.2"])
    early.update("person", "stranger.2", far(9), post=[None, "主任", 0, "stranger.2"])
    first = receive_bundle(office, bundled(tmp_path / "e.aqb", early.segment()))
    assert first.waiting == 2
    assert "2 条修改先存着，因为所属的记录还没有收到，请对方" in first.words()
    third = Writer("third")
    third.create("person", name="别人")
    assert receive_bundle(office, bundled(tmp_path / "t.aqb", third.segment())).clean
    assert receive_bundle(office, bundled(tmp_path / "p.aqb", people.segment())).waiting == 0
    assert "丙" in names(office)


def test_every_kind_of_trouble_has_its_words():
    troubles = {"held": 1, "waiting": 2, "refused": 3, "forked": 4, "conflicts": 5, "unknown": 6}
    received = Received(unit="2137000001", unit_name="", new=0, had=0, photos=0, **troubles)
    first, *told, end = received.words().split("。")
    assert (first, end) == ("2137000001：新增 0 条记录", "")
    for count, words in zip(troubles.values(), told, strict=True):
        assert words.startswith(f"{count} ")
        assert "，请" in words
    quiet = dict.fromkeys(troubles, 0)
    assert all(
        not Received(unit="", unit_name="", new=0, had=0, photos=0, **{**quiet, name: 1}).clean
        for name in troubles
    )


def spoilt(path, bundle, at, bit):
    data = bytearray(bundle.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(data)
    return path


def test_any_flipped_byte_is_noticed_or_was_without_meaning(bundle, tmp_path):
    """Every byte of the file in turn, so that no kind of damage in the zip escapes as a crash."""
    good = read_bundle(bundle)
    size = bundle.stat().st_size
    unharmed = 0
    for at in range(size):
        path = spoilt(tmp_path / "spoilt.aqb", bundle, at, at % 8)
        try:
            read = read_bundle(path)
        except AppError as told:
            assert "台账没有变化" in str(told)  # noqa: PT017
        else:
            unharmed += 1
            assert replace(read, sha256="") == replace(good, sha256="")
    assert unharmed < size / 4  # dates, attributes and versions in the headers of the zip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_bundle_changes_nothing(bundle, blank, tmp_path, at, bit, cut):
    office = blank()
    path = spoilt(tmp_path / "spoilt.aqb", bundle, at, bit)
    if cut:
        path.write_bytes(bundle.read_bytes()[: at % bundle.stat().st_size])
    before = whole(office)
    try:
        receive_bundle(office, path)
    except AppError as told:
        assert str(told).startswith("没有读入 spoilt.aqb：")  # noqa: PT017
        assert whole(office) == before
    else:
        assert not cut
        assert len(office.all(Finding)) == 1


def test_photos_of_a_bundle_whose_lines_do_not_go_in_are_kept_and_harm_nobody(
    office, bundle, monkeypatch
):
    def full(_segments):
        raise AppError("磁盘已满")

    monkeypatch.setattr(office, "receive", full)
    with pytest.raises(AppError, match="磁盘已满"):
        receive_bundle(office, bundle)
    assert len(list(office.home.rglob("*.jpg"))) == 1
    monkeypatch.undo()
    assert receive_bundle(office, bundle).clean


def test_a_missing_file_is_told(blank, tmp_path):
    with pytest.raises(AppError, match="文件读不出来"):
        receive_bundle(blank(), tmp_path / "missing.aqb")


def test_a_ledger_on_a_full_disk_takes_all_of_a_bundle_or_nothing(office, people, tmp_path):
    for _ in range(200):
        people.create("finding", description="长" * 500, place="三楼")
    path = bundled(tmp_path / "x.aqb", people.segment())
    with office.transaction() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 20}")
    before = whole(office)
    with pytest.raises(AppError, match="磁盘已满"):
        receive_bundle(office, path)
    assert whole(office) == before
    with office.transaction() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    assert receive_bundle(office, path).new == 203


# ---- bundles that are wrong on purpose -----------------------------------------------------


def refused(path, words):
    with pytest.raises(AppError, match=words) as told:
        read_bundle(path)
    assert "请向对方重新要一份原文件" in str(told.value)


@pytest.fixture
def parts(people):
    """The members of a good bundle: the manifest's values, and each body by its name."""
    segment = people.segment()
    body = body_of(segment)
    return entry_of(segment, body), body


def made(tmp_path, entry, body, *more, **changes):
    members = [(MANIFEST, dump_manifest(manifest_of(entry, **changes))), (entry.name, body), *more]
    return zipped(tmp_path / "x.aqb", members)


def test_the_parts_make_a_good_bundle(tmp_path, parts):
    assert len(read_bundle(made(tmp_path, *parts)).segments[0].lines) == 3


def test_a_file_that_is_no_zip_is_refused(tmp_path):
    (tmp_path / "x.aqb").write_bytes(b"hello" * 100)
    refused(tmp_path / "x.aqb", "不完整或已损坏")
    (tmp_path / "x.aqb").write_bytes(b"")
    refused(tmp_path / "x.aqb", "不完整或已损坏")


def test_a_zip_without_a_manifest_is_not_ours(tmp_path):
    refused(zipped(tmp_path / "x.zip", [("a.txt", b"")]), "不是校园安全台账的数据包")


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "C:\\x", "log/", "nul", "att/x.exe", "a\nb"]
)
def test_a_member_of_another_name_is_refused(tmp_path, parts, name):
    refused(made(tmp_path, *parts, (name, b"")), "不认识的文件")


def test_a_member_twice_is_refused(tmp_path, parts):
    entry, body = parts
    with pytest.warns(UserWarning, match="Duplicate"):
        path = made(tmp_path, entry, body, (entry.name, body))
    refused(path, "文件个数不对")


def test_more_members_than_any_bundle_has_are_refused(tmp_path, parts, monkeypatch):
    monkeypatch.setattr(receive, "MOST_MEMBERS", 1)
    refused(made(tmp_path, *parts), "文件个数不对")


def test_a_member_that_the_manifest_does_not_name_is_refused(tmp_path, parts):
    refused(made(tmp_path, *parts, (f"att/{'0' * 64}", b"")), "与目录不符")


def test_a_member_that_is_missing_is_refused(tmp_path, parts):
    entry, _body = parts
    path = zipped(tmp_path / "x.aqb", [(MANIFEST, dump_manifest(manifest_of(entry)))])
    refused(path, "与目录不符")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_refused(tmp_path, parts, method):
    entry, body = parts
    members = [(MANIFEST, dump_manifest(manifest_of(entry))), (entry.name, body)]
    refused(zipped(tmp_path / "x.aqb", members, method), "压缩方式不对")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, parts):
    refused(made(tmp_path, *parts, (f"att/{'0' * 64}", bytes(10 << 20))), "大得不正常")


@pytest.mark.parametrize(
    ("limit", "value"), [("MOST_MEMBER", 10), ("MOST_TOTAL", 10), ("MOST_MANIFEST", 10)]
)
def test_each_limit_of_size_holds(tmp_path, parts, monkeypatch, limit, value):
    monkeypatch.setattr(receive, limit, value)
    refused(made(tmp_path, *parts), "大得不正常")


def test_a_body_that_is_not_the_one_the_manifest_names_is_refused(tmp_path, parts):
    entry, body = parts
    refused(made(tmp_path, entry, body.replace("甲".encode(), "丁".encode())), "校验值不对")
    unended = body.removesuffix(b"\n")
    (again,) = [replace(entry, sha256=receive.hashlib.sha256(unended).hexdigest())]
    refused(made(tmp_path, again, unended), "校验值不对")


def rebuilt(writer, texts, **changes):
    """An entry and a body of these lines, whose hashes are right."""
    body = "".join(f"{text}\n" for text in texts).encode()
    segment = writer.segment()
    head = segment.prev
    for text in texts:
        head = chain(head, text)
    segment = replace(segment, lines=tuple(texts), head=head)
    return replace(entry_of(segment, body), **changes), body


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda texts: [texts[0], "{}", texts[2]], "第 2 条记录的格式不对"),
        (lambda texts: [texts[0], texts[2], texts[1]], "第 2 条记录的次序不对"),
        (
            lambda texts: [texts[0], texts[0].replace('"s":1', '"s":2'), texts[2]],
            "第 2 条记录的次序",
        ),
        (lambda texts: [texts[1].replace('"s":2', '"s":1'), *texts[1:]], "第 1 条记录的次序不对"),
        (lambda texts: [texts[0].replace("stick", "other"), *texts[1:]], "来源与目录不符"),
        (lambda texts: [texts[0].replace(SCHOOL_CODE, OFFICE_CODE), *texts[1:]], "来源与目录不符"),
    ],
)
def test_lines_out_of_form_or_order_are_refused_by_their_number(tmp_path, people, spoil, words):
    refused(made(tmp_path, *rebuilt(people, spoil(people.texts))), words)


def test_the_number_of_lines_and_the_chain_are_checked(tmp_path, people):
    texts = people.texts
    refused(made(tmp_path, *rebuilt(people, texts, last=4)), "条数不对")
    refused(made(tmp_path, *rebuilt(people, texts, head=bytes(32))), "校验链不对")
    refused(made(tmp_path, *rebuilt(people, texts, prev=b"x" * 32)), "校验链不对")


def test_bytes_that_are_no_text_are_refused(tmp_path, people):
    entry, _ = rebuilt(people, people.texts)
    body = b"\xff\xfe\n" * 3
    entry = replace(entry, sha256=receive.hashlib.sha256(body).hexdigest())
    refused(made(tmp_path, entry, body), "第 1 条记录的格式不对")


@pytest.mark.parametrize(
    ("data", "size", "words"),
    [(jpeg(), 5, "照片的校验值不对"), (b"MZ\x90 not a photo", None, "附件不是照片")],
)
def test_an_attachment_is_a_photo_and_the_one_that_was_named(tmp_path, parts, data, size, words):
    entry, body = parts
    sha256 = receive.hashlib.sha256(data).hexdigest()
    photos = ((sha256, size or len(data)),)
    refused(made(tmp_path, entry, body, (f"att/{sha256}", data), photos=photos), words)
    other = "0" * 64
    renamed = made(tmp_path, entry, body, (f"att/{other}", data), photos=((other, len(data)),))
    refused(renamed, "照片的校验值不对")


def test_a_bundle_for_newer_readers_asks_for_an_upgrade(tmp_path, parts):
    entry, body = parts
    manifest = orjson.loads(dump_manifest(manifest_of(entry)))
    manifest["min_reader"] = 99
    members = [(MANIFEST, dump(manifest).encode()), (entry.name, body)]
    refused(zipped(tmp_path / "x.aqb", members), "请先升级本程序")


def test_an_encrypted_zip_is_refused(tmp_path, parts):
    path = made(tmp_path, *parts)
    data = bytearray(path.read_bytes())
    for magic, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(magic)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(magic, at + 1)
    path.write_bytes(data)
    refused(path, "不完整或已损坏")
