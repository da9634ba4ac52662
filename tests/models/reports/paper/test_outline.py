from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from reportlab.platypus import PageBreak, Spacer

from models.reports.letter import Attachment, Letter
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import ledger_page, official_page
from models.reports.paper.paper_canvas import LONGEST_LINE
from models.reports.paper.paragraph import Paragraph, Style
from tests.models.reports.paper.conftest import Printed, body_of

Print = Callable[..., Printed]


def outline_of(path: Path) -> list[tuple[int, str, int]]:
    """Depth, words and page (from 1) of each line."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [
            (line.level, line.get_title(), line.get_dest().get_index() + 1)
            for line in document.get_toc()
        ]
    finally:
        document.close()


def heights_of(path: Path) -> list[float]:
    """How far above the foot of its page each line leads."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [line.get_dest().get_view()[1][1] for line in document.get_toc()]
    finally:
        document.close()


@pytest.fixture
def heading(faces: Faces) -> Style:
    return replace(body_of(faces), face=faces.hei, keep_with_next=True)


def groups(faces: Faces, names: list[str], rows: int = 1) -> object:
    listed = [line for name in names for line in (Group(name), *([("灭火器",)] * rows))]
    return fast_table([Column("问题")], listed, faces=faces, width=300)


def test_a_letter_has_its_headings_and_attachments(printed: Print, faces: Faces) -> None:
    letter = Letter(faces)
    story = [
        *letter.opening("关于校园安全的报告", "示例县教育局"),
        *map(letter.words, ["一、基本情况", "共三处。", "（一）消防", "无。", "（二）用电"]),
        *map(letter.words, ["二、下一步打算", "继续。"]),
        *letter.attachments([Attachment(name, [letter.words("无")]) for name in ("清单", "照片")]),
    ]
    paper = printed(story, official_page(numbering="—X—"))
    assert outline_of(paper.path) == [
        (0, "一、基本情况", 1),
        (1, "（一）消防", 1),
        (1, "（二）用电", 1),
        (0, "二、下一步打算", 1),
        (0, "附件1 清单", 2),
        (0, "附件2 照片", 3),
    ]


def test_a_ledger_has_its_groups(printed: Print, faces: Faces) -> None:
    paper = printed([groups(faces, ["消防", "用电"], 60)], ledger_page("台账"))
    assert [line[:2] for line in outline_of(paper.path)] == [(0, "消防"), (0, "用电")]
    for _, words, page in outline_of(paper.path):
        assert words in paper.texts[page - 1]


def test_groups_belong_to_the_heading_above_their_table(
    printed: Print, faces: Faces, heading: Style
) -> None:
    below = replace(heading, rank=1)
    story = [
        groups(faces, ["甲"]),
        Paragraph("一、隐患", heading),
        groups(faces, ["乙", "丙"]),
        Paragraph("（一）照片", below),
        groups(faces, ["丁"]),
        Paragraph("二、打算", heading),
    ]
    assert [line[:2] for line in outline_of(printed(story).path)] == [
        (0, "甲"),
        (0, "一、隐患"),
        (1, "乙"),
        (1, "丙"),
        (1, "（一）照片"),
        (2, "丁"),
        (0, "二、打算"),
    ]


def test_a_line_leads_to_the_top_of_what_it_names(
    printed: Print, faces: Faces, heading: Style
) -> None:
    page = official_page()
    story = [Spacer(1, 100), Paragraph("一、隐患", heading), groups(faces, ["甲"])]
    first, second = heights_of(printed(story, page).path)
    assert first == pytest.approx(page.height - page.top - 100, abs=0.01)
    assert second == pytest.approx(first - heading.leading - 9 * 1.35 - 2 * 2.7, abs=0.01)


def test_a_heading_cut_in_two_stands_once_in_the_outline(
    printed: Print, faces: Faces, heading: Style
) -> None:
    room = official_page().text_height - 2 * heading.leading
    story = [Spacer(1, room), Paragraph("安" * 28 * 4, heading), Paragraph("全", body_of(faces))]
    assert len(outline_of(printed(story).path)) == 1


def test_a_group_cut_in_two_stands_once_in_the_outline(printed: Print, faces: Faces) -> None:
    paper = printed([groups(faces, ["长" * 9_000])], ledger_page())
    assert paper.result.pages > 3
    assert [page for _, _, page in outline_of(paper.path)] == [1]


def test_a_line_is_short_clean_and_never_empty(printed: Print, heading: Style) -> None:
    words = ["一、\n安全\x00\u200b <b>&amp;", "长" * 200, " \u200b ", "赵𬱖"]
    story = [item for text in words for item in (Paragraph(text, heading), PageBreak())]
    lines = [line for _, line, _ in outline_of(printed(story).path)]
    assert lines == ["一、 安全 <b>&amp;", "长" * LONGEST_LINE, "赵𬱖"]


def test_a_paper_without_headings_has_no_outline(printed: Print, faces: Faces) -> None:
    paper = printed([Paragraph("安全", body_of(faces))])
    assert outline_of(paper.path) == []
    assert b"/Outlines" not in paper.path.read_bytes()
