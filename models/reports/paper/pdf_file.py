"""Write a story as a PDF file, whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.platypus.doctemplate import BaseDocTemplate, NextPageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak, Spacer

from models.files import write_whole
from models.reports.paper.faces import Faces, clean
from models.reports.paper.page import Page, SheetTemplate
from models.reports.paper.paper_canvas import PaperCanvas

PROGRAM = "校园安全台账"


class PrintResult(NamedTuple):
    """How many pages were written and which characters could only be drawn as a box."""

    pages: int
    missing: tuple[str, ...]


def write_pdf(
    path: Path,
    story: Sequence[Flowable | Page],
    *,
    faces: Faces,
    page: Page,
    title: str,
    author: str,
    created: datetime,
) -> PrintResult:
    """Print the story to the file; a Page within the story begins a new sheet of that kind."""
    names = {"title": title, "author": author}
    data = BytesIO()
    canvas = _build(data, story, faces, page, names, created)
    write_whole(path, data.getvalue())
    return PrintResult(canvas.getPageNumber() - 1, tuple(sorted(canvas.missing)))


def _build(
    data: BytesIO,
    story: Sequence[Flowable | Page],
    faces: Faces,
    page: Page,
    names: dict[str, str],
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
        pageTemplates=[SheetTemplate(name, sheet, faces) for sheet, name in templates.items()],
        invariant=1,
        creator=PROGRAM,
        producer=PROGRAM,
        lang="zh-CN",
        displayDocTitle=True,
        **{kind: clean(text).replace("\n", " ") for kind, text in names.items()},
    )
    made: list[PaperCanvas] = []

    def make_canvas(*arguments: Any, **options: Any) -> PaperCanvas:
        canvas = PaperCanvas(*arguments, **options)
        canvas.setDateFormatter(lambda *_: _pdf_date(created))
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


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")
