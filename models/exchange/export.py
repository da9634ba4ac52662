"""Making a bundle: every line since the last one, and the photos those lines speak of."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

from models.exchange.delivery import exported_upto
from models.exchange.format import (
    MANIFEST,
    MOST_PHOTO_BYTES,
    MOST_PHOTOS,
    SUFFIX,
    Manifest,
    SegmentEntry,
    dump_manifest,
)
from models.files import write_whole
from models.ledger.ledger import Ledger
from models.ledger.lines import random_name
from models.ledger.streams import lines_after, streams_of
from models.problems import AppError

APP = "0.1.0"
# One fixed moment in every member's header: the same lines make the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Exported:
    """The bundle that was made."""

    path: Path
    lines: int
    photos: int
    left: int  # photos that were named but not packed: too many for one bundle, or damaged here


class Cargo(NamedTuple):
    """The lines of a bundle, segment by segment, and how far each stream has come with it."""

    entries: list[SegmentEntry]
    bodies: list[bytes]
    upto: dict[str, int]


def export_bundle(ledger: Ledger, folder: Path, *, complete: bool = False) -> Exported:
    """Write a bundle of all lines since the last bundle (of all there are, if `complete`).

    The next export goes on after it; whoever lost a bundle asks for a complete one. Others may
    save while the zip is made: their lines are in the next bundle.
    """
    cargo = _load(ledger, complete)
    photos, left = _photos_in(ledger, cargo.bodies)
    data = _zip(_manifest(ledger, cargo.entries, photos), cargo.bodies, photos)
    path = folder / _file_name(ledger)
    write_whole(path, data)
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO outbox(made_at, name, sha256, upto) VALUES(?, ?, ?, ?)",
            (
                ledger.clock().isoformat(),
                path.name,
                hashlib.sha256(data).hexdigest(),
                orjson.dumps(cargo.upto).decode(),
            ),
        )
    return Exported(path, sum(e.last - e.first + 1 for e in cargo.entries), len(photos), left)


def _load(ledger: Ledger, complete: bool) -> Cargo:
    """The lines to pack and how far they go, read in one moment."""
    cargo = Cargo([], [], {})
    with ledger.reading():
        upto = {} if complete else exported_upto(ledger)
        for stream in streams_of(ledger, ledger.unit):
            cargo.upto[stream.log_id] = stream.seq
            first = upto.get(stream.log_id, 0) + 1
            if first > stream.seq:
                continue
            prev, lines = lines_after(ledger, stream, first - 1)
            body = "".join(f"{line}\n" for line in lines).encode()
            cargo.bodies.append(body)
            cargo.entries.append(
                SegmentEntry(
                    stream.log_id,
                    stream.unit,
                    stream.device,
                    first,
                    stream.seq,
                    prev,
                    stream.head,
                    hashlib.sha256(body).hexdigest(),
                )
            )
    if not cargo.entries:
        raise AppError("没有新的内容需要交。上次生成数据包以后，台账没有变化。")
    return cargo


def _manifest(ledger: Ledger, entries: list[SegmentEntry], photos: dict[str, bytes]) -> Manifest:
    organisation = ledger.organisation
    everything = ledger.rows("SELECT log_id, seq FROM log WHERE seq > 0")
    return Manifest(
        id=random_name(),
        created=ledger.clock().isoformat(timespec="seconds"),
        app=APP,
        unit=ledger.unit,
        unit_name=(organisation.name or "") if organisation else "",
        device=ledger.setting("device"),
        have=dict(everything),
        segments=tuple(entries),
        photos=tuple((sha256, len(data)) for sha256, data in sorted(photos.items())),
    )


def _photos_in(ledger: Ledger, bodies: list[bytes]) -> tuple[dict[str, bytes], int]:
    """The photos that these lines name and that are here, and how many had to stay.

    Data never waits for photos: what would burst the bundle's limits stays behind, and so does a
    photo that rotted on this disk, for its wrong hash would make the whole bundle unreadable.
    """
    found: dict[str, bytes] = {}
    left, size = 0, 0
    for sha256 in _named_photos(bodies):
        data = ledger.photo(sha256)
        if data is None:
            continue
        size += len(data)
        fits = size <= MOST_PHOTO_BYTES and len(found) < MOST_PHOTOS
        if fits and hashlib.sha256(data).hexdigest() == sha256:
            found[sha256] = data
        else:
            left += 1
    return found, left


def _named_photos(bodies: list[bytes]) -> list[str]:
    """The hashes of the photos that these lines create records of, each once."""
    lines = (orjson.loads(line) for body in bodies for line in body.splitlines())
    photos = (line for line in lines if line.get("e") == "photo" and line["o"] == "c")
    return list(dict.fromkeys(str(line["v"].get("sha256", "")) for line in photos))


def _file_name(ledger: Ledger) -> str:
    """示例县实验小学-数据包-20261123-0801.aqb: a name people understand, safe on every disk."""
    organisation = ledger.organisation
    name = re.sub(r'[\\/:*?"<>|\s]', "", (organisation.name or "") if organisation else "")
    return f"{name[:40]}-数据包-{ledger.clock().astimezone():%Y%m%d-%H%M%S}{SUFFIX}"


def _zip(manifest: Manifest, bodies: list[bytes], photos: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        _add(bundle, MANIFEST, dump_manifest(manifest))
        for entry, body in zip(manifest.segments, bodies, strict=True):
            _add(bundle, entry.name, body)
        for sha256, _size in manifest.photos:
            _add(bundle, f"att/{sha256}", photos[sha256], zipfile.ZIP_STORED)
    return data.getvalue()


def _add(
    bundle: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED
) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = method
    bundle.writestr(member, data)
