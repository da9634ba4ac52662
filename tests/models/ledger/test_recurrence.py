from dataclasses import replace

import pytest

from models.ledger import findings, recurrence
from tests.conftest import TODAY, a_finding, a_step

ITEM = "sf.fire.05"


@pytest.fixture
def register(ledger):
    """Register a finding of the item, with the changes that the test is about."""
    return lambda **changes: findings.register(ledger, a_finding(item=ITEM, **changes))


@pytest.fixture
def close(ledger):
    def do(finding, **last):
        for kind in ("graded", "fixed_on_site"):
            findings.take_step(ledger, finding, a_step(kind))
        findings.take_step(ledger, finding, a_step("recheck_passed", person="张㛃"))
        findings.take_step(ledger, finding, a_step("closed", **last))
        return finding

    return do


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教学楼三楼", "教学楼 三楼"),
        ("教学楼3楼（东）", "教学楼３楼东"),
        ("A栋-201", "a栋 201"),
    ],
)
def test_a_place_is_the_same_however_it_is_typed(one, other):
    assert recurrence.same_place(one) == recurrence.same_place(other) != ""


def test_other_places_are_others():
    assert recurrence.same_place("教学楼三楼") != recurrence.same_place("教学楼四楼")
    assert recurrence.same_place("（－）") == ""


def test_a_closed_finding_of_the_item_at_the_place_came_back(ledger, register, close):
    old = close(register(place="教学楼3楼"))
    again = a_finding(item=ITEM, place="教学楼 ３楼")
    assert recurrence.earlier(ledger, again) == old
    assert recurrence.earlier(ledger, replace(again, place="教学楼4楼")) is None
    assert recurrence.earlier(ledger, replace(again, place=None)) is None
    assert recurrence.earlier(ledger, replace(again, item="sf.fire.06")) is None
    assert recurrence.earlier(ledger, replace(again, item=None)) is None
    assert recurrence.earlier(ledger, replace(again, unit="2137000002")) is None


def test_what_is_still_open_did_not_come_back(ledger, register):
    register()
    assert recurrence.earlier(ledger, a_finding(item=ITEM)) is None


def test_the_last_that_was_closed_is_named_and_never_itself(ledger, register, close):
    first, second = register(), register()
    close(second, taken_on=TODAY)
    close(first, taken_on=TODAY.replace(day=25))
    assert recurrence.earlier(ledger, a_finding(item=ITEM)) == first
    assert recurrence.earlier(ledger, first) == second


def test_the_link_is_seen_from_both_sides(ledger, register, close):
    old = close(register())
    new = register(recurs=old.id)
    assert recurrence.later(ledger, old) == [new]
    assert recurrence.later(ledger, new) == []
    assert recurrence.later(ledger, a_finding()) == []
    assert findings.standing(ledger, old).state == "closed"


def test_the_last_distinct_words_are_offered_for_the_same_item_only(ledger, register):
    findings.register(ledger, a_finding(place="别的检查项", item="sf.fire.06"))
    findings.register(ledger, a_finding(place="没有检查项"))
    for place in ("一楼", "二楼", "一楼"):
        register(place=place, description="压力不足")
    found = recurrence.phrases(ledger, a_finding(item=ITEM))
    assert found == (["压力不足"], ["一楼", "二楼"])


def test_no_more_words_are_offered_than_can_be_looked_over(ledger, register):
    for floor in range(10):
        register(place=f"{floor}层")
    places = recurrence.phrases(ledger, a_finding(item=ITEM)).places
    assert places == [f"{floor}层" for floor in range(9, 3, -1)]


def test_the_search_for_them_does_not_walk_through_all_findings(ledger):
    plan = ledger.rows(
        "EXPLAIN QUERY PLAN SELECT description FROM finding WHERE unit = ? AND item = ?", ("u", "i")
    )
    assert "finding_item" in str(plan)
