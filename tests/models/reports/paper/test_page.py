import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.platypus import PageBreak

from models.reports.paper.faces import Faces
from models.reports.paper.page import MM, Page, ledger_page, official_page, official_page_across
from models.reports.paper.paragraph import Paragraph
from tests.models.reports.paper.conftest import Printed, body_of

Print = Callable[..., Printed]


@pytest.fixture
def story(faces: Faces) -> list:
    body = body_of(faces)
    return [item for _ in range(12) for item in (Paragraph("安全", body), PageBreak())][:-1]


@pytest.mark.parametrize("page", [official_page(), ledger_page("台账")])
def test_each_page_says_its_number_and_how_many_there_are(
    page: object, printed: Print, story: list
) -> None:
    paper = printed(story, page)
    numbers = [re.search(r"第 (\d+) 页\s+共 (\d+) 页", text) for text in paper.texts]
    assert [match and match.groups() for match in numbers] == [
        (str(number), "12") for number in range(1, 13)
    ]


def test_official_numbers_stand_between_dashes_at_the_outer_side(
    printed: Print, story: list
) -> None:
    paper = printed(story, official_page(numbering="—X—"))
    assert ["— 1 —" in paper.texts[0], "— 2 —" in paper.texts[1]] == [True, True]
    document = pypdfium2.PdfDocument(paper.path)
    sides = []
    for page in list(document)[:2]:
        text = page.get_textpage()
        place = text.get_text_range().index("—")
        sides.append(text.get_charbox(place)[0] > page.get_width() / 2)
    document.close()
    assert sides == [True, False]


def test_the_header_line_is_on_each_page_and_never_too_long(printed: Print, story: list) -> None:
    paper = printed(story, ledger_page("示例县实验小学" * 20, "2026年3月"))
    for text in paper.texts:
        assert "示例县实验小学" in text
        assert "…" in text
        assert "2026年3月" in text


def test_a_page_may_have_only_a_right_header(printed: Print, story: list) -> None:
    assert "内部资料" in printed(story, ledger_page("", "内部资料")).text


def test_a_page_in_the_story_begins_another_kind_of_sheet(
    printed: Print, faces: Faces, story: list
) -> None:
    paper = printed([story[0], ledger_page(), story[0], official_page(), story[0]])
    document = pypdfium2.PdfDocument(paper.path)
    shapes = [page.get_width() > page.get_height() for page in document]
    document.close()
    assert shapes == [False, True, False]


def test_the_text_area_is_that_of_the_standard() -> None:
    page = official_page()
    millimetre = 72 / 25.4
    assert page.text_width == pytest.approx(156 * millimetre)
    assert page.text_height == pytest.approx(225 * millimetre)
    assert (page.top, page.left) == pytest.approx((37 * millimetre, 28 * millimetre))


def place(paper: Printed, page: int, start: str) -> tuple[float, float, float, float]:
    """The box of the words that begin so: left, foot, right and top, in millimetres."""
    document = pypdfium2.PdfDocument(paper.path)
    try:
        sheet = document[page]
        kinds = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        shown = sheet.get_objects(filter=kinds, textpage=sheet.get_textpage())
        box = next(item.get_bounds() for item in shown if item.extract().startswith(start))
    finally:
        document.close()
    return box[0] / MM, box[1] / MM, box[2] / MM, box[3] / MM


@pytest.mark.parametrize("page", [official_page(), official_page(numbering="—X—"), ledger_page()])
def test_the_code_stands_in_the_foot_of_each_page(page: Page, printed: Print, story: list) -> None:
    paper = printed(story, page)
    assert all(f"校验码 {paper.result.code}" in text for text in paper.texts)
    for number in (0, 1):
        code, other = (place(paper, number, start) for start in ("校验码", page.numbering[0]))
        assert code[3] < page.bottom / MM - 7
        assert code[0] > other[2] or code[2] < other[0]


def test_a_sheet_without_number_has_no_code_either(printed: Print, story: list) -> None:
    paper = printed(story, ledger_page(numbering=""))
    assert paper.result.code
    assert "校验码" not in paper.text


def test_the_back_of_a_letter_leaves_the_room_for_binding_at_its_right(
    printed: Print, faces: Faces
) -> None:
    story = [Paragraph("安" * 2_000, replace(body_of(faces), indent=0))]
    page = official_page(numbering="—X—")
    assert (page.left / MM, page.right / MM) == pytest.approx((28, 26))
    front, back = (place(printed(story, page), number, "安")[0] for number in (0, 1))
    assert front - back == pytest.approx(2, abs=0.01)
    front, back = (place(printed(story, official_page()), number, "安")[0] for number in (0, 1))
    assert front == pytest.approx(back, abs=0.01), (
        "what is not bound as a letter is not turned over"
    )


def test_a_wide_sheet_in_a_letter_keeps_the_number_where_the_others_have_it(
    printed: Print, story: list
) -> None:
    """GB/T 9704-2012, 10: turned upright to be bound, the head of its table is at the left."""
    asked = [(number, words) for number in (0, 1) for words in ("—", "校验码")]
    wide = printed(story, official_page_across())
    turned = [
        (210 - top, left, 210 - foot, right)
        for left, foot, right, top in (place(wide, *one) for one in asked)
    ]
    upright = printed(story, official_page(numbering="—X—"))
    for one, found in zip(asked, turned, strict=True):
        assert found == pytest.approx(place(upright, *one), abs=0.5)


def test_a_wide_sheet_leaves_the_room_for_binding_at_its_head_or_below(
    printed: Print, faces: Faces
) -> None:
    page = official_page_across()
    assert (page.text_width, page.text_height) == pytest.approx((225 * MM, 156 * MM))
    paper = printed([Paragraph("安" * 2_000, body_of(faces))], page)
    front, back = (place(paper, number, "安")[3] for number in (0, 1))
    assert back - front == pytest.approx(2, abs=0.01)
