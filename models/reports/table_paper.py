"""What ledgers and registers have in common: title, a line of who and when, words, signatures."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.paper.faces import Faces
from models.reports.paper.page import Page
from models.reports.paper.paragraph import Style
from models.reports.report import BLANK, BLANK_DAY, paragraph, spread

SIGNERS = ("填表人", "审核人", "校长签字")


class TablePaper:
    """Makes what stands above and below the table of a page."""

    def __init__(self, page: Page, faces: Faces) -> None:
        self._width = page.text_width
        self._title = Style(faces.title, 18, 28, align="C", after=4)
        self._plain = Style(faces.body, 10.5, 17, align="L", after=3)
        self._small = Style(faces.table, 8.5, 13, before=2)

    def head(self, title: str, *lines: Sequence[str]) -> list[Flowable]:
        """The title, and lines of texts from edge to edge."""
        told = [part for line in lines for part in spread(line, self._plain, self._width)]
        return [paragraph(title, self._title), *told]

    def foot(
        self, words: Sequence[str] = (), notes: Sequence[str] = (), signers: Sequence[str] = SIGNERS
    ) -> Flowable:
        """What sums it up, small notes, and room to sign for each; never parted.

        A signer who is known stands with the name behind a colon; a day has no name.
        """
        said = [paragraph(text, replace(self._plain, before=6)) for text in words if text]
        small = [paragraph(text, self._small) for text in notes if text]
        blanks = [who if "：" in who or who == BLANK_DAY else f"{who}：{BLANK}" for who in signers]
        line = spread(blanks, replace(self._plain, before=10, after=0), self._width)
        return KeepTogether([*said, *small, *line])
