"""Making a bundle: every line since the last one, and the photos those lines speak of."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import orjson

from models.exchange.delivery import exported_upto
from models.exchange.format import MANIFEST, SUFFIX, Manifest, SegmentEntry, dump_manifest
from models.ledger.ledger import Ledger
from models.ledger.lines import random_name
from models.ledger.lock import cannot_write
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


def export_bundle(ledger: Ledger, folder: Path, *, complete: bool = False) -> Exported:
    """Write a bundle of all lines since the last bundle (of all there are, if `complete`).

    The next export goes on after it; whoever lost a bundle asks for a complete one.
    """
    with ledger.transaction() as db:
        upto = {} if complete else exported_upto(ledger)
        entries, bodies = [], []
        for stream in streams_of(ledger, ledger.unit):
            first = upto.get(stream.log_id, 0) + 1
            if first > stream.seq:
                continue
            prev, lines = lines_after(ledger, stream, first - 1)
            body = "".join(f"{line}\n" for line in lines).encode()
            digest = hashlib.sha256(body).hexdigest()
            entries.append(
                SegmentEntry(
                    stream.log_id,
                    stream.unit,
                    stream.device,
                    first,
                    stream.seq,
                    prev,
                    stream.head,
                    digest,
                )
            )
            bodies.append(body)
        if not entries:
            raise AppError("没有新的内容需要交。上次生成数据包以后，台账没有变化。")
        photos = _photos_in(ledger, bodies)
        manifest = _manifest(ledger, entries, photos)
        path = folder / _file_name(ledger)
        digest = _write(path, manifest, bodies, photos)
        now_upto = {stream.log_id: stream.seq for stream in streams_of(ledger, ledger.unit)}
        db.execute(
            "INSERT INTO outbox(made_at, name, sha256, upto) VALUES(?, ?, ?, ?)",
            (ledger.clock().isoformat(), path.name, digest, orjson.dumps(now_upto).decode()),
        )
    return Exported(path, sum(e.last - e.first + 1 for e in entries), len(photos))


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


def _photos_in(ledger: Ledger, bodies: list[bytes]) -> dict[str, bytes]:
    """The photos that these lines name and that are here; data never waits for photos."""
    found: dict[str, bytes] = {}
    for body in bodies:
        for line in body.splitlines():
            read = orjson.loads(line)
            if read.get("e") != "photo" or read["o"] != "c":
                continue
            sha256 = str(read["v"].get("sha256", ""))
            data = ledger.photo(sha256)
            if data is not None:
                found[sha256] = data
    return found


def _file_name(ledger: Ledger) -> str:
    """示例县实验小学-数据包-20261123-0801.aqb: a name people understand, safe on every disk."""
    organisation = ledger.organisation
    name = re.sub(r'[\\/:*?"<>|\s]', "", (organisation.name or "") if organisation else "")
    return f"{name[:40]}-数据包-{ledger.clock().astimezone():%Y%m%d-%H%M%S}{SUFFIX}"


def _write(path: Path, manifest: Manifest, bodies: list[bytes], photos: dict[str, bytes]) -> str:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
            _add(bundle, MANIFEST, dump_manifest(manifest))
            for entry, body in zip(manifest.segments, bodies, strict=True):
                _add(bundle, entry.name, body)
            for sha256, _size in manifest.photos:
                _add(bundle, f"att/{sha256}", photos[sha256], zipfile.ZIP_STORED)
        part.replace(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise cannot_write(path.parent, error) from None


def _add(
    bundle: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED
) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = method
    bundle.writestr(member, data)
