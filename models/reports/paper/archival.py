"""What makes a PDF one to keep (PDF/A-2b, ISO 19005-2): it says in XML what it is, it says what its
colours mean, and nothing in it depends on the program that reads it.
"""

import struct
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from models.reports.paper.faces import clean

PROGRAM = "校园安全台账"
VERSION = (1, 7)  # of PDF, on which part 2 of the standard rests
LANGUAGE = "zh-CN"
LONGEST = 500  # characters of a title: no string of the file may grow without end
NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}
ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
COLOURS = "sRGB IEC61966-2.1"
# The colours of sRGB seen in the light of paper (D50), and how that light was reckoned from D65.
WHITE = (0.9642, 1.0, 0.8249)
PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
ADAPTATION = (
    *(1.04788, 0.02292, -0.05022),
    *(0.02959, 0.99048, -0.01707),
    *(-0.00925, 0.01508, 0.75168),
)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{program}</pdf:Producer>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class Names(NamedTuple):
    """What a document calls itself; the same words stand in its properties and in its XML."""

    title: str
    author: str
    subject: str
    keywords: str

    def plain(self) -> "Names":
        """Each on one line and without what XML cannot hold."""
        return Names(*map(_plain, self))


def make_archival(document: Any, names: Names, created: datetime) -> None:
    """Add to reportlab's document what the standard asks for; before anything is drawn."""
    document.info.keywords = names.keywords
    document.setDateFormatter(lambda *_: pdf_date(created))
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Metadata = _stream(_xmp(names, created), Type="/Metadata", Subtype="/XML")
    profile = _stream(srgb_profile(), N=3)
    profile.filters = [pdfdoc.PDFZCompress]
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pdfdoc.PDFString(COLOURS),
        "Info": pdfdoc.PDFString(COLOURS),
        "DestOutputProfile": profile,
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


def pdf_date(moment: datetime) -> str:
    """The moment as PDF writes it: D:20260305132000+08'00', without the zone if it has none."""
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


@cache
def srgb_profile() -> bytes:
    """The colours of a screen as an ICC profile (version 4), the same in every run."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(CURVE)
    tags = {
        b"desc": _named("sRGB"),
        b"cprt": _named("CC0"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(ADAPTATION),
        **{tag: b"XYZ \0\0\0\0" + _fixed(colour) for tag, colour in PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    directory, content = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        directory += tag + struct.pack(">2I", start + len(content), len(value))
        content += value + b"\0" * (-len(value) % 4)
    return _header(start + len(content)) + directory + content


def _header(length: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    kind = struct.pack(">2I", 0, 0x04200000) + b"mntrRGB XYZ " + made + b"acsp"
    return struct.pack(">I", length) + (kind + b"\0" * 28 + _fixed(WHITE)).ljust(124, b"\0")


def _named(text: str) -> bytes:
    words = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">3I4s2I", 0, 1, 12, b"enUS", len(words), 28) + words


def _fixed(values: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _xmp(names: Names, created: datetime) -> bytes:
    words = {kind: text.translate(ESCAPED) for kind, text in names._asdict().items()}
    moment = created.isoformat(timespec="seconds")
    return XMP.format(**words, program=PROGRAM, language=LANGUAGE, created=moment).encode("utf-8")


def _plain(text: str) -> str:
    return " ".join(clean(text).translate(NOT_IN_XML).split())[:LONGEST]


def _stream(content: bytes, **entries: Any) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content)


class LineEnds(pdfdoc.NoEncryption):  # type: ignore[misc]  # reportlab has no types
    """Every stream passes here last: the standard wants a line end between it and `endstream`."""

    def encode(self, text: Any) -> Any:
        return _Ended(text) if isinstance(text, bytes) else text


class _Ended(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A stream's bytes; the line end behind them does not count in its length."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, document: Any) -> bytes:
        return self._content + b"\n"
