"""Embed a face in a PDF as one Identity-H font: no switching of subsets, all text can be copied."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontMaker

from models.reports.paper.font_file import FontFile

# flags of a composite glyph's parts
WORDS, OFFSETS, SCALE, MORE, TWO_SCALES, MATRIX = 0x01, 0x02, 0x08, 0x20, 0x40, 0x80
NO_HALVES: Mapping[int, bool] = {}


class EmbeddedFont:
    """The part of one font that one PDF uses; codes are given in the order of first use."""

    def __init__(self, file: FontFile, resource: str) -> None:
        self.file = file
        self.resource = resource
        self.codes: dict[str, str] = {}
        self._narrow: dict[str, str] = {}
        self._halves: dict[int, bool] = {}
        self._glyphs = [0]

    def add(self, char: str, glyph: int) -> str:
        """Give the character a code (four hex digits) that shows the glyph."""
        code = self.codes[char] = f"{len(self._glyphs):04X}"
        self._glyphs.append(glyph)
        return code

    def narrow(self, char: str, *, opens: bool) -> str:
        """The code of a mark that has one already, without its blank half: in front if it opens."""
        if char not in self._narrow:
            self._halves[len(self._glyphs)] = opens
            self._narrow[char] = f"{len(self._glyphs):04X}"
            self._glyphs.append(self._glyphs[int(self.codes[char], 16)])
        return self._narrow[char]

    def addObjects(self, document: Any) -> None:  # noqa: N802  reportlab calls this when it saves
        """Add the font's objects to the document."""
        name = f"{self._tag()}+{self.file.name}"
        widths = [
            round(self.file.advance(glyph) / (2 if place in self._halves else 1), 2)
            for place, glyph in enumerate(self._glyphs)
        ]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, name),
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
                "CIDToGIDMap": "/Identity",
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([self._refer(document, descendant, "cid")]),
                "ToUnicode": self._refer(document, _stream(self._to_unicode()), "unicode"),
            }
        )
        fonts = document.idToObject["BasicFonts"].dict
        fonts[self.resource] = self._refer(document, font, "font")

    def _descriptor(self, document: Any, name: str) -> Any:
        data = subset(self.file, self._glyphs, self._halves)
        program = _stream(data)
        program.dictionary["Length1"] = len(data)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(self.file.box),
                "Ascent": self.file.ascent,
                "Descent": self.file.descent,
                "CapHeight": self.file.capitals,
                "ItalicAngle": self.file.slant,
                "StemV": 50 + int((self.file.weight / 65) ** 2),
                "FontFile2": self._refer(document, program, "program"),
            }
        )
        return self._refer(document, descriptor, "descriptor")

    def _refer(self, document: Any, value: Any, kind: str) -> Any:
        return document.Reference(value, f"{kind}:{self.resource}")

    def _tag(self) -> str:
        number = zlib.crc32("".join([*self.codes, *self._narrow]).encode("utf-8"))
        return "".join(chr(65 + number // 26**place % 26) for place in range(6))

    def _to_unicode(self) -> bytes:
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        pairs = [
            f"<{code}> <{char.encode('utf-16-be').hex()}>"
            for char, code in [*self.codes.items(), *self._narrow.items()]
        ]
        for start in range(0, len(pairs), 100):  # the format allows a hundred a block
            block = pairs[start : start + 100]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")


def subset(file: FontFile, glyphs: Sequence[int], halves: Mapping[int, bool] = NO_HALVES) -> bytes:
    """A font whose glyph n is glyphs[n] of the file; parts of composites follow behind.

    Those whose place is in `halves` are half as wide; where that is true, the right half remains.
    """
    taken = list(glyphs)
    places = {glyph: place for place, glyph in reversed(list(enumerate(taken)))}
    outlines: list[bytes] = []
    for place, glyph in enumerate(taken):  # grows while composites name their parts
        outline = _right_half(file, glyph) if halves.get(place) else file.outline(glyph)
        outline = _renumbered(outline, taken, places)
        outlines.append(outline + b"\0" * (-len(outline) % 4))

    starts = [0]
    for outline in outlines:
        starts.append(starts[-1] + len(outline))
    metrics = [_metric(file, glyph, halves.get(place)) for place, glyph in enumerate(taken)]
    maker = TTFontMaker()
    for tag in ("cvt ", "fpgm", "prep"):
        if content := file.table(tag):
            maker.add(tag, content)
    maker.add("head", _replaced(file.table("head"), 50, 1))
    maker.add("hhea", _replaced(file.table("hhea"), 34, len(taken)))
    maker.add("maxp", _replaced(file.table("maxp"), 4, len(taken)))
    maker.add("hmtx", struct.pack(f">{'Hh' * len(taken)}", *chain(*metrics)))
    maker.add("loca", struct.pack(f">{len(starts)}L", *starts))
    maker.add("glyf", b"".join(outlines))
    data: bytes = maker.makeStream()
    return data


def _metric(file: FontFile, glyph: int, opens: bool | None) -> tuple[int, int]:
    """Advance and left bearing; of half a mark that opens or, where false, closes."""
    advance, bearing = file.metric(glyph)
    if opens is None:
        return advance, bearing
    return advance // 2, bearing - advance // 2 if opens else bearing


def _right_half(file: FontFile, glyph: int) -> bytes:
    """A composite of the one glyph, moved to the left by half its width."""
    shift = file.metric(glyph)[0] // 2
    left, bottom, right, top = struct.unpack_from(">4h", file.outline(glyph), 2)
    box = (left - shift, bottom, right - shift, top)
    return struct.pack(">h4hHHhh", -1, *box, WORDS | OFFSETS, glyph, -shift, 0)


def _renumbered(outline: bytes, taken: list[int], places: dict[int, int]) -> bytes:
    """The outline, its parts numbered as in the new font; unknown parts are appended to `taken`."""
    if len(outline) < 10 or outline[0] < 0x80:
        return outline
    changed = bytearray(outline)
    at, flags = 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", changed, at)
        if part not in places:
            places[part] = len(taken)
            taken.append(part)
        struct.pack_into(">H", changed, at + 2, places[part])
        at += 4 + _part_length(flags)
    return bytes(changed)


def _part_length(flags: int) -> int:
    transform = next(
        (size for flag, size in ((SCALE, 2), (TWO_SCALES, 4), (MATRIX, 8)) if flags & flag), 0
    )
    return (4 if flags & WORDS else 2) + transform


def _replaced(table: bytes, at: int, number: int) -> bytes:
    return table[:at] + struct.pack(">H", number) + table[at + 2 :]


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    stream.filters = [pdfdoc.PDFZCompress]
    return stream
