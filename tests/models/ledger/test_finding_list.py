from datetime import date, timedelta

import pytest

from models.ledger.finding_list import AllFindings
from models.records.finding import Finding
from tests.conftest import TODAY, a_finding
from tests.models.ledger.conftest import Writer


@pytest.fixture
def in_order(ledger, stranger: Writer):
    """The row numbers of findings with equal days, strange days and no day, newest first."""
    for days in (2, 0, 1, 0):
        ledger.save(a_finding(found_on=TODAY - timedelta(days)))
    stranger.create("finding", place="no day")
    stranger.create("finding", found_on=5)
    stranger.create("finding", place="no day either")
    ledger.receive([stranger.segment()])
    return [4, 2, 3, 1, 6, 7, 5]


@pytest.fixture
def sql(ledger, monkeypatch):
    """The queries that were asked."""
    asked = []
    rows = ledger.rows

    def counted(query, args=()):
        asked.append(query)
        return rows(query, args)

    monkeypatch.setattr(ledger, "rows", counted)
    return asked


def test_all_findings_stand_newest_first_and_those_without_a_day_last(ledger, in_order):
    assert list(AllFindings(ledger)) == in_order
    assert len(AllFindings(ledger)) == 7


def test_parts_of_it_are_those_of_a_list(ledger, in_order):
    for part in (slice(2), slice(2, 5), slice(5, 99), slice(9, 12), slice(None, None, -2)):
        assert AllFindings(ledger)[part] == in_order[part]
    for place in (0, 6, -1, -7):
        assert AllFindings(ledger)[place] == in_order[place]
    for place in (7, -8):
        with pytest.raises(IndexError):
            AllFindings(ledger)[place]


def test_every_finding_knows_its_place(ledger, in_order):
    assert [AllFindings(ledger).index(number) for number in in_order] == [*range(7)]


@pytest.mark.parametrize("number", [99, 3, None])
def test_a_finding_that_is_not_there_has_no_place(ledger, in_order, number):
    ledger.remove(ledger.all(Finding)[2])
    with pytest.raises(ValueError, match=str(number)):
        AllFindings(ledger).index(number)


def test_a_place_may_be_looked_for_in_a_part(ledger, in_order):
    assert AllFindings(ledger).index(3, 2, 3) == 2
    with pytest.raises(ValueError, match="3"):
        AllFindings(ledger).index(3, 3)
    with pytest.raises(ValueError, match="3"):
        AllFindings(ledger).index(3, 0, 2)


def test_an_empty_ledger_has_an_empty_list(ledger):
    assert not AllFindings(ledger)
    assert AllFindings(ledger)[:5] == []


def test_only_what_is_looked_at_is_read_and_once(ledger, in_order, sql):
    found = AllFindings(ledger)
    assert len(sql) == 1
    assert (found[2:4], found[3], found[2:4]) == (in_order[2:4], in_order[3], in_order[2:4])
    assert len(sql) == 2


def test_what_was_looked_at_stays_where_it_was_seen(ledger, in_order):
    found = AllFindings(ledger)
    place = found.index(in_order[3])
    seen = found[:2]
    ledger.save(a_finding(found_on=date(2030, 1, 1)))
    assert (found[place], found[:2]) == (in_order[3], seen)


def test_findings_that_went_meanwhile_are_left_out(ledger, in_order):
    found = AllFindings(ledger)
    ledger.remove(ledger.all(Finding)[0])
    assert found[5:] == in_order[6:]
    with pytest.raises(IndexError):
        found[6]
