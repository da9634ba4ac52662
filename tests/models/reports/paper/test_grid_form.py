from collections.abc import Callable

import pytest

from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import Cell, FormRow, grid_form
from tests.models.reports.paper.conftest import Printed

Print = Callable[..., Printed]
CLOSING = "检查人（签字）：赵𬱖"


def test_labels_values_and_closings_are_printed(printed: Print, faces: Faces) -> None:
    rows = [
        FormRow([Cell("部位", label=True), Cell("食堂"), Cell("日期", label=True), Cell("3月5日")]),
        FormRow([Cell("描述", label=True), Cell("通道堆物。\n门已锁。", 3, align="J")], 100),
        FormRow([Cell("意见", label=True), Cell("限期整改。", 3, closing=CLOSING)], 100),
    ]
    form = grid_form([1, 2, 1, 2], rows, faces=faces, width=400)
    text = printed([form]).text
    for words in ("部位", "食堂", "日期", "通道堆物。", "门已锁。", "限期整改。", CLOSING):
        assert words in text


def test_a_row_has_at_least_its_height(faces: Faces) -> None:
    rows = [FormRow([Cell("一")], 100), FormRow([Cell("二")])]
    height = grid_form([1], rows, faces=faces, width=400, size=10).wrap(400, 1000)[1]
    assert height == pytest.approx(100 + 15 + 9)


def test_a_value_longer_than_a_page_closes_on_the_last_one(printed: Print, faces: Faces) -> None:
    rows = [FormRow([Cell("描述", label=True), Cell("安全" * 3000, closing=CLOSING)], 100)]
    paper = printed([grid_form([1, 5], rows, faces=faces, width=440)])
    assert paper.result.pages > 2
    assert [CLOSING in text for text in paper.texts] == [False] * (paper.result.pages - 1) + [True]
    assert paper.text.count("安") + paper.text.count("全") >= 6000


def test_label_cells_can_be_filled_by_alignment_of_their_own(faces: Faces) -> None:
    form = grid_form([1], [FormRow([Cell("一", label=True, align="R")])], faces=faces, width=90)
    assert form._sheet.rows[0].slots[0].align == "R"


def test_cells_that_do_not_fill_the_row_are_a_bug(faces: Faces) -> None:
    with pytest.raises(ValueError, match="fill"):
        grid_form([1, 2], [FormRow([Cell("一")])], faces=faces, width=400)


def test_a_closing_too_long_for_its_cell_is_shortened(printed: Print, faces: Faces) -> None:
    row = FormRow([Cell("", closing="检查人\n（签字）：" * 20)])
    text = printed([grid_form([1], [row], faces=faces, width=200)]).text
    assert "检查人 （签字）：检查人" in text
    assert "…" in text
