from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from models.reports.paper.cid_font import subset
from models.reports.paper.faces import Face, Faces
from models.reports.paper.font_file import FontFile
from models.reports.paper.line_breaking import Ends, break_lines
from models.reports.paper.paragraph import Paragraph, Style, _spaced
from tests.models.reports.paper.conftest import FONTS, Printed, make_font

Print = Callable[..., Printed]


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("他说：“马上办。”", "：。"),
        ("（《规范》）。", "《》）"),
        ("“‘安全’”，", "‘’”"),
        ("行动”）。检查", "”）"),
        ("安全，第一。", ""),
        ("办。（见附件）", "。"),
        ("，", ""),
        ("", ""),
    ],
)
def test_of_two_marks_that_meet_one_gives_up_its_blank(
    text: str, narrow: str, faces: Faces
) -> None:
    for face in (faces.body, faces.title, faces.table):
        assert "".join(text[at] for at in face.narrowed(text)) == narrow
        assert face.width(text, 10) == 10 * len(text) - 5 * len(narrow)
        assert sum(face.advances(text, 10)) == face.width(text, 10)


def test_a_mark_that_fills_its_square_or_is_narrow_gives_up_nothing(tmp_path: Path) -> None:
    """The squares of this font begin at the left and reach beyond the middle."""
    face = Face([FontFile(make_font(tmp_path / "tiny.ttf", dict.fromkeys("□。”“（")))])
    assert face.narrowed("。”“（") == []


def places_of(path: Path) -> list[tuple[str, float]]:
    """The characters of the first page with the left edge of their ink."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0].get_textpage()
        text = page.get_text_range()
        return [(char, page.get_charbox(at)[0]) for at, char in enumerate(text)]
    finally:
        document.close()


def test_marks_that_meet_are_drawn_close_and_read_as_they_were(
    printed: Print, faces: Faces
) -> None:
    style = Style(faces.body, 10, 20)
    plain = places_of(printed([Paragraph("安", style)]).path)
    text = "（《安》）。安"
    marked = places_of(printed([Paragraph(text, style)]).path)[: len(text)]
    assert "".join(char for char, _ in marked) == text
    first, second = (edge - plain[0][1] for char, edge in marked if char == "安")
    assert first == pytest.approx(15, abs=0.1)  # （ whole, 《 half
    assert second == pytest.approx(45, abs=0.1)  # 安 whole, 》 and ） half, 。 whole


def test_the_half_of_a_mark_is_a_glyph_of_half_the_width() -> None:
    file = FontFile(FONTS / "NotoSansSC-Regular.ttf")
    opens, closes = file.glyphs[ord("《")], file.glyphs[ord("》")]
    font = TTFont(BytesIO(subset(file, [0, opens, closes, opens, closes], {3: True, 4: False})))
    names = font.getGlyphOrder()
    assert [font["hmtx"][name][0] for name in names] == [1000, 1000, 1000, 500, 500]
    whole, half = (font["glyf"][names[place]] for place in (1, 3))
    assert (half.xMin, half.xMax) == (whole.xMin - 500, whole.xMax - 500)
    assert font["hmtx"][names[3]][1] == half.xMin
    parts = half.components
    assert [(part.glyphName, part.x, part.y) for part in parts] == [(names[1], -500, 0)]
    assert font["glyf"][names[4]] == font["glyf"][names[2]]


ENDS = Ends("，。”", 0.5)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("安全第一。预防", 4.5, ["安全第一。", "预防"]),
        ("安全第一。预防", 4.4, ["安全第", "一。预防"]),
        ("安全第一。", 4.5, ["安全第一。"]),
        ("安全第一：预防", 4.5, ["安全第", "一：预防"]),
    ],
)
def test_at_the_end_of_a_line_a_mark_does_without_its_blank(
    text: str, width: float, lines: list[str]
) -> None:
    found = break_lines(text, [1.0] * len(text), width, ends=ENDS)
    assert [text[line.start : line.end] for line in found] == lines
    assert all(line.width <= width for line in found)


def test_a_mark_gives_up_its_blank_only_once() -> None:
    first, *_ = break_lines("安。“全", [1, 0.5, 1, 1], 1.2, ends=ENDS)
    assert first.end == 1


def test_words_and_numbers_are_not_stretched() -> None:
    assert [*_spaced("按GB 50016-2014办", 2, 0)] == [
        ("按", 2),
        ("G", 0),
        ("B ", 2),
        ("50016-201", 0),
        ("4办", 2),
    ]
    assert [*_spaced("GB", 2, 0)] == [("G", 0), ("B", 2)]
    assert [*_spaced("GB", 1, 1)] == [("GB", 1)]
