import pytest

from models.ledger import findings
from models.ledger.risks import (
    Pointed,
    by_category,
    choices,
    findings_at,
    pointed_at,
)
from models.records.risk import RiskPoint
from tests.conftest import a_finding, a_step


def a_point(**changes):
    given = {
        "name": "食堂燃气间",
        "place": "食堂一楼",
        "category": "elec",
        "accident": "燃气泄漏、爆炸",
        "colour": "red",
        "measures": "每日关阀检查，报警器每月测试",
        "responsible": "赵𬱖",
    }
    return RiskPoint(**{**given, **changes})


@pytest.fixture
def points(ledger):
    stairs = a_point(name="东楼梯", place="教学楼", category="crowd", colour="yellow")
    return ledger.save_all([stairs, a_point(), a_point(name="配电室", colour="red")])


def test_they_stand_by_category_the_gravest_first_and_what_is_not_known_last(points):
    strange = [a_point(name="紫", colour="purple"), a_point(name="新类", category="space")]
    sorted_names = [point.name for point in by_category([*strange, *points])]
    assert sorted_names == ["食堂燃气间", "配电室", "紫", "东楼梯", "新类"]


def test_a_risk_point_knows_the_findings_that_point_to_it(ledger, points):
    stairs, kitchen, _room = points
    first, second, gone = (
        findings.register(ledger, a_finding(risk_point=kitchen.id)) for _ in range(3)
    )
    findings.register(ledger, a_finding(risk_point=stairs.id))
    findings.register(ledger, a_finding())
    ledger.remove(gone)
    for kind, person in (
        ("fixed_on_site", "李安全"),
        ("recheck_passed", "张㛃"),
        ("closed", "张㛃"),
    ):
        findings.take_step(ledger, first, a_step(kind, person=person))
    assert pointed_at(ledger) == {stairs.id: Pointed(1, 1), kitchen.id: Pointed(2, 1)}
    assert [row.id for row in findings_at(ledger, kitchen.id)] == [second.id, first.id]
    assert findings_at(ledger, "nobody.1") == []


def test_those_to_choose_from_have_words_of_their_own(ledger, points):
    twin = ledger.save(a_point(colour="blue"))
    ledger.remove(points[2])
    bare = ledger.save(a_point(name="车棚", place=None, category="site"))
    assert choices(ledger) == {
        points[1].id: "食堂燃气间 · 食堂一楼",
        twin.id: "食堂燃气间 · 食堂一楼（第 2 个）",
        points[0].id: "东楼梯 · 教学楼",
        bare.id: "车棚",
    }
