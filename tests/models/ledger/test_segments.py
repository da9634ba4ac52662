from models.ledger.segments import Outcome
from tests.models.ledger.conftest import Writer


def test_a_segment_knows_its_last_line():
    writer = Writer()
    writer.create("person", name="赵𬱖")
    assert writer.segment().last == 2
    assert writer.segment(2).last == 2


def test_an_outcome_gathers_what_was_touched_by_type():
    outcome = Outcome()
    outcome.touch("finding", ["a.1"])
    outcome.touch("finding", ["a.2"])
    assert outcome.touched == {"finding": {"a.1", "a.2"}}
    assert outcome.counts["new"] == 0


def test_an_outcome_counts_in_all_and_by_stream():
    outcome = Outcome()
    outcome.count("new", "a", 3)
    outcome.count("new", "b")
    assert outcome.counts == {"new": 4}
    assert outcome.by_log == {"a": {"new": 3}, "b": {"new": 1}}
