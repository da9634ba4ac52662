import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problems import AppError
from models.reports.paper.faces import Face, Faces, clean, find_faces
from models.reports.paper.font_file import FontFile
from tests.models.reports.paper.conftest import FONTS, make_font

EXPECTED = {
    "title": "NotoSerifSC-Bold.ttf",
    "body": "NotoSerifSC-Regular.ttf",
    "kai": "CampusKai-Regular.ttf",
    "hei": "NotoSansSC-Bold.ttf",
    "table": "NotoSansSC-Regular.ttf",
    "table_bold": "NotoSansSC-Bold.ttf",
}


def test_without_system_folders_every_role_has_a_shipped_face(faces: Faces) -> None:
    assert {role: path.name for role, path in faces.files().items()} == EXPECTED


def test_an_installed_official_face_is_preferred(tmp_path: Path) -> None:
    make_font(tmp_path / "SimFang.TTF", {"安": None})
    found = find_faces(FONTS, [tmp_path / "nowhere", tmp_path])
    assert found.files()["body"] == tmp_path / "SimFang.TTF"
    assert found.body.glyph("安").font.path.name == "SimFang.TTF"
    assert found.body.glyph("全").font.path.name == "NotoSerifSC-Regular.ttf"


def test_a_damaged_installed_face_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simhei.ttf").write_bytes(b"damaged")
    assert find_faces(FONTS, [tmp_path]).files()["hei"].name == EXPECTED["hei"]


def test_a_missing_shipped_font_is_told_in_plain_words(tmp_path: Path) -> None:
    for name in set(EXPECTED.values()) - {"NotoSansSC-Bold.ttf"}:
        shutil.copy(FONTS / name, tmp_path)
    with pytest.raises(AppError, match=r"NotoSansSC-Bold\.ttf.*重新安装"):
        find_faces(tmp_path)


@pytest.mark.parametrize("char", "㛃𬱖䶮𫍯𬍛堃")
def test_rare_characters_of_names_have_a_glyph_in_every_role(char: str, faces: Faces) -> None:
    for role in EXPECTED:
        assert getattr(faces, role).glyph(char).known


def test_a_rarer_character_comes_from_the_full_font(faces: Faces) -> None:
    glyph = faces.body.glyph("㐀")
    assert (glyph.known, glyph.font.path.name) == (True, "NotoSansSC-Rare.ttf")


@pytest.mark.parametrize("char", "☐☑☒✔✗✓√×■□○●")
def test_check_marks_have_a_glyph_in_every_role(char: str, faces: Faces) -> None:
    for role in EXPECTED:
        assert getattr(faces, role).glyph(char).known


def test_check_marks_are_drawn_as_large_as_a_character_and_their_frame_as_the_box(
    faces: Faces,
) -> None:
    assert [faces.body.width(char, 16) for char in "☐☑☒"] == [16, 16, 16]
    box, frame = (faces.table.glyph(char) for char in "□☐")
    sides = [glyph.font.outline(glyph.number)[2:10] for glyph in (box, frame)]
    assert sides[0] == sides[1]


def test_what_no_font_has_is_a_box(faces: Faces) -> None:
    glyph = faces.table.glyph("😀")
    assert not glyph.known
    assert glyph.number == faces.table.glyph("□").number


def test_a_chain_without_even_a_box_shows_its_first_glyph(tmp_path: Path) -> None:
    face = Face([FontFile(make_font(tmp_path / "tiny.ttf", {"A": None}))])
    assert face.glyph("安").number == 0


def test_width_is_measured_in_the_size(faces: Faces) -> None:
    assert faces.body.width("安全", 16) == pytest.approx(32)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\t二\u2003三\u3000四", "一 二 三\u3000四"),
        ("一\0\x07二\u200b\ufeff", "一二"),
        ("一\ud800", "一\ufffd"),
        ("一\ue000", "一\ue000"),
    ],
)
def test_text_is_cleaned_of_what_paper_cannot_show(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(st.characters()))
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
