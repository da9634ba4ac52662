from datetime import date

from models.records.measure import AreaPlan, Measure, MeasureAction
from models.reports.measures_list import measures_list
from models.reports.paper.faces import Faces
from tests.conftest import TODAY
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import Print

YEAR = "2026—2027学年"


def test_plans_and_measures_with_what_is_done_and_what_is_not(
    on_paper: Print, faces: Faces
) -> None:
    plans = {
        "sleep": AreaPlan(
            area="sleep",
            name="睡眠管理实施方案",
            document="示小〔2026〕5号",
            approved_on=date(2026, 9, 3),
            file_note="3号盒",
        ),
        "phone": AreaPlan(area="phone", name="手机管理办法"),
    }
    measures = [
        Measure(number="1", name="作业管理", text="控制总量。"),
        Measure(number="6", name="课后服务"),
    ]
    actions = [
        MeasureAction(number="1", what="抽测", person="张㛃", due=date(2026, 12, 1)),
        MeasureAction(number="1", what="公示", person="张㛃", due=date(2026, 11, 1)),
        MeasureAction(
            number="6", what="排表", person="李安全", due=date(2026, 9, 9), done_on=date(2026, 9, 8)
        ),
        MeasureAction(number="2", what="宣讲", person="李安全"),
    ]
    text = on_paper(measures_list(SCHOOL, YEAR, plans, measures, actions, TODAY, faces=faces)).text
    for words in (
        "2026—2027学年五项管理方案与举措落实情况学校（盖章）：示例县实验小学截至：2026年11月23日",
        "一、五项管理方案（2/5）领域方案名称文号批准日期文件存放作业管理（没有登记）"
        "睡眠管理睡眠管理实施方案示小〔2026〕5号2026年9月3日3号盒手机管理手机管理办法读物管理",
        "二、举措与落实（行动4项，已完成1项，25.00%）",
        "第一项作业管理：控制总量。1公示张㛃2026年11月1日逾期未完成2抽测张㛃2026年12月1日未完成",
        "第二项（举措名称待填）1宣讲李安全未完成第三项",
        "第六项课后服务1排表李安全2026年9月9日2026年9月8日已完成第七项",
        "第十项（举措名称待填）",
        "公开报道见到名称的只有作业、睡眠、手机、读物、心理健康五项",
        "填表人：审核人：校长签字：",
    ):
        assert words in text
