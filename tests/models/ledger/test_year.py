from datetime import UTC, date, datetime

import pytest

from models.ledger import findings
from models.ledger.year import carried_over, has_older, of_year
from models.records.finding import Finding
from models.records.workflow import state_of
from tests.conftest import a_finding, a_step
from tests.models.ledger.conftest import Writer

WAY = ("graded", "fixed_on_site", "recheck_passed", "closed")


@pytest.fixture
def found(ledger):
    """Registers a finding of a day, and takes it through these steps on days of their own."""

    def do(place, day, steps=()):
        finding = findings.register(ledger, a_finding(place=place, found_on=day))
        for kind, taken_on in steps:
            step = a_step(kind, taken_on=taken_on, person=kind, deadline=None)
            findings.take_step(ledger, finding, step)
        return finding

    return do


def closed(day):
    return [(kind, day) for kind in WAY]


def ledger_of(ledger, year):
    """Each place with the state that this year's ledger says."""
    return {
        finding.place: state_of(finding, steps).state for finding, steps in of_year(ledger, year)
    }


def test_open_ones_are_carried_into_january_and_closed_ones_stay_behind(ledger, clock, found):
    found("已销号", date(2026, 11, 2), closed(date(2026, 12, 20)))
    open_one = found("未销号", date(2026, 11, 5), [("graded", date(2026, 11, 6))])
    clock.at = datetime(2027, 1, 4, 8, tzinfo=UTC)
    new = found("新的", date(2027, 1, 4))
    assert new.number == "2027-0001"
    assert open_one.number == "2026-0002"
    assert ledger_of(ledger, 2026) == {"已销号": "closed", "未销号": "graded"}
    assert ledger_of(ledger, 2027) == {"未销号": "graded", "新的": "registered"}
    assert carried_over(ledger, 2027) == 1


def test_what_is_closed_in_january_leaves_the_old_ledger_as_it_stood(ledger, found):
    found("结转", date(2026, 12, 1), [("graded", date(2026, 12, 2))])
    (finding,) = ledger.all(Finding)
    for kind in WAY[1:]:
        findings.take_step(ledger, finding, a_step(kind, taken_on=date(2027, 1, 8), person=kind))
    assert ledger_of(ledger, 2026) == {"结转": "graded"}
    assert ledger_of(ledger, 2027) == {"结转": "closed"}
    assert ledger_of(ledger, 2028) == {}
    assert (carried_over(ledger, 2027), carried_over(ledger, 2028)) == (1, 0)


def test_one_open_for_years_stands_in_every_ledger_until_it_is_closed(ledger, found):
    found("老问题", date(2024, 5, 1), closed(date(2026, 3, 1)))
    assert [ledger_of(ledger, year) for year in range(2023, 2028)] == [
        {},
        {"老问题": "registered"},
        {"老问题": "registered"},
        {"老问题": "closed"},
        {},
    ]


def test_one_reopened_later_does_not_appear_in_the_year_it_stood_closed(ledger, found):
    finding = found("反弹", date(2024, 5, 1), closed(date(2024, 6, 1)))
    step = a_step("reopened", taken_on=date(2026, 2, 1), person="李安全")
    findings.take_step(ledger, finding, step)
    assert ledger_of(ledger, 2024) == {"反弹": "closed"}
    assert ledger_of(ledger, 2025) == {}
    assert ledger_of(ledger, 2026) == {"反弹": "reopened"}


def test_a_step_without_a_day_belongs_to_every_year(ledger, found):
    finding = found("无日期", date(2026, 5, 1))
    strange = Writer()
    strange.create("finding_step", finding=finding.id, kind="graded", level="general")
    ledger.receive([strange.segment()])
    assert ledger_of(ledger, 2026) == {"无日期": "graded"}


def test_deleted_ones_and_those_of_others_are_not_carried(ledger, found):
    ledger.remove(found("删了", date(2026, 5, 1)))
    assert not has_older(ledger, 2027)
    assert carried_over(ledger, 2027) == 0


def test_there_is_an_older_ledger_once_something_was_found_before(ledger, found):
    found("新的", date(2027, 1, 4))
    assert not has_older(ledger, 2027)
    found("旧的", date(2026, 12, 31))
    assert has_older(ledger, 2027)


def test_both_counts_are_read_from_indexes(ledger, found):
    """However many there are: no row of the table is visited for what stands open."""
    found("旧的", date(2026, 12, 31))
    plan = ledger.rows(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM finding INDEXED BY finding_state"
        " WHERE deleted = 0 AND unit = 'x' AND found_on < '2027' AND now_state <> 'closed'"
    )
    assert all("COVERING INDEX" in row[3] for row in plan)
