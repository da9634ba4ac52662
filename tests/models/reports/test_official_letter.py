import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from models.reports.letter import PAGE, Letter
from models.reports.official_letter import Words, official_letter, read_letter
from models.reports.paper.faces import Faces, clean
from models.reports.paper.line_breaking import NEVER_FIRST, NEVER_LAST
from models.reports.paper.page import MM
from models.reports.paper.red_head import Copies, Head
from tests.models.reports.conftest import NASTY, SEEN, Print

SEEDS = Path(__file__).parents[3].parent / "shared" / "seeds"
DAY = "2026年3月5日"
LONG = "长" * 61
LETTER = """关于开展校园安全检查的通知

各学校：
    现就有关事项通知如下。
一、检查时间
2026年3月5日至3月20日。
附件：1.检查项目表
2.检查人员名单
示例县教育和体育局
2026年3月1日
"""


def test_the_parts_of_a_written_letter_are_told_apart() -> None:
    assert read_letter(LETTER) == Words(
        title="关于开展校园安全检查的通知",
        text=("现就有关事项通知如下。", "一、检查时间", "2026年3月5日至3月20日。"),
        addressee="各学校",
        attachments=("检查项目表", "检查人员名单"),
        unit="示例县教育和体育局",
        day="2026年3月1日",
    )


def words_of(title: str, *text: str, **more: Any) -> Words:
    return Words(title, text, **more)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", words_of("")),
        ("报告", words_of("报告")),
        ("报告\n正文。", words_of("报告", "正文。")),
        ("报告\n正文。\n2026 年 3 月 5 日", words_of("报告", "正文。", day=DAY)),
        ("报告\n2026年3月5日", words_of("报告", day=DAY)),
        (
            "报告\n正文。\n示例村小学\n二〇二六年三月二十五日",
            words_of("报告", "正文。", unit="示例村小学", day="二〇二六年三月二十五日"),
        ),
        ("报告\n正文。\n附件：表", words_of("报告", "正文。", attachments=("表",))),
        ("报告\n附件：1.表", words_of("报告", attachments=("表",))),
        ("报告\n附件：2026.3检查表", words_of("报告", attachments=("2026.3检查表",))),
        ("报告\n：\n正文。", words_of("报告", "：", "正文。")),
        ("报告\n附件：表\n正文。", words_of("报告", "附件：表", "正文。")),
        ("报告\n" + LONG + "：", words_of("报告", LONG + "：")),
        (
            f"报告\n正文。\n{LONG}\n2026年3月5日",
            words_of("报告", "正文。", LONG, day="2026年3月5日"),
        ),
    ],
    ids=range(13),
)
def test_what_cannot_be_told_apart_is_text(text: str, words: Words) -> None:
    assert read_letter(text) == words


def test_a_note_stands_below_the_day_and_hides_neither_day_nor_unit() -> None:
    whole = read_letter(f"{LETTER}（此件公开发布）\n")
    assert whole == replace(read_letter(LETTER), note="此件公开发布")
    assert read_letter("报告\n（见附件）").text == ("（见附件）",)
    assert read_letter("报告\n正文。\n（见附件）").text == ("正文。", "（见附件）")


