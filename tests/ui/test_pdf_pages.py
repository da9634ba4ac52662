from datetime import datetime

import pytest

from models.reports.paper.faces import find_faces
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.paper.pdf_file import write_pdf
from models.reports.report import paragraph
from tests.conftest import RESOURCES
from ui.pdf_pages import close_pdf, hits_of, open_pdf


@pytest.fixture
def hits(tmp_path):
    """Where words stand in a paragraph that is printed by our own layer."""

    def do(text, words):
        path = tmp_path / "words.pdf"
        faces = find_faces(RESOURCES / "fonts")
        story = [paragraph(text, Style(faces.body, 16, 29))]
        page = official_page(numbering="")
        moment = datetime(2026, 11, 23)
        write_pdf(path, story, faces=faces, page=page, title="", author="", created=moment)
        document = open_pdf(path)
        found = hits_of(document, 0, words)
        close_pdf(document)
        return found

    return do


def test_words_have_a_box_of_their_size(hits):
    ((box,),) = hits("教学楼的灭火器压力不足", "灭火器")
    assert 40 < box.width < 50
    assert 10 < box.height < 20


def test_words_on_two_lines_have_two_boxes(hits):
    (hit,) = hits("一" * 26 + "灭火器压力不足", "灭火器")
    assert len(hit) == 2
    assert hit[0].left > hit[1].left
    assert hit[0].top < hit[1].top


def test_rare_characters_and_boxes_are_found(hits):
    text = "甲🔥乙𬱖丙灭火器"
    for words in ("🔥", "𬱖", "乙𬱖丙", "灭火器"):
        assert len(hits(text, words)) == 1, words
    (first,), (second,) = hits(text, "🔥")[0], hits(text, "乙")[0]
    assert first.left + first.width <= second.left + 1


def test_every_place_is_found_whatever_the_case_and_the_blanks(hits):
    assert len(hits("GB 50016 与 gb50016，再见GB50016", "Gb50016")) == 3
    assert hits("灭火器", "水带") == []
    assert hits("灭火器", "  ") == []
