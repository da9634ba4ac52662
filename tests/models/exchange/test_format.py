import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.format import (
    LOG_NAME,
    MOST_REFUSED,
    MOST_WANTED,
    PHOTO_NAME,
    READER,
    REGISTRY_NAME,
    SUITE,
    BadBundle,
    Manifest,
    NewerBundle,
    Position,
    Refusal,
    SegmentEntry,
    dump_manifest,
    load_manifest,
)

counts = st.integers(0, 2**53 - 1)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
logs = st.from_regex(r"\A[a-z][a-z0-9]{0,15}\Z")
seen = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \u3000")
words = st.text(seen, max_size=40)
reasons = st.text(seen, max_size=20)


@st.composite
def entries(draw):
    first = draw(st.integers(1, 10**14))
    return SegmentEntry(
        draw(logs),
        draw(words),
        draw(words),
        first,
        draw(st.integers(first, 10**14)),
        draw(st.binary(min_size=32, max_size=32)),
        draw(st.binary(min_size=32, max_size=32)),
        draw(hashes),
        draw(st.binary(min_size=64, max_size=64)),
    )


heads = st.binary(min_size=32, max_size=32)
manifests = st.builds(
    Manifest,
    id=words,
    created=words,
    app=words,
    unit=words,
    unit_name=words,
    device=words,
    to=words,
    part=st.tuples(counts, counts),
    have=st.dictionaries(logs, st.builds(Position, counts, heads), max_size=3),
    need=st.dictionaries(logs, counts, max_size=3),
    want=st.lists(hashes, max_size=3).map(tuple),
    refused=st.lists(st.builds(Refusal, logs, counts, words, reasons), max_size=3).map(tuple),
    registries=st.lists(st.tuples(words, hashes), max_size=2).map(tuple),
    segments=st.lists(entries(), max_size=3).map(tuple),
    photos=st.lists(st.tuples(hashes, counts), max_size=3).map(tuple),
)


@given(manifests)
def test_a_manifest_loads_as_it_was_dumped(manifest):
    assert load_manifest(dump_manifest(manifest)) == manifest


@given(manifests, st.data())
def test_a_changed_manifest_is_read_or_refused_never_a_crash(manifest, data):
    written = dump_manifest(manifest)
    at = data.draw(st.integers(0, len(written)))
    changed = written[:at] + data.draw(st.binary(max_size=3)) + written[at + 1 :]
    try:
        load_manifest(changed)
    except BadBundle as refused:
        assert str(refused)  # noqa: PT017


@pytest.fixture
def manifest():
    entry = SegmentEntry("a", "2137000001", "pc", 1, 3, bytes(32), bytes(32), "0" * 64, bytes(64))
    whole = Manifest(
        id="b1",
        created="2026-11-23T08:00:00+00:00",
        app="0.1.0",
        unit="2137000001",
        unit_name="示例县实验小学",
        device="pc",
        to="11370000004502323D",
        part=(1, 1),
        have={"a": Position(3, bytes(32))},
        need={"b": 4},
        want=("1" * 64,),
        refused=(Refusal("a", 2, "place", "version"),),
        segments=(entry,),
        registries=(("2137000001", "2" * 64),),
        photos=(("0" * 64, 5), ("3" * 64, 6)),
        brought={"3" * 64: ("2137000001",)},
    )
    return orjson.loads(dump_manifest(whole))


def test_it_names_every_member(manifest):
    assert load_manifest(orjson.dumps(manifest)).members == {
        "log/a-1-3.jsonl",
        "reg/2137000001.jsonl",
        f"att/{'0' * 64}",
        f"att/{'3' * 64}",
    }


def test_it_says_who_brought_a_photo_where_that_is_known(manifest):
    assert load_manifest(orjson.dumps(manifest)).brought == {"3" * 64: ("2137000001",)}
    assert [set(photo) - {"sha256", "bytes", "mime"} for photo in manifest["attachments"]] == [
        set(),
        {"from"},
    ]


@pytest.mark.parametrize("units", [5, [5], ["字" * 41]])
def test_who_brought_a_photo_is_checked(manifest, units):
    manifest["attachments"][1]["from"] = units
    with pytest.raises(BadBundle, match="不完整"):
        load_manifest(orjson.dumps(manifest))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 10_000])
def test_what_is_no_json_is_damaged(data):
    with pytest.raises(BadBundle, match="已损坏"):
        load_manifest(data)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"format":"aqb/9"}', b"null"])
def test_another_format_is_not_ours(data):
    with pytest.raises(BadBundle, match="不是校园安全台账的数据包"):
        load_manifest(data)


@pytest.mark.parametrize("reader", [READER + 1, "1", None, True])
def test_a_bundle_for_newer_readers_asks_for_an_upgrade(manifest, reader):
    manifest["min_reader"] = reader
    with pytest.raises(NewerBundle, match="升级"):
        load_manifest(orjson.dumps(manifest))


@pytest.mark.parametrize("suite", ["none", "", None, SUITE.upper()])
def test_no_weaker_seal_is_taken(manifest, suite):
    manifest["suite"] = suite
    with pytest.raises(BadBundle, match="加密方式"):
        load_manifest(orjson.dumps(manifest))


