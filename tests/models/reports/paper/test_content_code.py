import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.platypus import KeepTogether, PageBreak, Spacer

from models.reports.completion_certificate import _Border
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.content_code import LETTERS, content_code
from models.reports.paper.faces import Faces, clean
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.grid_form import Cell, FormRow, grid_form
from models.reports.paper.page import ledger_page, official_page
from models.reports.paper.paper_canvas import Piece
from models.reports.paper.paragraph import Paragraph, Run
from models.reports.paper.photos import Photo, photo_rows
from models.reports.paper.red_head import Copies, Head, Imprint, RedHead
from models.reports.report import SigningBlock, Spread, printed_on, spread
from tests.models.reports.paper.conftest import MOMENT, Printed, body_of

Print = Callable[..., Printed]
Story = list[object]


def photo(colour: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, "JPEG")
    return written.getvalue()


@dataclass
class Numbers:
    """A chart of which only the words count."""

    title: str
    words: str

    def spoken(self) -> str:
        return self.words

    def height(self, size: float) -> float:
        return size

    def marks(self, *_: object) -> tuple[()]:
        return ()


def story_of(faces: Faces, **changed: object) -> Story:
    """One of each piece; every word of it can be changed by its name."""
    words: dict[str, object] = {
        "heading": "一、基本情况",
        "body": "共排查隐患三处。",
        "run": "立行立改。",
        "title": "隐患台账",
        "group": "消防",
        "cell": "灭火器",
        "other": "压力不足",
        "form": "整改要求",
        "closing": "签字：",
        "photo": photo("red"),
        "caption": "整改前",
        "damaged": "照片无法读取",
        "chart": "各月隐患",
        "numbers": "1月：发现 3",
        "issuer": "示例县教育局",
        "number": "示教安〔2026〕3号",
        "upward": "李安全",
        "mark": "特急",
        "copies": "示例县消防大队。",
        "printed": "2026年3月5日",
        "left": "填报单位：示例县实验小学",
        "right": "填报日期：2026年3月5日",
        "signer": "审核人：",
        "unit": "示例县实验小学",
        "day": "2026年3月6日",
        "header": "示例县实验小学",
        "header_right": "内部资料",
        **changed,
    }

    def said(name: str) -> str:
        return str(words[name])

    body = body_of(faces)
    columns = [Column(said("title")), Column("问题")]
    rows = [Group(said("group")), (said("cell"), said("other"))]
    cells = [Cell(said("form"), label=True), Cell("", closing=said("closing"))]
    pictures = [
        Photo(words["photo"], said("caption")),
        Photo(Path("missing.jpg"), unreadable=said("damaged")),
    ]
    return [
        RedHead(Head(said("issuer"), said("number"), said("upward"), [said("mark")]), faces, 29),
        Paragraph(said("heading"), replace(body, keep_with_next=True)),
        KeepTogether([Paragraph([Run(said("body")), Run(said("run"), faces.hei)], body)]),
        Spacer(1, 10),
        fast_table(columns, rows, faces=faces, width=400),
        grid_form([1, 2], [FormRow(cells)], faces=faces, width=400),
        *photo_rows(pictures, faces=faces),
        ChartPiece(Numbers(said("chart"), said("numbers")), faces),
        PageBreak(),
        ledger_page(said("header"), said("header_right")),
        *spread([said("left"), said("right")], body, 600),
        SigningBlock([said("signer")], said("unit"), said("day"), body),
        Imprint(Copies(said("copies"), said("unit"), said("printed")), faces),
    ]


def code_of(faces: Faces, **changed: object) -> str:
    return content_code("报告", story_of(faces, **changed))


def test_a_code_can_be_read_out_by_telephone(faces: Faces) -> None:
    assert re.fullmatch(rf"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", code_of(faces))
    assert len(set(LETTERS)) == 32
    assert not set("ILOU") & set(LETTERS)


