"""A PDF of ours taken apart with regular expressions: no reader's opinion in between."""

import re
import zlib
from pathlib import Path
from typing import NamedTuple

OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj$", re.DOTALL | re.MULTILINE)
STREAM = re.compile(rb"\nstream\n(.*)\nendstream$", re.DOTALL)
FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
SHOWN = re.compile(rb"/(F\d+) \S+ Tf|<([0-9A-F]+)> Tj")
CHARACTER = re.compile(rb"^<([0-9A-F]{4})> <([0-9a-f]+)>$", re.MULTILINE)


class Part(NamedTuple):
    """An object: its dictionary, and its stream unpacked, or nothing."""

    head: bytes
    body: bytes

    def refers(self, name: bytes) -> list[int]:
        """The numbers of the objects that the entry names."""
        entry = re.search(rb"/%s (\[.*?\]|\d+ 0 R)" % name, self.head, re.DOTALL)
        return [int(number) for number in re.findall(rb"(\d+) 0 R", entry[1])] if entry else []


def parts_of(path: Path) -> dict[int, Part]:
    """The objects of a file by number."""
    parts = {}
    for number, content in OBJECT.findall(path.read_bytes()):
        stream = STREAM.search(content)
        head = content[: stream.start()] if stream else content
        body = stream[1] if stream else b""
        packed = b"/FlateDecode" in head
        parts[int(number)] = Part(head, zlib.decompress(body) if packed else body)
    return parts


def the_part(parts: dict[int, Part], mark: bytes) -> Part:
    """The only object whose dictionary has the mark."""
    (found,) = (part for part in parts.values() if mark in part.head)
    return found


def stored_text(path: Path) -> str:
    """Every character that the pages show, in the order in which they show it."""
    parts = parts_of(path)
    fonts = {
        name: _characters(parts, int(number))
        for part in parts.values()
        for name, number in FONT.findall(part.head)
    }
    said: list[str] = []
    active: dict[bytes, str] = {}
    for page in the_part(parts, b"/Kids").refers(b"Kids"):
        for contents in parts[page].refers(b"Contents"):
            for font, codes in SHOWN.findall(parts[contents].body):
                active = fonts[font] if font else active
                said += [active[codes[at : at + 4]] for at in range(0, len(codes), 4)]
    return "".join(said)


def _characters(parts: dict[int, Part], font: int) -> dict[bytes, str]:
    """What each code of a font means."""
    (table,) = parts[font].refers(b"ToUnicode")
    return {
        code: bytes.fromhex(char.decode("ascii")).decode("utf-16-be")
        for code, char in CHARACTER.findall(parts[table].body)
    }
