"""The canvas of a report: embeds faces as they are used, remembers characters no font has."""

from collections.abc import Container, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from models.reports.paper.archival import LineEnds
from models.reports.paper.cid_font import EmbeddedFont
from models.reports.paper.faces import Face, clean
from models.reports.paper.font_file import FontFile
from models.reports.paper.squeeze import OPENING

Align = Literal["L", "C", "R", "J"]
Color = tuple[float, float, float]
PARTS = {"L": 0.0, "J": 0.0, "C": 0.5, "R": 1.0}  # of the spare room, to the left of the text
LONGEST_LINE = 60  # characters, of the outline
ASCENT = 0.88  # of the size: where the square of a Chinese character begins above the base line


class Pen:
    """Turns text of one face into PDF operators; between calls the face's first font is active."""

    def __init__(self, canvas: "PaperCanvas", face: Face) -> None:
        self._canvas = canvas
        self._face = face
        self._font = canvas.embedded(face.fonts[0])

    def select(self, size: float) -> str:
        """The operator that makes this pen the active one."""
        return f"/{self._font.resource} {size:g} Tf"

    def show(self, text: str, size: float) -> str:
        """The operators that show the text at the current place."""
        narrow = self._face.narrowed(text)
        try:
            if not narrow:
                return f"<{''.join(map(self._font.codes.__getitem__, text))}> Tj"
        except KeyError:
            pass  # not all have a code of this font so far
        return self._show_mixed(text, size, narrow)

    def _show_mixed(self, text: str, size: float, narrow: Container[int]) -> str:
        coded = [self._coded(char, at in narrow) for at, char in enumerate(text)]
        parts = []
        active = self._font
        for font, group in groupby(coded, key=itemgetter(0)):
            if font is not active:
                parts.append(f"/{font.resource} {size:g} Tf")
                active = font
            parts.append(f"<{''.join(code for _, code in group)}> Tj")
        if active is not self._font:
            parts.append(self.select(size))
        return " ".join(parts)

    def _coded(self, char: str, narrow: bool) -> tuple[EmbeddedFont, str]:
        """The embedded font that shows the character, and its code, which it has from now on."""
        glyph = self._face.glyph(char)
        font = self._canvas.embedded(glyph.font)
        code = font.codes.get(char) or font.add(char, glyph.number)
        if not glyph.known:
            self._canvas.missing.add(char)
        return font, font.narrow(char, opens=char in OPENING) if narrow else code


class PaperCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A reportlab canvas on which only our own faces write."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(file, **options)
        self.missing: set[str] = set()
        self.shown: dict[tuple[object, str], str] = {}  # operators of cells already written
        self.total: tuple[Face, float] | None = None
        self._embedded: dict[FontFile, EmbeddedFont] = {}
        self._pens: dict[Face, Pen] = {}
        self._ranks: list[int] = []  # of the lines of the outline that may still have others below

    def embedded(self, file: FontFile) -> EmbeddedFont:
        """The font as embedded in this document."""
        if file not in self._embedded:
            font = EmbeddedFont(file, f"F{len(self._embedded) + 1}")
            self._embedded[file] = font
            self._doc.delayedFonts.append(font)
        return self._embedded[file]

    def pen(self, face: Face) -> Pen:
        """The pen that writes in the face."""
        if face not in self._pens:
            self._pens[face] = Pen(self, face)
        return self._pens[face]

    def emit(self, operators: str) -> None:
        """Append raw operators to the page."""
        self._code.append(operators)

    def put(
        self, text: str, x: float, y: float, face: Face, size: float, align: Align = "L"
    ) -> None:
        """Write one line of text; x is its left end, middle or right end."""
        text = clean(text).replace("\n", " ")
        x -= face.width(text, size) * PARTS[align]
        pen = self.pen(face)
        self.emit(f"BT {pen.select(size)} {x:.2f} {y:.2f} Td {pen.show(text, size)} ET")

    def put_total(self, x: float, y: float, face: Face, size: float) -> None:
        """Write “共 N 页”, a form drawn once when the number is known."""
        self.total = (face, size)
        self.saveState()
        self.translate(x, y)
        self.doForm("total")
        self.restoreState()

    def add_bookmark(self, text: str, rank: int, y: float) -> None:
        """A line of the outline that leads to this height of the page."""
        while self._ranks and self._ranks[-1] >= rank:
            self._ranks.pop()
        key, title = str(len(self._destinations)), " ".join(clean(text).split())
        self.bookmarkPage(key, "XYZ", top=round(self.absolutePosition(0, y)[1], 2))
        self.addOutlineEntry(title[:LONGEST_LINE], key, len(self._ranks))
        self._ranks.append(rank)

    def setEncrypt(self, encrypt: object) -> None:  # noqa: N802  reportlab's name
        """Never: a file to keep has no lock. What would lock the streams ends them instead."""
        self._doc.encrypt = LineEnds()

    def save(self) -> None:
        """Draw the number of pages, then write the file."""
        if self.total is not None:
            face, size = self.total
            self.beginForm("total", 0, -size, 20 * size, 2 * size)
            self.put(f"共 {self.getPageNumber() - 1} 页", 0, 0, face, size)
            self.endForm()
        super().save()

    def _make_preamble(self) -> None:
        # reportlab would select Helvetica here and so name a font that is not embedded
        self._preamble = "1 0 0 1 0 0 cm"


class PrintingDay(str):
    """Words that tell only when a paper was printed: no part of what it says."""


class Piece(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A flowable of ours; it is only ever drawn on a PaperCanvas."""

    canv: PaperCanvas
    bookmark = ""  # the line of the outline that leads here; none where it is empty
    rank = 0  # of that line: it stands below the last one of a lower rank

    def said(self) -> Iterable[str | bytes]:
        """Its words and pictures in their order, whatever the layout: what the code is made of."""
        return ()

    def _drawOn(self, canv: PaperCanvas) -> None:  # noqa: N802  reportlab's name
        if self.bookmark:
            canv.add_bookmark(self.bookmark, self.rank, self.height)
        super()._drawOn(canv)


def shorten(text: str, face: Face, size: float, width: float) -> str:
    """The text on one line, its end replaced by “…” where it is too wide."""
    text = clean(text).replace("\n", " ")
    if face.width(text, size) <= width:
        return text
    while text and face.width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"
