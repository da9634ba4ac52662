from models.records.five_management import RULE_SETS, Checklist, ChecklistAnswer
from models.records.record import problems_of


def test_a_sheet_is_one_for_each_template_and_month():
    assert Checklist.key == ("template", "period")
    assert problems_of(Checklist(template="t", version="1", period="2026-11")) == {}


def test_an_answer_is_one_for_each_line_of_a_sheet():
    assert ChecklistAnswer.key == ("checklist", "line")
    assert problems_of(ChecklistAnswer(checklist="k.u.1", line="fm.hw.01", response="yes")) == {}
    assert set(problems_of(ChecklistAnswer())) == {"checklist", "line"}


def test_the_rule_sets_are_those_that_are_in_force():
    assert set(RULE_SETS) == {"national", "shandong_2025"}
