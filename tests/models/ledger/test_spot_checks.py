from datetime import date

import pytest

from models.ledger import checklists
from models.ledger.spot_checks import answers_for, of_month
from models.records.five_management import ChecklistAnswer
from tests.models.records.test_spot_check import a_check

MONTH = "2026-11"
HOMEWORK, SLEEP = "fm.hw.15", "fm.sl.06"


@pytest.fixture
def checks(ledger):
    return ledger.save_all(
        [
            a_check(class_name="2班"),
            a_check(class_name="1班", beyond=0),
            a_check(kind="sleep", asked=42, beyond=12),
            a_check(kind="sleep", asked=45, beyond=17, class_name="1班"),
            a_check(held_on=date(2026, 10, 31), class_name="3班"),
        ]
    )


def test_the_checks_of_a_month_stand_by_class(ledger, checks):
    assert [check.class_name for check in of_month(ledger, "homework", MONTH)] == ["1班", "2班"]
    assert len(of_month(ledger, "sleep", MONTH)) == 2
    assert of_month(ledger, "sleep", "2026-10") == []


def test_they_answer_what_the_sheet_asks_of_them(ledger, checks, lines):
    assert answers_for(ledger, list(lines.values()), MONTH, {}) == {
        HOMEWORK: "2/1",
        SLEEP: "66.67",  # 30 and 28 of 42 and 45 pupils slept enough
    }


def test_an_answer_that_says_so_already_is_not_offered_again(ledger, checks, lines, blank):
    asked = list(lines.values())
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=HOMEWORK, response="2/1"))
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=SLEEP, response="90"))
    answers = checklists.answers(ledger, checklists.sheet(ledger, MONTH))
    assert answers_for(ledger, asked, MONTH, answers) == {SLEEP: "66.67"}


def test_a_month_without_checks_offers_nothing(ledger, lines):
    assert answers_for(ledger, list(lines.values()), MONTH, {}) == {}
