from datetime import date

from models.records.risk import Duty, RiskPoint
from models.reports.paper.faces import Faces
from models.reports.risk_lists import duty_list, risk_list
from tests.conftest import TODAY
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import Print

BOILER = RiskPoint(
    name="锅炉房",
    place="一楼",
    category="spec",
    accident="爆炸",
    colour="red",
    measures="持证上岗",
    department="总务处",
    responsible="赵𬱖",
    reviewed_on=date(2026, 9, 1),
)


def test_risk_points_stand_under_their_categories_and_are_counted(
    on_paper: Print, faces: Faces
) -> None:
    points = [BOILER, RiskPoint(name="围墙", category="sec", colour="blue")]
    text = on_paper(risk_list(SCHOOL, TODAY, points, faces=faces)).text
    for words in (
        "安全风险清单学校（盖章）：示例县实验小学填报日期：2026年11月23日",
        "特种设备1锅炉房一楼爆炸红（重大风险）持证上岗总务处赵𬱖2026年9月1日",
        "安全防范（人防物防技防）2围墙蓝（低风险）",
        "共2个风险点：红（重大风险）1个，橙（较大风险）0个，黄（一般风险）0个，蓝（低风险）1个。",
        "校长签字：",
    ):
        assert words in text


def test_duties_say_who_does_what_how_often(on_paper: Print, faces: Faces) -> None:
    duties = [
        Duty(post="校长", person="张㛃", duties="全面负责", frequency="每月", evidence="会议记录"),
        Duty(post="门卫", duties="查验来客"),
    ]
    text = on_paper(duty_list(SCHOOL, TODAY, duties, faces=faces)).text
    assert "岗位责任人安全职责履职频次履职记录1校长张㛃全面负责每月会议记录2门卫查验来客" in text
    assert "共2条职责。" in text