def test_a_letter_has_its_parts_in_order(on_paper: Print, faces: Faces) -> None:
    text = on_paper(official_letter(read_letter(LETTER), faces=faces)).text
    parts = [
        "关于开展校园安全检查的通知各学校：现就有关事项通知如下。",
        "一、检查时间2026年3月5日至3月20日。",
        "附件：1.检查项目表2.检查人员名单",
        "示例县教育和体育局2026年3月1日",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_an_office_adds_head_and_imprint(on_paper: Print, faces: Faces) -> None:
    head = Head("示例县教育和体育局文件", "示教体〔2026〕3号", marks=["000001", "特急"])
    copies = Copies("示例县人民政府办公室。", "示例县教育和体育局办公室", "2026年3月2日")
    words = Words("通知", ["正文。"] * 18, note="此件公开发布")
    paper = on_paper(official_letter(words, faces=faces, head=head, copies=copies))
    first, last = paper.pages
    assert first.startswith("000001特急示例县教育和体育局文件示教体〔2026〕3号通知正文。")
    assert "（此件公开发布）抄送：示例县人民政府办公室。示例县教育和体育局办公室" in last
    assert "2026年3月2日印发" in last


def test_a_letter_upwards_names_who_signs(on_paper: Print, faces: Faces) -> None:
    head = Head("示例县实验小学文件", "示实小〔2026〕12号", signer="赵𬱖")
    words = Words("报告", ["正文。"], unit="示例县实验小学", day="2026年3月5日")
    text = on_paper(official_letter(words, faces=faces, head=head)).text
    assert text.startswith("示例县实验小学文件示实小〔2026〕12号签发人：赵𬱖报告正文。")


def test_the_head_stands_where_the_standard_says(
    on_paper: Print, faces: Faces, tmp_path: Path
) -> None:
    """The issuer's top 35 mm below the text's top, in red, no wider than the text."""
    head = Head("示例县教育和体育局文件", "示教体〔2026〕3号")
    on_paper(official_letter(Words("通知", ["正文。"]), faces=faces, head=head))
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    try:
        image = document[0].render(scale=2).to_pil()
    finally:
        document.close()
    red = [
        (x, y)
        for y in range(image.height)
        for x in range(image.width)
        if (pixel := image.getpixel((x, y)))[0] > 180 and max(pixel[1:]) < 80
    ]
    top = min(y for _, y in red) / 2
    assert top == pytest.approx(PAGE.top + 35 * MM, abs=4)
    left, right = min(x for x, _ in red) / 2, max(x for x, _ in red) / 2
    assert left == pytest.approx(PAGE.left, abs=1)
    assert right == pytest.approx(PAGE.width - PAGE.right, abs=1)


def test_an_imprint_that_has_no_room_stands_at_the_foot_of_the_next_page(
    on_paper: Print, faces: Faces
) -> None:
    copies = Copies("", "示例县教育和体育局办公室", "2026年3月2日")
    words = Words("通知", ["正文。"] * 19)
    paper = on_paper(official_letter(words, faces=faces, copies=copies))
    assert len(paper.pages) == 2
    assert paper.pages[1].startswith("示例县教育和体育局办公室2026年3月2日印发")


def test_long_words_of_head_and_imprint_grow_small_beside_each_other(
    on_paper: Print, faces: Faces, tmp_path: Path
) -> None:
    head = Head("文件", "号" * 60, signer="王" * 20)
    copies = Copies("", "局" * 60, "2026年3月2日")
    on_paper(official_letter(Words("通知", ["正文。"]), faces=faces, head=head, copies=copies))
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    try:
        page = document[0].get_textpage()
        places = [
            (page.get_text_range(at, 1), page.get_charbox(at)) for at in range(page.count_chars())
        ]
    finally:
        document.close()
    number, signer, printer = ([box for char, box in places if char == mark] for mark in "号签局")
    (label,) = signer
    (issued,) = (box for char, box in places if char == "印")
    assert (len(number), len(printer)) == (60, 60)
    assert PAGE.left < number[0][0] < number[-1][2] < label[0]
    assert PAGE.left < printer[0][0] < printer[-1][2] < issued[0] < PAGE.width - PAGE.right


def test_nasty_words_are_only_words(on_paper: Print, faces: Faces) -> None:
    words = Words(NASTY, [NASTY], NASTY, [NASTY], NASTY, NASTY, NASTY)
    copies = Copies(NASTY, NASTY, NASTY)
    head = Head(NASTY, NASTY, NASTY, [NASTY])
    text = on_paper(official_letter(words, faces=faces, head=head, copies=copies)).text
    assert text.count(SEEN) == 14


def seeds() -> Iterator[Path]:
    yield from sorted(SEEDS.glob("*.txt"))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the public documents are not beside this checkout")
def test_whole_documents_are_set_without_loss_and_without_forbidden_breaks(
    on_paper: Print, faces: Faces
) -> None:
    count = 0
    for path in seeds():
        words = read_letter(path.read_text(encoding="utf-8"))
        report = official_letter(words, faces=faces)
        paper = on_paper(report)
        assert paper.result.missing == ()
        bare = re.sub(r"—\d+—", "", paper.text)
        for text in words.text:
            assert re.sub(r"\s", "", clean(text)) in bare
        for text in words.text:
            for size in range(8, 20):
                count += _lines_are_fit(text, faces, size)
    assert count > 5_000


def _lines_are_fit(text: str, faces: Faces, size: float) -> int:
    if not set(text) - NEVER_FIRST:
        return 0  # nothing but marks
    paragraph = Letter(faces).words(text)
    paragraph.wrap(28 * size, 700)
    lines = [paragraph._text.text[line.start : line.end] for line in paragraph._lines]
    assert not [line for line in lines if line[:1] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line[-1:] in NEVER_LAST]
    return len(lines)
