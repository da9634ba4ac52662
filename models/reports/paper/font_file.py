"""Read a TrueType font quickly: mapped, tables in bulk, outlines only when embedded."""

import mmap
import struct
from array import array
from pathlib import Path

NOT_EMBEDDABLE = 0x0202  # OS/2 fsType: restricted licence, or bitmaps only
POSTSCRIPT_NAME = 6


class UnfitFont(ValueError):
    """The file is damaged, has no TrueType outlines, or may not be embedded."""


class FontFile:
    """One TrueType face; measures are in thousandths of the font size."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._read_directory(index)
            self._read_measures()
            self._read_advances()
            self.name = self._read_name()
            self.glyphs = self._read_characters()
        except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
            raise UnfitFont(f"{path.name}: {error}") from error

    def table(self, tag: str) -> bytes:
        """The bytes of one table, empty where the font has none."""
        start, length = self._tables.get(tag, (0, 0))
        return self._data[start : start + length]

    def metric(self, glyph: int) -> tuple[int, int]:
        """Advance and left bearing of a glyph in font units."""
        return self._advances[min(glyph, len(self._advances) - 1)], self._bearings[glyph]

    def advance(self, glyph: int) -> float:
        """The advance width of a glyph."""
        return self.metric(glyph)[0] * self.scale

    def outline(self, glyph: int) -> bytes:
        """The glyf entry of a glyph; empty for blanks."""
        start = self._tables["glyf"][0]
        return self._data[start + self._places[glyph] : start + self._places[glyph + 1]]

    def sides(self, glyph: int) -> tuple[float, float]:
        """Where the ink of a glyph begins and ends; both 0 for blanks."""
        outline = self.outline(glyph)
        left, right = struct.unpack_from(">hxxh", outline, 2) if outline else (0, 0)
        return left * self.scale, right * self.scale

    def _read_directory(self, index: int) -> dict[str, tuple[int, ...]]:
        offset = 0
        if self._data[:4] == b"ttcf":
            offset = self._unpack(">L", 12 + 4 * index)[0]
        if self._data[offset : offset + 4] not in (b"\0\1\0\0", b"true"):
            raise ValueError("no TrueType outlines")
        tables = {}
        for entry in range(self._unpack(">H", offset + 4)[0]):
            at = offset + 12 + 16 * entry
            tag = self._data[at : at + 4].decode("latin-1")
            tables[tag] = self._unpack(">2L", at + 8)
        return tables

    def _read_measures(self) -> None:
        head, os2, post = (self._tables[tag][0] for tag in ("head", "OS/2", "post"))
        self.scale = 1000 / self._unpack(">H", head + 18)[0]
        self.box = [value * self.scale for value in self._unpack(">4h", head + 36)]
        self.weight, licence = self._unpack(">HxxH", os2 + 4)
        if licence & NOT_EMBEDDABLE:
            raise ValueError("embedding is not permitted")
        self.ascent, self.descent = (value * self.scale for value in self._unpack(">2h", os2 + 68))
        has_capitals = self._unpack(">H", os2)[0] > 1
        self.capitals = (
            self._unpack(">h", os2 + 88)[0] * self.scale if has_capitals else self.ascent
        )
        self.slant = self._unpack(">l", post + 4)[0] / 65536

    def _read_advances(self) -> None:
        head, hhea, maxp, hmtx, loca = (
            self._tables[tag][0] for tag in ("head", "hhea", "maxp", "hmtx", "loca")
        )
        count = self._unpack(">H", maxp + 4)[0]
        full = self._unpack(">H", hhea + 34)[0]
        self._advances = self._numbers("H", hmtx, full * 2)[0::2]
        self._bearings = self._numbers("h", hmtx, full * 2)[1::2]
        self._bearings += self._numbers("h", hmtx + 4 * full, count - full)
        if self._unpack(">h", head + 50)[0]:
            self._places = self._numbers("I", loca, count + 1)
        else:
            halves = self._numbers("H", loca, count + 1)
            self._places = array("I", (2 * half for half in halves))

    def _read_name(self) -> str:
        start = self._tables["name"][0]
        count, strings = self._unpack(">HH", start + 2)
        for entry in range(count):
            platform, _, _, kind, length, offset = self._unpack(">6H", start + 6 + 12 * entry)
            if kind == POSTSCRIPT_NAME:
                raw = self._data[start + strings + offset :][:length]
                name = raw.decode("utf-16-be" if platform == 3 else "latin-1", "ignore")
                return "".join(char for char in name if char.isascii() and char.isalnum())
        return "Font"

    def _read_characters(self) -> dict[int, int]:
        start = self._tables["cmap"][0]
        found: dict[int, int] = {}
        for entry in range(self._unpack(">H", start + 2)[0]):
            offset = self._unpack(">L", start + 8 + 8 * entry)[0]
            found[self._unpack(">H", start + offset)[0]] = start + offset
        if 12 in found:
            return self._read_long_ranges(found[12])
        return self._read_short_ranges(found[4])

    def _read_long_ranges(self, at: int) -> dict[int, int]:
        groups = self._numbers("I", at + 16, 3 * self._unpack(">L", at + 12)[0])
        glyphs: dict[int, int] = {}
        for first, last, glyph in zip(groups[0::3], groups[1::3], groups[2::3], strict=True):
            codes = range(first, last + 1)
            glyphs.update(zip(codes, range(glyph, glyph + len(codes)), strict=True))
        return glyphs

    def _read_short_ranges(self, at: int) -> dict[int, int]:
        count = self._unpack(">H", at + 6)[0] // 2
        lasts = self._numbers("H", at + 14, count)
        firsts, shifts, offsets = (
            self._numbers("H", at + 16 + 2 * count * part, count) for part in (1, 2, 3)
        )
        glyphs: dict[int, int] = {}
        for part, (first, last, shift, offset) in enumerate(
            zip(firsts, lasts, shifts, offsets, strict=True)
        ):
            codes = range(first, last + 1)
            if offset:
                place = at + 16 + 2 * count * 3 + 2 * part + offset
                listed = self._numbers("H", place, len(codes))
                pairs = zip(codes, listed, strict=True)
                glyphs.update((code, (glyph + shift) & 0xFFFF) for code, glyph in pairs if glyph)
            else:
                glyphs.update((code, (code + shift) & 0xFFFF) for code in codes)
        glyphs.pop(0xFFFF, None)
        return glyphs

    def _unpack(self, layout: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(layout, self._data, at)

    def _numbers(self, kind: str, at: int, count: int) -> "array[int]":
        return array(kind, self._unpack(f">{count}{kind}", at))
