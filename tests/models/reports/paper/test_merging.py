"""Cells that go on over several rows, and sums below them."""

from collections.abc import Callable

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.platypus import Spacer

from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, Sum, fast_table
from models.reports.paper.grid import Grid
from models.reports.paper.merging import MOST_LINES, Run, find_runs
from models.reports.paper.page import ledger_page
from models.reports.paper.sheet import Sheet
from tests.models.reports.paper.conftest import Printed

Print = Callable[..., Printed]
PAGE = ledger_page()
AREA, ITEM = Column("类别", 60, merged=True), Column("项目", 60, merged=True)
TEXT = Column("内容", PAGE.text_width - 60)


def a_table(faces: Faces, rows: list, *columns: Column, **more: object) -> Grid:
    return fast_table(columns or (AREA, TEXT), rows, faces=faces, width=PAGE.text_width, **more)


@pytest.fixture
def ledger(printed: Print, faces: Faces) -> Print:
    def print_ledger(rows: list, *columns: Column, **more: object) -> Printed:
        return printed([a_table(faces, rows, *columns, **more)], PAGE)

    return print_ledger


def runs_of(*rows: tuple[str, ...], merged: tuple[int, ...] = (0,), lines: int = 1) -> dict:
    return find_runs(rows, merged, lambda _column, _text: lines)


def colour_at(paper: Printed, x: float, y: float) -> tuple[int, int, int]:
    """The colour of a place on the first page, in points from the upper left corner."""
    document = pypdfium2.PdfDocument(paper.path)
    image = document[0].render(scale=4).to_pil().convert("RGB")
    document.close()
    return image.getpixel((round(x * 4), round(y * 4)))  # type: ignore[return-value]


def test_equal_texts_below_each_other_are_one_cell() -> None:
    found = runs_of(("消防", "一"), ("消防", "二"), ("校舍", "三"))
    assert found == {0: (Run(0, 2, 1), None), 1: (Run(0, 2, 1), None)}


def test_a_cell_ends_where_one_to_its_left_ends() -> None:
    found = runs_of(("消防", "甲"), ("消防", "甲"), ("校舍", "甲"), ("校舍", "甲"), merged=(0, 1))
    assert [found[at][1] for at in range(4)] == [Run(0, 2, 1)] * 2 + [Run(2, 4, 1)] * 2
    apart = runs_of(("消防", "甲"), ("消防", "乙"), merged=(0, 1))
    assert apart[1] == (Run(0, 2, 1), None)


def test_a_row_without_texts_parts_them_and_what_is_empty_is_not_merged() -> None:
    assert runs_of(("消防",), (), ("消防",)) == {}
    assert runs_of(("",), ("",)) == {}
    assert runs_of() == {}


def test_a_long_text_stays_in_each_row() -> None:
    rows = (("消防",), ("消防",))
    assert runs_of(*rows, lines=MOST_LINES)
    assert runs_of(*rows, lines=MOST_LINES + 1) == {}


def test_a_merged_text_is_printed_once_and_read_before_its_rows(ledger: Print) -> None:
    paper = ledger([["消防", "甲"], ["消防", "乙"], ["校舍", "丙"]])
    words = paper.text.split()
    assert words[:7] == ["类别", "内容", "消防", "甲", "乙", "校舍", "丙"]


def test_on_each_page_it_is_printed_anew(ledger: Print) -> None:
    paper = ledger([["消防", f"第{number}项"] for number in range(100)])
    assert paper.result.pages > 2
    assert [text.count("消防") for text in paper.texts] == [1] * paper.result.pages
    assert all(f"第{number}项" in paper.text for number in range(100))


def test_no_rule_crosses_a_merged_cell_but_the_cells_beside_it_are_ruled(ledger: Print) -> None:
    paper = ledger([["消防", "甲"], ["消防", "乙"]])
    row = 9 * 1.35 + 2 * 9 * 0.3
    below_first = PAGE.top + 2 * row
    assert colour_at(paper, PAGE.left + 45, below_first) == (255, 255, 255)
    assert max(colour_at(paper, PAGE.left + 100, below_first)) < 200
    assert max(colour_at(paper, PAGE.left + 45, below_first + row)) < 200


def test_stripes_leave_merged_cells_white(ledger: Print) -> None:
    paper = ledger([["消防", "甲"], ["消防", "乙"], ["校舍", "丙"], ["校舍", "丁"]], zebra=True)
    row = 9 * 1.35 + 2 * 9 * 0.3
    second = PAGE.top + 2.2 * row
    assert colour_at(paper, PAGE.left + 55, second) == (255, 255, 255)
    assert colour_at(paper, PAGE.left + 300, second) != (255, 255, 255)


def test_rows_grow_where_all_together_are_too_low_for_the_text(faces: Faces) -> None:
    name = "消防安全责任体系与重点部位管理"  # three lines
    low, high = (
        a_table(faces, [[name, "甲"]] * count).wrap(PAGE.text_width, 1000)[1] for count in (2, 3)
    )
    assert low == pytest.approx(high + 1 * 9 * 1.35 - 2 * 9 * 0.3)


