import pytest

from models.exchange.delivery import (
    Delivery,
    delivery,
    made_bundles,
    packed_upto,
    state_of_record,
    undelivered,
    why_returned,
)
from models.ledger.findings import take_step
from models.records.finding import Finding
from tests.conftest import a_finding, a_step
from tests.models.exchange.enrolling import hand_back, hand_over, send, take


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


def lines_of(ledger):
    return ledger.rows("SELECT sum(seq) FROM log WHERE seq > 0")[0][0]


def test_before_the_first_bundle_everything_waits(ledger):
    count = lines_of(ledger)
    assert count > 0
    assert delivery(ledger) == Delivery(count, count)
    assert packed_upto(ledger) == {}
    assert made_bundles(ledger, 5) == []


def test_a_bundle_packs_the_lines_and_still_they_wait(school, stick):
    count = lines_of(school)
    send(school, stick)
    assert delivery(school) == Delivery(count, 0)
    school.save(a_finding())
    assert delivery(school) == Delivery(count + 1, 1)


def test_only_the_word_of_the_other_side_makes_lines_delivered(allied, stick):
    school, office = allied
    made = send(school, stick)
    take(office, made.path)
    assert delivery(school).waiting == made.lines
    assert not made_bundles(school, 5)[0].received
    hand_back(office, school, stick)
    assert delivery(school) == Delivery(0, 0)
    assert made_bundles(school, 5)[0].received


def test_what_was_written_after_the_reply_waits_again(allied, stick):
    school, office = allied
    hand_over(school, office, stick)
    school.save(a_finding())
    hand_back(office, school, stick)
    assert delivery(school) == Delivery(1, 1)


def test_ones_own_bundle_read_back_is_no_receipt(school, stick):
    made = send(school, stick)
    take(school, made.path)
    assert delivery(school).waiting == made.lines


def test_an_office_waits_for_its_schools_to_have_what_it_wrote_of_them(allied, stick):
    school, office = allied
    assert delivery(office) == Delivery(0, 0)
    finding = school.save(a_finding())
    hand_over(school, office, stick)
    office.save(a_step("graded", finding=finding.id, unit=school.unit))
    assert delivery(office) == Delivery(2, 2)
    hand_back(office, school, stick)
    assert delivery(office) == Delivery(2, 0)
    assert delivery(school).waiting == 0
    hand_over(school, office, stick)
    assert delivery(office) == Delivery(0, 0)


def test_the_newest_bundles_come_first_and_each_tells_whether_it_arrived(allied, stick):
    school, office = allied
    first = send(school, stick)
    take(office, first.path)
    school.save(a_finding())
    second = send(school, stick)
    hand_back(office, school, stick)
    made = made_bundles(school, 5)
    assert [(one.name, one.received) for one in made] == [
        (second.path.name, False),
        (first.path.name, True),
    ]
    assert made[0].path == second.path
    assert made[0].receiver == office.unit
    assert [one.no for one in made_bundles(school, 1)] == [2]
    assert made[0].made_at > made[1].made_at


def test_each_record_tells_how_far_it_has_come(allied, stick):
    school, office = allied
    finding = school.save(a_finding())
    assert state_of_record(school, finding.id) == "new"
    send(school, stick / "lost")
    assert state_of_record(school, finding.id) == "packed"
    hand_over(school, office, stick)
    assert state_of_record(school, finding.id) == "packed"
    hand_back(office, school, stick)
    assert state_of_record(school, finding.id) == "delivered"
    school.save(school.get(Finding, finding.id).__class__(**{**vars(finding), "place": "四楼"}))
    assert state_of_record(school, finding.id) == "new"
    assert state_of_record(school, school.organisation.id) == "delivered"


def test_undelivered_records_are_listed_newest_first(allied, stick):
    school, office = allied
    hand_over(school, office, stick)
    hand_back(office, school, stick)
    first = school.save(a_finding())
    second = school.save(a_finding())
    send(school, stick / "lost")
    school.save(type(first)(**{**vars(first), "place": "四楼"}), first)
    listed = [(row.table, row.record, row.state, row.lines) for row in undelivered(school, 9)]
    assert listed == [("finding", first.id, "new", 2), ("finding", second.id, "packed", 1)]
    assert len(undelivered(school, 1)) == 1


def test_what_the_other_side_did_not_take_over_is_listed_with_its_reason(allied, stick):
    school, office = allied
    finding = school.save(a_finding())
    edited = type(finding)(**{**vars(finding), "place": "四楼"})
    school.save(edited, finding)
    hand_over(school, office, stick)
    log, seq = school.rows("SELECT log_id, seq FROM hist WHERE field = 'place'")[0]
    with office.transaction() as db:
        db.execute("INSERT INTO refused VALUES(?, ?, 'place', 'version')", (log, seq))
    hand_back(office, school, stick)
    (row,) = undelivered(school, 9)
    assert (row.table, row.record, row.state, row.why) == (
        "finding",
        finding.id,
        "returned",
        "version",
    )
    assert state_of_record(school, finding.id) == "returned"
    assert why_returned(school, finding.id) == "version"
    assert why_returned(school, school.organisation.id) == ""


def test_a_creation_that_was_not_taken_over_is_returned_too(allied, stick):
    school, office = allied
    finding = school.save(a_finding())
    hand_over(school, office, stick)
    log, seq = finding.id.rsplit(".", 1)
    with office.transaction() as db:
        db.execute("INSERT INTO refused VALUES(?, ?, 'place', 'rights')", (log, int(seq)))
    hand_back(office, school, stick)
    assert state_of_record(school, finding.id) == "returned"


def test_a_record_has_come_as_far_as_the_last_of_its_parts(allied, stick):
    school, office = allied
    finding = school.save(a_finding())
    hand_over(school, office, stick)
    hand_back(office, school, stick)
    step = take_step(school, finding, a_step("graded", level="general"))
    assert state_of_record(school, finding.id) == "delivered"
    assert state_of_record(school, finding.id, step.id) == "new"
