import pytest

from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.risk import Duty, RiskPoint
from tests.models.printing.conftest import Print


def test_risk_points_are_printed_by_category_the_gravest_first(
    ledger: Ledger, printed: Print
) -> None:
    known = {"category": "fire", "accident": "火灾", "measures": "每日巡查"}
    ledger.save(RiskPoint(name="仓库", colour="blue", **known))
    ledger.save(RiskPoint(name="配电室", colour="red", **known))
    text = printed("risk_list", "now")
    assert "消防安全1配电室火灾红（重大风险）每日巡查2仓库火灾蓝（低风险）每日巡查" in text


def test_duties_are_printed_as_they_were_entered(ledger: Ledger, printed: Print) -> None:
    ledger.save(Duty(post="校长", duties="全面负责"))
    assert "1校长全面负责" in printed("duty_list", "now")


@pytest.mark.parametrize(("key", "words"), [("risk_list", "风险点"), ("duty_list", "安全职责")])
def test_empty_lists_are_told(printed: Print, key: str, words: str) -> None:
    with pytest.raises(AppError, match=f"^还没有登记{words}，没有可打印的内容。$"):
        printed(key, "now")
