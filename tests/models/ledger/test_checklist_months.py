from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.ledger import checklists
from models.ledger.checklist_months import filled_months
from models.records.five_management import ChecklistAnswer
from models.templates.trend import MYOPIA


def fill(ledger, template, period, **answers):
    """A sheet with answers by the item's id, written fm_hw_01."""
    sheet = checklists.new_sheet(ledger, template, period)
    sheet = replace(sheet, filled_on=date.fromisoformat(f"{period}-20"))
    for name, response in answers.items():
        answer = ChecklistAnswer(line=name.replace("_", "."), response=response)
        checklists.save_answer(ledger, sheet, answer)
    return checklists.sheet(ledger, period)


def test_months_with_answers_stand_in_order_and_the_others_are_absent(ledger, template):
    fill(ledger, template.as_of("2026.1"), "2026-10", fm_hw_01="no", fm_pe_10="41.3")
    fill(ledger, template, "2026-09", fm_hw_01="yes", fm_pe_10="200/80")
    fill(ledger, template, "2026-08", fm_hw_01="yes")
    ledger.save(checklists.new_sheet(ledger, template, "2026-11"))
    ledger.save(checklists.new_sheet(ledger, template, "2026-1"))
    scopes = ledger.organisation.scopes

    def asked(version):
        return template.as_of(version).lines(scopes)

    found = filled_months(ledger, asked, "2026-09", "2027-01")
    assert [month.period for month in found] == ["2026-09", "2026-10"]
    assert [month.areas["homework"].rate.part for month in found] == [1, 0]
    assert [month.health[MYOPIA] for month in found] == [Decimal("40.00"), Decimal("41.3")]
