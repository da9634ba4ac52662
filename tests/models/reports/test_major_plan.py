from dataclasses import replace
from datetime import date

from models.records.finding import Finding
from models.reports.case import Case
from models.reports.major_plan import major_plan
from models.reports.paper.faces import Faces
from tests.conftest import a_finding, a_step
from tests.models.reports.cases import PASSED, SCHOOL, SUBMITTED
from tests.models.reports.conftest import Print

FOUND = a_finding(
    found_on=date(2026, 11, 9),
    number="2026-0004",
    place="综合楼",
    description="外墙饰面砖空鼓",
    category="bldg",
    level="major",
    department="校长室",
    responsible="张㛃",
    measures="拆除重做",
    funding=180_000,
    deadline=date(2027, 1, 20),
    contingency="封闭道路",
    interim="拉警戒线",
)
GRADED = a_step("graded", level="major", opinion="直接判定", taken_on=date(2026, 11, 10))
SUPERVISED = a_step(
    "supervised",
    taken_on=date(2026, 11, 12),
    document="示教督〔2026〕3号",
    deadline=date(2027, 1, 10),
    opinion=None,
)


def test_before_an_office_supervises_it_it_is_a_plan(on_paper: Print, faces: Faces) -> None:
    text = on_paper(major_plan(SCHOOL, Case(FOUND, [GRADED]), faces=faces)).text
    for words in (
        "重大事故隐患治理方案2026-0004",
        "类别校舍与建筑",
        "隐患概况外墙饰面砖空鼓",
        "责任落实校长室张㛃",
        "措施落实拆除重做",
        "资金落实180000元时限落实2027年1月20日",
        "预案落实封闭道路",
        "临时防范措施拉警戒线",
        "12026年11月9日排查登记李安全",
        "22026年11月10日定级赵𬱖直接判定",
        "验收结论验收人：",
    ):
        assert words in text
    assert "督办文号" not in text


def test_a_supervised_one_names_office_number_and_every_node(on_paper: Print, faces: Faces) -> None:
    extended = a_step("extended", opinion="冬季停工", deadline=date(2027, 3, 1))
    steps = [GRADED, SUPERVISED, a_step("rectifying", opinion=None), extended, SUBMITTED, PASSED]
    text = on_paper(major_plan(SCHOOL, Case(FOUND, steps), faces=faces)).text
    for words in (
        "重大事故隐患挂牌督办表示教督〔2026〕3号",
        "督办单位示例县教育局督办文号示教督〔2026〕3号督办日期2026年11月12日督办时限2027年1月10日",
        "时限落实2027年3月1日",
        "挂牌督办赵𬱖示教督〔2026〕3号2027年1月10日",
        "延期赵𬱖冬季停工；批准人：张㛃2027年3月1日",
        "验收结论复查合格（张㛃，2026年11月18日）。符合要求。现在状态：复查合格",
    ):
        assert words in text


def test_what_is_not_known_yet_is_left_to_the_hand(on_paper: Print, faces: Faces) -> None:
    bare = replace(SUPERVISED, document=None, office="示例县教育局")
    case = Case(Finding(level="major"), [GRADED, bare])
    text = on_paper(major_plan(SCHOOL, case, faces=faces)).text
    assert "重大事故隐患挂牌督办表被督办单位" in text
    assert "资金落实时限落实2027年1月10日" in text