CHANGES: dict[str, object] = {
    "heading": "二、基本情况",
    "body": "共排查隐患四处。",
    "run": "限期整改。",
    "title": "隐患清单",
    "group": "用电",
    "cell": "消火栓",
    "other": "压力足",
    "form": "整改结果",
    "closing": "盖章：",
    "photo": photo("blue"),
    "caption": "整改后",
    "damaged": "照片还没有收到",
    "chart": "各周隐患",
    "numbers": "1月：发现 4",
    "issuer": "示例县应急局",
    "number": "示教安〔2026〕4号",
    "upward": "王安全",
    "mark": "加急",
    "copies": "示例县卫健局。",
    "printed": "2026年3月7日",
    "left": "填报单位：示例县中学",
    "right": "填报日期：2026年3月7日",
    "signer": "复核人：",
    "unit": "示例县中学",
    "day": "2026年3月8日",
    "header": "示例县中学",
    "header_right": "公开",
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_other_word_or_photo_is_another_code(name: str, faces: Faces) -> None:
    assert code_of(faces, **{name: CHANGES[name]}) != code_of(faces)


def test_another_title_is_another_code(faces: Faces) -> None:
    assert content_code("月报", story_of(faces)) != content_code("报告", story_of(faces))


def test_what_stands_in_another_cell_is_another_code(faces: Faces) -> None:
    assert code_of(faces, cell="1", other="12") != code_of(faces, cell="11", other="2")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=st.text(st.characters()), second=st.text(st.characters()))
def test_two_texts_have_one_code_only_where_paper_shows_the_same(
    first: str, second: str, faces: Faces
) -> None:
    seen = ["".join(clean(text).split()) for text in (first, second)]
    assume(seen[0] != seen[1])
    assert code_of(faces, cell=first) != code_of(faces, cell=second)
    assert code_of(faces, body=first) != code_of(faces, body=second)


def test_neither_fonts_nor_room_change_the_code(faces: Faces) -> None:
    swapped = replace(faces, body=faces.hei, table=faces.title, title=faces.table, hei=faces.kai)
    assert code_of(swapped) == code_of(faces)
    style = body_of(faces)
    narrow, wide = (
        spread(["填报单位：示例县实验小学", "日期："], style, room) for room in (9, 900)
    )
    assert (len(narrow), len(wide)) == (2, 1)
    assert isinstance(wide[0], Spread)
    assert content_code("", narrow) == content_code("", wide)


@pytest.mark.parametrize("room", [9, 900])
def test_the_day_on_which_it_is_printed_does_not_change_the_code(room: int, faces: Faces) -> None:
    style = body_of(faces)

    def code(day: date) -> str:
        said = ["填报单位：示例县实验小学", printed_on(day, "填报日期：")]
        signed = SigningBlock(["填表人："], "示例县实验小学", printed_on(day), style)
        return content_code("台账", [*spread(said, style, room), signed])

    assert code(date(2026, 3, 5)) == code(date(2026, 3, 6))


def test_neither_page_breaks_nor_the_moment_change_the_code(printed: Print, faces: Faces) -> None:
    first = printed(story_of(faces), official_page())
    later = printed(story_of(faces), ledger_page(), created=MOMENT + timedelta(days=3))
    assert first.result.code == later.result.code
    assert first.text.count(f"校验码 {first.result.code}") == first.result.pages


def test_the_code_of_a_photo_is_that_of_its_file(faces: Faces, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo("red"))
    assert code_of(faces, photo=path) == code_of(faces)


def test_a_code_stays_what_it_is_in_every_version_of_the_program(faces: Faces) -> None:
    story = [Paragraph("安全", body_of(faces)), Spacer(1, 1), official_page("甲", "乙")]
    assert content_code("整改通知书", story) == "W960-D7VA"


def test_every_piece_says_what_it_shows() -> None:
    silent = {_Border}  # lines without words

    def kinds(kind: type) -> list[type]:
        return [kind, *(each for below in kind.__subclasses__() for each in kinds(below))]

    ours = [kind for kind in kinds(Piece) if kind.__module__.startswith("models.")]
    assert [kind for kind in ours if kind.said is Piece.said] == [Piece, *silent]
