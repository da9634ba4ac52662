"""Records that two sides worked on at once in different fields are counted, no more."""

from dataclasses import replace

from models.ledger import parallel
from models.ledger.compact import pack
from tests.conftest import Clock, a_finding, an_office
from tests.models.ledger.conftest import Writer, far, give, have, in_memory, segments_of


def test_what_both_sides_worked_on_at_once_is_counted():
    clock = Clock()
    one, two = in_memory(clock, "one"), in_memory(clock, "two")
    finding, other = one.save(a_finding()), one.save(a_finding())
    give(one, two)
    give(two, one)
    one.save(replace(finding, place="四楼"))
    one.save(replace(other, place="四楼"))
    two.save(replace(finding, note="新"))
    two.save(replace(other, place="五楼"))
    heard = have(two)
    segments = segments_of(two, have(one))
    assert one.receive([]).counts["parallel"] == 0
    assert one.receive(segments, heard).counts["parallel"] == 1
    assert one.receive(segments, heard).counts["parallel"] == 0
    # What the sender had heard of is an answer to it.
    give(one, two)
    two.save(replace(two.get(type(finding), finding.id), measures="换"))
    assert one.receive(segments_of(two, have(one)), have(two)).counts["parallel"] == 0
    one.close()
    two.close()


def test_nothing_is_counted_where_nobody_says_what_they_had_heard():
    clock = Clock()
    one, two = in_memory(clock, "one"), in_memory(clock, "two")
    assert "parallel" not in give(one, two).counts
    assert two.receive(segments_of(one), {}).counts["parallel"] == 0
    one.close()
    two.close()


def test_what_is_written_about_other_units_is_not_looked_at(monkeypatch):
    """A school hears nothing of other schools, so at its office all of theirs is unheard."""
    office, school = in_memory(Clock(), "office", an_office()), in_memory(Clock(), "school")
    other = Writer("other", "2137000002")
    record = other.create("person", far(0), name="甲")
    other.update("person", record, far(1), name=["甲", "乙", 0, record])
    office.receive([other.segment()])
    looked = []
    monkeypatch.setattr(parallel, "pack", lambda value: looked.append(value) or pack(value))
    assert office.receive(segments_of(school), have(school)).counts["parallel"] == 0
    assert looked[-1] == []
    office.close()
    school.close()
