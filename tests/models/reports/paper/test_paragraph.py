from collections.abc import Callable
from dataclasses import replace

import pytest
from reportlab.platypus import Spacer

from models.reports.paper.faces import Faces
from models.reports.paper.page import official_page
from models.reports.paper.paper_canvas import Align
from models.reports.paper.paragraph import Paragraph, Run, Style
from tests.models.reports.paper.conftest import Printed, body_of

Print = Callable[..., Printed]


def lines_of(text: str) -> list[str]:
    foot = ("第 ", "共 ", "校验码 ")
    return [line for line in text.replace("\r", "").split("\n") if not line.startswith(foot)]


def test_the_body_has_28_characters_a_line_and_22_lines_a_page(
    printed: Print, faces: Faces
) -> None:
    body = body_of(faces)
    paper = printed([Paragraph("安" * (26 + 28 * 43), body)])
    assert paper.result.pages == 2
    lines = lines_of(paper.texts[0])
    assert [len(line) for line in lines] == [26] + [28] * 21


def test_runs_of_other_faces_are_one_paragraph(printed: Print, faces: Faces) -> None:
    runs = [Run("1.立行立改。", faces.hei), Run("责任到人，"), Run("限时3日。")]
    paper = printed([Paragraph(runs, body_of(faces))])
    assert "1.立行立改。责任到人，限时3日。" in paper.text


def test_a_mark_after_another_face_is_not_moved_to_the_next_line(
    printed: Print, faces: Faces
) -> None:
    runs = [Run("安" * 28, faces.hei), Run("。全")]
    paper = printed([Paragraph(runs, body_of(faces, 0))])
    assert lines_of(paper.text)[:2] == ["安" * 27, "安。全"]


@pytest.mark.parametrize(("text", "fitting"), [(5, 3), (4, 2), (3, 0), (2, 0)])
def test_no_line_stands_alone_on_a_page(text: int, fitting: int, faces: Faces) -> None:
    paragraph = Paragraph("\n".join("安" * text), Style(faces.body, 10, 20))
    room = 20 * min(text - 1, 3) + 1
    pieces = paragraph.split(100, room)
    assert [len(piece._lines) for piece in pieces] == ([fitting, text - fitting] if fitting else [])


def test_a_paragraph_that_fits_is_not_split(faces: Faces) -> None:
    paragraph = Paragraph("安全", Style(faces.body, 10, 20))
    assert paragraph.split(100, 20) == [paragraph]


def test_the_rest_of_a_split_paragraph_is_not_indented_again(faces: Faces) -> None:
    paragraph = Paragraph("安" * 60, Style(faces.body, 10, 20, indent=2))
    first, rest = paragraph.split(100, 61)
    rest.wrap(100, 100)
    assert first._place(first._lines[0], 0)[0] == 20
    assert rest._place(rest._lines[0], 0)[0] == 0


@pytest.mark.parametrize(
    ("align", "x", "tracking"), [("L", 5, 0), ("C", 27, 0), ("R", 49, 0), ("J", 5, 0)]
)
def test_a_last_line_stands_where_its_alignment_says(
    align: Align, x: float, tracking: float, faces: Faces
) -> None:
    paragraph = Paragraph("安", Style(faces.body, 10, 20, align=align, left=5, right=41))
    paragraph.wrap(100, 100)
    assert paragraph._place(paragraph._lines[0], 0) == (x, tracking)


def test_a_full_line_is_stretched_to_the_edge(faces: Faces) -> None:
    paragraph = Paragraph("安" * 20, Style(faces.body, 10, 20))
    paragraph.wrap(109, 100)
    assert paragraph._place(paragraph._lines[0], 0) == (0, pytest.approx(1.0))


def test_a_line_that_would_gape_is_not_stretched(faces: Faces) -> None:
    paragraph = Paragraph("安全 " + "a" * 40, Style(faces.body, 10, 20))
    paragraph.wrap(200, 100)
    assert paragraph._place(paragraph._lines[0], 0) == (0, 0)


def test_room_above_and_below_is_kept(printed: Print, faces: Faces) -> None:
    style = Style(faces.body, 10, 20, before=30, after=300)
    height = official_page().text_height
    above, below = Spacer(1, height - 49), Spacer(1, height - 319)
    assert printed([above, Paragraph("安", style)]).result.pages == 2
    assert printed([Paragraph("安", style), below]).result.pages == 2


@pytest.mark.parametrize(("lines", "page"), [(4, 0), (3, 0), (2, 1), (1, 1)])
def test_a_heading_needs_two_lines_of_a_long_text_below_it(
    lines: int, page: int, printed: Print, faces: Faces
) -> None:
    body = body_of(faces)
    heading = replace(body, face=faces.hei, keep_with_next=True)
    blank = Spacer(1, official_page().text_height - lines * body.leading)
    paper = printed([blank, Paragraph("一、情况", heading), Paragraph("安" * 280, body)])
    assert "一、情况" in paper.texts[page]
    assert "安" * 20 in paper.texts[page]


@pytest.mark.parametrize("following", [[], [Spacer(1, 60)]])
def test_a_heading_that_no_words_follow_is_printed(
    following: list, printed: Print, faces: Faces
) -> None:
    heading = Paragraph("一、情况", replace(body_of(faces), keep_with_next=True))
    assert "一、情况" in printed([Spacer(1, 600), heading, *following]).text


def test_a_heading_goes_along_with_its_text(printed: Print, faces: Faces) -> None:
    body = body_of(faces)
    heading = replace(body, face=faces.hei, keep_with_next=True)
    blank = Spacer(1, official_page().text_height - 2 * body.leading)
    story = [blank, Paragraph("一、基本情况", heading), Paragraph("安" * 80, body)]
    assert "一、基本情况" in printed(story).texts[1]
