"""Zips that a stranger may send: the plain one is read, every other is refused in words."""

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import zip_reader
from models.exchange.format import BadBundle
from models.exchange.zip_reader import ZipReader
from tests.conftest import a_finding
from tests.models.exchange.conftest import zipped
from tests.models.exchange.hostile_zips import Part, deflated, zip_of
from tests.models.ledger.conftest import Writer

LOG, OTHER_LOG = "log/a-1-2.jsonl", "log/a-3-4.jsonl"
PHOTO = f"att/{'0' * 64}"
MIB = 1 << 20
TRICK, DAMAGED, TOO_LARGE = "压缩包的结构不对", "文件不完整或已损坏", "内容大得不正常"
UNKNOWN = "含有不认识的文件"


def read_all(data):
    reader = ZipReader(data)
    return {name: reader.read(name) for name in reader.names}


def refused(data, words):
    with pytest.raises(BadBundle) as error:
        read_all(data)
    assert str(error.value) == words


def peak_of(action):
    """The most memory that was held at once meanwhile."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def log(**how):
    return Part(LOG.encode(), b"line\n" * 20, **how)


# ---- what is read ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_member_comes_out_as_it_went_in(method):
    members = {
        "manifest.json": b"{}",
        "manifest.sig": b"x",
        LOG: b"a\n" * 500,
        "reg/2137000001.jsonl": b"{}\n",
        PHOTO: b"",
    }
    assert read_all(zipped(members, method)) == members


def test_a_zip_of_nothing_has_no_members():
    assert ZipReader(zip_of([])).names == set()


def test_the_zip_written_by_hand_is_the_one_that_python_writes():
    """So that each refusal below is for its lie alone."""
    ours = zip_of([log(), Part(PHOTO.encode(), b"\xff\xd8", method=0)])
    assert read_all(ours) == {LOG: b"line\n" * 20, PHOTO: b"\xff\xd8"}
    with zipfile.ZipFile(io.BytesIO(ours)) as bundle:
        assert bundle.testzip() is None


@pytest.mark.parametrize("length", [1, 40, 700, 2000])
def test_thousands_of_equal_findings_are_no_bomb(length):
    """Somebody copies one finding all year; its text repeats itself, too."""
    text = ("三楼东侧楼梯间堆放杂物，堵塞疏散通道。" * 200)[:length]
    finding = a_finding(description=text, measures=text)
    writer = Writer()
    answers = {"description": finding.description, "place": "三楼", "measures": finding.measures}
    for _ in range(5_000):
        writer.create("finding", **answers)
    body = "".join(f"{line}\n" for line in writer.texts).encode()
    assert ZipReader(zipped({LOG: body})).read(LOG) == body


def test_a_page_of_one_sign_is_no_bomb_while_it_is_small():
    body = "字".encode() * 300_000
    assert len(body) > zip_reader.MOST_RATIO * len(deflated(body))
    assert ZipReader(zipped({LOG: body})).read(LOG) == body


# ---- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../../evil", "/etc/passwd", "C:\\evil.exe", "log\\a-1-2.jsonl", "CON", "aux.jsonl", "",
        "log/", "log/a-1-2.jsonl/", "./manifest.json", "manifest.json.exe", "Manifest.json",
        "manifest.json\0", "log/a-1-2.jsonl\0.exe", "log/0-1-2.jsonl", "log/a-1-2.jsonl\n",
        "log/a-１-2.jsonl", "reg/../x.jsonl", "reg/学校.jsonl", f"reg/{'a' * 41}.jsonl", "att/x",
        f"att/{'0' * 63}", f"att/{'A' * 64}", "ATT/" + "0" * 64, "manifest\u200b.json",
    ],
)  # fmt: skip
def test_no_other_name_is_taken(name):
    refused(zip_of([Part(name.encode(), b"x")]), UNKNOWN)


def test_a_name_that_is_no_text_is_not_taken():
    refused(zip_of([Part(b"log/\xff\xfe-1-2.jsonl")]), UNKNOWN)


def test_the_same_name_twice_is_refused():
    refused(zip_of([log(), log()]), "同一个文件出现了两次")


def test_a_member_named_otherwise_in_the_directory_is_refused():
    """One reader would find a photo, the other a log."""
    refused(zip_of([log(local={"name": OTHER_LOG.encode()})]), TRICK)


def test_folders_and_links_are_refused():
    refused(zip_of([log(central={"kind": 0x10})]), TRICK)
    refused(zip_of([log(central={"kind": 0o120777 << 16})]), TRICK)
    refused(zip_of([log(central={"kind": 0o040755 << 16})]), TRICK)


# ---- sizes -------------------------------------------------------------------------------------


def test_a_bomb_is_refused_before_a_byte_of_it_is_unpacked():
    bomb = zipped({LOG: bytes(60 * MIB)})
    assert peak_of(lambda: refused(bomb, TOO_LARGE)) < MIB


def test_a_member_larger_than_its_kind_may_be_is_refused():
    for name, most in (
        ("manifest.json", 8 * MIB),
        ("manifest.sig", 4 << 10),
        (LOG, 64 * MIB),
        ("reg/x.jsonl", 8 * MIB),
        (PHOTO, 16 * MIB),
    ):
        refused(zip_of([Part(name.encode(), both={"size": most + 1})]), TOO_LARGE)
        refused(zip_of([Part(name.encode(), both={"size": 2**32 - 1})]), TOO_LARGE)
        body = bytes(most)
        assert ZipReader(zip_of([Part(name.encode(), body, method=0)])).read(name) == body


def test_many_members_that_are_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(zip_reader, "MOST_TOTAL", 150)
    assert read_all(zip_of([log()]))
    refused(zip_of([log(), Part(OTHER_LOG.encode(), b"x" * 51)]), TOO_LARGE)


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(zip_reader, "MOST_MEMBERS", 2)
    names = [f"log/a-{number}-{number}.jsonl".encode() for number in (1, 2, 3)]
    assert len(read_all(zip_of([Part(name) for name in names[:2]]))) == 2
    refused(zip_of([Part(name) for name in names]), "文件太多")


def test_a_directory_of_a_million_entries_costs_neither_memory_nor_time():
    """Python's own reader makes an object of each before anybody can count them."""
    entry = zip_of([Part(b"x")])[-22 - 47 : -22]
    directory = entry * 1_000_000
    for count in (1, 20_000, 65_535):
        end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), 0, 0)
        data = directory + end
        with pytest.raises(BadBundle):
            ZipReader(data)
        assert peak_of(lambda data=data: suppress_bad(data)) < MIB


