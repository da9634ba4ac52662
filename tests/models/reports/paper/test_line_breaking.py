from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reports.paper.line_breaking import NEVER_FIRST, NEVER_LAST, break_lines, may_break

CORPUS = (
    "示例县实验小学于2026年3月1日至3月20日组织开展了“大排查、大整治”专项行动（以下简称“专项行动”）。"
    "检查组由校长赵𬱖任组长，副校长张㛃、总务主任李安全任副组长；对照GB 50016-2014"
    "《建筑设计防火规范》（2018年版）、GB/T 29315-2022等标准，"
    "逐项检查了食堂、宿舍、实验室……共发现隐患91处，整改率65.9%。"
    "“疏散通道为什么堆放课桌椅？”检查组当场指出：“立即清理！”有关人员表示：“马上办。”"
    "防护栏杆高1.05 m，低于1.10 m的要求；储藏室面积约12.5㎡，温度38℃，接地电阻实测12 Ω，不合格。"
    "经费预算¥12,600（大写：壹万贰仟陆佰元整），详见附件1——《整改台账》，或发送至safety@example.edu.cn。"
    "责任人：〔2026〕18号文件所列人员、“双人双锁”管理员、【值班】教师；联系时间：8:30～17:30。"
)


def lines_of(text: str, width: float) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, advances(text), width)]


def advances(text: str) -> list[float]:
    return [0.5 if char.isascii() else 1.0 for char in text]


@pytest.mark.parametrize("width", range(6, 60))
def test_no_line_of_the_corpus_begins_or_ends_with_a_forbidden_mark(width: int) -> None:
    lines = lines_of(CORPUS * 12, width)
    assert not [line for line in lines if line[0] in NEVER_FIRST]
    assert not [line for line in lines if line[-1] in NEVER_LAST]


@pytest.mark.parametrize("width", range(15, 60))
@pytest.mark.parametrize(
    "word",
    [
        "GB 50016-2014",
        "GB/T 29315-2022",
        "65.9%",
        "1.05 m",
        "12.5㎡",
        "¥12,600",
        "17:30",
        "——",
        "……",
    ],
)
def test_words_numbers_and_units_stay_whole(word: str, width: int) -> None:
    together = "\n".join(lines_of(CORPUS, width))
    assert together.count(word) == CORPUS.count(word)


def test_a_chain_of_marks_goes_to_the_next_line_with_its_character() -> None:
    assert lines_of("他说：“马上办。”", 7) == ["他说：“马上", "办。”"]


def test_an_opening_mark_goes_along_with_what_it_opens() -> None:
    assert lines_of("有关单位（学校）", 5) == ["有关单位", "（学校）"]


def test_blanks_hang_over_the_edge_and_are_dropped() -> None:
    assert lines_of("安全   第一", 2) == ["安全", "第一"]
    assert lines_of("安全   ", 2) == ["安全"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines_of("a" * 10, 2) == ["aaaa", "aaaa", "aa"]


def test_a_cut_word_still_keeps_its_marks() -> None:
    assert lines_of("aaaaaaa，b", 4) == ["aaaaaa", "a，b"]


def test_marks_alone_are_cut_where_the_line_is_full() -> None:
    assert lines_of("！！！！！", 2) == ["！！", "！！", "！"]


def test_a_line_narrower_than_a_character_takes_one() -> None:
    assert lines_of("安全", 0.5) == ["安", "全"]


def test_where_no_room_is_left_a_line_takes_one_and_an_empty_one_none() -> None:
    assert lines_of("安全\n", -3) == ["安", "全", ""]
    assert lines_of("", -3) == [""]


def test_line_ends_are_kept_and_paragraphs_marked() -> None:
    lines = break_lines("安全\n\n第一", advances("安全\n\n第一"), 9)
    assert [(line.start, line.end, line.last) for line in lines] == [
        (0, 2, True),
        (3, 3, True),
        (4, 6, True),
    ]


def test_the_first_line_of_each_paragraph_may_be_shorter() -> None:
    text = "一二三四五六\n一二三四"
    lines = break_lines(text, advances(text), 3, first_width=1)
    assert [text[line.start : line.end] for line in lines] == [
        "一",
        "二三四",
        "五六",
        "一",
        "二三四",
    ]


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        ("安", "全", True),
        ("安", " ", False),
        ("a", "b", False),
        ("a ", "b", True),
        ("GB ", "5", False),
        ("gb ", "5", True),
        ("GB  ", "5", True),
        ("12 ", "k", False),
        ("12 ", "安", True),
        ("1,", "2", False),
        ("a,", "b", True),
        ("-", "5", False),
        ("a", "-", False),
        ("安", "-", True),
        ("  ", "安", False),
    ],
)
def test_where_a_line_may_end(left: str, right: str, may: bool) -> None:
    assert may_break(left + right, len(left)) is may


TEXTS = st.text(st.sampled_from("安全。，”“（）—… aB1.-,%/\n℃"), max_size=80)


@given(TEXTS, st.integers(2, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = break_lines(text, advances(text), width)
    shown = "".join(text[line.start : line.end] for line in lines)
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for line in lines:
        assert line.width <= width + 1e-6
        assert line.width == pytest.approx(sum(advances(text[line.start : line.end])))


@given(TEXTS, st.integers(2, 20))
def test_a_forbidden_break_is_made_only_where_no_other_was_possible(text: str, width: int) -> None:
    lines = break_lines(text, advances(text), width)
    for line, following in pairwise(lines):
        if not line.last and not may_break(text, following.start, line.start):
            inside = range(line.start + 1, line.end)
            assert not [at for at in inside if may_break(text, at, line.start)]
