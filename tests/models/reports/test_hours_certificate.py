from dataclasses import replace

from models.records.training import PersonTotal
from models.reports.hours_certificate import hours_certificate
from models.reports.paper.faces import Faces
from tests.conftest import TODAY
from tests.models.reports.conftest import NASTY, SEEN, Print
from tests.models.reports.test_training_summary import a_mark, a_session
from tests.models.reports.training_people import TOTAL, ZHAO

SCHOOL = "示例县实验小学"
GOLDEN = (
    "培训学时证明"
    "兹证明示例县实验小学赵𬱖（职务：年级组长）于2026年度参加培训活动2次，计135分钟，"
    "折合3.00学时，其中线下1.00学时、线上2.00学时。"
    "按模块分：聚焦发展2.00学时、项目攻坚1.00学时。特此证明。"
    "经办人：示例县实验小学（盖章）2026年11月23日"
    "附：培训活动明细序号日期主题模块形式考勤分钟学时"
    "12026年3月5日消防安全聚焦发展专题讲座出勤902.00"
    "22026年3月5日应急处置项目攻坚项目攻坚请假451.00"
    "折算规则：45分钟计1学时。学时由分钟折算，四舍五入到两位小数；"
    "合计按总分钟折算，可能与各栏之和相差0.01。第1页共1页"
)


def test_the_proof_says_what_was_attended_and_how_it_was_counted(
    on_paper: Print, faces: Faces
) -> None:
    assert on_paper(hours_certificate(SCHOOL, 2026, TODAY, TOTAL, faces=faces)).text == GOLDEN


def test_the_golden_hours(on_paper: Print, faces: Faces) -> None:
    """33.5 hours are 44.67 学时 at 45 minutes each; no rounding looks like an unknown mode."""
    marks = [(a_session(670), a_mark())] * 3
    text = on_paper(
        hours_certificate(SCHOOL, 2026, TODAY, PersonTotal(ZHAO, marks), faces=faces)
    ).text
    assert "计2010分钟，折合44.67学时，其中线下44.67学时、线上0.00学时。" in text


def test_hours_of_an_unknown_mode_are_told_not_guessed(on_paper: Print, faces: Faces) -> None:
    marks = [(a_session(45, mode=None), a_mark()), (a_session(50, mode="online"), a_mark())]
    text = on_paper(
        hours_certificate(SCHOOL, 2026, TODAY, PersonTotal(ZHAO, marks), faces=faces)
    ).text
    assert "线上1.11学时、未注明方式1.00学时。" in text


def test_who_came_to_nothing_has_no_modules(on_paper: Print, faces: Faces) -> None:
    absent = PersonTotal(replace(ZHAO, post=None), [(a_session(topic=NASTY), a_mark("absent"))])
    text = on_paper(hours_certificate(SCHOOL, 2026, TODAY, absent, faces=faces)).text
    assert "兹证明示例县实验小学赵𬱖于2026年度参加培训活动0次" in text
    assert "按模块分" not in text
    assert SEEN in text
