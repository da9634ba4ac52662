from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

from models.reports.paper.cid_font import EmbeddedFont, subset
from models.reports.paper.font_file import FontFile
from tests.models.reports.paper.conftest import FONTS, make_font


def test_a_subset_has_the_outlines_asked_for_in_that_order() -> None:
    file = FontFile(FONTS / "NotoSansSC-Regular.ttf")
    glyphs = [0, file.glyphs[ord("安")], file.glyphs[ord("全")]]
    font = TTFont(BytesIO(subset(file, glyphs)))
    whole = TTFont(file.path)
    for place, glyph in enumerate(glyphs):
        ours = font["glyf"][font.getGlyphName(place)]
        assert ours.getCoordinates(font["glyf"]) == whole["glyf"][
            whole.getGlyphName(glyph)
        ].getCoordinates(whole["glyf"])


def test_the_parts_of_a_composite_come_along(tmp_path: Path) -> None:
    file = FontFile(make_font(tmp_path / "tiny.ttf", {"A": None, "B": "A"}))
    font = TTFont(BytesIO(subset(file, [0, file.glyphs[ord("B")]])))
    assert font["maxp"].numGlyphs == 3
    parts = font["glyf"][font.getGlyphName(1)].components
    assert {font.getGlyphID(part.glyphName) for part in parts} == {2}
    assert len(parts) == 4


def test_hinting_programs_are_kept(tmp_path: Path) -> None:
    path = make_font(tmp_path / "tiny.ttf", {"A": None})
    font = TTFont(path)
    font["fpgm"] = newTable("fpgm")
    font["fpgm"].program = Program()
    font["fpgm"].program.fromBytecode(b"\x2d")
    font.save(path)
    assert TTFont(BytesIO(subset(FontFile(path), [0]))).getTableData("fpgm") == b"\x2d"


def test_codes_count_up_from_one(tmp_path: Path) -> None:
    font = EmbeddedFont(FontFile(make_font(tmp_path / "tiny.ttf", {"A": None})), "F1")
    assert [font.add("A", 1), font.add("B", 1)] == ["0001", "0002"]


def test_the_half_of_a_mark_has_one_code(tmp_path: Path) -> None:
    font = EmbeddedFont(FontFile(make_font(tmp_path / "tiny.ttf", {"》": None})), "F1")
    font.add("》", 1)
    assert [font.narrow("》", opens=False), font.narrow("》", opens=False)] == ["0002", "0002"]
