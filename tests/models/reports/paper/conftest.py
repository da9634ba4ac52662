from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from models.reports.paper.faces import Faces, find_faces
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.paper.pdf_file import PrintResult, write_pdf

FONTS = Path(__file__).parents[4] / "resources" / "fonts"
MOMENT = datetime(2026, 3, 5, 13, 20, tzinfo=UTC)


def body_of(faces: Faces, indent: float = 2) -> Style:
    """The body of GB/T 9704: 28 characters a line, 22 lines a page."""
    page = official_page()
    tracking = page.text_width / 28 - 16
    return Style(faces.body, 16, page.text_height / 22, indent, tracking=tracking)


@dataclass
class Printed:
    path: Path
    result: PrintResult
    texts: list[str]

    @property
    def text(self) -> str:
        return "".join(self.texts)


@pytest.fixture(scope="session")
def faces() -> Faces:
    return find_faces(FONTS)


@pytest.fixture
def printed(faces: Faces, tmp_path: Path) -> Callable[..., Printed]:
    def print_story(story: Sequence[Any], page: Page | None = None, **more: Any) -> Printed:
        path = tmp_path / "report.pdf"
        options = {"title": "报告", "author": "示例县实验小学", "created": MOMENT, **more}
        result = write_pdf(path, story, faces=faces, page=page or official_page(), **options)
        return Printed(path, result, texts_of(path))

    return print_story


def texts_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def facts_of(path: Path) -> dict[str, str]:
    """The properties of the document."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document.get_metadata_dict()
    finally:
        document.close()


def make_font(
    path: Path, glyphs: dict[str, str | None], *, licence: int = 0, long_table: bool = False
) -> Path:
    """A font of squares; a character that names another is a composite of that one's glyph."""
    builder = FontBuilder(1000, isTTF=True)
    names = {char: f"g{number}" for number, char in enumerate(sorted(glyphs))}
    order = sorted(names.values(), reverse=True)  # against the order of the codes
    builder.setupGlyphOrder([".notdef", *order])
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    if not long_table:
        builder.font["cmap"].tables = [t for t in builder.font["cmap"].tables if t.format == 4]
    outlines = {".notdef": _square(0)}
    for number, char in enumerate(glyphs):
        base = glyphs[char]
        outlines[names[char]] = _square(number) if base is None else _composite(names[base])
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(dict.fromkeys(outlines, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(fsType=licence, sTypoAscender=880, sTypoDescender=-120, sCapHeight=700)
    builder.setupNameTable({"familyName": "Tiny", "styleName": "Regular", "psName": "Tiny-Regular"})
    builder.setupPost()
    builder.save(path)
    return path


def _square(number: int) -> Any:
    pen = TTGlyphPen(None)
    edge = 500 + 10 * number
    pen.moveTo((100, 0))
    for point in ((edge, 0), (edge, edge), (100, edge)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def _composite(base: str) -> Any:
    pen = TTGlyphPen({base: None})
    pen.addComponent(base, (1, 0, 0, 1, 300, 0))
    pen.addComponent(base, (0.5, 0, 0, 0.5, 0, 0))
    pen.addComponent(base, (0.5, 0, 0, 0.7, 0, 0))
    pen.addComponent(base, (0.5, 0.2, 0.2, 0.7, 0, 0))
    return pen.glyph(dropImpliedOnCurves=False)
