from dataclasses import replace
from decimal import Decimal

import pytest

from models.records.figures import Rate
from models.records.five_management import ChecklistAnswer
from models.reports.filled_sheet import FilledSheet
from models.reports.paper.faces import Faces
from models.reports.self_check_report import self_check_report
from models.reports.self_check_words import SelfCheck
from models.templates.compliance import AreaFigures
from models.templates.five_management import ChecklistTemplate
from models.templates.trend import FITNESS, MYOPIA, MonthFigures
from tests.conftest import TODAY, a_school
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import Print
from tests.models.reports.test_five_management_sheet import CHECKLIST, given, template

__all__ = ["template"]


def a_month(period: str, part: int = 9, myopia: str = "", fitness: str = "") -> MonthFigures:
    areas = {
        "homework": AreaFigures(Rate(part, 10), 0),
        "sleep": AreaFigures(Rate(7, 8), 1),
    }
    health = {
        MYOPIA: Decimal(myopia) if myopia else None,
        FITNESS: Decimal(fitness) if fitness else None,
    }
    return MonthFigures(period, areas, health)


@pytest.fixture
def check(template: ChecklistTemplate) -> SelfCheck:
    """The letter of a month, of which three answers fall short."""
    lines = template.lines(a_school().stages)
    answers = {"fm.hw.07": ChecklistAnswer(evidence="抽查记录", note="二年级一个班")}
    sheet = given(
        FilledSheet(CHECKLIST, lines, {}, answers),
        fm_hw_07="yes",
        fm_hw_10="no",
        fm_sl_03="yes",
        fm_hw_01="yes",
    )
    return SelfCheck(
        unit=SCHOOL,
        addressee="示例县教育局",
        name="2026年11月",
        months=[a_month("2026-11", myopia="41.3", fitness="50.5")],
        before=a_month("2026-10", 8, "40.75", "50.5"),
        sheet=sheet,
        remedies={},
        actions=Rate(1, 3),
        plans=3,
        day=TODAY,
        is_term=False,
    )


def read(on_paper: Print, faces: Faces, check: SelfCheck) -> str:
    return on_paper(self_check_report(check, faces=faces)).text


def test_the_letter_of_a_month_from_its_title_to_its_seal(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    text = read(on_paper, faces, check)
    for words in (
        "示例县实验小学2026年11月五项管理自查报告示例县教育局："
        "现将2026年11月作业、睡眠、手机、读物、体质管理自查情况报告如下。",
        "一、总体情况对照五项管理要求逐项自查，计入达标率的18项中，达标16项，达标率88.89%，"
        "尚有1项未答，未答的不算达标。2026年10月达标率为83.33%。",
        "项目计入项数达标未达标未答达标率作业管理1091090.00%睡眠管理870187.50%合计18161188.89%",
        "各月五项达标率",
        "填报人：",
        "示例县实验小学（盖章）",
        "2026年11月23日",
    ):
        assert words in text


def test_myopia_and_fitness_are_told_with_their_change(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    text = read(on_paper, faces, check)
    assert (
        "近视率41.30%，比2026年10月上升0.55个百分点；体质健康优良率50.50%，比2026年10月没有变化。"
        "两项只作统计，不计入达标率。"
    ) in text
    assert "2026年10月80.0%87.5%83.3%40.75%50.50%" in text
    assert "各月近视率和体质健康优良率" in text


def test_what_falls_short_is_listed_by_area_with_its_answer(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    text = read(on_paper, faces, check)
    assert (
        "三、存在的问题（一）作业管理（2项）1.是否存在机械重复、惩罚性作业——是；说明：二年级一个班。"
        "2.作业难度是否不超过课程标准要求（建议）——否。"
        "（二）睡眠管理（1项）1.是否要求学生提前到校参加统一的教育教学活动——是。"
    ) in text
    assert "抽查记录" not in text


def test_what_is_done_about_it_is_told_and_what_nobody_does_yet(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    assert "四、整改措施上述3项尚未明确整改任务，将逐项确定责任人和完成时限。" in read(
        on_paper, faces, check
    )
    remedies = {"fm.sl.03": ["由张㛃于2026年12月1日前完成"], "fm.hw.01": ["不相干"]}
    text = read(on_paper, faces, replace(check, remedies=remedies))
    assert "1.是否要求学生提前到校参加统一的教育教学活动：由张㛃于2026年12月1日前完成。" in text
    assert "其余2项尚未明确整改任务" in text
    assert "不相干" not in text


def test_plans_and_actions_are_counted(on_paper: Print, faces: Faces, check: SelfCheck) -> None:
    assert (
        "五、方案与举措五项管理方案应有5项，已登记3项。各项举措安排落实行动3项，已完成1项，完成率33.33%。"
    ) in read(on_paper, faces, check)
    none = read(on_paper, faces, replace(check, actions=Rate(0, 0)))
    assert "五项管理方案应有5项，已登记3项。填报人" in none


def test_a_first_month_compares_with_nothing_and_has_no_chart(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    sheet = replace(check.sheet, given={})
    alone = replace(
        check, before=None, addressee="", sheet=sheet, months=[a_month("2026-11", myopia="41.3")]
    )
    text = read(on_paper, faces, alone)
    assert "五项管理自查报告现将" in text
    assert "近视率41.30%；体质健康优良率在2026年11月的自查表里没有填写。" in text
    assert "各月" not in text
    assert "已答的项目中没有不达标的。" in text
    assert "继续按月开展自查，发现问题及时整改。" in text


def test_a_term_tells_its_months_and_holds_the_last_against_the_first(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    months = [
        a_month("2026-09", 5, "42.1"),
        a_month("2026-10", 8),
        a_month("2026-11", 9, "41.3"),
    ]
    months[2].areas["sleep"] = AreaFigures(Rate(8, 8), 0)  # type: ignore[index]
    term = replace(check, name="2026—2027学年第一学期", months=months, is_term=True)
    text = read(on_paper, faces, term)
    for words in (
        "示例县实验小学2026—2027学年第一学期五项管理自查报告",
        "本学期已开展自查3次（2026年9月、2026年10月、2026年11月），以下为2026年11月的情况。",
        "达标17项，达标率94.44%。2026年9月达标率为66.67%。",
        "近视率41.30%，比2026年9月下降0.80个百分点；",
        "2026年9月50.0%87.5%66.7%42.10%—2026年10月80.0%",
    ):
        assert words in text


def test_months_that_told_no_figure_have_no_chart_of_it(
    on_paper: Print, faces: Faces, check: SelfCheck
) -> None:
    months = [a_month("2026-10"), a_month("2026-11")]
    months[0] = replace(months[0], areas={"homework": AreaFigures(Rate(0, 0), 0)})
    text = read(on_paper, faces, replace(check, months=months, is_term=True))
    assert "各月五项达标率" in text
    assert "各月近视率" not in text
    assert "2026年10月达标率" not in text
    assert "近视率在2026年11月的自查表里没有填写；体质健康优良率在2026年11月" in text
