import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.derived import in_causal_order, steps_of
from models.records.finding import FindingStep
from tests.conftest import TODAY, a_finding, a_step
from tests.models.ledger.conftest import Writer, far, fold_of


def now(ledger, finding):
    columns = "now_state, now_level, now_deadline, now_rectified, now_closed"
    return ledger.rows(f"SELECT {columns} FROM finding WHERE id = ?", (finding.id,))[0]


def test_the_standing_of_a_finding_is_kept_beside_it(ledger):
    finding = ledger.save(a_finding(deadline=date(2026, 12, 1)))
    assert now(ledger, finding) == ("registered", None, "2026-12-01", None, None)
    ledger.save(a_step("graded", finding=finding.id))
    step = ledger.save(a_step("fixed_on_site", finding=finding.id))
    wanted = ("fixed_on_site", "general", "2026-12-01", TODAY.isoformat(), None)
    assert now(ledger, finding) == wanted
    ledger.remove(step)
    assert now(ledger, finding)[0] == "graded"
    ledger.restore(step)
    ledger.save(a_step("recheck_passed", finding=finding.id))
    ledger.save(a_step("closed", finding=finding.id))
    assert now(ledger, finding)[0] == "closed"
    assert now(ledger, finding)[4] == TODAY.isoformat()


def test_a_step_may_come_before_its_finding(ledger):
    writer, steps = Writer(), Writer("steps")
    record = writer.create("finding", t=far(0), place="三楼")
    steps.create("finding_step", t=far(1), finding=record, kind="graded", level="major")
    ledger.receive([steps.segment()])
    ledger.receive([writer.segment()])
    assert ledger.rows("SELECT now_state, now_level FROM finding") == [("graded", "major")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_steps_follow_what_their_authors_saw_not_what_their_clocks_said(ledger, order):
    """Three PCs take a step after another, each with a clock a year behind the last."""
    finding = ledger.save(a_finding())
    writers, after = [], None
    for at, kind in enumerate(("graded", "rectifying", "submitted")):
        writer = Writer(f"pc{at}")
        answers = {"finding": finding.id, "kind": kind, "after": after, "taken_on": "2026-11-23"}
        after = writer.create("finding_step", t=far(-at * 31_536_000), **answers)
        writers.append(writer)
    for at in order:
        ledger.receive([writers[at].segment()])
    with ledger.transaction() as db:
        kinds = [step.kind for step in steps_of(db, finding.id)]
    assert kinds == ["graded", "rectifying", "submitted"]
    assert now(ledger, finding)[0] == "submitted"
    before = fold_of(ledger)
    ledger.rebuild()
    assert fold_of(ledger) == before


def step(id, after=None):
    return FindingStep(id=id, after=after)


def test_a_step_whose_forerunner_is_not_here_is_a_first_one():
    steps = [step("b", "missing"), step("c", "b"), step("a")]
    assert [s.id for s in in_causal_order(steps)] == ["b", "a", "c"]


@pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_steps_that_name_each_other_in_a_ring_do_not_hang(ring):
    steps = [step(name, ring[at - 1]) for at, name in enumerate(ring)]
    assert len(in_causal_order(steps)) == len(ring)


@given(st.permutations(range(8)), st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_no_step_stands_before_the_one_it_answers(order, parents):
    steps = [step(str(i), str(parents[i]) if parents[i] < i else None) for i in order]
    found = [s.id for s in in_causal_order(steps)]
    assert sorted(found) == [str(i) for i in range(8)]
    for one in steps:
        if one.after is not None:
            assert found.index(one.after) < found.index(one.id)
