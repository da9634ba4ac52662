"""The pages of a report: official portrait sheets (GB/T 9704) and landscape ledger sheets."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from reportlab.platypus.doctemplate import PageTemplate
from reportlab.platypus.frames import Frame

from models.reports.paper.faces import Faces
from models.reports.paper.paper_canvas import Align, PaperCanvas, shorten

MM = 72 / 25.4
SHORT_SIDE, LONG_SIDE = 210 * MM, 297 * MM
SMALL, TINY = 9.0, 7.0
GREY = 0.45
CODE = "校验码 "  # stands before the code of the content

Numbering = Literal["第X页共Y页", "—X—", ""]


@dataclass(frozen=True)
class Page:
    """Size and margins of a sheet in points, words above a header line, kind of page number."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: str = ""
    header_right: str = ""
    numbering: Numbering = "第X页共Y页"

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


def official_page(
    header: str = "", header_right: str = "", numbering: Numbering = "第X页共Y页"
) -> Page:
    """A4 upright with the margins of GB/T 9704."""
    margins = (37 * MM, 26 * MM, 35 * MM, 28 * MM)
    return Page(SHORT_SIDE, LONG_SIDE, *margins, header, header_right, numbering)


def ledger_page(
    header: str = "", header_right: str = "", numbering: Numbering = "第X页共Y页"
) -> Page:
    """A4 across with narrow margins, for tables."""
    margins = (20 * MM, 14 * MM, 16 * MM, 14 * MM)
    return Page(LONG_SIDE, SHORT_SIDE, *margins, header, header_right, numbering)


def official_page_across() -> Page:
    """A wide sheet within an official letter: GB/T 9704 turns it on A4 upright, and its page number
    stays where that of an upright sheet stands. On screen it is read without turning the head."""
    turned = official_page(numbering="—X—")
    return replace(
        turned,
        width=LONG_SIDE,
        height=SHORT_SIDE,
        top=turned.left,
        right=turned.top,
        bottom=turned.right,
        left=turned.bottom,
    )


class SheetTemplate(PageTemplate):  # type: ignore[misc]  # reportlab has no types
    """The reportlab template of a Page: one frame, a header line, a page number and the code."""

    def __init__(self, name: str, page: Page, faces: Faces, code: str) -> None:
        frame = Frame(page.left, page.bottom, page.text_width, page.text_height, 0, 0, 0, 0)
        super().__init__(name, [frame], pagesize=(page.width, page.height))
        self._page = page
        self._faces = faces
        self._code = f"{CODE}{code}"

    def beforeDrawPage(self, canv: PaperCanvas, doc: Any) -> None:  # noqa: N802  reportlab's name
        """Draw the header line."""
        page = self._page
        if page.numbering == "—X—" and canv.getPageNumber() % 2 == 0:
            self._turn_over(canv)
        if page.header or page.header_right:
            self._draw_header(canv)

    def afterDrawPage(self, canv: PaperCanvas, doc: Any) -> None:  # noqa: N802  reportlab's name
        """Draw the page number, which is also read after the text."""
        if self._page.numbering == "—X—":
            self._draw_dashed_number(canv)
        elif self._page.numbering:
            self._draw_number_of_total(canv)

    def _turn_over(self, canv: PaperCanvas) -> None:
        """The back of a sheet: its binding edge is the right one, of a sheet across the lower."""
        page = self._page
        if page.width > page.height:
            canv.translate(0, page.top - page.bottom)
        else:
            canv.translate(page.right - page.left, 0)

    def _draw_header(self, canv: PaperCanvas) -> None:
        page, face = self._page, self._faces.table
        y = page.height - page.top + 4 * MM
        left, right = page.left, page.width - page.right
        half = page.text_width / 2 - SMALL
        canv.put(shorten(page.header, face, SMALL, half), left, y, face, SMALL)
        canv.put(shorten(page.header_right, face, SMALL, half), right, y, face, SMALL, "R")
        canv.setLineWidth(0.5)
        canv.line(left, y - 4, right, y - 4)

    def _draw_number_of_total(self, canv: PaperCanvas) -> None:
        page, face = self._page, self._faces.table
        middle, y = page.left + page.text_width / 2, page.bottom - 7 * MM - SMALL
        gap = SMALL / 2
        canv.put(f"第 {canv.getPageNumber()} 页", middle - gap, y, face, SMALL, "R")
        canv.put_total(middle + gap, y, face, SMALL)
        self._draw_code(canv, page.width - page.right, y, "R")

    def _draw_dashed_number(self, canv: PaperCanvas) -> None:
        """14 pt, one character in, at the outer side of the sheet as it is bound; the last thing
        drawn on it."""
        page, face, size = self._page, self._faces.body, 14.0
        if page.width > page.height:
            canv.translate(0, page.height)
            canv.rotate(-90)
            page = _upright(page)
        text, y = f"— {canv.getPageNumber()} —", page.bottom - 7 * MM - size
        if canv.getPageNumber() % 2:
            canv.put(text, page.width - page.right - size, y, face, size, "R")
        else:
            canv.put(text, page.left + size, y, face, size)
        self._draw_code(canv, page.left + page.text_width / 2, y, "C")

    def _draw_code(self, canv: PaperCanvas, x: float, y: float, align: Align) -> None:
        """Small and grey, where no page number stands."""
        canv.emit(f"q {GREY} g")
        canv.put(self._code, x, y, self._faces.table, TINY, align)
        canv.emit("Q")


def _upright(page: Page) -> Page:
    """The sheet as it is bound, its upper edge at the left."""
    return replace(
        page,
        width=page.height,
        height=page.width,
        top=page.right,
        right=page.bottom,
        bottom=page.left,
        left=page.top,
    )
