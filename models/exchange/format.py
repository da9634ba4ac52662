"""The format `aqb/1`: what a bundle holds, its limits, and its manifest.

An age file round a zip with exactly these members: `manifest.json`, `manifest.sig`,
`log/<stream>-<from>-<to>.jsonl`, `reg/<unit>.jsonl`, `att/<sha256>`. The public description is
resources/help/bundle-format.md.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import orjson

from models.strict_json import load_strict

FORMAT: Final = "aqb/1"
READER: Final = 1
SUITE: Final = "age-x25519/ed25519/sha256"
APP: Final = "0.1.0"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
SUFFIX: Final = ".aqb"
# A chat program takes files of some 100 MB; what is larger goes in several parts.
PART_BYTES: Final = 90 << 20
# Before a file is opened: one part, with room for a writer of another size limit.
MOST_SEALED: Final = 256 << 20
MOST_MANIFEST: Final = 8 << 20
MOST_REFUSED, MOST_WANTED = 1000, 2000
# Stream 0 is the virtual maker of natural-key records: it has no lines. Who needs it was put back
# to an older copy: they hold what they name and no more, whatever they said before.
RESTORED: Final = "0"
LOG_NAME = re.compile(r"log/(?!0-)([a-z0-9]{1,16})-(\d{1,15})-(\d{1,15})\.jsonl")
PHOTO_NAME = re.compile(r"att/([0-9a-f]{64})")
REGISTRY_NAME = re.compile(r"reg/([A-Za-z0-9]{1,40})\.jsonl")
_HEX = re.compile(r"([0-9a-f]{2})*")


class BadBundle(ValueError):
    """A file that is not a whole bundle of ours; the words are for the report."""


class NewerBundle(BadBundle):
    """A whole bundle that only a newer program can read; it is kept until then."""


class Position(NamedTuple):
    """How far somebody has come with a stream: the number of the line and the chain after it."""

    seq: int
    head: bytes


class Refusal(NamedTuple):
    """A version of a field that the sender of a bundle did not take over, and why."""

    log: str
    seq: int
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it; `signature` is its author's word for `head`."""

    log: str
    unit: str
    device: str
    first: int
    last: int
    prev: bytes
    head: bytes
    sha256: str
    signature: bytes

    @property
    def name(self) -> str:
        return f"log/{self.log}-{self.first}-{self.last}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the bundle, for whom, when, what it holds, and what its maker has and lacks.

    Between PCs of one unit, `brought` says which units had sent a photo.
    """

    id: str
    created: str
    app: str
    unit: str
    unit_name: str
    device: str
    to: str
    part: tuple[int, int]
    have: Mapping[str, Position]
    need: Mapping[str, int]
    want: Sequence[str]
    refused: Sequence[Refusal]
    segments: Sequence[SegmentEntry]
    registries: Sequence[tuple[str, str]]
    photos: Sequence[tuple[str, int]]
    brought: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def members(self) -> set[str]:
        """The names of the members beside the manifest and its signature."""
        return {
            *(entry.name for entry in self.segments),
            *(f"reg/{unit}.jsonl" for unit, _sha256 in self.registries),
            *(f"att/{sha256}" for sha256, _size in self.photos),
        }


def sha256_of(data: bytes | bytearray) -> str:
    """The hash by which the manifest names a member."""
    return hashlib.sha256(data).hexdigest()


def signed_bytes(manifest: bytes) -> bytes:
    """What the sender of a bundle signs: the manifest as it is written."""
    return b"aqb/1\0" + manifest


def head_bytes(log: str, seq: int, head: bytes) -> bytes:
    """What the author of a stream signs: every line up to this one."""
    return b"aqb/1 head\0" + f"{log}\0{seq}\0".encode() + head


def dump_manifest(manifest: Manifest) -> bytes:
    """The manifest as it is written and signed."""
    return orjson.dumps(
        {
            "format": FORMAT,
            "suite": SUITE,
            "min_reader": READER,
            "app": manifest.app,
            "id": manifest.id,
            "created": manifest.created,
            "from": {
                "unit": manifest.unit,
                "name": manifest.unit_name,
                "device": manifest.device,
            },
            "to": manifest.to,
            "part": list(manifest.part),
            "vv": {log: [at.seq, at.head.hex()] for log, at in manifest.have.items()},
            "need": dict(manifest.need),
            "want": list(manifest.want),
            "refused": [list(refusal) for refusal in manifest.refused],
            "segments": [_dumped(entry) for entry in manifest.segments],
            "registries": [
                {"unit": unit, "sha256": sha256} for unit, sha256 in manifest.registries
            ],
            "attachments": [
                {"sha256": sha256, "bytes": size, "mime": "image/jpeg"}
                | ({"from": list(units)} if (units := manifest.brought.get(sha256)) else {})
                for sha256, size in manifest.photos
            ],
        }
    )


def _dumped(entry: SegmentEntry) -> dict[str, Any]:
    return {
        "log": entry.log,
        "unit": entry.unit,
        "device": entry.device,
        "from": entry.first,
        "to": entry.last,
        "prev": entry.prev.hex(),
        "head": entry.head.hex(),
        "sha256": entry.sha256,
        "author_sig": entry.signature.hex(),
    }


def load_manifest(data: bytes) -> Manifest:
    """The manifest, wholly checked; raises BadBundle in words.

    Only bytes that our writer would write again are taken, and only texts that can be seen: what
    they say is shown on screens and consoles.
    """
    try:
        found = load_strict(data, MOST_MANIFEST)
    except ValueError:
        raise BadBundle("目录文件已损坏") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadBundle("不是校园安全台账的数据包")
    if type(found.get("min_reader")) is not int or found["min_reader"] > READER:
        raise NewerBundle("数据包由更新版本的程序生成，请先升级本程序")
    if found.get("suite") != SUITE:
        raise BadBundle("数据包用了本程序不认识的加密方式")
    try:
        return _manifest(found)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadBundle("目录文件的内容不完整") from None


def _manifest(found: dict[str, Any]) -> Manifest:
    sender = found["from"]
    part, parts = found["part"]
    return Manifest(
        id=_text(found["id"], 40),
        created=_text(found["created"], 40),
        app=_text(found["app"], 40),
        unit=_text(sender["unit"], 40),
        unit_name=_text(sender["name"], 100),
        device=_text(sender["device"], 40),
        to=_text(found["to"], 40),
        part=(_count(part), _count(parts)),
        have={
            _text(log, 16): Position(_count(seq), _bytes(head, 32))
            for log, (seq, head) in found["vv"].items()
        },
        need={_text(log, 16): _count(seq) for log, seq in found["need"].items()},
        want=tuple(_bytes(sha256, 32).hex() for sha256 in found["want"][:MOST_WANTED]),
        refused=tuple(_refusal(*row) for row in found["refused"][:MOST_REFUSED]),
        segments=tuple(_segment(entry) for entry in found["segments"]),
        registries=tuple(
            (_text(entry["unit"], 40), _bytes(entry["sha256"], 32).hex())
            for entry in found["registries"]
        ),
        photos=tuple(
            (_bytes(entry["sha256"], 32).hex(), _count(entry["bytes"]))
            for entry in found["attachments"]
        ),
        brought={
            _bytes(entry["sha256"], 32).hex(): tuple(_text(unit, 40) for unit in entry["from"])
            for entry in found["attachments"]
            if "from" in entry
        },
    )


def _refusal(log: object, seq: object, field: object, why: object) -> Refusal:
    return Refusal(_text(log, 16), _count(seq), _text(field, 40), _text(why, 20))


def _segment(entry: dict[str, Any]) -> SegmentEntry:
    segment = SegmentEntry(
        log=_text(entry["log"], 16),
        unit=_text(entry["unit"], 40),
        device=_text(entry["device"], 40),
        first=_count(entry["from"]),
        last=_count(entry["to"]),
        prev=_bytes(entry["prev"], 32),
        head=_bytes(entry["head"], 32),
        sha256=_bytes(entry["sha256"], 32).hex(),
        signature=_bytes(entry["author_sig"], 64),
    )
    if not 1 <= segment.first <= segment.last or not LOG_NAME.fullmatch(segment.name):
        raise ValueError(segment.name)
    return segment


def is_seen(text: str) -> bool:
    """Whether this can stand in a line on the screen: nothing in it is unseen or turns the text."""
    return text.replace("\u3000", "").isprintable()


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not is_seen(value):
        raise ValueError(value)
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(value)
    return value


def _bytes(value: object, length: int) -> bytes:
    text = _text(value, 2 * length)
    if len(text) != 2 * length or not _HEX.fullmatch(text):
        raise ValueError(value)
    return bytes.fromhex(text)
