from datetime import date

from models.records.finding import STATES, STEPS, Finding, FindingStep, Photo
from models.records.record import fields_of, problems_of
from tests.conftest import a_finding


def test_a_good_finding_has_no_problem():
    assert problems_of(a_finding()) == {}
    assert problems_of(a_finding(deadline=date(2026, 11, 23))) == {}


def test_a_finding_asks_a_person_for_no_more_than_five_answers():
    asked = [f for f in fields_of(Finding).values() if f.required and not f.hidden]
    assert len(asked) == 5


def test_a_finding_without_its_day_is_told_so_and_nothing_else():
    assert set(problems_of(a_finding(found_on=None, deadline=date(2026, 1, 1)))) == {"found_on"}


def test_every_step_but_an_extension_leads_to_the_state_of_its_name():
    assert set(STEPS) - {"extended"} == set(STATES) - {"registered"}


def test_a_step_and_a_photo_belong_to_a_finding():
    assert "finding" in problems_of(FindingStep())
    assert "finding" in problems_of(Photo())
