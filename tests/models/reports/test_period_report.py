from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.records.figures import Rate
from models.records.finding import FindingStep
from models.records.period_figures import Course, courses_of
from models.records.periods import months
from models.reports.paper.faces import Faces
from models.reports.paper.paragraph import Paragraph
from models.reports.paper.photos import Photo
from models.reports.period_report import MOST_LISTED, Pair, period_report
from models.reports.period_words import (
    PeriodReview,
    distribution,
    intentions,
    problems,
    rectification,
    situation,
)
from tests.conftest import a_finding, a_step
from tests.models.reports.conftest import NASTY, SEEN, Print

NOVEMBER = months("2026-11")
FOUND = date(2026, 11, 2)
TODAY = date(2026, 12, 1)
CLOSED = ("fixed_on_site", "recheck_passed", "closed")


def steps(*kinds: str, on: date = date(2026, 11, 9), **changes: Any) -> list[FindingStep]:
    return [a_step(kind, taken_on=on, **{"deadline": None, **changes}) for kind in kinds]


def course(*kinds: str, on: date = date(2026, 11, 9), **changes: Any) -> Course:
    finding = a_finding(**{"found_on": FOUND, "number": "2026-0001", **changes})
    (found,) = courses_of([(finding, steps(*kinds, on=on))], NOVEMBER, TODAY)
    return found


def a_review(courses: Sequence[Course] = (), **changes: Any) -> PeriodReview:
    review = PeriodReview(
        unit="示例县实验小学",
        addressee="示例县教育局",
        name="2026年11月",
        matter="安全隐患排查治理月报",
        period=NOVEMBER,
        day=TODAY,
        courses=courses,
        months=[("2026-10", 4, 1), ("2026-11", 7, 5)],
        grouping="类别",
        groups={"消防安全": courses},
        checks={},
    )
    return replace(review, **changes)


# ---- words ----------------------------------------------------------------------------------


def test_the_situation_balances_in_words_and_gives_the_golden_rate() -> None:
    courses = [course(*CLOSED[:1])] * 3402 + [course()] * 819
    flow, found = situation(a_review(courses))
    assert flow == "期初未销号隐患0项，本期新增4221项，本期销号0项，期末未销号4221项。"
    assert found.startswith("本期新排查的4221项隐患中，已整改3402项，整改中819项，整改率80.60%；")
    assert found.endswith("已销号0项，销号率0.00%；没有重大隐患。")


def test_what_came_back_is_told_apart() -> None:
    back = (*CLOSED, "reopened")
    taken = steps(*CLOSED, on=date(2026, 10, 9)) + steps("reopened")
    old = courses_of([(a_finding(found_on=date(2026, 10, 1)), taken)], NOVEMBER, TODAY)
    again = course(*back, recurs="x.1", level="major")
    flow, found = situation(a_review([*old, again]))
    assert flow == (
        "期初未销号隐患0项，本期新增2项（新排查1项、反弹1项），本期销号0项，期末未销号2项。"
    )
    assert found.endswith("重大隐患1项，同一隐患再次出现1项。")


def test_a_period_without_findings_gives_no_rates() -> None:
    quiet = a_review(checks={"daily": 20, "": 1})
    assert situation(quiet) == [
        "本期共开展安全检查21次（日常巡查20次、其他检查1次）。",
        "期初未销号隐患0项，本期新增0项，本期销号0项，期末未销号0项。",
        "本期没有排查出新的隐患。",
    ]
    assert distribution(quiet) == "本期没有新排查的隐患，各类别的情况见下表。"
    assert "立查立改率—（新排查0项，立查立改0项）" in rectification(quiet.figures)
    assert problems(quiet.open) == "期末没有未销号的隐患。"
    assert intentions(quiet.open).startswith("继续按规定的频次开展检查")


def test_of_many_units_it_tells_how_many_had_findings() -> None:
    (checked, *_rest) = situation(a_review(units=Rate(970, 1935)))
    assert checked == "检查学校1935所，其中发现隐患的970所，占50.13%。"
    assert "检查学校" not in "".join(situation(a_review(units=Rate(0, 0))))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"消防安全": 3, "校舍": 1, "食堂": 2, "周边": 1},
            "数量较多的是消防安全3项、食堂2项、校舍1项。",
        ),
        ({"消防安全": 2, "校舍": 0}, "全部属于消防安全2项。"),
    ],
)
def test_the_most_frequent_groups_are_named(counts: dict[str, int], said: str) -> None:
    groups = {name: [course()] * count for name, count in counts.items()}
    assert distribution(a_review(groups=groups)).startswith(f"新排查的隐患中，{said}")


def test_what_is_open_weighs_by_what_is_late_major_supervised_or_out_of_use() -> None:
    late = course(deadline=date(2026, 11, 5))
    major = course("graded", "supervised", "taken_out_of_use", level="major")
    major = replace(major, standing=major.standing._replace(level="major"))
    assert problems([late, major, course()]) == (
        "期末未销号隐患3项，其中逾期未整改1项、重大隐患1项、挂牌督办1项、停用1项。详见附件。"
    )
    assert problems([course()]) == "期末未销号隐患1项，没有逾期未整改的。详见附件。"
    assert intentions([late]).startswith("对逾期未整改的1项，逐项查明原因")
    assert "对其余2项未销号隐患" in intentions([late, major, course()])
    assert intentions([course()]).startswith("对1项未销号隐患")


