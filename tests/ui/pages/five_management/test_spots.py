from datetime import date

import pytest

from models.ledger import checklists
from models.records.five_management import ChecklistAnswer
from tests.models.records.test_spot_check import a_check
from ui.pages.five_management import FiveManagementPage

WORDS = "本月抽测已算出：书面作业时长抽测：抽测班级数/超时班级数（抽测1个班，超时1个班）。"


@pytest.fixture
def page(make_page, ledger):
    ledger.save(a_check())
    return make_page(FiveManagementPage, ledger)


def answers(ledger):
    return checklists.answers(ledger, checklists.sheet(ledger, "2026-11"))


def test_what_was_counted_is_filled_in_by_one_click(page, ledger):
    assert page.spots.text() == WORDS
    page.spots.acted.emit()
    answer = answers(ledger)["fm.hw.15"]
    assert (answer.response, answer.evidence) == ("1/1", "抽测统计表")
    assert not page.spots.isVisible()


def test_evidence_that_was_noted_stays(page, ledger):
    blank = checklists.new_sheet(ledger, page.session.checklist, "2026-11")
    noted = ChecklistAnswer(line="fm.hw.15", response="9/9", evidence="纸质记录")
    checklists.save_answer(ledger, blank, noted)
    page.refresh()
    page.spots.acted.emit()
    answer = answers(ledger)["fm.hw.15"]
    assert (answer.response, answer.evidence) == ("1/1", "纸质记录")


def test_an_offer_that_was_closed_comes_back_when_the_figures_change(page, ledger):
    page.spots._close.click()
    page.refresh()
    assert not page.spots.isVisible()
    ledger.save(a_check(kind="sleep"))
    page.refresh()
    assert "睡眠时间达标学生比例（80.00%）" in page.spots.text()


def test_other_months_are_not_offered_what_was_counted_in_this(page, ledger):
    page.open_record("2026-10")
    assert not page.spots.isVisible()
    ledger.save(a_check(held_on=date(2026, 10, 10)))
    page.refresh()
    assert page.spots.text() == WORDS
