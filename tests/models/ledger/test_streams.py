from models.ledger.lines import GENESIS
from models.ledger.streams import lines_after, missing_lines, streams_of
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, a_finding
from tests.models.ledger.conftest import give


def test_the_streams_of_a_unit_are_this_pcs_and_those_it_was_handed(ledger, second):
    give(second, ledger)
    found = streams_of(ledger, SCHOOL_CODE)
    assert {stream.device for stream in found} == {
        ledger.setting("device"),
        second.setting("device"),
    }
    assert streams_of(ledger, OFFICE_CODE) == []


def test_an_office_writes_about_a_school_in_a_stream_of_its_own(ledger, office):
    ledger.save(a_finding())
    give(ledger, office)
    office.save(a_finding(unit=SCHOOL_CODE))
    devices = [stream.device for stream in streams_of(office, SCHOOL_CODE)]
    assert office.setting("device") in devices
    assert [s.unit for s in streams_of(office, OFFICE_CODE)] == [OFFICE_CODE]


def test_lines_come_with_the_head_before_them(ledger):
    (stream,) = streams_of(ledger, SCHOOL_CODE)
    prev, lines = lines_after(ledger, stream, 0)
    assert (prev, len(lines)) == (GENESIS, stream.seq)
    prev, lines = lines_after(ledger, stream, stream.seq)
    assert (prev, lines) == (stream.head, [])
    assert lines_after(ledger, stream, 1)[0] not in (GENESIS, stream.head)
    assert missing_lines(ledger) == []
