from datetime import datetime

import pytest

from models.ledger import findings
from models.ledger.district import units
from models.records.five_management import Checklist
from models.records.training import TrainingSession
from tests.conftest import SCHOOL_CODE, TODAY, a_finding, a_ledger, a_school
from tests.models.exchange.enrolling import enrol, hand_over
from tests.models.ledger.conftest import segments_of


@pytest.fixture
def second(tmp_path, clock):
    school = a_school(name="二小", code="2137000002")
    ledger = a_ledger(tmp_path / "second", school, clock=clock)
    yield ledger
    ledger.close()


@pytest.fixture
def report(office, tmp_path):
    """Hand a school's bundle over to the office."""

    def do(school):
        enrol(office, school)
        return hand_over(school, office, tmp_path / "stick")

    return do


def test_without_bundles_there_are_no_units(office):
    assert units(office, TODAY) == []


def test_each_school_has_its_own_figures_sorted_by_name(office, ledger, second, report):
    day = TODAY.replace(day=1)
    findings.register(ledger, a_finding(found_on=day, deadline=day))
    findings.register(second, a_finding())
    findings.register(second, a_finding(level="major"))
    report(second)
    report(ledger)
    two, one = units(office, TODAY)
    assert (two.name, one.name) == ("二小", "示例县实验小学")
    assert (two.counts.open, two.counts.late, two.counts.major) == (2, 0, 1)
    assert (one.counts.open, one.counts.late, one.counts.major) == (1, 1, 0)
    assert one.unit == SCHOOL_CODE
    assert one.last_bundle.startswith("2026-11-23")
    assert one.lines == ledger.rows("SELECT sum(seq) FROM log")[0][0]
    assert (one.missing, one.checklists, one.sessions) == (0, 0, 0)


def test_checklists_and_sessions_are_counted_and_deleted_ones_are_not(office, ledger, report):
    ledger.save(Checklist(template="five", version="1", period="2026-10"))
    sessions = [ledger.save(_session(topic)) for topic in ("消防", "食品")]
    ledger.remove(sessions[0])
    report(ledger)
    (row,) = units(office, TODAY)
    assert (row.checklists, row.sessions) == (1, 1)


def test_a_bundle_that_never_came_is_counted_as_missing(office, ledger, report):
    report(ledger)
    held = len(segments_of(ledger)[0].lines)
    for _ in range(2):
        ledger.save(a_finding())
    (late,) = segments_of(ledger, {segments_of(ledger)[0].log_id: held + 1})
    office.receive([late])
    (row,) = units(office, TODAY)
    assert row.missing == 1


def test_what_was_refused_is_counted(office, ledger, report):
    report(ledger)
    (log,) = office.rows("SELECT log_id FROM log WHERE unit = ?", (ledger.unit,))
    with office.transaction() as db:
        db.execute("INSERT INTO refused VALUES(?, 2, 'place', 'rights')", log)
    assert [row.refused for row in units(office, TODAY)] == [1]


def test_a_finding_of_this_month_is_known_unless_it_was_deleted(office, ledger, report):
    old = findings.register(ledger, a_finding(found_on=TODAY.replace(month=10)))
    report(ledger)
    assert not units(office, TODAY)[0].found_now
    assert units(office, old.found_on)[0].found_now
    new = findings.register(ledger, a_finding())
    report(ledger)
    assert units(office, TODAY)[0].found_now
    ledger.remove(new)
    report(ledger)
    assert not units(office, TODAY)[0].found_now


def test_the_office_itself_is_no_unit_of_its_own(office, ledger, report):
    report(ledger)
    assert [row.name for row in units(office, TODAY)] == ["示例县实验小学"]


def test_a_school_that_nobody_handed_over_has_no_last_bundle(ledger):
    (row,) = units(ledger, TODAY)
    assert row.last_bundle == ""
    assert row.lines > 0


def test_a_school_that_was_enrolled_and_is_silent_is_seen(office, ledger, second, report):
    enrol(office, second)
    report(ledger)
    silent = next(row for row in units(office, TODAY) if row.unit == second.unit)
    assert (silent.name, silent.last_bundle, silent.lines) == ("二小", "", 0)
    assert len(units(office, TODAY)) == 2


def _session(topic):
    return TrainingSession(
        topic=topic,
        module="development",
        form="lecture",
        hour_rule="m45",
        starts=datetime(2026, 11, 23, 8, 30),
        ends=datetime(2026, 11, 23, 10, 0),
    )
