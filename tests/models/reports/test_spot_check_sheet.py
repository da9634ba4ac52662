from datetime import date

from models.reports.paper.faces import Faces
from models.reports.spot_check_sheet import spot_check_sheet
from tests.conftest import a_school
from tests.models.records.test_spot_check import a_check
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import Paper, Print


def printed(on_paper: Print, faces: Faces, kind: str, month: str, *checks) -> Paper:
    school = a_school()
    report = spot_check_sheet(
        SCHOOL, kind, month, checks, system=school.system, stages=school.stages, faces=faces
    )
    return on_paper(report)


def test_homework_by_class_by_grade_and_in_all(on_paper: Print, faces: Faces) -> None:
    checks = [
        a_check(grade="1", class_name="1班", asked=40, beyond=0),
        a_check(grade="3", class_name="1班", asked=44, beyond=0),
        a_check(),
    ]
    text = printed(on_paper, faces, "homework", "2026年11月", *checks).text
    for words in (
        "书面作业时长抽测统计表学校（盖章）：示例县实验小学月份：2026年11月",
        "序号日期班级每天书面作业要求抽测人数超时人数超时率",
        "12026年11月10日一年级1班不布置书面家庭作业4000.00%"
        "一年级小计：1个班，超时班级0个，占0.00%4000.00%",
        "32026年11月10日三年级2班不超过60分钟45920.00%"
        "三年级小计：2个班，超时班级1个，占50.00%89910.11%"
        "合计：3个班，超时班级1个，占33.33%12996.98%",
        "依据教基厅函〔2021〕13号：小学低段不布置书面家庭作业；小学中段、小学高段不超过60分钟。",
        "有学生超时的班级计作超时班级，这一口径是本程序的建议。",
        "本表只填人数，不写学生姓名。抽测人：填表人：校长签字：",
    ):
        assert words in text


def test_sleep_with_and_without_the_bedtime(on_paper: Print, faces: Faces) -> None:
    checks = [
        a_check(kind="sleep", late=15),
        a_check(kind="sleep", class_name="3班", held_on=date(2026, 11, 12)),
    ]
    text = printed(on_paper, faces, "sleep", "2026年11月", *checks).text
    for words in (
        "学生睡眠抽测统计表",
        "12026年11月10日三年级2班不少于10小时45920.00%15",
        "22026年11月12日三年级3班不少于10小时45920.00%三年级小计：",
        "合计：2个班，晚于就寝时间的占33.33%901820.00%15",
        "每天睡眠时间小学不少于10小时；就寝时间一般不晚于：小学21:20。",
    ):
        assert words in text


def test_a_bedtime_nobody_asked_for_is_left_empty_in_the_sums(
    on_paper: Print, faces: Faces
) -> None:
    text = printed(on_paper, faces, "sleep", "2026年11月", a_check(kind="sleep")).text
    assert "三年级小计：1个班45920.00%合计：1个班45920.00%依据" in text


def test_the_empty_form_has_numbered_rows_on_one_sheet(on_paper: Print, faces: Faces) -> None:
    for kind in ("homework", "sleep"):
        paper = printed(on_paper, faces, kind, "")
        assert len(paper.pages) == 1
        assert "月份：年月序号" in paper.text
        assert "1234567891011121314" in paper.text
        assert "合计" in paper.text
