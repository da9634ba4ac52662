"""Whatever is typed can be copied out of the PDF again, but for what faces.clean takes away."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.reports.paper.faces import Faces, clean
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Paragraph, Run
from models.reports.paper.pdf_file import write_pdf
from tests.models.reports.paper.conftest import MOMENT, Printed, body_of, texts_of
from tests.models.reports.paper.pdf_parts import stored_text

Print = Callable[..., Printed]
PLAIN = official_page(numbering="")
# What a reader gives back as it is: it turns right-to-left words round and takes letters apart.
COMMON = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.sampled_from("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·￥％℃①②㈠ⅠⅡ□○●△▲☑✓"),
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="-"),
    st.sampled_from("赵𬱖张㛃陈䶮李𫍯王𬍛 \n\t\x00\u200b\u3000"),
)


def seen(text: str) -> str:
    """What paper shows of the text; where lines end is tested elsewhere."""
    return "".join(clean(text).split())


def print_both(text: str, faces: Faces, path: Path) -> None:
    table = fast_table(
        [Column("题"), Column(text)],
        [Group(text), ("甲", text)],
        faces=faces,
        width=PLAIN.text_width,
    )
    runs = [Run(text), Run("|", faces.hei), Run(text, faces.title)]
    write_pdf(
        path,
        [Paragraph(runs, body_of(faces)), table],
        faces=faces,
        page=PLAIN,
        title="",
        author="",
        created=MOMENT,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(), max_size=60))
def test_any_text_is_stored_whole(text: str, faces: Faces, tmp_path: Path) -> None:
    print_both(text, faces, tmp_path / "any.pdf")
    words = seen(text)
    stored = "".join(stored_text(tmp_path / "any.pdf").split())
    assert stored == f"{words}|{words}题{words}{words}甲{words}"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(COMMON, min_size=1, max_size=60))
def test_a_reader_gives_back_what_chinese_papers_hold(
    text: str, faces: Faces, tmp_path: Path
) -> None:
    path = tmp_path / "common.pdf"
    write_pdf(
        path,
        [Paragraph(text, body_of(faces))],
        faces=faces,
        page=PLAIN,
        title="",
        author="",
        created=MOMENT,
    )
    assert "".join("".join(texts_of(path)).split()) == seen(text)


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not installed")
def test_another_program_finds_every_font_embedded_and_cut_down(
    printed: Print, faces: Faces
) -> None:
    body = body_of(faces)
    table = fast_table([Column("题")], [["赵𬱖㐀😀"]], faces=faces, width=300)
    paper = printed([Paragraph("安全㐀", body), table], official_page(numbering="—X—"))
    told = subprocess.run(
        ["pdffonts", paper.path], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert told
    for line in told:
        assert line[6] == "+"
        assert line.split()[1:-2] == ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"]
