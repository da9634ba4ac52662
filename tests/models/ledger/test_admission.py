import dataclasses
import itertools

import pytest

from models.ledger.streams import missing_lines
from models.records.person import Person
from tests.conftest import OFFICE_CODE
from tests.models.ledger.conftest import Writer, fold_of, have, single_lines


@pytest.fixture
def three(stranger):
    """A stream of three people after its first line."""
    for name in ("甲", "乙", "丙"):
        stranger.create("person", name=name)
    return stranger


def names(ledger):
    return [person.name for person in ledger.all(Person)][1:]


def test_a_segment_that_continues_its_stream_is_taken_in(ledger, three):
    assert ledger.receive([three.segment(1, 2)]).counts == {"had": 0, "new": 2}
    assert ledger.receive([three.segment(3)]).counts == {"had": 0, "new": 2}
    assert names(ledger) == ["甲", "乙", "丙"]


def test_the_same_segment_again_changes_nothing(ledger, three):
    ledger.receive([three.segment()])
    before = fold_of(ledger)
    assert ledger.receive([three.segment()]).counts == {"had": 4}
    assert ledger.receive([three.segment(2, 3)]).counts == {"had": 2}
    assert fold_of(ledger) == before


def test_an_overlap_is_verified_and_not_taken_twice(ledger, three):
    ledger.receive([three.segment(1, 3)])
    assert ledger.receive([three.segment(2)]).counts == {"had": 2, "new": 1}
    assert names(ledger) == ["甲", "乙", "丙"]


def test_a_gap_is_held_told_and_released_when_it_is_filled(ledger, three):
    assert ledger.receive([three.segment(3)]).counts["held"] == 2
    assert names(ledger) == []
    assert missing_lines(ledger) == [(three.unit, 1, 2)]
    assert ledger.receive([three.segment(1, 2)]).counts["new"] == 4
    assert names(ledger) == ["甲", "乙", "丙"]
    assert missing_lines(ledger) == []
    assert ledger.rows("SELECT count(*) FROM held") == [(0,)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_single_lines_in_any_order_and_twice_make_the_same(ledger, three, order):
    pieces = single_lines([three.segment()])
    for at in (*order, *order):
        ledger.receive([pieces[at]])
    assert names(ledger) == ["甲", "乙", "丙"]
    assert ledger.rows("SELECT count(*) FROM held") == [(0,)]


@pytest.mark.parametrize("same", [1, 2, 3])
def test_a_fork_is_refused_wherever_it_begins(ledger, three, same):
    ledger.receive([three.segment()])
    before = fold_of(ledger)
    other = Writer()
    for name in ("甲", "乙", "丙", "丁")[: same - 1]:
        other.create("person", name=name)
    other.create("person", name="别人")
    other.create("person", name="又别人")
    assert other.heads[same] == three.heads[same]
    outcome = ledger.receive([other.segment()])
    assert outcome.counts["forked"] == len(other.texts)
    assert ledger.receive([other.segment(same + 1)]).counts["forked"] > 0
    assert fold_of(ledger) == before
    assert have(ledger)[three.log_id] == 4


def test_a_fork_behind_the_end_is_refused(ledger, three):
    ledger.receive([three.segment()])
    longer = Writer()
    for name in ("甲", "乙", "别人", "丁"):
        longer.create("person", name=name)
    assert ledger.receive([longer.segment(5)]).counts["forked"] == 1


def test_a_held_fork_is_refused_when_its_gap_is_filled(ledger, three):
    other = Writer()
    for name in ("别人", "乙", "丙"):
        other.create("person", name=name)
    ledger.receive([other.segment(4)])
    outcome = ledger.receive([three.segment(1, 3)])
    assert outcome.counts["forked"] == 1
    assert names(ledger) == ["甲", "乙"]
    assert ledger.rows("SELECT log_id, seq FROM fork") == [(three.log_id, 3)]


def test_a_held_segment_cannot_bind_the_stream_to_another_unit(ledger, three):
    claim = dataclasses.replace(three.segment(3), unit=OFFICE_CODE, device="false")
    ledger.receive([claim])
    outcome = ledger.receive([three.segment(1, 2)])
    assert outcome.counts["refused"] == 0
    assert names(ledger) == ["甲"]  # what another PC signed is no part of the stream
    ledger.receive([three.segment(3)])
    assert names(ledger) == ["甲", "乙", "丙"]
    bound = ledger.rows("SELECT unit, device FROM log WHERE log_id = ?", (three.log_id,))
    assert bound == [(three.unit, three.device)]