def suppress_bad(data):
    with suppress(BadBundle):
        read_all(data)


def test_a_member_that_unpacks_to_more_than_it_declares_stops_there():
    bomb = deflated(bytes(60 * MIB))
    data = zip_of([Part(LOG.encode(), packed=bomb, both={"size": MIB})])
    assert peak_of(lambda: refused(data, TRICK)) < 4 * MIB


def test_a_member_that_unpacks_to_less_than_it_declares_is_refused():
    refused(zip_of([log(both={"size": 101})]), DAMAGED)
    refused(zip_of([log(method=0, both={"size": 101})]), DAMAGED)


def test_a_member_of_the_largest_size_costs_little_more_than_its_size():
    line = b"".join(b"%d," % number for number in range(4000))
    data = zipped({LOG: (line * 4000)[: 60 * MIB]})
    reader = ZipReader(data)
    assert peak_of(lambda: reader.read(LOG)) < 130 * MIB


# ---- bytes -------------------------------------------------------------------------------------


def test_a_wrong_checksum_is_refused():
    refused(zip_of([log(both={"crc": 5})]), DAMAGED)


def test_what_is_no_deflate_is_refused():
    refused(zip_of([log(packed=b"\xff" * 20)]), DAMAGED)


def test_a_deflate_without_an_end_or_with_a_tail_is_refused():
    packed = deflated(b"line\n" * 20)
    refused(zip_of([log(packed=packed[:-1])]), TRICK)
    refused(zip_of([log(packed=packed + b"tail")]), TRICK)


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99, 65_535])
def test_only_two_ways_of_packing_are_known(method):
    refused(zip_of([log(method=method)]), "压缩方式不对")


# ---- the structure -----------------------------------------------------------------------------


@pytest.mark.parametrize("flag", range(16))
def test_no_flag_may_be_set(flag):
    """Encryption, sizes behind the data, patches, masked heads: whatever they announce."""
    refused(zip_of([log(both={"flags": 1 << flag})]), TRICK)


@pytest.mark.parametrize(
    "lie", ["needs", "method", "time", "date", "crc", "packed", "size", "flags"]
)
def test_what_stands_before_a_member_must_say_what_the_directory_says(lie):
    refused(zip_of([log(local={lie: 1})]), TRICK)


def test_magic_numbers_must_be_right():
    refused(zip_of([log(local={"magic": b"PK\x03\x05"})]), TRICK)
    refused(zip_of([log(central={"magic": b"PK\x01\x03"})]), TRICK)
    refused(zip_of([log()], magic=b"PK\x05\x07"), DAMAGED)


def test_nothing_may_hang_on_a_member():
    refused(zip_of([log(extra=b"\x01\x00\x02\x00ab")]), TRICK)
    refused(zip_of([log(comment=b"hello")]), TRICK)
    refused(zip_of([log(central={"disk": 1})]), TRICK)


def test_a_reader_that_knows_more_than_deflate_may_not_be_needed():
    refused(zip_of([log(both={"needs": 45})]), TRICK)
    assert read_all(zip_of([log(both={"needs": 10})]))


