from dataclasses import replace
from datetime import date

from models.reports.case import Case
from models.reports.paper.faces import Faces
from models.reports.recheck_opinion import recheck_opinion
from tests.conftest import a_finding, a_step
from tests.models.reports.cases import FAILED, PASSED, SCHOOL, SUBMITTED, a_case
from tests.models.reports.conftest import Print


def test_each_finding_has_its_result_and_what_follows(on_paper: Print, faces: Faces) -> None:
    later = replace(FAILED, taken_on=date(2026, 11, 19))
    cases = [
        a_case(SUBMITTED, PASSED),
        a_case(SUBMITTED, later, place="食堂", department="食堂"),
        a_case(SUBMITTED, place="宿舍"),
    ]
    text = on_paper(recheck_opinion(SCHOOL, cases, faces=faces)).text
    for words in (
        "安全隐患整改复查意见书通知书编号：〔2026〕12号总务处、食堂：",
        "2026年11月18日至2026年11月19日，由张㛃对《安全隐患整改通知书》（〔2026〕12号）所列隐患的",
        "1教学楼三楼：三楼东侧灭火器压力不足2026年11月18日张㛃合格同意销号。符合要求",
        "2026年11月19日张㛃不合格继续整改至2026年11月28日。仍然没有标识",
        "3宿舍：三楼东侧灭火器压力不足未复查",
        "共3项：合格1项，同意销号；不合格1项，请继续整改；未复查1项。",
        "被复查单位意见☐无异议☐有异议，理由：",
        "复查人员签字",
        "示例县实验小学（盖章）2026年11月19日",
    ):
        assert words in text


def test_what_was_fixed_at_once_is_rechecked_without_a_notice(
    on_paper: Print, faces: Faces
) -> None:
    passed = replace(PASSED, taken_on=None, opinion=None)
    case = Case(a_finding(), [a_step("fixed_on_site"), passed])
    text = on_paper(recheck_opinion(SCHOOL, [case], faces=faces)).text
    assert "通知书" not in text
    assert "由张㛃对下列隐患的整改情况进行了复查" in text
    assert "共1项：合格1项，同意销号；不合格0项。" in text
    assert "示例县实验小学（盖章）年月日" in text