def test_the_rates_carry_their_numbers() -> None:
    courses = [course(*CLOSED, deadline=date(2026, 11, 20))] * 17
    courses += [course(deadline=date(2026, 11, 20))] * 9
    assert "按期整改率65.38%（到期26项，按期整改17项）" in rectification(a_review(courses).figures)


# ---- paper ----------------------------------------------------------------------------------


def test_the_letter_has_its_parts_in_order(on_paper: Print, faces: Faces) -> None:
    courses = [course(*CLOSED), course(number="2026-0002", deadline=date(2026, 11, 20))]
    paper = on_paper(period_report(a_review(courses, note="说明。"), [], faces=faces))
    parts = [
        "示例县实验小学2026年11月安全隐患排查治理月报",
        "示例县教育局：",
        "现将2026年11月（2026年11月1日至2026年11月30日）安全隐患排查治理情况报告如下。",
        "一、基本情况",
        "二、隐患分布",
        "按类别消防安全",
        "按等级",
        "按期末状态已登记010110",
        "已销号0110111",
        "按检查类型未注明",
        "合计02112150.00%1",
        "期初＋新增－销号＝期末。新增包括新排查和反弹的隐患。说明。",
        "各类别隐患及其整改情况",
        "三、整改情况",
        "各月发现与销号",
        "四、存在的问题",
        "五、下一步打算",
        "附件：期末未销号隐患清单",
        "示例县实验小学（盖章）",
        "2026年12月1日",
        "附件期末未销号隐患清单",
        "2026-0002",
    ]
    at = 0
    for part in parts:
        assert part in paper.text[at:], part
        at = paper.text.index(part, at)
    assert not paper.result.missing


def test_a_long_title_is_parted_between_when_and_what(on_paper: Print, faces: Faces) -> None:
    names = {"2026年11月": 2, "2026—2027学年第一学期": 3}
    for name, lines in names.items():
        review = a_review(name=name, matter="安全隐患排查治理报告")
        first, *_rest = period_report(review, [], faces=faces).story
        assert isinstance(first, Paragraph)
        assert first.wrap(442, 1000)[1] == lines * 36


def test_a_period_that_is_not_over_says_as_of_which_day(on_paper: Print, faces: Faces) -> None:
    review = a_review(day=date(2026, 11, 23))
    text = on_paper(period_report(review, [], faces=faces)).text
    assert "（2026年11月1日至2026年11月30日，截至2026年11月23日）" in text


def test_what_is_late_stands_first_with_its_days(on_paper: Print, faces: Faces) -> None:
    courses = [
        course(number="2026-0001"),
        course(number="2026-0002", deadline=date(2026, 11, 20)),
        course(number="2026-0003", deadline=date(2026, 12, 20)),
    ]
    text = on_paper(period_report(a_review(courses), [], faces=faces)).text
    listed = text[text.index("附件期末") :]
    assert listed.index("2026-0002") < listed.index("2026-0003") < listed.index("2026-0001")
    assert "已登记逾期10天" in listed
    assert listed.count("逾期") == 1


def test_an_unknown_addressee_and_nothing_open_leave_no_empty_lines(
    on_paper: Print, faces: Faces
) -> None:
    paper = on_paper(period_report(a_review(addressee="", groups={}), [], faces=faces))
    assert "附件" not in paper.text
    assert "各类别隐患及其整改情况" not in paper.text
    assert "月报现将" in paper.text


def test_an_office_names_the_school_of_what_is_open(on_paper: Print, faces: Faces) -> None:
    courses = [course(unit="2137000001"), course(unit="2137000002")]
    names = {"2137000001": "示例县第二小学"}
    text = on_paper(period_report(a_review(courses, names=names), [], faces=faces)).text
    assert "示例县第二小学教学楼三楼" in text
    assert "2137000002教学楼三楼" in text


def test_a_very_long_list_is_cut_and_says_so(on_paper: Print, faces: Faces) -> None:
    review = a_review([course()] * (MOST_LISTED + 2))
    text = on_paper(period_report(review, [], faces=faces)).text
    assert "其余2项见隐患排查治理台账。" in text
    assert text.count("2026-0001") == MOST_LISTED


def test_photos_stand_in_pairs_as_the_last_attachment(on_paper: Print, faces: Faces) -> None:
    pairs = [
        Pair(f"2026-000{n} 食堂", Photo(b"", "整改前 食堂"), Photo(b"", "整改后 食堂"))
        for n in range(4)
    ]
    paper = on_paper(period_report(a_review([course()]), pairs, faces=faces))
    assert "附件：1.期末未销号隐患清单2.整改前后对照照片" in paper.text
    first, second = paper.pages[-2:]
    assert first.startswith("附件2整改前后对照照片1.2026-0000食堂")
    assert [page.count("整改后食堂") for page in (first, second)] == [3, 1]


def test_whatever_people_type_prints_whole_and_as_typed(on_paper: Print, faces: Faces) -> None:
    review = a_review([course(description=NASTY)], unit="示例县" * 20)
    paper = on_paper(period_report(review, [], faces=faces))
    assert SEEN in paper.text
    assert "示例县" * 20 in paper.text
    assert paper.result.missing == ("😀",)
