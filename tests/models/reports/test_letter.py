from collections.abc import Sequence
from typing import Any

import pytest

from models.reports.letter import LEADING, PAGE, SIZE, TRACKING, WIDE, Attachment, Letter, balanced
from models.reports.paper.faces import Face, Faces
from models.reports.paper.line_breaking import break_lines
from models.reports.paper.paragraph import Paragraph
from models.reports.report import Report
from tests.models.reports.conftest import Print


@pytest.fixture
def letter(faces: Faces) -> Letter:
    return Letter(faces)


def faces_of(paragraph: Paragraph) -> list[tuple[str, Face]]:
    text = paragraph._text
    return [*text.parts(0, len(text.text))]


def test_the_body_has_22_lines_of_28_characters(letter: Letter) -> None:
    assert PAGE.text_width / (SIZE + TRACKING) == pytest.approx(28)
    assert PAGE.text_height / LEADING == pytest.approx(22)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一、基本情况", [("一、基本情况", "hei")]),
        ("十二、其他", [("十二、其他", "hei")]),
        ("（一）加强领导", [("（一）加强领导", "kai")]),
        ("(二)加强领导", [("(二)加强领导", "kai")]),
        ("（一）加强领导。成立专班。", [("（一）加强领导。", "kai"), ("成立专班。", "body")]),
        ("1.加强领导。成立专班。", [("1.加强领导。成立专班。", "body")]),
        ("（1）加强领导", [("（1）加强领导", "body")]),
        ("一项一项查。", [("一项一项查。", "body")]),
    ],
)
def test_levels_have_their_faces_up_to_the_first_full_stop(
    text: str, parts: list[tuple[str, str]], letter: Letter, faces: Faces
) -> None:
    found = faces_of(letter.words(text))
    named = [(piece, getattr(faces, role)) for piece, role in parts]
    assert [(piece, face.fonts) for piece, face in found] == [
        (piece, face.fonts) for piece, face in named
    ]


def test_a_heading_goes_along_with_its_text_and_a_run_in_one_is_text(letter: Letter) -> None:
    assert letter.words("一、基本情况").keepWithNext
    assert not letter.words("（一）加强领导。成立专班。").keepWithNext


def lines_of(paragraph: Paragraph) -> list[str]:
    paragraph.wrap(PAGE.text_width, 700)
    return [paragraph._text.text[line.start : line.end] for line in paragraph._lines]


def lefts_of(paragraph: Paragraph) -> list[float]:
    paragraph.wrap(PAGE.text_width, 700)
    return [paragraph._place(line, at)[0] for at, line in enumerate(paragraph._lines)]


def test_attachments_stand_below_each_other_and_their_names_hang(letter: Letter) -> None:
    first, second = letter.attached(["任务分解表", "安全隐患排查治理台账" * 4])
    assert lines_of(first) == ["附件：1. 任务分解表"]
    step = SIZE + TRACKING
    mark = letter.faces.body.width("2. ", SIZE)
    assert lefts_of(first) == pytest.approx([2 * step])
    assert lefts_of(second) == pytest.approx([5 * step, 5 * step + mark])


def test_a_single_attachment_has_no_number(letter: Letter, on_paper: Print) -> None:
    (only,) = letter.attached(["任务分解表"])
    assert lines_of(only) == ["附件：任务分解表"]
    table = Attachment("任务分解表", [])
    assert texts(on_paper, letter.attachments([table]))[1].startswith("附件任务分解表")
    two = texts(
        on_paper, letter.attachments([table, Attachment("乙表", [letter.words("乙")], WIDE)])
    )
    assert [page[:5] for page in two[1:]] == ["附件1任务", "附件2乙表"]


def texts(on_paper: Print, story: Any) -> Sequence[str]:
    return on_paper(Report("公文", PAGE, [*story])).pages


def test_the_lines_of_a_long_title_are_about_equally_long(letter: Letter) -> None:
    title = "关于开展校园安全隐患大排查大整治专项行动有关工作情况的报告"
    style = balanced(title, letter.title)
    room = PAGE.text_width - style.left - style.right
    lines = break_lines(title, letter.title.face.advances(title, style.size), room)
    assert len(lines) == 2
    assert lines[0].width == pytest.approx(lines[1].width, abs=2 * style.size)
    assert style.left == style.right > 0


def test_a_title_that_its_author_broke_stays_so(letter: Letter, on_paper: Print) -> None:
    opening, *_ = letter.opening("示例县实验小学\n安全工作报告")
    assert lines_of(opening) == ["示例县实验小学", "安全工作报告"]


def test_the_recipient_stands_at_the_left_edge(letter: Letter) -> None:
    *_, whom = letter.opening("报告", "示例县教育局")
    assert lines_of(whom) == ["示例县教育局："]
    assert lefts_of(whom) == [0]
    assert len(letter.opening("报告")) == 2


def test_signers_have_lines_and_a_letter_without_them_has_unit_and_day(
    letter: Letter, on_paper: Print
) -> None:
    text = texts(on_paper, [letter.signed("示例县实验小学", "2026年3月5日", ("填报人：",))])[0]
    assert text.startswith("填报人：示例县实验小学（盖章）2026年3月5日")
    text = texts(on_paper, [letter.signed("示例县教育局", "2026年3月5日")])[0]
    assert text.startswith("示例县教育局2026年3月5日")
