import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.format import (
    LOG_NAME,
    PHOTO_NAME,
    READER,
    BadBundle,
    Manifest,
    SegmentEntry,
    dump_manifest,
    load_manifest,
)
from tests.models.exchange.conftest import entry_of, manifest_of
from tests.models.ledger.conftest import Writer

counts = st.integers(0, 2**53 - 1)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
logs = st.from_regex(r"\A[a-z][a-z0-9]{0,15}\Z")
words = st.text(max_size=40)


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
    )


manifests = st.builds(
    Manifest,
    id=words,
    created=words,
    app=words,
    unit=words,
    unit_name=words,
    device=words,
    have=st.dictionaries(logs, counts, max_size=3),
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
    writer = Writer()
    entry = entry_of(writer.segment(), b"")
    return orjson.loads(dump_manifest(manifest_of(entry, photos=(("0" * 64, 5),), have={"a": 1})))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 10_000])
def test_what_is_no_json_is_damaged(data):
    with pytest.raises(BadBundle, match="已损坏"):
        load_manifest(data)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"format":"aqb/9"}', b"null"])
def test_another_format_is_not_ours(data):
    with pytest.raises(BadBundle, match="不是校园安全台账的数据包"):
        load_manifest(data)


@pytest.mark.parametrize("reader", [READER + 1, "1", None])
def test_a_bundle_for_newer_readers_asks_for_an_upgrade(manifest, reader):
    manifest["min_reader"] = reader
    with pytest.raises(BadBundle, match="升级"):
        load_manifest(orjson.dumps(manifest))


def test_what_a_newer_writer_adds_is_no_trouble(manifest):
    plain = load_manifest(orjson.dumps(manifest))
    manifest.update({"need": {"a": 3}, "suite": "later"})
    manifest["segments"][0]["author_sig"] = "…"
    assert load_manifest(orjson.dumps(manifest)) == plain


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["id"], 5),
        (["id"], "x" * 41),
        (["created"], None),
        (["from"], "x"),
        (["from", "unit"], ["x"]),
        (["from", "name"], "长" * 101),
        (["vv"], []),
        (["vv"], {"a": -1}),
        (["vv"], {"a": True}),
        (["vv"], {"a": 2**53}),
        (["vv"], {"a" * 17: 1}),
        (["segments"], 5),
        (["segments"], ["x"]),
        (["segments", 0, "from"], 0),
        (["segments", 0, "from"], 2),
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
    for name in ("id", "created", "app", "from", "vv", "segments", "attachments"):
        without = {key: value for key, value in manifest.items() if key != name}
        with pytest.raises(BadBundle, match="不完整"):
            load_manifest(orjson.dumps(without))


@pytest.mark.parametrize(
    "name",
    ["log/0-1-1.jsonl", "log/a-1.jsonl", "log/a-1-1.jsonl/..", "../log/a-1-1.jsonl",
     "log/A-1-1.jsonl", "log/a-1-1.jsonl\n", "att/x", "att/" + "0" * 65,
     "ATT/" + "0" * 64, "att\\" + "0" * 64],
)  # fmt: skip
def test_no_other_names_are_known(name):
    assert not LOG_NAME.fullmatch(name)
    assert not PHOTO_NAME.fullmatch(name)


def test_the_virtual_stream_is_told_from_those_that_begin_alike():
    assert LOG_NAME.fullmatch("log/0a-1-1.jsonl")
    assert LOG_NAME.fullmatch("log/00-1-1.jsonl")
