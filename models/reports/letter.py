"""The parts of an official letter (GB/T 9704-2012): title, recipient, numbered levels, attachments,
unit and day. A report puts them in order; `paper/red_head.py` has the head and foot of an office's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable, Spacer

from models.reports.paper.faces import Face, Faces
from models.reports.paper.line_breaking import break_lines
from models.reports.paper.page import Page, official_page, official_page_across
from models.reports.paper.paragraph import Paragraph, Run, Style
from models.reports.report import SigningBlock, paragraph

PAGE, WIDE = official_page(numbering="—X—"), official_page_across()
# 28 characters of 16 pt a line, 22 lines a page
SIZE, LEADING = 16.0, PAGE.text_height / 22
TRACKING = PAGE.text_width / 28 - SIZE
TITLE_SIZE = 22.0
SIGNERS = ("填报人：", "审核人：", "主要负责人：")
COUNT = "[一二三四五六七八九十百]+"
FIRST_LEVEL = re.compile(f"{COUNT}、")
SECOND_LEVEL = re.compile(f"[（(]{COUNT}[）)]")


class Attachment(NamedTuple):
    """What comes with a letter: its name, what stands on it, and its sheet (WIDE for tables)."""

    name: str
    flowables: Sequence[Flowable]
    page: Page = PAGE


class Letter:
    """Makes the parts of a letter in the faces of this PC."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.body = Style(faces.body, SIZE, LEADING, 2, tracking=TRACKING)
        self.head = replace(self.body, face=faces.hei, keep_with_next=True)
        self.title = Style(faces.title, TITLE_SIZE, 36, align="C")
        self._small = Style(faces.table, 9, 15, before=4)

    def opening(self, title: str, addressee: str = "") -> list[Flowable]:
        """The title, a line below it, and to whom, where that is known."""
        plain = replace(self.body, indent=0)
        whom = [paragraph(f"{addressee}：", plain)] if addressee else []
        return [paragraph(title, balanced(title, self.title)), Spacer(1, LEADING), *whom]

    def words(self, text: str) -> Paragraph:
        """A paragraph; one that begins with 一、 or （一） is a heading to its first full stop."""
        face = self._level(text)
        end = text.find("。") + 1 or len(text)
        if face is None:
            return paragraph(text, self.body)
        if end == len(text):
            return paragraph(text, self._headed(face))
        return Paragraph([Run(text[:end], face), Run(text[end:])], self.body)

    def note(self, text: str) -> Paragraph:
        """Small words below a table or above photos."""
        return paragraph(text, self._small)

    def attached(self, names: Sequence[str]) -> Iterator[Flowable]:
        """附件：1. … under each other, as the letter names what comes with it."""
        step = SIZE + TRACKING
        for number, name in enumerate(names, 1):
            mark = f"{number}. " if len(names) > 1 else ""
            first = number == 1
            start = 5 * step + self.faces.body.width(mark, SIZE)
            style = replace(
                self.body,
                left=start,
                indent=(2 if first else 5) - start / step,
                align="L",
                before=LEADING if first else 0,
            )
            yield paragraph(f"{'附件：' if first else ''}{mark}{name}", style)

    def attachments(self, attached: Sequence[Attachment]) -> Iterator[Flowable | Page]:
        """Each on a new sheet that begins with its number, if there are several, and its name."""
        head, title = (
            replace(self.head, indent=0),
            replace(self.title, size=18, leading=30, after=6),
        )
        for number, (name, flowables, page) in enumerate(attached, 1):
            mark = f"附件{number}" if len(attached) > 1 else "附件"
            first = paragraph(mark, head)
            first.bookmark = f"{mark} {name}"
            yield from (page, first, paragraph(name, balanced(name, title, page.text_width)))
            yield from flowables

    def signed(self, unit: str, day: str, lines: Sequence[str] = ()) -> SigningBlock:
        """Lines to sign, and unit and day in room for a seal."""
        style = replace(self.body, indent=0, align="L", tracking=0)
        if not lines:
            return SigningBlock([], unit, day, style)
        return SigningBlock(lines, f"{unit}（盖章）", day, replace(style, size=14, leading=28))

    def _headed(self, face: Face) -> Style:
        return replace(self.head, face=face, rank=int(face is self.faces.kai))

    def _level(self, text: str) -> Face | None:
        if FIRST_LEVEL.match(text):
            return self.faces.hei
        return self.faces.kai if SECOND_LEVEL.match(text) else None


def balanced(text: str, style: Style, width: float = PAGE.text_width) -> Style:
    """The style with margins that make the lines of the text about equally long."""
    advances = style.face.advances(text, style.size)
    count = len(break_lines(text, advances, width))
    room = width
    while room > style.size and len(break_lines(text, advances, room - style.size)) == count:
        room -= style.size
    spare = (width - room) / 2
    return replace(style, left=spare, right=spare)
