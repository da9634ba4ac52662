from dataclasses import replace
from datetime import date

import pytest

from models.ledger.ledger import Ledger
from models.ledger.reviews import save_review
from models.ledger.tasks import task_from
from models.problems import AppError
from models.records.five_management import ChecklistReview
from models.records.measure import AreaPlan, Measure, MeasureAction
from models.templates.five_management import load_template
from tests.conftest import TODAY
from tests.models.exchange.enrolling import enrol
from tests.models.printing.conftest import LISTS, Fill, Print
from tests.models.records.test_spot_check import a_check

# ---- 督查要点 ---------------------------------------------------------------------------------


def test_the_form_has_both_opinions_beside_each_other(
    ledger: Ledger, printed: Print, fill: Fill
) -> None:
    sheet = fill("2026-11", fm_ph_01="yes", fm_ph_02="yes")
    said = ChecklistReview(line="fm.ph.02", result="unmet", note="课堂上见到手机")
    save_review(ledger, sheet, said)
    save_review(ledger, sheet, ChecklistReview(line="fm.ph.05", note="没有看到电话"))
    text = printed("five_points", "2026-11")
    assert "C1手机带入校园申请制度是C2" in text
    assert "C2手机不得带入课堂是不达标课堂上见到手机B2统一保管" in text
    assert "C5校内公用电话没有看到电话B3" in text


@pytest.mark.parametrize("key", ["five_points", "five_letter"])
def test_a_month_without_a_sheet_is_told(printed: Print, key: str) -> None:
    with pytest.raises(AppError, match="2026年11月没有填写五项管理自查表，没有可打印的内容"):
        printed(key, "2026-11")


# ---- 自查报告 ---------------------------------------------------------------------------------


def test_the_letter_of_a_month_is_held_against_the_month_filled_before(
    ledger: Ledger, office: Ledger, printed: Print, fill: Fill
) -> None:
    enrol(office, ledger)
    fill("2026-06", fm_hw_01="yes", fm_pe_10="1000/400")
    fill("2026-09", fm_hw_01="yes", fm_pe_10="1000/420")
    fill("2026-11", fm_hw_01="no", fm_pe_10="1000/413")
    fill("2026-12", fm_hw_01="yes", fm_pe_10="1000/990")
    text = printed("five_letter", "2026-11")
    assert "2026年11月五项管理自查报告示例县教育局：现将" in text
    assert "近视率41.30%，比2026年9月下降0.70个百分点" in text
    assert "一、二年级是否不布置书面家庭作业——否。" in text


def test_what_is_done_comes_from_the_tasks_of_the_sheet(
    ledger: Ledger, printed: Print, fill: Fill
) -> None:
    sheet = fill("2026-11", fm_hw_01="no", fm_hw_07="yes", fm_hw_08="yes", fm_sl_03="yes")
    lines = load_template(LISTS / "five_management.json").lines(frozenset({"primary_low"}))
    by_id = {line.id: line for line in lines}
    due = date(2026, 12, 1)
    given = {
        "fm.hw.01": {"person": "张㛃", "measures": "改为校内练习。"},
        "fm.hw.07": {"person": "李安全"},
        "fm.hw.08": {"state": "done", "done_on": TODAY, "outcome": "已停止。"},
    }
    for line, more in given.items():
        ledger.save(replace(task_from(ledger, sheet, by_id[line], ""), due=due, **more))
    text = printed("five_letter", "2026-11")
    assert "1.一、二年级是否不布置书面家庭作业：由张㛃于2026年12月1日前完成：改为校内练习。" in text
    assert "2.是否存在机械重复、惩罚性作业：由李安全于2026年12月1日前完成。" in text
    assert "要求家长检查批改作业：已于2026年11月23日办结：已停止。" in text
    assert "其余1项尚未明确整改任务" in text


def test_the_letter_of_a_term_counts_its_months_plans_and_actions(
    ledger: Ledger, printed: Print, fill: Fill
) -> None:
    fill("2026-08", fm_hw_01="yes")
    fill("2026-09", fm_hw_01="yes")
    fill("2026-11", fm_hw_01="no")
    ledger.save(AreaPlan(area="sleep", school_year="2026", name="方案"))
    ledger.save(AreaPlan(area="phone", school_year="2025", name="去年的"))
    action = MeasureAction(number="1", what="公示", person="张㛃", due=date(2026, 10, 1))
    ledger.save_all([action, replace(action, due=date(2027, 10, 1))])
    text = printed("five_term", "2026-1")
    assert "2026—2027学年第一学期五项管理自查报告现将" in text
    assert "本学期已开展自查2次（2026年9月、2026年11月）" in text
    assert (
        "五项管理方案应有5项，已登记1项。各项举措安排落实行动1项，已完成0项，完成率0.00%。" in text
    )


def test_a_term_that_is_none_and_one_without_a_sheet_are_told(printed: Print) -> None:
    with pytest.raises(AppError, match="“2026”不是学期，没有打印。"):
        printed("five_term", "2026")
    with pytest.raises(AppError, match="2026—2027学年第二学期没有填写五项管理自查表"):
        printed("five_term", "2026-2")


# ---- 抽测 -------------------------------------------------------------------------------------


def test_spot_checks_of_a_month_or_the_empty_form(ledger: Ledger, printed: Print) -> None:
    ledger.save_all([a_check(), a_check(kind="sleep", late=4)])
    assert "12026年11月10日三年级2班不超过60分钟45920.00%" in printed("homework_spot", "2026-11")
    assert "三年级2班不少于10小时45920.00%4" in printed("sleep_spot", "2026-11")
    assert "月份：2026年10月序号" in printed("homework_spot", "2026-10")
    assert "月份：年月序号" in printed("sleep_spot", "blank")


def test_a_month_that_is_none_is_told(printed: Print) -> None:
    with pytest.raises(AppError, match="“soon”不是月份"):
        printed("sleep_spot", "soon")


# ---- 方案与举措 -------------------------------------------------------------------------------


def test_plans_measures_and_actions_of_a_school_year(ledger: Ledger, printed: Print) -> None:
    ledger.save(AreaPlan(area="sleep", school_year="2026", name="睡眠方案"))
    ledger.save(Measure(number="2", name="睡眠管理"))
    ledger.save(MeasureAction(number="2", what="致家长信", person="张㛃", due=TODAY))
    text = printed("measures", "2026")
    assert "2026—2027学年五项管理方案与举措落实情况" in text
    assert "截至：2026年11月23日" in text
    assert "第二项睡眠管理1致家长信张㛃2026年11月23日未完成" in text
    assert "截至：2026年8月31日" in printed("measures", "2025")


def test_a_year_that_is_none_and_one_with_nothing_are_told(printed: Print) -> None:
    with pytest.raises(AppError, match="“1999”不是学年，没有打印。"):
        printed("measures", "1999")
    with pytest.raises(AppError, match="2026—2027学年还没有登记方案和举措，没有可打印的内容"):
        printed("measures", "2026")
