from models.ledger.registers import find_records
from models.records.risk import Duty, RiskPoint
from tests.models.ledger.conftest import Writer
from tests.models.ledger.test_risks import a_point


def test_risk_points_are_found_by_words_category_and_initials(ledger, initials):
    stairs = a_point(name="东楼梯", place="教学楼", category="crowd", colour="yellow")
    ledger.save_all([stairs, a_point(), a_point(name="配电室", colour="red")])

    def names(words):
        return [point.name for point in find_records(ledger, RiskPoint, initials, words)]

    assert names("") == names("  ") == ["东楼梯", "食堂燃气间", "配电室"]
    assert names("踩踏") == ["东楼梯"]
    assert names("pds") == ["配电室"]
    assert names("食堂 燃气间") == ["食堂燃气间"]
    assert names("泳池") == []


def test_duties_are_found_too(ledger, initials):
    duty = ledger.save(Duty(post="校长", person="张㛃", duties="对学校安全全面负责"))
    assert find_records(ledger, Duty, initials, "xz") == [duty]
    assert find_records(ledger, Duty, initials, "门卫") == []


def test_those_of_another_unit_are_not_ours(ledger, initials):
    other = Writer("other", "2137000002")
    other.create("risk_point", name="别处")
    ledger.receive([other.segment()])
    assert find_records(ledger, RiskPoint, initials) == []
