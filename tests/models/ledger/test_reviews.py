from dataclasses import replace
from datetime import timedelta

import pytest

from models.ledger import checklists
from models.ledger.reviews import Opinions, opinions, save_review
from models.records.five_management import Checklist, ChecklistAnswer, ChecklistReview
from tests.conftest import SCHOOL_CODE, an_office
from tests.models.ledger.conftest import give, in_memory

LINE = "fm.hw.01"


@pytest.fixture
def office(clock):
    ledger = in_memory(clock, "office", an_office())
    yield ledger
    ledger.close()


@pytest.fixture
def sheet(ledger):
    blank = Checklist(template="five", version="1", period="2026-11", unit=SCHOOL_CODE)
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=LINE, response="yes"))
    return checklists.sheet(ledger, "2026-11")


def said(ledger, sheet):
    """(result, who) of the inspector and of the office, of the one line."""
    found = opinions(ledger, sheet).get(LINE, Opinions())
    return [
        (one.review.result, one.who) if one else None for one in (found.inspector, found.office)
    ]


def test_inspector_and_office_both_say_what_they_think_and_change_only_their_own(
    ledger, office, sheet
):
    ledger.set_setting("user", "周督学")
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="met"))
    give(ledger, office)
    save_review(office, sheet, ChecklistReview(line=LINE, result="unmet", note="抽查两个班有作业"))
    give(office, ledger)
    for pc in (ledger, office):
        assert said(pc, sheet) == [("met", "周督学"), ("unmet", office.user)]
        assert opinions(pc, sheet)[LINE].final.review.note == "抽查两个班有作业"
    found = opinions(ledger, sheet)[LINE]
    assert (found.of(office=True), found.of(office=False)) == (found.office, found.inspector)
    for pc, other in ((ledger, found.office.review), (office, found.inspector.review)):
        with pytest.raises(ValueError, match="rights"):
            save_review(pc, sheet, replace(other, result="na"), other)
        with pytest.raises(ValueError, match="rights"):
            pc.remove(other)
    assert said(ledger, sheet) == [("met", "周督学"), ("unmet", office.user)]


def test_an_opinion_names_who_wrote_in_it_last_and_when(ledger, sheet, clock):
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="met"))
    first = opinions(ledger, sheet)[LINE].inspector
    clock.at += timedelta(days=1)
    ledger.set_setting("user", "周督学")
    save_review(ledger, sheet, replace(first.review, note="看了作业本"), first.review)
    later = opinions(ledger, sheet)[LINE].inspector
    assert (first.who, later.who) == ("李安全", "周督学")
    assert (later.when - first.when).days == 1
    assert (later.review.id, later.review.result) == (first.review.id, "met")


def test_what_is_emptied_is_taken_away_and_of_two_the_later_stands(ledger, sheet):
    save_review(ledger, sheet, ChecklistReview(line=LINE))
    assert opinions(ledger, sheet) == {}
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="met"))
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="na"))
    assert said(ledger, sheet)[0][0] == "na"
    only = opinions(ledger, sheet)[LINE].final.review
    save_review(ledger, sheet, replace(only, result=None), only)
    assert said(ledger, sheet)[0][0] == "met"


def test_of_two_opinions_of_one_side_the_one_written_in_last_stands(ledger, sheet, clock):
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="met"))
    first = opinions(ledger, sheet)[LINE].inspector.review
    clock.at += timedelta(minutes=1)
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="na"))
    clock.at += timedelta(minutes=1)
    save_review(ledger, sheet, replace(first, note="又去看了"), first)
    assert opinions(ledger, sheet)[LINE].inspector.review.note == "又去看了"


def test_a_review_of_a_month_that_nobody_filled_makes_its_sheet(ledger):
    blank = Checklist(template="five", version="1", period="2026-10")
    save_review(ledger, blank, ChecklistReview(line=LINE, result="unmet"))
    assert LINE in opinions(ledger, checklists.sheet(ledger, "2026-10"))


def test_a_review_does_not_move_the_day_on_which_the_school_filled(ledger, sheet, clock):
    clock.at += timedelta(days=2)
    save_review(ledger, sheet, ChecklistReview(line=LINE, result="met"))
    assert checklists.sheet(ledger, "2026-11").filled_on == sheet.filled_on
