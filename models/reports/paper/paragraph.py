"""A Chinese paragraph: runs of text, never markup; justified, indented in characters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.reports.paper.faces import Face, clean
from models.reports.paper.line_breaking import Ends, Line, break_lines
from models.reports.paper.paper_canvas import ASCENT, Align, Piece, PrintingDay
from models.reports.paper.squeeze import HALF

# A gap is stretched by at most so much of the size; wider holes look worse than a ragged end.
MOST_STRETCH = 0.35
FEWEST_LINES = 2  # alone at the foot or head of a page
# The letters of a Latin word or a number but its last: no line is stretched between them.
WITHIN_WORDS = re.compile(r"[!-~À-ӿ]+(?=[!-~À-ӿ])")


class Run(NamedTuple):
    """Text in one face; None is the face of the paragraph."""

    text: str
    face: Face | None = None


@dataclass(frozen=True)
class Style:
    """How a paragraph looks; lengths in points, the first line's indent in characters."""

    face: Face
    size: float
    leading: float
    indent: float = 0
    align: Align = "J"
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    tracking: float = 0
    keep_with_next: bool = False  # a heading: it stands in the outline, too
    rank: int = 0  # of a heading: it belongs below the last one of a lower rank


class _Text:
    """The words of a paragraph with the face of each character, shared by its pieces."""

    def __init__(self, runs: Sequence[Run], style: Style) -> None:
        self.runs = [Run(clean(run.text), run.face or style.face) for run in runs]
        self.text = "".join(run.text for run in self.runs)

    def advances(self, style: Style) -> Iterator[float]:
        for text, face in self.runs:
            yield from (face or style.face).advances(text, style.size, style.tracking)

    def parts(self, start: int, end: int) -> Iterator[tuple[str, Face]]:
        """The stretch of text in pieces of one face."""
        at = 0
        for text, face in self.runs:
            part = text[max(start - at, 0) : max(end - at, 0)]
            if part and face:
                yield part, face
            at += len(text)


def _spaced(text: str, loose: float, tight: float) -> Iterator[tuple[str, float]]:
    """The text in pieces, with the room behind each character; words stay as they are."""
    at = 0
    for word in WITHIN_WORDS.finditer(text) if loose != tight else ():
        if word.start() > at:
            yield text[at : word.start()], loose
        yield word.group(), tight
        at = word.end()
    yield text[at:], loose  # the last letter of a word is never within it


class Paragraph(Piece):
    """Runs of text broken into lines of the width that the page gives."""

    def __init__(self, text: str | Sequence[Run], style: Style) -> None:
        super().__init__()
        self._text = _Text([Run(text)] if isinstance(text, str) else text, style)
        self._style = style
        self._lines: list[Line] = []
        self._broken_for = -1.0
        self.keepWithNext = style.keep_with_next
        self.bookmark = self._text.text.strip() if style.keep_with_next else ""
        self.rank = style.rank

    def said(self) -> Iterator[str]:
        """Its words, whatever faces they are in."""
        yield "".join(text for text, _ in self._text.runs if not isinstance(text, PrintingDay))

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """The room above."""
        return self._style.before

    def getSpaceAfter(self) -> float:  # noqa: N802  reportlab's name
        """The room below."""
        return self._style.after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the lines for this width."""
        style = self._style
        if self._broken_for != width:
            room = width - style.left - style.right
            advances = self._text.advances(style)
            ends = Ends(style.face.blank_ends, HALF * style.size)
            self._lines = break_lines(self._text.text, advances, room, room - self._indent(), ends)
            self._broken_for = width
        self.width, self.height = width, len(self._lines) * style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list["Paragraph"]:
        """Two pieces of which neither has a single line; none where that cannot be."""
        self.wrap(width, height)
        fit = int((height + 1e-6) // self._style.leading)
        if fit >= len(self._lines):
            return [self]
        fit = min(fit, len(self._lines) - FEWEST_LINES)
        if fit < FEWEST_LINES:
            return []
        return [self._piece(0, fit), self._piece(fit, len(self._lines))]

    def draw(self) -> None:
        """Write the lines."""
        style = self._style
        top = self.height - (style.leading - style.size) / 2 - style.size * ASCENT
        out = ["BT 0 g"]
        active: Face | None = None
        for number, line in enumerate(self._lines):
            x, tracking = self._place(line, number)
            out.append(f"1 0 0 1 {x:.2f} {top - number * style.leading:.2f} Tm")
            for text, face in self._text.parts(line.start, line.end):
                pen = self.canv.pen(face)
                if face is not active:
                    out.append(pen.select(style.size))
                    active = face
                for piece, space in _spaced(text, tracking, style.tracking):
                    out.append(f"{space:.4f} Tc {pen.show(piece, style.size)}")
        out.append("ET")
        self.canv.emit("\n".join(out))

    def _place(self, line: Line, number: int) -> tuple[float, float]:
        """Where the line starts and how far its characters stand apart, but those of a word."""
        style = self._style
        starts = line.start == 0 or self._text.text[line.start - 1] == "\n"
        indent = self._indent() if starts else 0.0
        x = style.left + indent
        spare = self._broken_for - style.left - style.right - indent - line.width
        if style.align == "C":
            return x + spare / 2, style.tracking
        if style.align == "R":
            return x + spare, style.tracking
        words = WITHIN_WORDS.findall(self._text.text, line.start, line.end)
        gaps = line.end - line.start - 1 - sum(map(len, words))
        if style.align == "L" or line.last or gaps < 1:
            return x, style.tracking
        stretch = spare / gaps
        return x, style.tracking + (stretch if stretch < MOST_STRETCH * style.size else 0.0)

    def _indent(self) -> float:
        return self._style.indent * (self._style.size + self._style.tracking)

    def _piece(self, start: int, end: int) -> "Paragraph":
        piece = Paragraph((), self._style)
        piece._text = self._text
        piece._lines = self._lines[start:end]
        piece._broken_for = self._broken_for
        piece.bookmark = "" if start else self.bookmark
        return piece