def test_what_a_newer_writer_adds_is_no_trouble(manifest):
    plain = load_manifest(orjson.dumps(manifest))
    manifest["mood"] = "good"
    manifest["segments"][0]["author"] = "…"
    assert load_manifest(orjson.dumps(manifest)) == plain


def test_only_bytes_that_our_writer_would_write_again_are_taken(manifest):
    text = orjson.dumps(manifest).decode()
    for other in (
        text.replace('"id":"b1"', '"id":"b1","id":"b2"'),
        text.replace('"id":"b1"', '"id": "b1"'),
        text.replace('"bytes":5', '"bytes":5e0'),
        text.replace('"bytes":5', '"bytes":18446744073709551617'),
        text + "\n",
    ):
        assert other != text
        with pytest.raises(BadBundle):
            load_manifest(other.encode())
    for sign in ("\\u001b[2J", "\\u0000", "\\b"):
        with pytest.raises(BadBundle, match="已损坏"):
            load_manifest(text.replace("示例县", f"示例县{sign}").encode())
    for value in ("NaN", "Infinity", '"\\ud800"', "9" * 5000, "[" * 10**6):
        with pytest.raises(BadBundle):
            load_manifest(text.replace('"bytes":5', f'"bytes":{value}').encode())


def test_long_lists_of_complaints_are_cut(manifest):
    manifest["want"] = ["1" * 64] * (MOST_WANTED + 5)
    manifest["refused"] = [["a", 1, "place", "version"]] * (MOST_REFUSED + 5)
    read = load_manifest(orjson.dumps(manifest))
    assert (len(read.want), len(read.refused)) == (MOST_WANTED, MOST_REFUSED)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["id"], 5),
        (["id"], "x" * 41),
        (["created"], None),
        (["app"], "\u202e1.0"),
        (["from", "name"], "示例\n学校"),
        (["from", "name"], "示例\x9b2J学校"),
        (["from", "name"], "示例\u200b学校"),
        (["from", "device"], "pc\t"),
        (["refused"], [["a", 1, "place\x7f", "version"]]),
        (["from"], "x"),
        (["from", "unit"], ["x"]),
        (["from", "name"], "长" * 101),
        (["vv"], []),
        (["vv"], {"a": 1}),
        (["vv"], {"a": [-1, "00" * 32]}),
        (["vv"], {"a": [True, "00" * 32]}),
        (["vv"], {"a": [2**53, "00" * 32]}),
        (["vv"], {"a": [1, "00"]}),
        (["vv"], {"a" * 17: [1, "00" * 32]}),
        (["need"], {"a": "1"}),
        (["want"], ["../../secret"]),
        (["want"], 5),
        (["refused"], [["a", 1, "place"]]),
        (["refused"], [["a", 1, "place", 5]]),
        (["part"], [1]),
        (["part"], ["1", 1]),
        (["to"], None),
        (["registries"], [{"unit": "x"}]),
        (["segments", 0, "author_sig"], "00"),
        (["segments"], 5),
        (["segments"], ["x"]),
        (["segments", 0, "from"], 0),
        (["segments", 0, "from"], 4),
        (["segments", 0, "to"], 1.5),
        (["segments", 0, "log"], "0"),
        (["segments", 0, "log"], "../x"),
        (["segments", 0, "log"], "A"),
        (["segments", 0, "prev"], "00"),
        (["segments", 0, "head"], "z" * 64),
        (["segments", 0, "sha256"], 5),
        (["attachments"], {"a": 1}),
        (["attachments", 0, "sha256"], "../../etc/passwd"),
        (["attachments", 0, "bytes"], "5"),
    ],
)
def test_each_entry_is_checked(manifest, place, value):
    at = manifest
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    with pytest.raises(BadBundle, match="不完整"):
        load_manifest(orjson.dumps(manifest))


def test_each_entry_must_be_there(manifest):
    for name in set(manifest) - {"format", "suite", "min_reader"}:
        without = {key: value for key, value in manifest.items() if key != name}
        with pytest.raises(BadBundle, match="不完整"):
            load_manifest(orjson.dumps(without))


@pytest.mark.parametrize(
    "name",
    ["reg/../x.jsonl", "reg/.jsonl",
     "log/0-1-1.jsonl", "log/a-1.jsonl", "log/a-1-1.jsonl/..", "../log/a-1-1.jsonl",
     "log/A-1-1.jsonl", "log/a-1-1.jsonl\n", "att/x", "att/" + "0" * 65,
     "ATT/" + "0" * 64, "att\\" + "0" * 64],
)  # fmt: skip
def test_no_other_names_are_known(name):
    assert not LOG_NAME.fullmatch(name)
    assert not PHOTO_NAME.fullmatch(name)
    assert not REGISTRY_NAME.fullmatch(name)


def test_the_virtual_stream_is_told_from_those_that_begin_alike():
    assert LOG_NAME.fullmatch("log/0a-1-1.jsonl")
    assert LOG_NAME.fullmatch("log/00-1-1.jsonl")
