"""Bundles made by hand, right ones and wrong ones."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from models.exchange.format import MANIFEST, Manifest, SegmentEntry, dump_manifest
from models.ledger.segments import Segment
from tests.models.ledger.conftest import Writer, in_memory


def entry_of(segment: Segment, body: bytes) -> SegmentEntry:
    return SegmentEntry(
        segment.log_id,
        segment.unit,
        segment.device,
        segment.first,
        segment.last,
        segment.prev,
        segment.head,
        hashlib.sha256(body).hexdigest(),
    )


def body_of(segment: Segment) -> bytes:
    return "".join(f"{line}\n" for line in segment.lines).encode()


def manifest_of(*entries: SegmentEntry, **changes: Any) -> Manifest:
    manifest = Manifest(
        id="b1",
        created="2026-11-23T08:00:00+00:00",
        app="0.1.0",
        unit="2137000001",
        unit_name="示例县实验小学",
        device="stick",
        have={},
        segments=entries,
        photos=(),
    )
    return replace(manifest, **changes)


def zipped(
    path: Path, members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as bundle:
        for name, data in members:
            bundle.writestr(name, data)
    return path


def bundled(path: Path, *segments: Segment, **changes: Any) -> Path:
    """A bundle of these segments, as our program would make it."""
    bodies = [body_of(segment) for segment in segments]
    entries = [entry_of(*pair) for pair in zip(segments, bodies, strict=True)]
    manifest = manifest_of(*entries, **changes)
    members = [(entry.name, body) for entry, body in zip(entries, bodies, strict=True)]
    return zipped(path, [(MANIFEST, dump_manifest(manifest)), *members])


def manifest_in(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as bundle:
        return dict(orjson.loads(bundle.read(MANIFEST)))


@pytest.fixture
def people() -> Writer:
    """A stream of two people after its first line."""
    writer = Writer()
    writer.create("person", name="甲")
    writer.create("person", name="乙")
    return writer


@pytest.fixture
def blank(clock, tmp_path):
    """A fresh office without a file, at each call."""
    made = []

    def blank(name: str = "fresh"):
        ledger = in_memory(clock, f"{name}{len(made)}")
        ledger.home = tmp_path / f"{name}{len(made)}"
        made.append(ledger)
        return ledger

    yield blank
    for ledger in made:
        ledger.close()
