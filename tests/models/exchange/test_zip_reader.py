import io
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import zip_reader
from models.exchange.format import BadBundle
from models.exchange.zip_reader import ZipReader
from tests.models.exchange.conftest import zipped

LOG = "log/a-1-2.jsonl"
PHOTO = f"att/{'0' * 64}"


def read_all(data):
    reader = ZipReader(data)
    return {name: reader.read(name) for name in reader.names}


def refused(data, words):
    with pytest.raises(BadBundle, match=words):
        read_all(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_member_comes_out_as_it_went_in(method):
    members = {"manifest.json": b"{}", "manifest.sig": b"x", LOG: b"a\n" * 500, PHOTO: b""}
    reader = ZipReader(zipped(members, method))
    assert {name: reader.read(name) for name in reader.names} == members


def test_a_ledger_of_equal_rows_is_no_bomb():
    line = '{"s":1,"t":1,"u":"李安全","o":"c","e":"finding","n":"2137000001","v":{}}\n'
    body = line.encode() * 20_000
    assert ZipReader(zipped({LOG: body})).read(LOG) == body


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/etc/passwd",
        "C:\\evil.exe",
        "log/a-1-2.jsonl/",
        "att/x",
        "CON",
        "manifest.json.exe",
        "reg/../x.jsonl",
        "",
    ],
)
def test_no_other_name_is_taken(name):
    refused(zipped({"manifest.json": b"{}", name: b"x"}), "不认识的文件|结构不对")


def test_the_same_name_twice_is_refused():
    twice = zipped({"manifest.json": b"{}", "manifest.jsox": b"{}"})
    refused(twice.replace(b"jsox", b"json"), "文件个数不对")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(zip_reader, "MOST_MEMBERS", 2)
    refused(zipped({f"log/a-{n}-{n}.jsonl": b"" for n in (1, 2, 3)}), "文件个数不对")


def test_a_bomb_costs_no_memory():
    bomb = zipped({LOG: b"\0" * (200 << 20)})
    tracemalloc.start()
    refused(bomb, "大得不正常")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


def test_many_members_that_are_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(zip_reader, "MOST_TOTAL", 100)
    refused(zipped({LOG: b"x" * 60, "manifest.json": b"x" * 60}), "大得不正常")


def test_a_member_larger_than_its_kind_may_be_is_refused():
    refused(zipped({"manifest.sig": b"x" * 5000}, zipfile.ZIP_STORED), "大得不正常")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_two_ways_of_packing_are_known(method):
    refused(zipped({LOG: b"x" * 100}, method), "压缩方式不对|结构不对")


@pytest.mark.parametrize("change", ["flag", "extra", "comment", "utf8"])
def test_nothing_may_hang_on_a_member(change):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as bundle:
        info = zipfile.ZipInfo("manifest.json")
        info.extra = b"\x01\x00\x02\x00ab" if change == "extra" else b""
        info.comment = b"hello" if change == "comment" else b""
        bundle.writestr(info, b"{}")
    raw = bytearray(data.getvalue())
    central = raw.index(b"PK\x01\x02")
    if change == "flag":
        raw[central + 8] |= 1
    if change == "utf8":
        raw[central + 9] |= 8
    refused(bytes(raw), "结构不对")


def test_nothing_may_stand_before_between_or_behind_the_members():
    plain = zipped({"manifest.json": b"{}", LOG: b"x"})
    refused(b"MZ" + plain, "结构不对|已损坏")
    refused(plain + b"tail", "结构不对|已损坏")
    with_comment = io.BytesIO()
    with zipfile.ZipFile(with_comment, "w") as bundle:
        bundle.writestr(zipfile.ZipInfo("manifest.json"), b"{}")
        bundle.comment = b"hello"
    refused(with_comment.getvalue(), "结构不对")


def directory_of(plain):
    return plain.index(b"PK\x01\x02")


def test_bytes_between_two_members_are_refused():
    plain = zipped({"manifest.json": b"{}", LOG: b"x"}, zipfile.ZIP_STORED)
    second = plain.index(b"PK\x03\x04", 4)
    gap = bytearray(plain[:second] + b"hidden" + plain[second:])
    at = directory_of(bytes(gap))
    entry = gap.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", gap, entry + 42, second + 6)
    end = gap.rindex(b"PK\x05\x06")
    struct.pack_into("<I", gap, end + 16, at)
    refused(bytes(gap), "结构不对")


def test_two_members_over_the_same_bytes_are_refused():
    """The quoted-overlap bomb (CVE-2024-0450), whatever Python reads it."""
    plain = bytearray(zipped({"manifest.json": b"{}", "manifest.sig": b"{}"}, zipfile.ZIP_STORED))
    entry = plain.index(b"PK\x01\x02", directory_of(bytes(plain)) + 4)
    struct.pack_into("<I", plain, entry + 42, 0)
    refused(bytes(plain), "结构不对")


@pytest.mark.parametrize(
    ("offset", "size"), [(6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (28, 2), (30, 1)]
)
def test_what_stands_before_a_member_must_say_what_the_directory_says(offset, size):
    plain = bytearray(zipped({"manifest.json": b"{}" * 50, LOG: b"x"}))
    plain[offset : offset + size] = bytes(b ^ 1 for b in plain[offset : offset + size])
    refused(bytes(plain), "结构不对")


def test_a_lying_size_or_checksum_is_found_out():
    body = b"x" * 100
    for place, value in ((16, 5), (24, 99), (24, 101)):
        plain = bytearray(zipped({"manifest.json": body}))
        entry = directory_of(bytes(plain))
        local = {16: 14, 24: 22}[place]
        struct.pack_into("<I", plain, entry + place, value)
        struct.pack_into("<I", plain, local, value)
        refused(bytes(plain), "已损坏|结构不对")


def test_a_stream_that_is_no_deflate_or_has_a_tail_is_refused():
    for packed in (b"\xff" * 20, zlib.compress(b"x" * 9)[2:-4] + b"tail"):
        plain = bytearray(zipped({"manifest.json": packed}, zipfile.ZIP_STORED))
        entry = directory_of(bytes(plain))
        for at, local in ((10, 8), (16, 14), (24, 22)):
            value = {10: 8, 16: zlib.crc32(b"x" * 9), 24: 9}[at]
            form = "<H" if at == 10 else "<I"
            struct.pack_into(form, plain, entry + at, value)
            struct.pack_into(form, plain, local, value)
        refused(bytes(plain), "已损坏|结构不对")


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
