from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from models.reports.paper.font_file import FontFile, UnfitFont
from tests.models.reports.paper.conftest import FONTS, make_font


@pytest.mark.parametrize("name", ["NotoSansSC-Regular.ttf", "NotoSansSC-Rare.ttf"])
def test_it_reads_what_fonttools_reads(name: str) -> None:
    ours, theirs = FontFile(FONTS / name), TTFont(FONTS / name)
    cmap = theirs.getBestCmap()
    assert set(ours.glyphs) == set(cmap)
    for char in "中𬱖A，□":
        if ord(char) in cmap:
            glyph = theirs.getGlyphID(cmap[ord(char)])
            assert ours.glyphs[ord(char)] == glyph
            assert ours.metric(glyph) == theirs["hmtx"][cmap[ord(char)]]
    assert ours.name == theirs["name"].getDebugName(6).replace("-", "")


def test_old_character_tables_are_read_too(tmp_path: Path) -> None:
    path = make_font(tmp_path / "tiny.ttf", dict.fromkeys("ABC甲乙", None))
    ours, theirs = FontFile(path), TTFont(path)
    wanted = {code: theirs.getGlyphID(name) for code, name in theirs.getBestCmap().items()}
    assert ours.glyphs == wanted


def test_glyphs_in_the_order_of_their_codes_are_read_too(tmp_path: Path) -> None:
    path = make_font(tmp_path / "tiny.ttf", {"A": None})
    assert list(FontFile(path).glyphs) == [ord("A")]


def test_a_font_of_a_collection_is_read(tmp_path: Path) -> None:
    collection = TTCollection()
    for number, chars in enumerate(("AB", "CD")):
        path = make_font(tmp_path / f"{number}.ttf", dict.fromkeys(chars, None))
        collection.fonts.append(TTFont(path))
    collection.save(tmp_path / "both.ttc")
    assert set(FontFile(tmp_path / "both.ttc", 1).glyphs) == {ord("C"), ord("D")}


def test_a_font_that_may_not_be_embedded_is_refused(tmp_path: Path) -> None:
    path = make_font(tmp_path / "tiny.ttf", {"A": None}, licence=2)
    with pytest.raises(UnfitFont, match="not permitted"):
        FontFile(path)


@pytest.mark.parametrize("content", [b"", b"OTTO" + b"\0" * 99, b"\0\1\0\0" + b"\0" * 99])
def test_a_file_that_is_no_truetype_font_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.ttf").write_bytes(content)
    with pytest.raises(UnfitFont):
        FontFile(tmp_path / "bad.ttf")


def test_a_font_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = (FONTS / "NotoSansSC-Regular.ttf").read_bytes()
    (tmp_path / "half.ttf").write_bytes(whole[:300_000])
    with pytest.raises(UnfitFont):
        FontFile(tmp_path / "half.ttf")


def test_a_font_without_a_name_is_called_font(tmp_path: Path) -> None:
    font = TTFont(make_font(tmp_path / "tiny.ttf", {"A": None}))
    font["name"].names = []
    font.save(tmp_path / "nameless.ttf")
    assert FontFile(tmp_path / "nameless.ttf").name == "Font"


def test_a_table_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert FontFile(make_font(tmp_path / "tiny.ttf", {"A": None})).table("fpgm") == b""
