from dataclasses import replace
from datetime import date, datetime

import pytest

from models.ledger import inspections
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.inspection import Inspection
from models.templates.safety import load_safety
from tests.conftest import a_finding
from tests.models.ledger.test_period import an_inspection
from tests.models.printing.conftest import LISTS, Print

TEMPLATE = load_safety(LISTS / "safety_items.json")
ITEMS = TEMPLATE.items[:3]


def held(ledger: Ledger) -> Inspection:
    """An inspection of three items: one passed, one failed, one not looked at."""
    typed = Inspection(
        kind="monthly", started=datetime(2026, 11, 20, 9, 0), inspectors="李安全、赵𬱖"
    )
    begun = inspections.begin(ledger, typed, TEMPLATE, ITEMS)
    inspections.answer(ledger, begun, ITEMS[0].id, "passed")
    inspections.answer(ledger, begun, ITEMS[1].id, "failed")
    finding = replace(
        inspections.suggested(begun, ITEMS[1]),
        place="食堂",
        description="后门上锁",
        responsible="王宿管",
        deadline=date(2026, 11, 25),
    )
    inspections.describe(ledger, finding)
    ledger.save(a_finding(place="操场", inspection=begun.id))
    return begun


def test_an_inspection_is_printed_with_its_items_and_findings(
    ledger: Ledger, printed: Print
) -> None:
    begun = inspections.finish(ledger, held(ledger))
    text = printed("inspection_sheet", begun.id)
    assert "检查类型：月检查检查人员：李安全、赵𬱖" in text
    assert f"1消防安全{ITEMS[0].wording}合格" in text
    assert "不合格食堂：后门上锁王宿管2026年11月25日" in text
    assert f"3{ITEMS[2].wording}未检查" in text
    assert "检查表以外发现的问题，共1项4消防安全—不合格操场：" in text
    assert "检查小结：共检查2项" in text


def test_an_item_that_is_not_confirmed_is_printed_as_advice(ledger: Ledger, printed: Print) -> None:
    typed = Inspection(kind="daily", started=datetime(2026, 11, 20, 9, 0), inspectors="李安全")
    sure = next(item for item in TEMPLATE.items if item.is_confirmed)
    advice = next(item for item in TEMPLATE.items if not item.is_confirmed)
    begun = inspections.begin(ledger, typed, TEMPLATE, [sure, advice])
    text = printed("inspection_sheet", begun.id)
    assert f"建议：{advice.wording}".replace(" ", "") in text
    assert text.count("建议：") == 1


def test_of_an_unknown_list_the_ids_are_printed(ledger: Ledger, printed: Print) -> None:
    old = ledger.save(an_inspection(datetime(2026, 11, 20, 9, 0)))
    assert "1sf.fire.01（检查表版本不在本程序中）未检查" in printed("inspection_sheet", old.id)


def test_an_inspection_that_is_gone_is_told(printed: Print) -> None:
    with pytest.raises(AppError, match="这次检查不在台账里，可能已经删除，没有可打印的内容。"):
        printed("inspection_sheet", "gone.1")
