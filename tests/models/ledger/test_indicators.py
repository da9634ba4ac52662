from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger import indicators as module
from models.ledger.indicators import (
    Part,
    assessed,
    change_of,
    indicators,
    parts_of,
    periods_of,
    read_indicators,
    score,
    scores,
    take_list,
    template,
)
from models.ledger.same_person import merge
from models.problems import Problem
from models.records.development import Indicator, SelfAssessment
from tests.models.ledger.conftest import give
from tests.models.ledger.growing import SECTIONS, a_trainee, score_all

PASTED = (
    "类别\t序号\t指标\t满分\n政治能力\t1\t把握方向\t10\n\t2\t站稳立场\t\n"
    "\n调查研究\t\t每月下班级\t5\n"
)


def read(text):
    found = read_indicators(text)
    listed = [(i.section, i.number, i.name, i.full_marks) for i in found.indicators]
    return listed, found.problems


def test_the_template_is_an_empty_list_that_excel_reads():
    assert template().startswith(b"\xef\xbb\xbf")
    assert read(template().decode("utf-8-sig")) == ([], {})


def test_rows_from_excel_with_merged_cells_blank_rows_and_gaps():
    assert read(PASTED) == (
        [
            ("政治能力", 1, "把握方向", 10),
            ("政治能力", 2, "站稳立场", 10),
            ("调查研究", 3, "每月下班级", 5),
        ],
        {},
    )


def test_csv_with_quotes_another_order_and_full_width_figures():
    text = '\ufeff指标,满分,类别,备注\n"研判,决断",１０,科学决策,x\n'
    assert read(text) == ([("科学决策", 1, "研判,决断", 10)], {})


def test_a_line_that_cannot_be_read_is_told_and_the_others_stand():
    listed, problems = read("甲,1,一,10\n甲,x,二,10\n,,,\n甲,3,,10\n甲,1,一,10\n")
    assert listed == [("甲", 1, "一", 10)]
    assert {line: words[:6] for line, words in problems.items()} == {
        2: "“x”不是数",
        4: "请填写“指标",
    }


def test_a_list_without_category_asks_for_it():
    assert read(",1,一,10")[1] == {1: "请填写“类别”。"}


def test_too_long_a_list_is_cut_and_told(monkeypatch):
    monkeypatch.setattr(module, "MOST_INDICATORS", 2)
    listed, problems = read("甲,1,一\n甲,2,二\n甲,3,三\n甲,4,四\n")
    assert len(listed) == 2
    assert "没有读入" in problems[3]


def test_what_is_no_list_is_told():
    with pytest.raises(Problem, match="重新复制"):
        read_indicators("甲,1,一" + "字" * 200_000)


@given(st.text(max_size=200))
def test_any_text_gives_indicators_or_problems(text):
    found = read_indicators(text)
    assert all(one.name and one.section for one in found.indicators)


def test_a_new_list_takes_the_place_of_the_old_one(ledger):
    take_list(ledger, read_indicators(PASTED).indicators)
    newer = read_indicators("政治能力\t1\t把握方向\t20\n科学决策\t1\t研判\t10\n").indicators
    assert change_of(ledger, newer).words() == (
        "新增 1 项，更新 1 项，停用清单里没有的 2 项（得分保留）。"
    )
    take_list(ledger, newer)
    assert [(one.name, one.full_marks) for one in indicators(ledger)] == [
        ("把握方向", 20),
        ("研判", 10),
    ]
    assert take_list(ledger, newer).words() == "新增 0 项，更新 0 项。"
    take_list(ledger, read_indicators(PASTED).indicators)
    assert [one.name for one in indicators(ledger)] == ["把握方向", "站稳立场", "每月下班级"]


