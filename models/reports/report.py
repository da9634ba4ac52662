"""What a report is, and the lines that all of them carry: headings, signatures, room for a seal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.fields import show_day
from models.reports.paper.faces import Faces
from models.reports.paper.page import MM, Page
from models.reports.paper.paper_canvas import Piece, PrintingDay
from models.reports.paper.paragraph import Paragraph, Run, Style
from models.reports.paper.photos import Photo, photo_rows

BLANK = "\u3000" * 8  # room to write by hand
BLANK_DAY = "\u3000\u3000年\u3000月\u3000日"
SEAL = 42 * MM
NUMBER_SIZE = 14.0


class Report(NamedTuple):
    """A report to be written: its name, its first sheet, what stands on its sheets, and what it is
    about, where its name does not say it all."""

    title: str
    page: Page
    story: Sequence[Flowable | Page]
    subject: str = ""


def paragraph(text: str, style: Style) -> Paragraph:
    """Words of one face; nothing in them is ever read as markup."""
    return Paragraph([Run(text)], style)


def headed(title: str, number: str, faces: Faces) -> list[Flowable]:
    """The title of a paper, and its number below it."""
    return [
        paragraph(title, Style(faces.title, 22, 34, align="C")),
        paragraph(number, Style(faces.body, NUMBER_SIZE, 26, align="C", after=8)),
    ]


def day_or_blank(day: date | None) -> str:
    """The day, or room to write it by hand."""
    return show_day(day) if day else BLANK_DAY


def printed_on(day: date, before: str = "") -> str:
    """The day on which a paper is printed, behind words; its content code passes over it."""
    return PrintingDay(f"{before}{show_day(day)}")


def short_day(day: date | None) -> str:
    """The day on two lines, for a narrow column; empty where there is none."""
    return show_day(day).replace("年", "年\n") if day else ""


def photos_below(heading: str, photos: Sequence[Photo], faces: Faces) -> list[Flowable]:
    """The photos under their heading, which never stands alone; nothing where there are none."""
    if not photos:
        return []
    rows = photo_rows(photos, faces=faces)
    title = paragraph(heading, Style(faces.hei, 12, 24, before=8))
    return [KeepTogether([title, rows[0]]), *rows[1:]]


def spread(texts: Sequence[str], style: Style, width: float) -> list[Flowable]:
    """Texts on one line from edge to edge, or below each other where they have no room."""
    widths = [style.face.width(text, style.size) for text in texts]
    if sum(widths) + style.size * (len(texts) - 1) <= width:
        return [Spread(texts, widths, style)]
    return [paragraph(text, style) for text in texts]


class Spread(Piece):
    """Texts on one line with equal gaps; the first begins at the left edge, the last ends right."""

    def __init__(self, texts: Sequence[str], widths: Sequence[float], style: Style) -> None:
        super().__init__()
        self._texts = texts
        self._widths = widths
        self._style = style

    def said(self) -> Iterator[str]:
        """The texts, as they would stand below each other."""
        yield from (text for text in self._texts if not isinstance(text, PrintingDay))

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """The room above."""
        return self._style.before

    def getSpaceAfter(self) -> float:  # noqa: N802  reportlab's name
        """The room below."""
        return self._style.after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line."""
        self.width, self.height = width, self._style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Write the texts."""
        style = self._style
        gap = (self.width - sum(self._widths)) / max(len(self._texts) - 1, 1)
        x, y = 0.0, (style.leading - style.size) / 2 + style.size * 0.12
        for text, width in zip(self._texts, self._widths, strict=True):
            self.canv.put(text, x, y, style.face, style.size)
            x += width + gap


class SigningBlock(Piece):
    """Lines to sign at the left; at the right unit and day, in the middle of room for a seal."""

    def __init__(self, lines: Sequence[str], unit: str, day: str, style: Style) -> None:
        super().__init__()
        self._left = [paragraph(line, style) for line in lines]
        seal = replace(style, align="C")
        one_line = " ".join(unit.split())  # a name with line ends would outgrow the sheet
        self._right = [paragraph(text, seal) for text in (one_line, day)]

    def said(self) -> Iterator[str]:
        """The lines, the unit and the day."""
        for text in (*self._left, *self._right):
            yield from text.said()

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """The room above."""
        return 6.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Both halves beside each other, never parted; at least as high as a seal."""
        self.width = width
        heights = [
            sum(text.wrap(width / 2, height)[1] for text in half)
            for half in (self._left, self._right)
        ]
        self.height = max(SEAL, *heights)
        return self.width, self.height

    def draw(self) -> None:
        """Write both halves."""
        for half, x in ((self._left, 0.0), (self._right, self.width / 2)):
            y = (self.height + sum(text.height for text in half)) / 2
            for text in half:
                y -= text.height
                text.drawOn(self.canv, x, y)