def test_the_large_sizes_of_zip64_are_no_way_round_the_limits():
    sizes = struct.pack("<HHQQ", 1, 16, 1 << 40, 5)
    huge = {"size": 2**32 - 1, "packed": 2**32 - 1}
    refused(zip_of([log(extra=sizes, both=huge)]), TRICK)
    refused(zip_of([log(both=huge)]), TOO_LARGE)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    refused(zip_of([log()], count=65_535, here=65_535, start=2**32 - 1), TRICK)
    plain = zip_of([log()])
    refused(plain[:-22] + locator + plain[-22:], TRICK)


def test_nothing_may_stand_before_between_or_behind_the_members():
    refused(zip_of([log()], before=b"MZ this is a program"), TRICK)
    refused(b"MZ this is a program" + zip_of([log()]), TRICK)
    refused(zip_of([log(), Part(PHOTO.encode(), before=b"hidden")]), TRICK)
    refused(zip_of([log()], behind=b"#!/bin/sh"), DAMAGED)
    refused(zip_of([log()], behind=b"hello", comment_length=5), DAMAGED)
    refused(zip_of([log()]) + zip_of([log()]), TRICK)
    plain = zip_of([log()])
    directory = plain.index(b"PK\x01\x02")
    refused(plain[:directory] + b"hidden" + plain[directory:], TRICK)
    refused(plain[:-22] + b"hidden" + plain[-22:], TRICK)


def test_nothing_is_hidden_beside_the_directory_though_the_end_allows_for_it():
    plain = zip_of([log()])
    start = plain.index(b"PK\x01\x02")
    size = len(plain) - 22 - start
    before = zip_of([log()], start=start + 6)
    refused(before[:start] + b"hidden" + before[start:], TRICK)
    behind = zip_of([log()], size=size + 6)
    refused(behind[:-22] + b"hidden" + behind[-22:], TRICK)


def test_a_directory_that_says_less_or_more_than_there_is_is_refused():
    two = [log(), Part(PHOTO.encode())]
    for count in (1, 3):
        refused(zip_of(two, count=count, here=count), TRICK)
    refused(zip_of(two, here=1), TRICK)
    refused(zip_of(two, disk=1), TRICK)
    refused(zip_of(two, first_disk=1), TRICK)
    refused(zip_of(two, comment_length=1), TRICK)


def test_two_members_over_the_same_bytes_are_refused():
    """Overlapping members (CVE-2024-0450), whatever Python reads them."""
    shared = zip_of([log(), Part(OTHER_LOG.encode(), central={"offset": 0})])
    refused(shared, TRICK)
    with zipfile.ZipFile(io.BytesIO(zip_of([log(), log(central={"offset": 0})]))) as bundle:
        assert len(bundle.infolist()) == 2  # the standard library lets it pass that far


def test_a_member_whose_bytes_hold_the_next_one_is_refused():
    """A quoted overlap: the first member's bytes run over the head and the body of the second."""
    inner = zip_of([Part(OTHER_LOG.encode(), b"kernel" * 50, method=0)])
    kernel = inner[: inner.index(b"PK\x01\x02")]
    outer = Part(LOG.encode(), kernel, method=0)
    offset = 30 + len(LOG)
    second = Part(OTHER_LOG.encode(), b"kernel" * 50, method=0, central={"offset": offset})
    whole = zip_of([outer, second])
    at = whole.index(kernel) + len(kernel)
    quoted = whole[:at] + whole[at + len(kernel) :]  # the second has no bytes of its own
    start = struct.pack("<I", len(quoted) - 22 - (46 + len(LOG)) * 2)
    quoted = quoted[:-6] + start + quoted[-2:]
    with zipfile.ZipFile(io.BytesIO(quoted)) as bundle:
        assert len(bundle.namelist()) == 2
    refused(quoted, TRICK)


def test_members_in_another_order_than_the_directory_are_refused():
    plain = zip_of([log(), Part(PHOTO.encode())])
    first = plain.index(b"PK\x01\x02")
    second = plain.index(b"PK\x01\x02", first + 4)
    turned = plain[:first] + plain[second:-22] + plain[first:second] + plain[-22:]
    refused(turned, TRICK)


# ---- any bytes ---------------------------------------------------------------------------------


def test_a_zip_that_is_cut_anywhere_is_refused():
    plain = zip_of([log(), Part(PHOTO.encode(), b"x", method=0)])
    for length in range(len(plain)):
        with pytest.raises(BadBundle):
            read_all(plain[:length])
        with pytest.raises(BadBundle):
            read_all(plain[len(plain) - length :])


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_never_crash(data):
    with suppress(BadBundle):
        assert read_all(data) == {}


@given(st.data())
def test_a_changed_zip_never_crashes_and_never_gives_other_bytes(data):
    members = {"manifest.json": b'{"a":1}', "manifest.sig": b"sig", LOG: b"line\n" * 30}
    plain = bytearray(zipped(members))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(plain) - 1))
        plain[at] = data.draw(st.integers(0, 255))
    with suppress(BadBundle):
        found = read_all(bytes(plain))
        assert all(members[name] == body for name, body in found.items() if name in members)
