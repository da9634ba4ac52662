from collections.abc import Callable

import pytest
from reportlab.platypus import Spacer

from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import ledger_page
from models.reports.paper.sheet import Sheet
from tests.models.reports.paper.conftest import Printed

Print = Callable[..., Printed]
PAGE = ledger_page()


@pytest.fixture
def ledger(printed: Print, faces: Faces) -> Print:
    def print_ledger(rows: list, columns: str = "序号 内容 责任人", **more: object) -> Printed:
        parts = [Column(title) for title in columns.split()]
        table = fast_table(parts, rows, faces=faces, width=PAGE.text_width, **more)
        return printed([table], PAGE)

    return print_ledger


def test_the_header_is_repeated_on_each_page(ledger: Print) -> None:
    paper = ledger([[str(number), "检查", "赵𬱖"] for number in range(200)])
    assert paper.result.pages > 3
    assert all("责任人" in text for text in paper.texts)
    assert all(f"\n{number}" in "\n" + paper.text for number in range(200))


def test_a_cell_longer_than_a_page_is_printed_whole(ledger: Print) -> None:
    text = "".join(chr(0x4E00 + number % 3000) for number in range(10_000))
    paper = ledger([["1", "前", "张㛃"], ["2", text, "李安全"], ["3", "后", "张㛃"]])
    assert paper.result.pages > 2
    assert all("责任人" in page for page in paper.texts)
    printed_text = paper.text.replace("\r", "").replace("\n", "")
    assert sum(printed_text.count(char) for char in set(text)) >= 10_000


def test_a_row_of_usual_height_is_moved_whole(faces: Faces) -> None:
    columns = [Column("内容", width=60)]
    table = fast_table(columns, [["一"], ["安" * 50]], faces=faces, width=60)
    table.wrap(60, 1000)
    first, rest = table.split(60, table.height - 20)
    assert first.wrap(60, 1000)[1] + rest.wrap(60, 1000)[1] > 0
    assert len(first._spans) == 1


def test_a_tall_row_leaves_no_single_line(faces: Faces) -> None:
    table = fast_table([Column("内容")], [["\n".join("安" * 40)]], faces=faces, width=60)
    whole = table.wrap(60, 10_000)[1]
    first, _ = table.split(60, whole - 1)
    assert first._spans[-1].end == 38


def test_a_row_too_tall_for_the_room_that_is_left_is_not_begun(faces: Faces) -> None:
    table = fast_table([Column("内容")], [["\n".join("安" * 40)]], faces=faces, width=60)
    assert table.split(60, 40) == []


def test_a_table_that_fits_is_not_split(faces: Faces) -> None:
    table = fast_table([Column("内容")], [["一"]], faces=faces, width=60)
    assert table.split(60, 1000) == [table]


def test_a_group_row_is_never_the_last_of_a_page(ledger: Print) -> None:
    rows: list = []
    for number in range(60):
        rows += [Group(f"类别{number}"), ["1", "检查", "赵𬱖"], ["2", "检查", "赵𬱖"]]
    paper = ledger(rows)
    assert paper.result.pages > 3
    for text in paper.texts:
        assert "检查" in text[text.rindex("类别") :]


def test_a_group_row_that_was_left_for_the_next_page_is_not_tried_on_this_one(faces: Faces) -> None:
    rows = [["一"], ["二"], Group("乙"), ["三"]]
    table = fast_table([Column("内容")], rows, faces=faces, width=60)
    _, height = table.wrap(60, 1000)
    row = height / 5
    first, rest = table.split(60, 4.5 * row)
    assert [span.row.texts[0] for span in first._spans or ()] == ["一", "二"]
    assert rest.split(60, 2.5 * row) == []
    assert rest.split(60, 3 * row) == [rest]


def test_group_rows_alone_still_end(ledger: Print) -> None:
    paper = ledger([Group(f"类别{number}") for number in range(90)])
    assert "类别89" in paper.texts[-1]


def test_a_header_too_tall_to_repeat_is_printed_once(ledger: Print) -> None:
    title = "说明" * 900
    paper = ledger([["一", "二"]] * 90, f"序号 {title}")
    assert paper.text.replace("\r", "").replace("\n", "").count("说明") >= 880
    assert "序号" not in paper.texts[-1]


def test_a_table_without_rows_shows_its_header(ledger: Print) -> None:
    assert "责任人" in ledger([]).text


def test_a_table_without_rows_goes_on_to_the_next_page_where_its_header_has_no_room(
    printed: Print, faces: Faces
) -> None:
    page = ledger_page()
    table = fast_table([Column("责任人")], [], faces=faces, width=page.text_width)
    first, second = printed([Spacer(1, page.text_height - 10), table], page).texts
    assert "责任人" in second
    assert "责任人" not in first


def test_rare_characters_and_stripes_work_in_tables(ledger: Print) -> None:
    paper = ledger([["1", "赵𬱖 张㛃 㐀", "😀"], ["2", "", ""], ["3", "后", ""]], zebra=True)
    assert "赵𬱖 张㛃 㐀" in paper.text
    assert paper.result.missing == ("😀",)


def test_a_row_of_the_wrong_length_is_a_bug(ledger: Print) -> None:
    with pytest.raises((ValueError, IndexError)):
        ledger([["1", "二"]])


def test_given_widths_are_kept_and_others_share_the_rest(faces: Faces) -> None:
    columns = [Column("序号", width=40), Column("日期"), Column("描述"), Column("措施")]
    rows = [["1", "2026-03-05", "安全" * 90, "整改" * 40]] * 5
    sheet: Sheet = fast_table(columns, rows, faces=faces, width=600)._sheet
    number, day, description, measure = (slot.width for slot in sheet.rows[0].slots)
    assert number == pytest.approx(40)
    assert day < 80 < measure < description
    assert number + day + description + measure == pytest.approx(600)


def test_short_columns_are_widened_to_fill_the_page(faces: Faces) -> None:
    sheet = fast_table([Column("甲"), Column("乙")], [["1", "2"]], faces=faces, width=600)._sheet
    assert [slot.width for slot in sheet.rows[0].slots] == pytest.approx([300, 300])


def test_a_forgotten_cell_cache_does_not_change_the_paper(
    ledger: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["1", "检查", "赵𬱖"], ["1", "检查", "赵𬱖"]]
    usual = ledger(rows).path.read_bytes()
    monkeypatch.setattr("models.reports.paper.grid.MOST_REMEMBERED", 0)
    assert ledger(rows).path.read_bytes() == usual


def test_a_table_that_starts_low_on_the_page_goes_on_properly(printed: Print, faces: Faces) -> None:
    table = fast_table([Column("内容")], [["一"]] * 5, faces=faces, width=PAGE.text_width)
    paper = printed([Spacer(1, PAGE.text_height - 15), table], PAGE)
    assert "内容" not in paper.texts[0]
    assert "内容" in paper.texts[1]
