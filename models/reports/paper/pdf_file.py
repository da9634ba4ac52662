"""Write a story as a PDF file, whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.platypus.doctemplate import BaseDocTemplate, NextPageTemplate
from reportlab.platypus.flowables import Flowable, KeepTogether, PageBreak, Spacer

from models.files import write_whole
from models.reports.paper.archival import LANGUAGE, PROGRAM, VERSION, Names, make_archival
from models.reports.paper.content_code import content_code
from models.reports.paper.faces import Faces
from models.reports.paper.page import CODE, Page, SheetTemplate
from models.reports.paper.paper_canvas import PaperCanvas, Piece


class PrintResult(NamedTuple):
    """How many pages were written, which characters could only be drawn as a box, and the code of
    the content."""

    pages: int
    missing: tuple[str, ...]
    code: str


class _Opening(KeepTogether):  # type: ignore[misc]  # reportlab has no types
    """Headings and what follows them: of a paragraph or table, its beginning goes along."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """All of it, to be broken as it comes, where the beginning has room on this page."""
        last = self._content[-1]
        if isinstance(last, Piece):
            room = height - (self._H - last.height)
            if len(last.splitOn(self.canv, width, room)) > 1:
                return list(self._content)
        flowables: list[Flowable] = super().split(width, height)
        return flowables


def write_pdf(
    path: Path,
    story: Sequence[Flowable | Page],
    *,
    faces: Faces,
    page: Page,
    title: str,
    author: str,
    created: datetime,
    subject: str = "",
) -> PrintResult:
    """Print the story to the file; a Page within the story begins a new sheet of that kind.

    The file is one to keep (PDF/A-2b); `subject` says more about it than the title.
    """
    code = content_code(title, [page, *story])
    names = Names(title, author, subject or title, f"{CODE}{code}").plain()
    data = BytesIO()
    canvas = _build(data, story, faces, page, code, names, created)
    write_whole(path, data.getvalue())
    return PrintResult(canvas.getPageNumber() - 1, tuple(sorted(canvas.missing)), code)


def _build(
    data: BytesIO,
    story: Sequence[Flowable | Page],
    faces: Faces,
    page: Page,
    code: str,
    names: Names,
    created: datetime,
) -> PaperCanvas:
    rl_config.useA85 = (
        0  # text in place of bytes only makes files larger and slower; we never want it
    )
    sheets = dict.fromkeys([page, *(item for item in story if isinstance(item, Page))])
    templates = {sheet: f"sheet{number}" for number, sheet in enumerate(sheets)}
    document = BaseDocTemplate(
        data,
        pagesize=(page.width, page.height),
        pageTemplates=[
            SheetTemplate(name, sheet, faces, code) for sheet, name in templates.items()
        ],
        invariant=1,
        creator=PROGRAM,
        producer=PROGRAM,
        lang=LANGUAGE,
        displayDocTitle=True,
        keepTogetherClass=_Opening,
        **names._asdict(),
    )
    made: list[PaperCanvas] = []

    def make_canvas(*arguments: Any, **options: Any) -> PaperCanvas:
        canvas = PaperCanvas(*arguments, **options, pdfVersion=VERSION)
        make_archival(canvas._doc, names, created)
        made.append(canvas)
        return canvas

    document.build(_flowables(story, templates), canvasmaker=make_canvas)
    return made[0]


def _flowables(story: Sequence[Flowable | Page], templates: dict[Page, str]) -> list[Flowable]:
    flowables: list[Flowable] = []
    for item in story:
        if isinstance(item, Page):
            flowables += [NextPageTemplate(templates[item]), PageBreak()]
        else:
            flowables.append(item)
    return flowables or [Spacer(1, 1)]  # a report without content is still a sheet of paper
