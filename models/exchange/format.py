"""The format `aqb/1`: what a bundle holds, its limits, and its manifest.

A zip with exactly these members: `manifest.json`, `log/<stream>-<from>-<to>.jsonl`,
`att/<sha256>`. The public description is resources/help/bundle-format.md.

Not in this version, and their places kept: the age envelope round the zip, `manifest.sig` beside
the manifest, `suite` naming both.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import orjson

FORMAT: Final = "aqb/1"
READER: Final = 1
SUITE: Final = "none"
MANIFEST: Final = "manifest.json"
SUFFIX: Final = ".aqb"
MOST_MANIFEST: Final = 1 << 20
MOST_MEMBERS: Final = 20_000
MOST_MEMBER: Final = 64 << 20
MOST_TOTAL: Final = 1 << 30
MOST_RATIO: Final = 200
# What a writer packs of photos, so that lines and manifest stay within what every reader takes.
MOST_PHOTO_BYTES: Final = 800 << 20
MOST_PHOTOS: Final = 5_000
# Stream 0 is the virtual maker of natural-key records: it has no lines.
LOG_NAME = re.compile(r"log/(?!0-)([a-z0-9]{1,16})-(\d{1,15})-(\d{1,15})\.jsonl")
PHOTO_NAME = re.compile(r"att/([0-9a-f]{64})")
_HEX = re.compile(r"[0-9a-f]{64}")


class BadBundle(ValueError):
    """A file that is not a whole bundle of ours; the words are for the report."""


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it."""

    log: str
    unit: str
    device: str
    first: int
    last: int
    prev: bytes
    head: bytes
    sha256: str

    @property
    def name(self) -> str:
        return f"log/{self.log}-{self.first}-{self.last}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the bundle, when, what it holds, and how far its maker has come with each stream."""

    id: str
    created: str
    app: str
    unit: str
    unit_name: str
    device: str
    have: dict[str, int]
    segments: tuple[SegmentEntry, ...]
    photos: tuple[tuple[str, int], ...]


def dump_manifest(manifest: Manifest) -> bytes:
    """The manifest as it is written."""
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
            "vv": manifest.have,
            "segments": [
                {
                    "log": s.log,
                    "unit": s.unit,
                    "device": s.device,
                    "from": s.first,
                    "to": s.last,
                    "prev": s.prev.hex(),
                    "head": s.head.hex(),
                    "sha256": s.sha256,
                }
                for s in manifest.segments
            ],
            "attachments": [
                {"sha256": sha256, "bytes": size, "mime": "image/jpeg"}
                for sha256, size in manifest.photos
            ],
        },
        option=orjson.OPT_INDENT_2,
    )


def load_manifest(data: bytes) -> Manifest:
    """The manifest, wholly checked; raises BadBundle in words."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise BadBundle("目录文件已损坏") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadBundle("不是校园安全台账的数据包")
    if not isinstance(found.get("min_reader"), int) or found["min_reader"] > READER:
        raise BadBundle("数据包由更新版本的程序生成，请先升级本程序")
    try:
        return _manifest(found)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadBundle("目录文件的内容不完整") from None


def _manifest(found: dict[str, Any]) -> Manifest:
    sender = found["from"]
    return Manifest(
        id=_text(found["id"], 40),
        created=_text(found["created"], 40),
        app=_text(found["app"], 40),
        unit=_text(sender["unit"], 40),
        unit_name=_text(sender["name"], 100),
        device=_text(sender["device"], 40),
        have={_text(log, 16): _count(seq) for log, seq in found["vv"].items()},
        segments=tuple(_segment(entry) for entry in found["segments"]),
        photos=tuple(
            (_hash(entry["sha256"]), _count(entry["bytes"])) for entry in found["attachments"]
        ),
    )


def _segment(entry: dict[str, Any]) -> SegmentEntry:
    segment = SegmentEntry(
        log=_text(entry["log"], 16),
        unit=_text(entry["unit"], 40),
        device=_text(entry["device"], 40),
        first=_count(entry["from"]),
        last=_count(entry["to"]),
        prev=bytes.fromhex(_hash(entry["prev"])),
        head=bytes.fromhex(_hash(entry["head"])),
        sha256=_hash(entry["sha256"]),
    )
    if not 1 <= segment.first <= segment.last or not LOG_NAME.fullmatch(segment.name):
        raise ValueError(segment.name)
    return segment


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(value)
    return value


def _hash(value: object) -> str:
    text = _text(value, 64)
    if not _HEX.fullmatch(text):
        raise ValueError(value)
    return text
