"""What becomes of a few lines; test_machine.py lets happen to them whatever may."""

from dataclasses import replace

import pytest

from models.ledger.merge import fold
from models.ledger.segments import Fresh, Outcome
from models.records.finding import Finding
from tests.conftest import a_finding
from tests.models.ledger.conftest import fold_of, give


def test_two_pcs_of_a_school_share_one_organisation(ledger, second):
    give(ledger, second)
    give(second, ledger)
    assert fold_of(ledger) == fold_of(second)
    assert len(ledger.rows("SELECT * FROM organisation")) == 1
    assert len(ledger.rows("SELECT * FROM person")) == 2
    assert ledger.rows("SELECT * FROM refused") == []


def test_lines_that_are_no_creates_and_no_edits_change_no_table(ledger):
    before = fold_of(ledger)
    line = {"s": 9, "t": 0, "u": "", "o": "b", "n": "u", "v": {"device": "d"}}
    outcome = Outcome()
    with ledger.transaction() as db:
        fold(db, [Fresh(1, "x", "u", [("", line)])], {}, outcome)
    assert fold_of(ledger) == before
    assert not outcome.touched


@pytest.mark.parametrize("late", [False, True])
def test_an_edit_and_a_delete_that_did_not_know_each_other_both_stay_visible(ledger, second, late):
    finding = ledger.save(a_finding())
    give(ledger, second)
    ledger.remove(finding)
    second.save(replace(finding, place="四楼"))
    for giver, taker in ((ledger, second), (second, ledger)):
        give(giver, taker)
    assert fold_of(ledger) == fold_of(second)
    assert ledger.get(Finding, finding.id) is None
    ledger.restore(finding)
    assert ledger.get(Finding, finding.id).place == "四楼"
