"""Head and foot of a letter that an office issues (GB/T 9704-2012, 7.2 and 7.4): 版头 and 版记."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.reports.paper.faces import Faces, clean
from models.reports.paper.page import MM
from models.reports.paper.paper_canvas import ASCENT, Color, Piece, PrintingDay
from models.reports.paper.paragraph import Paragraph, Style

RED: Color = (0.87, 0.0, 0.0)
ABOVE_ISSUER = 35 * MM  # from the top of the text
HIGHEST = 18 * MM  # of the issuer's characters; the standard leaves it to the eye
WIDEST = 0.94  # of the text
RULE_BELOW = 4 * MM
RED_RULE, THICK, THIN = 0.5 * MM, 0.35 * MM, 0.25 * MM
SIZE = 16.0
SMALL = 14.0


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the letter, its number, who signs a letter to a higher office, and the marks at
    the upper left (份号, 密级, 紧急程度), a line each."""

    issuer: str
    number: str
    signer: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """Who gets a copy, who printed the letter and when."""

    receivers: str
    printer: str
    day: str


class RedHead(Piece):
    """The red name of the issuer, the number of the letter and the red rule below."""

    def __init__(self, head: Head, faces: Faces, leading: float) -> None:
        super().__init__()
        self._head = head
        self._faces = faces
        self._leading = leading

    def said(self) -> Iterator[str]:
        """Marks, name, number and who signs."""
        head = self._head
        yield from (*head.marks, head.issuer, head.number, head.signer)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole width; two lines below the rule belong to it."""
        name = clean(self._head.issuer)
        full = self._faces.title.width(name, 1)
        self._size = min(HIGHEST, WIDEST * width / max(full, 1))
        self.width = width
        self.height = ABOVE_ISSUER + self._size + 3 * self._leading + RULE_BELOW + self._leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw marks, name, number and rule, from the top down."""
        head, canv = self._head, self.canv
        for number, mark in enumerate(head.marks):
            y = self.height - number * self._leading - SIZE * ASCENT
            canv.put(mark, 0, y, self._faces.hei, SIZE)
        canv.saveState()
        canv.setFillColorRGB(*RED)
        canv.setStrokeColorRGB(*RED)
        y = self.height - ABOVE_ISSUER - self._size * ASCENT
        canv.put(head.issuer, self.width / 2, y, self._faces.title, self._size, "C")
        rule = self._leading
        canv.setLineWidth(RED_RULE)
        canv.line(0, rule, self.width, rule)
        canv.restoreState()
        y = rule + RULE_BELOW + SIZE * (1 - ASCENT)
        body, kai = self._faces.body, self._faces.kai
        signer = f"签发人：{head.signer}" if head.signer else ""
        size = _fitting(self.width, SIZE, body.width(head.number, 1) + kai.width(signer, 1))
        if signer:  # a letter upwards: number and signer stand one character in
            canv.put(head.number, SIZE, y, body, size)
            canv.put(signer, self.width - SIZE, y, kai, size, "R")
        else:
            canv.put(head.number, self.width / 2, y, body, size, "C")


class Imprint(Piece):
    """抄送, who printed the letter and when: at the foot of the last page, below all text."""

    def __init__(self, copies: Copies, faces: Faces) -> None:
        super().__init__()
        plain = Style(faces.body, SMALL, 2 * SMALL, left=SMALL, right=SMALL, align="L")
        heading = "抄送："
        start = SMALL + faces.body.width(heading, SMALL)
        hanging = replace(plain, left=start, indent=-len(heading))
        receivers = copies.receivers
        self._receivers = [Paragraph(f"{heading}{receivers}", hanging)] if receivers else []
        self._printer, self._day, self._face = copies.printer, copies.day, faces.body

    def said(self) -> Iterator[str]:
        """To whom copies go, who printed it and when."""
        for row in self._receivers:
            yield from row.said()
        yield self._printer
        if not isinstance(self._day, PrintingDay):
            yield self._day

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All that is left of the page, so that it stands at its foot."""
        self._rows = sum(row.wrap(width, height)[1] for row in self._receivers)
        self.width, self.height = width, max(self._rows + 2 * SMALL, height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rows and their rules."""
        canv, width, row = self.canv, self.width, 2 * SMALL
        rules = [(row + self._rows, THICK), (0.0, THICK)]
        for paragraph in self._receivers:
            paragraph.drawOn(canv, 0, row)
            rules.append((row, THIN))
        y = SMALL * (1 - ASCENT / 2)
        issued = f"{self._day}印发"
        told = self._face.width(self._printer, 1) + self._face.width(issued, 1)
        size = _fitting(width, SMALL, told)
        canv.put(self._printer, SMALL, y, self._face, size)
        canv.put(issued, width - SMALL, y, self._face, size, "R")
        for height, thickness in rules:
            canv.setLineWidth(thickness)
            canv.line(0, height, width, height)


def _fitting(width: float, size: float, told: float) -> float:
    """The size, or a smaller one where words of one line, of that width at size 1, lack room for a
    character at each end and one between them."""
    return min(size, (width - 3 * size) / max(told, 1))
