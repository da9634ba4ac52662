"""Zips written by hand, each of whose fields may lie."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

ENTRY_FIELDS = (
    "magic", "made", "needs", "flags", "method", "time", "date", "crc", "packed", "size",
    "length", "extra_length", "comment_length", "disk", "text", "kind", "offset",
)  # fmt: skip
END_FIELDS = ("magic", "disk", "first_disk", "here", "count", "size", "start", "comment_length")
_ENTRY, _HEAD, _END = "<4s6H3I5H2I", "<4s5H3I2H", "<4s4H2IH"


@dataclass
class Part:
    """A member: `body` as its reader gets it, and what the two heads say otherwise than true."""

    name: bytes
    body: bytes = b""
    method: int = 8
    packed: bytes | None = None
    before: bytes = b""  # bytes that nobody speaks of
    extra: bytes = b""
    comment: bytes = b""
    both: dict[str, Any] = field(default_factory=dict)
    local: dict[str, Any] = field(default_factory=dict)
    central: dict[str, Any] = field(default_factory=dict)


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def zip_of(parts: Sequence[Part], before: bytes = b"", behind: bytes = b"", **end: Any) -> bytes:
    """The members, the directory and the end, with lies where they were asked for."""
    data, directory = bytearray(before), bytearray()
    for part in parts:
        data += part.before
        packed = part.packed
        if packed is None:
            packed = deflated(part.body) if part.method == 8 else part.body
        said = {
            "made": 20, "needs": 20, "flags": 0, "method": part.method, "time": 0, "date": 33,
            "crc": zlib.crc32(part.body), "packed": len(packed), "size": len(part.body),
            "length": len(part.name), "extra_length": len(part.extra),
            "comment_length": len(part.comment), "disk": 0, "text": 0, "kind": 0o600 << 16,
            "offset": len(data), "name": part.name, **part.both,
        }  # fmt: skip
        central = {"magic": b"PK\x01\x02", **said, **part.central}
        local = {"magic": b"PK\x03\x04", **said, **part.local}
        head = [local[name] for name in (ENTRY_FIELDS[0], *ENTRY_FIELDS[2:12])]
        data += struct.pack(_HEAD, *head) + local["name"] + part.extra + packed
        entry = struct.pack(_ENTRY, *(central[name] for name in ENTRY_FIELDS))
        directory += entry + central["name"] + part.extra + part.comment
    ending = {
        "magic": b"PK\x05\x06", "disk": 0, "first_disk": 0, "here": len(parts),
        "count": len(parts), "size": len(directory), "start": len(data), "comment_length": 0,
        **end,
    }  # fmt: skip
    return bytes(data + directory) + struct.pack(_END, *ending.values()) + behind