def test_a_score_is_kept_once_for_person_period_and_indicator(ledger):
    zhao = ledger.save(a_trainee("赵𬱖"))
    first, *_others = score_all(ledger, zhao)
    score(ledger, first, zhao.id, "2026上", plan="多调研")
    kept = scores(ledger, zhao.id, "2026上")
    assert len(kept) == 4
    assert (kept[first.id].own_score, kept[first.id].plan) == (Decimal(8), "多调研")
    score(ledger, first, zhao.id, "2025下", own_score=Decimal(1))
    assert periods_of(ledger) == ["2026上", "2025下"]
    assert assessed(ledger) == [(zhao.id, "2026上"), (zhao.id, "2025下")]


def test_scores_of_whoever_was_merged_are_kept_and_their_own_go_before_them(ledger):
    kept, gone = (ledger.save(a_trainee(name)) for name in ("张伟", "张 伟"))
    first, second, *_rest = score_all(ledger, gone, "2026上")
    score(ledger, second, kept.id, "2026上", own_score=Decimal(1))
    merge(ledger, gone, kept)
    assert assessed(ledger) == [(kept.id, "2026上")]
    given = scores(ledger, kept.id, "2026上")
    assert [given[one.id].own_score for one in (first, second)] == [Decimal(8), Decimal(1)]
    score(ledger, first, kept.id, "2026上", own_score=Decimal(9))
    added = scores(ledger, kept.id, "2026上")[first.id]
    assert (added.person, added.own_score, added.peer_score) == (kept.id, Decimal(9), Decimal(7))


def test_one_list_that_two_pcs_took_in_apart_stands_once_with_the_scores_of_both(ledger, second):
    zhao = ledger.save(a_trainee("赵𬱖"))
    give(ledger, second)
    listed = read_indicators(PASTED).indicators
    for pc, at in ((ledger, 0), (second, 1)):
        take_list(pc, listed)
        score(pc, indicators(pc)[at], zhao.id, "2026上", own_score=Decimal(at + 5))
    give(ledger, second)
    give(second, ledger)
    for pc in (ledger, second):
        given = scores(pc, zhao.id, "2026上")
        assert [one.name for one in indicators(pc)] == ["把握方向", "站稳立场", "每月下班级"]
        assert [given[one.id].own_score for one in indicators(pc)[:2]] == [Decimal(5), Decimal(6)]
    second_one = indicators(ledger)[1]
    score(ledger, second_one, zhao.id, "2026上", own_score=Decimal(9))
    assert scores(ledger, zhao.id, "2026上")[second_one.id].own_score == Decimal(9)
    take_list(ledger, listed[:1])
    assert [one.name for one in indicators(ledger)] == ["把握方向"]


@pytest.mark.parametrize("name", ["own_score", "peer_score"])
def test_a_score_above_the_full_marks_is_refused(ledger, name):
    indicator = ledger.save(Indicator(section="甲", name="一", full_marks=10))
    with pytest.raises(Problem, match="满分 10 分"):
        score(ledger, indicator, "a.1", "2026上", **{name: Decimal("10.5")})
    assert ledger.all(SelfAssessment) == []


def test_an_answer_that_cannot_be_is_refused(ledger):
    indicator = ledger.save(Indicator(section="甲", name="一"))
    with pytest.raises(Problem, match="最多 500"):
        score(ledger, indicator, "a.1", "2026上", plan="长" * 501)


def test_categories_in_percent_of_their_marks(ledger):
    zhao = ledger.save(a_trainee("赵𬱖"))
    listed = score_all(ledger, zhao)
    given = scores(ledger, zhao.id, "2026上")
    assert parts_of(listed, given) == [
        Part(SECTIONS[0], 80, 70),
        Part(SECTIONS[1], 60, 60),
        Part(SECTIONS[2], 90, 80),
        Part(SECTIONS[3], 70, None),
    ]


def test_fewer_than_three_categories_show_their_indicators():
    ones = [Indicator(id=f"a.{n}", section="甲", number=n, name="一") for n in (1, 2, 3)]
    given = {
        "a.1": SelfAssessment(own_score=Decimal("7.5")),
        "a.2": SelfAssessment(peer_score=Decimal(3)),
    }
    assert parts_of(ones, given) == [Part("1. 一", 75, None), Part("2. 一", None, 30)]
