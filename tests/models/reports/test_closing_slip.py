from models.records.finding import Finding
from models.reports.case import Case
from models.reports.closing_slip import closing_slip
from models.reports.paper.faces import Faces
from tests.conftest import a_finding, a_step
from tests.models.reports.cases import CLOSED, PASSED, SCHOOL, SUBMITTED, a_case
from tests.models.reports.conftest import NASTY, SEEN, Print


def test_the_whole_way_stands_on_one_sheet(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(closing_slip(SCHOOL, a_case(SUBMITTED, PASSED, CLOSED), faces=faces))
    assert len(paper.pages) == 1
    for words in (
        "安全隐患销号单2026-0012",
        "填报单位示例县实验小学隐患编号2026-0012",
        "隐患部位教学楼三楼等级一般隐患",
        "类别消防安全排查人李安全",
        "排查日期2026年11月9日通知书编号〔2026〕12号",
        "完成日期2026年11月15日整改花费（元）360",
        "整改情况报告整改完成（赵𬱖）：已更换并检查",
        "复查日期2026年11月18日复查人张㛃",
        "复查意见☑合格☐不合格符合要求",
        "销号日期2026年11月19日办理人李安全批准人张㛃销号说明同意",
        "批准人签字",
        "（盖章）",
    ):
        assert words in paper.text


def test_what_was_fixed_at_once_has_no_notice(on_paper: Print, faces: Faces) -> None:
    steps = [a_step("fixed_on_site"), PASSED, CLOSED]
    text = on_paper(closing_slip(SCHOOL, Case(a_finding(), steps), faces=faces)).text
    assert "通知书编号—" in text
    assert "整改花费（元）—" in text
    assert "整改情况立行立改（赵𬱖）：已办理" in text


def test_a_finding_without_steps_prints_what_is_known(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(closing_slip(SCHOOL, Case(Finding(description=NASTY), []), faces=faces))
    assert SEEN in paper.text
    assert "销号日期" not in paper.text
