import errno
import re
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.problems import AppError
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Paragraph
from models.reports.paper.pdf_file import write_pdf
from tests.models.reports.paper.conftest import MOMENT, Printed, body_of, texts_of

Print = Callable[..., Printed]


@pytest.fixture
def sentence(faces: Faces) -> Callable[[str], Paragraph]:
    return lambda text: Paragraph(text, body_of(faces))


def test_rare_names_can_be_read_and_copied(printed: Print, sentence: Callable) -> None:
    text = printed([sentence("赵𬱖、张㛃、陈䶮、李𫍯、王𬍛到场。")]).text
    assert "赵𬱖、张㛃、陈䶮、李𫍯、王𬍛到场。" in text


def test_an_unknown_character_is_told_and_seen(printed: Print, sentence: Callable) -> None:
    paper = printed([sentence("安全😀")])
    assert paper.result.missing == ("😀",)
    assert "安全😀" in paper.text

    def ink(path: Path) -> int:
        document = pypdfium2.PdfDocument(path)
        image = document[0].render(scale=2).to_pil().convert("L")
        document.close()
        return sum(image.histogram()[:128])

    assert ink(paper.path) > ink(printed([sentence("安全")]).path) + 50


def test_markup_is_only_text(printed: Print, sentence: Callable) -> None:
    text = "<b>&amp; <img src='x'/> %s {0} \\(z\\)"
    assert text in printed([sentence(text)]).text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(), max_size=300))
def test_any_text_makes_a_pdf(text: str, faces: Faces, tmp_path: Path) -> None:
    width = official_page().text_width
    table = fast_table([Column(text or "甲", align="C")], [[text]], faces=faces, width=width)
    body = Paragraph(text, body_of(faces))
    path = tmp_path / "any.pdf"
    write_pdf(
        path,
        [body, table],
        faces=faces,
        page=official_page(text, text),
        title=text,
        author=text,
        created=MOMENT,
    )
    assert "页" in texts_of(path)[-1]


def test_the_same_story_gives_the_same_bytes(printed: Print, sentence: Callable) -> None:
    first = printed([sentence("赵𬱖😀安全" * 300)]).path.read_bytes()
    assert printed([sentence("赵𬱖😀安全" * 300)]).path.read_bytes() == first


def test_every_font_is_embedded(printed: Print, sentence: Callable, faces: Faces) -> None:
    table = fast_table([Column("题")], [["赵𬱖㐀"]], faces=faces, width=300)
    data = printed([sentence("安全㐀"), table]).path.read_bytes()
    fonts = re.findall(rb"/Type /Font\b(?!Descriptor).*?>>", data, re.DOTALL)
    names = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert fonts
    assert names
    assert all(re.match(rb"[A-Z]{6}\+Noto", name) for name in names)
    assert data.count(b"/FontFile2") == len(names) == data.count(b"/ToUnicode")
    assert b"Helvetica" not in data


def test_pages_are_compressed_without_text_encoding(printed: Print, sentence: Callable) -> None:
    data = printed([sentence("安全" * 999)]).path.read_bytes()
    assert b"ASCII85" not in data
    assert any(zlib.decompress(part) for part in re.findall(rb"stream\n(x.+?)endstream", data, 16))


def test_the_document_says_what_it_is(printed: Print, sentence: Callable) -> None:
    moment = datetime.fromisoformat("2026-03-05T13:20:00+08:00")
    paper = printed([sentence("安")], title="整改\n报告", created=moment)
    document = pypdfium2.PdfDocument(paper.path)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "整改 报告"
    assert facts["Author"] == "示例县实验小学"
    assert facts["Creator"] == "校园安全台账"
    assert facts["CreationDate"] == "D:20260305132000+08'00'"
    assert b"/Lang (zh-CN)" in paper.path.read_bytes()


def test_a_moment_without_zone_is_written_without_zone(printed: Print, sentence: Callable) -> None:
    paper = printed([sentence("安")], created=datetime(2026, 3, 5))
    assert b"(D:20260305000000)" in paper.path.read_bytes()


def test_a_report_without_content_is_one_page(printed: Print) -> None:
    paper = printed([])
    assert paper.result.pages == 1
    assert "第 1 页" in paper.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
        (PermissionError(errno.EACCES, "denied"), "正被别的程序打开"),
        (OSError(errno.EIO, "I/O"), "换一个文件夹"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(
    error: OSError,
    words: str,
    printed: Print,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(AppError, match=words):
        printed([])
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(
    printed: Print, faces: Faces, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(AppError, match="不能写入文件夹"):
        write_pdf(
            tmp_path / "file" / "a.pdf",
            [],
            faces=faces,
            page=official_page(),
            title="",
            author="",
            created=MOMENT,
        )
