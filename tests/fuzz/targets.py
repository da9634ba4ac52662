"""What is fuzzed: each target takes any bytes, and nothing may come of them but an answer in words.

A target raises only what is a fault of the program. Bytes that are refused in words are fine, and
bytes that are taken must mean the same to every reader. What a stranger cannot do (sign for
another, find two texts with the same hash) the targets do for the fuzzer, so that it gets behind
those walls.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, Final

import orjson

from models.exchange.format import (
    MANIFEST,
    SIGNATURE,
    BadBundle,
    dump_manifest,
    head_bytes,
    load_manifest,
    sha256_of,
    signed_bytes,
)
from models.exchange.keys import Keys
from models.exchange.members import Directory, office_facts
from models.exchange.reading import Reader, read_zip
from models.exchange.registry import FIRST, Chain, Office, add, next_entry, read_chain
from models.exchange.sealing import unseal
from models.exchange.zip_reader import MOST_RATIO, MOST_TOTAL, SMALL, ZipReader
from models.ledger import checklists, district, findings, inspections, training
from models.ledger.conflicts import conflicts, count_conflicts, lost_values
from models.ledger.finding_filter import FILTERS
from models.ledger.history import history_of, words
from models.ledger.ledger import Ledger
from models.ledger.lines import GENESIS, BadLine, chain_all, dump, load, load_many
from models.ledger.people import people
from models.ledger.proving import BadSegment, prove
from models.ledger.rows import COLUMNS
from models.ledger.segments import Segment
from models.ledger.titles import title_of
from models.ledger.year import of_year
from models.records.catalogue import RECORD_TYPES
from models.records.finding import Finding
from models.records.five_management import Checklist
from models.records.record import plain_of
from models.records.training import session_hours
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, TODAY, Clock
from tests.models.exchange.hostile_zips import END_FIELDS, ENTRY_FIELDS, Part, zip_of
from tests.models.ledger.conftest import fold_of, in_memory

BETWEEN: Final = b"\n====\n"  # between the parts of an input that has several
DEVICE: Final = "schoolpc"
_NAMES: Final = (b"manifest.json", b"manifest.sig", b"log/a-1-2.jsonl", b"reg/x.jsonl", b"att/x")
_FIELDS: Final = ENTRY_FIELDS[1:]
# Answers that are none, or that no form of ours lets pass.
_VALUES: Final = (
    None, "", " ", "x", "\n", "0", "-1", "1e999", "NaN", "1.5", "0.1", "a,b", ",", 0, 1, -1, 5,
    600, 2**53 - 1, 1 - 2**53, "2026-11-23", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11",
    "2026-13", "99999-01", "08:20", "24:00", "23:59", "2026-11-23 08:20", "9999-12-31 23:59",
    "0001-01-01 00:00", "general", "major", "fire", "grade", "notice", "rectify", "recheck",
    "close", "present", "leave", "school", "office", "trainee", "active", "left", "before", "yes",
    "no", "<b>&amp;", "%s{0}", "\u2028", "\u202e", "\U0010ffff", "字" * 5000, "0" * 64,
)  # fmt: skip


# ---- the zip -----------------------------------------------------------------------------------


def read_any_zip(data: bytes) -> None:
    """What is taken is small enough, and Python's own reader finds the very same in it."""
    try:
        reader = ZipReader(data)
        found = {name: reader.read(name) for name in reader.names}
    except BadBundle:
        return
    size = sum(map(len, found.values()))
    assert size <= min(MOST_TOTAL, len(found) * SMALL + MOST_RATIO * len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == found


def read_zip_of_lies(data: bytes) -> None:
    """A zip made of these bytes: eight a member, and a field of its or of the end's that lies."""
    parts, end = [], {}
    for at in range(0, len(data) - 7, 8):
        name, kind, length, field, where, *value = data[at : at + 8]
        body = data[at : at + length]
        part = Part(_NAMES[name % len(_NAMES)], body, method=(0, 8)[kind & 1])
        if kind & 2:
            part.packed = body
        lies = {_FIELDS[field % len(_FIELDS)]: int.from_bytes(value, "little") >> (where & 15)}
        if kind & 4:
            (part.both, part.local, part.central)[(where >> 4) % 3].update(lies)
        if kind & 8:
            end[END_FIELDS[1:][field % 7]] = int.from_bytes(value[:2], "little")
        parts.append(part)
    with suppress(struct.error):  # a field that is too narrow for its lie
        read_any_zip(zip_of(parts, **end))


def unseal_anything(data: bytes) -> None:
    """The envelope of a stranger: opened, or refused in words."""
    for start in (b"", b"age-encryption.org/v1\n-> X25519 "):
        with suppress(BadBundle):
            unseal(start + data, [office_keys().age_identity])


# ---- lines, manifest, registry -----------------------------------------------------------------


def read_any_line(data: bytes) -> None:
    """Both ways of reading agree, and what is taken is written again byte for byte."""
    try:
        line = load(data.decode("utf-8", "surrogateescape"))
    except BadLine:
        line = None
    try:
        (quick,) = load_many([data])
    except BadLine:
        quick = None
    assert quick == line
    if line is not None:
        assert dump(line).encode() == orjson.dumps(line) == data


def read_any_manifest(data: bytes) -> None:
    """What was understood can be written, and is understood alike again."""
    try:
        manifest = load_manifest(data)
    except BadBundle:
        return
    assert load_manifest(dump_manifest(manifest)) == manifest


def read_any_chain(data: bytes) -> None:
    """Entries of a registry, each signed with the office's key and put behind the one before."""
    with suppress(BadBundle):
        read_chain(SCHOOL_CODE, [data.decode("utf-8", "replace")], None)
    with suppress(BadBundle):
        read_chain(SCHOOL_CODE, _signed_entries(data), office_keys().sign_public)


def _signed_entries(data: bytes) -> list[str]:
    lines: list[str] = []
    for number, text in enumerate(data.split(b"\n"), start=1):
        entry = _object(text)
        if entry is None:
            lines.append(text.decode("utf-8", "replace"))
            continue
        entry |= {"no": number, "prev": sha256_of(lines[-1].encode()) if lines else FIRST}
        body = orjson.dumps(entry)
        signature = office_keys().sign(b"campus-ledger registry\0" + body).hex()
        twice = f".{signature}" if number > 1 and entry.get("kind") == "office" else ""
        lines.append(f"{signature}{twice} {body.decode()}")
    return lines


# ---- the whole bundle --------------------------------------------------------------------------


def read_any_bundle(data: bytes) -> None:
    """Manifest, log, registry and photo, with every hash and signature made right behind them."""
    with suppress(BadBundle):
        read_zip(data, _reader(), "", len(data))
    manifest, log, registry, photo, *_ = [*data.split(BETWEEN), b"", b"", b""]
    found = _object(manifest)
    members = {}
    if found is not None:
        _make_right(found, log, registry, photo, members)
        manifest = orjson.dumps(found)
    members[MANIFEST] = manifest
    members[SIGNATURE] = f"{DEVICE}\n".encode() + school_keys().sign(signed_bytes(manifest))
    with suppress(BadBundle):
        bundle = read_zip(_zip(members), _reader(), "", len(data))
        for segment in bundle.segments:
            assert chain_all(segment.prev, map(str.encode, segment.lines)) == segment.head


def _make_right(
    manifest: dict[str, Any], log: bytes, registry: bytes, photo: bytes, members: dict[str, bytes]
) -> None:
    for entry in _objects(manifest.get("segments")):
        lines = log.removesuffix(b"\n").split(b"\n")
        with suppress(KeyError, TypeError, ValueError):
            head = chain_all(bytes.fromhex(entry["prev"]), lines)
            text = head_bytes(entry["log"], entry["to"], head)
            entry |= {"head": head.hex(), "author_sig": school_keys().sign(text).hex()}
        entry["sha256"] = sha256_of(log)
        members[f"log/{entry.get('log')}-{entry.get('from')}-{entry.get('to')}.jsonl"] = log
    for entry in _objects(manifest.get("registries")):
        body = registry if registry else _chain_body()
        entry["sha256"] = sha256_of(body)
        members[f"reg/{entry.get('unit')}.jsonl"] = body
    for entry in _objects(manifest.get("attachments")):
        entry |= {"sha256": sha256_of(photo), "bytes": len(photo)}
        members[f"att/{sha256_of(photo)}"] = photo


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in members.items():
            with suppress(UnicodeEncodeError):
                bundle.writestr(zipfile.ZipInfo(name[:200]), body, zipfile.ZIP_DEFLATED)
    return data.getvalue()


# ---- the fold ----------------------------------------------------------------------------------


def take_any_lines(data: bytes) -> None:
    """Lines that every check let pass go in; all that is derived from them can be read and shown,
    is the same when made anew, and nobody loses a record of their own over it."""
    ledger = in_memory(Clock(), "own")
    try:
        own = len(fold_of(ledger)["person"])
        segments = [
            segment
            for name, part in zip(("one", "two", "three"), data.split(BETWEEN), strict=False)
            if (segment := _segment(name, part)) is not None
        ]
        ledger.receive(segments)
        before = fold_of(ledger)
        assert len(before["person"]) >= own
        _look_at(ledger)
        ledger.rebuild()
        assert fold_of(ledger) == before
    finally:
        ledger.close()


def take_made_lines(data: bytes) -> None:
    """The same with lines made of these bytes, eight each: odd values in the right places."""
    parts: list[list[bytes]] = [[], [], []]
    for at in range(0, len(data) - 7, 8):
        where, *picks = data[at : at + 8]
        part = parts[where % 3]
        part.append(dump(_made_line(where // 3, picks, len(part))).encode())
    take_any_lines(BETWEEN.join(b"\n".join(part) for part in parts))


def _made_line(kind: int, picks: list[int], after: int) -> dict[str, Any]:
    table = _pick(sorted(RECORD_TYPES), picks[0])
    fields = [*COLUMNS[table], "_deleted", "newer"]
    first, second = _pick(fields, picks[1]), _pick(fields, picks[2])
    one, two = _pick(_VALUES, picks[3]), _pick(_VALUES, picks[4])
    frame = {"s": 0, "t": picks[5] % 8, "u": "李"}
    ids = [f"{name}.{seq}" for name in ("one", "two", "three") for seq in range(2, after + 3)]
    if kind % 3 == 0:
        values = {first: _pick([*_VALUES, *ids], picks[3]), second: two, "place": "楼"}
        return {**frame, "o": "c", "e": table, "n": SCHOOL_CODE, "v": values}
    natural = f"k.{SCHOOL_CODE}.{table}-{'0' * 16}"
    record = _pick([natural, *ids], picks[4])
    base = "0.0" if record == natural else record
    merges = [[_pick(ids, picks[6])]] if kind % 3 == 2 else []
    version = [one, _pick([*_VALUES, *ids], picks[2]), picks[6] % 3, base, *merges]
    return {**frame, "o": "u", "e": table, "i": record, "v": {first: version}}


def _pick(choices: Sequence[Any], number: int) -> Any:
    return choices[number % len(choices)]


def _segment(name: str, part: bytes) -> Segment | None:
    """The lines of this part, numbered and bound as a stream of the office or of the school."""
    texts = []
    role, device = ("office", "officepc") if name == "three" else ("own", DEVICE)
    bind = {"s": 1, "t": 1, "u": "", "o": "b", "n": SCHOOL_CODE, "v": {"device": device}}
    texts.append(dump(bind).encode())
    for text in part.split(b"\n"):
        found = _object(text)
        if found is None or "s" not in found:
            continue
        raw = orjson.dumps({**found, "s": len(texts) + 1})
        with suppress(BadLine):
            if load(raw.decode())["o"] != "b":
                texts.append(raw)
    claim = Segment(name, SCHOOL_CODE, device, 1, GENESIS, chain_all(GENESIS, texts), (), role)
    with suppress(BadSegment):
        return prove(claim, len(texts), b"".join(text + b"\n" for text in texts))
    return None


def _look_at(ledger: Ledger) -> None:
    """What the pages ask for, of whatever came."""
    for table, kind in RECORD_TYPES.items():
        for record in ledger.all(kind):
            assert ledger.get(kind, record.id) == record
            title_of(ledger, table, record.id)
            history_of(ledger, table, record.id)
            lost_values(ledger, table, record.id)
            for name, value in plain_of(record).items():
                words(table, name, value)
    _look_at_findings(ledger)
    for round_ in [*inspections.recent(ledger), *inspections.unfinished(ledger)]:
        inspections.answers(ledger, round_.inspection)
    _look_at_training(ledger)
    people(ledger, "zwb")
    for sheet in ledger.all(Checklist):
        checklists.answers(ledger, sheet)
    checklists.previous_answers(ledger, "2026-11")
    district.units(ledger, TODAY)
    assert len(conflicts(ledger)) <= count_conflicts(ledger)


def _look_at_findings(ledger: Ledger) -> None:
    for finding in ledger.all(Finding):
        findings.steps(ledger, finding)
        findings.standing(ledger, finding)
        findings.photos(ledger, finding)
    for view in FILTERS:
        findings.page(ledger, findings.numbers(ledger, view, TODAY, "楼")[:100])
    findings.newest(ledger, 100)
    of_year(ledger, TODAY.year)
    findings.by_month(ledger, TODAY)
    findings.counts(ledger, TODAY)


def _look_at_training(ledger: Ledger) -> None:
    for session in training.sessions(ledger):
        training.sheet(ledger, session)
        session_hours(session)
    for total in training.totals(ledger, TODAY.year):
        assert total.person
    training.turnouts(ledger)
    training.find_sessions(ledger, "楼")


# ---- who is who --------------------------------------------------------------------------------


@cache
def office_keys() -> Keys:
    return Keys.of_seed(b"the office of the fuzzer".ljust(32))


@cache
def school_keys() -> Keys:
    return Keys.of_seed(b"a school of the fuzzer".ljust(32))


@cache
def _chain() -> Chain:
    office = Office(
        OFFICE_CODE, "示例县教育局", office_keys().sign_public, office_keys().age_recipient
    )
    chain = Chain(SCHOOL_CODE)
    add(chain, next_entry(chain, office_keys(), "office", office_facts(office)))
    facts = {
        "device": DEVICE,
        "role": "school",
        "pc": "办公室",
        "person": "李安全",
        "sign": school_keys().sign_public.hex(),
        "age": school_keys().age_recipient,
    }
    add(chain, next_entry(chain, office_keys(), "device", facts))
    return chain


def _chain_body() -> bytes:
    return "".join(f"{line}\n" for line in _chain().lines).encode()


def _reader() -> Reader:
    known = Directory({SCHOOL_CODE: _chain()})
    identities = [office_keys().age_identity]
    return Reader(identities, OFFICE_CODE, office_keys().sign_public, known)


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _objects(found: object) -> list[dict[str, Any]]:
    if not isinstance(found, list):
        return []
    return [entry for entry in found if isinstance(entry, dict)]


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "zip": read_any_zip,
    "lies": read_zip_of_lies,
    "envelope": unseal_anything,
    "line": read_any_line,
    "manifest": read_any_manifest,
    "chain": read_any_chain,
    "bundle": read_any_bundle,
    "fold": take_any_lines,
    "made": take_made_lines,
}
