import re
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.platypus import PageBreak

from models.reports.paper.faces import Faces
from models.reports.paper.page import ledger_page, official_page
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
