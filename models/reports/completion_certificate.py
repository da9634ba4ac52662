"""结业证书 of a programme: a sheet each, numbered, with room for the seal (domain D.3)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable, Spacer

from models.records.fields import show_day
from models.records.programme import Programme
from models.reports.paper.faces import Faces
from models.reports.paper.page import MM, Page, ledger_page
from models.reports.paper.paper_canvas import Piece
from models.reports.paper.paragraph import Paragraph, Run, Style
from models.reports.report import BLANK, Report, SigningBlock, paragraph, printed_on

TITLE = "结业证书"
PAGE = ledger_page(numbering="")
INNER, OUTER = 2 * MM, 4 * MM  # the two lines of the border, beyond the text
SIDE = 60.0


class Graduate(NamedTuple):
    """Whom a certificate is for; hours are told where there are any."""

    name: str
    unit: str
    number: str
    hours: Decimal


class _Border(Piece):
    """Two lines around the sheet; it takes no room of its own."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Nothing of the room."""
        self.width, self.height = width, 0.0
        return self.width, self.height

    def draw(self) -> None:
        """Around the whole text area, whose top is here."""
        for gap, line in ((OUTER, 2.0), (INNER, 0.6)):
            self.canv.setLineWidth(line)
            high, wide = PAGE.text_height + 2 * gap, PAGE.text_width + 2 * gap
            self.canv.rect(-gap, -PAGE.text_height - gap, wide, high, stroke=1, fill=0)


def completion_certificates(
    issuer: str,
    programme: Programme,
    day: date,
    graduates: Sequence[Graduate],
    *,
    faces: Faces,
) -> Report:
    """A certificate for each of them, in their order."""
    story: list[Flowable | Page] = []
    for graduate in graduates:
        story += [PAGE] if story else []
        story += _sheet(issuer, programme, day, graduate, faces)
    return Report(TITLE, PAGE, story)


def _sheet(
    issuer: str, programme: Programme, day: date, graduate: Graduate, faces: Faces
) -> list[Flowable]:
    number = Style(faces.body, 14, 22, align="C", after=20)
    body = Style(faces.body, 20, 37, 2, left=SIDE, right=SIDE)
    signed = Style(faces.body, 16, 30, align="L")
    name = Run(f" {graduate.name} ", faces.hei)
    return [
        _Border(),
        Spacer(1, 32),
        paragraph(TITLE, Style(faces.title, 40, 62, align="C", tracking=12)),
        paragraph(f"编号：{graduate.number}", number),
        Paragraph([name, Run(_words(programme, graduate))], body),
        paragraph("特发此证。", body),
        Spacer(1, 20),
        SigningBlock([], f"{issuer}（盖章）", printed_on(day), signed),
    ]


def _words(programme: Programme, graduate: Graduate) -> str:
    days = [show_day(one) if one else BLANK for one in (programme.begins, programme.ends)]
    hours = f"，完成培训{graduate.hours}学时" if graduate.hours else ""
    return (
        f"同志（{graduate.unit}）于{days[0]}至{days[1]}参加{programme.name}学习{hours}，准予结业。"
    )
