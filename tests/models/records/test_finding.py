from dataclasses import replace
from datetime import date

from models.records.finding import STATES, STEPS, Finding, FindingStep, Photo
from models.records.record import fields_of, problems_of
from models.records.workflow import BESIDE
from tests.conftest import a_finding


def test_a_good_finding_has_no_problem():
    assert problems_of(a_finding()) == {}
    assert problems_of(a_finding(deadline=date(2026, 11, 23))) == {}


def test_a_finding_asks_a_person_for_no_more_than_five_answers():
    asked = [f for f in fields_of(Finding).values() if f.required and not f.hidden]
    assert len(asked) == 5


def test_a_finding_without_its_day_is_told_so_and_nothing_else():
    assert set(problems_of(a_finding(found_on=None, deadline=date(2026, 1, 1)))) == {"found_on"}


def test_every_step_but_those_beside_it_leads_to_the_state_of_its_name():
    assert set(STEPS) - BESIDE == set(STATES) - {"registered"}


def test_a_step_and_a_photo_belong_to_a_finding():
    assert "finding" in problems_of(FindingStep())
    assert "finding" in problems_of(Photo(stage="before", sha256="ab" * 32))


def test_a_photo_belongs_to_a_finding_or_to_a_drill_not_to_both():
    photo = Photo(stage="drill", sha256="ab" * 32, drill="d.1")
    assert problems_of(photo) == {}
    assert "finding" in problems_of(replace(photo, finding="f.1"))
