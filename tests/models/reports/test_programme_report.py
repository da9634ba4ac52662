from dataclasses import replace

from models.records.growth import Growth
from models.records.programme import Programme
from models.reports.paper.faces import Faces
from models.reports.programme_report import programme_report
from models.reports.programme_words import Course, beside
from tests.conftest import TODAY
from tests.models.ledger.growing import a_programme, a_project, a_reflection
from tests.models.reports.conftest import NASTY, SEEN, Print
from tests.models.reports.training_people import GROWTH, TOTAL, ZHAO

SCHOOL = "示例县实验小学"
COURSE = Course(
    a_programme(planned_hours=90),
    [session for session, _mark in TOTAL.marks],
    [TOTAL],
    GROWTH,
    {ZHAO.id: GROWTH},
)
GOLDEN = (
    "优秀年轻干部培训班培训情况报告一、基本情况"
    "由示例县教育局主办，时间为2026年3月1日至2026年12月31日，学员1人，计划90学时。"
    "二、集中学习举办培训活动2次、3小时，其中聚焦发展1次、项目攻坚1次；"
    "参加2人次，全体学员合计3.00学时，人均3.00学时。"
    "三、分享、心得、跟岗与项目"
    "开展微分享1次；撰写心得感悟2篇、500字，平均每篇250字，人均2.00篇。"
    "跟岗研修1人次、20天；项目攻坚1项，已完成1项，完成率100.00%。"
    "四、学员情况序号姓名职务学时微分享（次）心得（篇/字）跟岗（天）项目（项）"
    "1赵𬱖年级组长3.0012/500201"
    "折算规则：45分钟计1学时。学时由分钟折算，四舍五入到两位小数；"
    "合计按总分钟折算，可能与各栏之和相差0.01。"
    "填表人：审核人：示例县实验小学（盖章）2026年11月23日"
)


def test_the_report_tells_the_measures_of_the_seed(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(programme_report(SCHOOL, TODAY, COURSE, faces=faces))
    text = paper.text
    for number in range(1, len(paper.pages) + 1):
        text = text.replace(f"—{number}—", "")
    assert text == GOLDEN


def test_two_hundred_reflections_of_500_characters_are_told_as_10_wan() -> None:
    """Of 60 trainees: 3.33 each, as the seed has it."""
    growth = Growth(reflections=[a_reflection(ZHAO)] * 200)
    course = replace(COURSE, growth=growth, totals=[TOTAL] * 60)
    assert beside(course)[0] == (
        "开展微分享0次；撰写心得感悟200篇、10万字，平均每篇500字，人均3.33篇。"
    )


def test_a_programme_that_has_just_begun(on_paper: Print, faces: Faces) -> None:
    course = Course(Programme(name="培训班"), [], [], Growth(), {})
    text = on_paper(programme_report(SCHOOL, TODAY, course, faces=faces)).text
    assert "还没有登记这个班次的培训活动。" in text
    assert "心得感悟0篇、0字，人均—篇" in text
    assert "项目攻坚0项。" in text


def test_many_people_go_on_overleaf(on_paper: Print, faces: Faces) -> None:
    total = replace(TOTAL, person=replace(ZHAO, id="a.2", post=NASTY))
    course = replace(COURSE, totals=[total] * 60, growth=Growth(projects=[a_project(ZHAO)]))
    paper = on_paper(programme_report(SCHOOL, TODAY, course, faces=faces))
    assert len(paper.pages) > 1
    assert paper.text.count(SEEN) == 60
    assert "已完成0项，完成率0.00%" in paper.text