@pytest.mark.parametrize("room", range(30, 200, 7))
def test_a_page_ends_only_where_both_parts_have_room_for_the_text(faces: Faces, room: int) -> None:
    name = "消防安全责任体系与重点部位管理"
    table = a_table(faces, [["校舍", "甲"], *[[name, f"{at}"] for at in range(7)], ["校车", "乙"]])
    table.wrap(PAGE.text_width, 1000)
    parts = table.split(PAGE.text_width, room)
    if len(parts) == 2:
        first, rest = ([span for span in part._fill(1000)[0] if span.runs] for part in parts)
        needed = 3 * 9 * 1.35 + 2 * 9 * 0.3
        heights = [sum(span.height for span in part) for part in (first, rest) if part]
        assert min(heights, default=needed) >= needed - 0.01


def test_where_no_end_is_good_the_page_is_filled(printed: Print, faces: Faces) -> None:
    name = "消防安全责任体系与重点部位管理"
    table = a_table(faces, [[name, "甲"], [name, "乙"]])
    row = 2 * 9 * 1.35 + 2 * 9 * 0.3
    room = 9 * 1.35 + 2 * 9 * 0.3 + row + 1
    paper = printed([Spacer(1, PAGE.text_height - room), table], PAGE)
    assert ["甲" in text for text in paper.texts] == [True, False]
    assert ["乙" in text for text in paper.texts] == [False, True]
    assert all("消防安全" in text for text in paper.texts)


def test_a_row_that_is_cut_keeps_its_merged_cell_on_both_pages(ledger: Print) -> None:
    long = "\n".join(f"第{number}行" for number in range(60))
    paper = ledger([["消防", "前"], ["消防", long], ["消防", "后"]])
    assert paper.result.pages == 2
    assert [text.count("消防") for text in paper.texts] == [1, 1]
    assert all(f"第{number}行" in paper.text for number in range(60))


def test_columns_that_are_all_merged_still_have_a_height(ledger: Print) -> None:
    paper = ledger([["消防", "甲"], ["消防", "甲"]], AREA, ITEM)
    assert (paper.text.count("消防"), paper.text.count("甲")) == (1, 1)


def test_merged_cells_of_two_columns_lie_within_each_other(ledger: Print) -> None:
    rows = [["消防", "灭火器", "甲"], ["消防", "灭火器", "乙"], ["消防", "通道", "丙"]]
    paper = ledger([*rows, Group("小计"), *rows], AREA, ITEM, TEXT)
    assert [paper.text.count(word) for word in ("消防", "灭火器", "通道")] == [2, 2, 2]


def test_a_row_is_measured_no_oftener_however_long_its_cell_is(
    ledger: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[object] = []
    count = Sheet._count
    monkeypatch.setattr(Sheet, "_count", lambda *row: measured.append(row) or count(*row))
    ledger([["消防", f"{number}"] for number in range(1000)])
    assert len(measured) < 3 * 1000


def test_a_sum_is_bold_its_words_stand_over_the_columns_that_have_none(faces: Faces) -> None:
    columns = [Column("班级", 80), Column("日期", 80), Column("人数", PAGE.text_width - 160, "R")]
    sheet = a_table(faces, [["一班", "3月5日", "40"], Sum("合计", ["40"])], *columns)._sheet
    words, number = sheet.rows[1].slots
    assert (words.x, words.width, words.align) == (0, 160, "C")
    assert (number.x, number.align) == (160, "R")
    assert words.face is number.face is faces.table_bold


def test_a_sum_has_room_for_what_it_comes_to(faces: Faces) -> None:
    rows = [["一", "1", "安全" * 300], Sum("合计", ["123,456,789,012", ""])]
    columns = [Column("班级", 40), Column("人数", align="R"), Column("说明")]
    sheet = a_table(faces, rows, *columns)._sheet
    assert len(sheet.lines(sheet.rows[1].slots[1], "123,456,789,012")) == 1


def test_a_sum_parts_merged_cells(ledger: Print) -> None:
    rows = [["消防", "甲"], ["消防", "乙"], Sum("小计", ["2"]), ["消防", "丙"], ["消防", "丁"]]
    assert ledger(rows).text.count("消防") == 2


def test_a_sum_is_never_the_first_row_of_a_page(ledger: Print) -> None:
    for count in range(20, 40):
        paper = ledger([*(["消防", f"第{number}项"] for number in range(count)), Sum("合计")])
        assert "项" in paper.texts[-1].split("合计")[0]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    groups=st.lists(
        st.tuples(st.integers(1, 40), st.lists(st.integers(1, 30), min_size=1, max_size=12)),
        min_size=1,
        max_size=12,
    )
)
def test_wherever_pages_end_no_text_is_lost(
    groups: list[tuple[int, list[int]]], ledger: Print
) -> None:
    """Names of some characters, each over rows of some lines: all are printed whole."""
    rows, names, number = [], [], 0
    for length, heights in groups:
        names.append("".join(chr(0x4E00 + 50 * len(names) + at) for at in range(length)))
        for height in heights:
            rows.append([names[-1], "\n".join(f"<{number + at}>" for at in range(height))])
            number += height
    text = "".join(ledger(rows).text.split())
    assert all(name in text for name in names)
    assert all(text.count(f"<{at}>") == 1 for at in range(number))
