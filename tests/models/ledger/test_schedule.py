from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.ledger.schedule import (
    deeds,
    founded,
    schedule,
    school_days,
    set_vacations,
    vacations,
)
from models.records.drill import Drill, SafetyLesson
from models.records.inspection import Inspection, InspectionAnswer
from models.records.periods import Period
from tests.conftest import TODAY, a_school
from tests.models.ledger.conftest import Writer

NOW = datetime(2026, 11, 23, 8, 0)
SINCE = date(2026, 1, 1)


def an_inspection(**changes):
    inspection = Inspection(
        kind="daily",
        started=NOW,
        inspectors="李安全",
        template="safety",
        version="1",
        items="sf.fire.01",
        ended=NOW + timedelta(minutes=20),
    )
    return replace(inspection, **changes)


def a_drill(**changes):
    drill = Drill(topic="秋季消防疏散", kind="evacuation", held=NOW, place="教学楼")
    return replace(drill, **changes)


def a_lesson(**changes):
    lesson = SafetyLesson(topic="防欺凌", form="lecture", category="bully", held_on=TODAY)
    return replace(lesson, **changes)


def state(ledger, routine, today=TODAY):
    return {found.routine.id: found for found in schedule(ledger, today)}[routine].state


def test_an_inspection_without_findings_settles_the_patrol(ledger):
    assert state(ledger, "patrol") == "today"
    ledger.save(an_inspection())
    assert state(ledger, "patrol") == "done"


@pytest.mark.parametrize(
    "changes", [{"ended": None}, {"categories": frozenset({"elec"})}, {"kind": "special"}]
)
def test_what_is_not_ended_or_of_something_else_does_not(ledger, changes):
    ledger.save(an_inspection(**changes))
    assert state(ledger, "patrol") == "today"


def test_what_was_deleted_or_is_of_another_school_does_not(ledger):
    ledger.remove(ledger.save(a_drill()))
    assert deeds(ledger, SINCE) == []
    other = Writer("other", unit="2137000002")
    other.create("drill", kind="fire", held="2026-11-20 10:00")
    ledger.receive([other.segment()])
    assert deeds(ledger, SINCE) == []


def test_a_yearly_test_is_shown_by_its_item(ledger):
    done = ledger.save(an_inspection(kind="term", items="sf.fire.10"))
    answer = InspectionAnswer(inspection=done.id, item="sf.fire.10", result="failed")
    failed = ledger.save(answer)
    assert state(ledger, "fire_test") == "later"
    ledger.save(replace(failed, result="passed"), failed)
    assert state(ledger, "fire_test") == "done"


def test_a_fire_drill_with_a_measured_evacuation_is_both(ledger):
    ledger.save(a_drill(kind="fire"))
    assert [deed.kind for deed in deeds(ledger, SINCE)] == ["fire"]
    ledger.save(a_drill(kind="fire", evacuation_seconds=108))
    assert state(ledger, "evacuation") == "done"
    assert sorted(d.kind for d in deeds(ledger, SINCE)) == ["evacuation", "fire", "fire"]


def test_a_lesson_about_bullying_settles_the_term(ledger):
    ledger.save(a_lesson(category=None))
    assert state(ledger, "bullying") == "later"
    ledger.save(a_lesson())
    assert state(ledger, "bullying") == "done"


def test_days_that_are_none_are_left_out(ledger):
    strange = Writer()
    strange.create("drill", kind="fire", held="昨天")
    strange.create("safety_lesson", form=5, held_on="2026-13-40")
    strange.create("inspection", kind="daily", started="9999", ended="x", categories=5)
    ledger.receive([strange.segment()])
    assert deeds(ledger, SINCE) == []


def test_an_office_has_no_schedule(office):
    assert schedule(office, TODAY) == []


def test_a_ledger_without_a_unit_has_none_either(ledger):
    ledger.set_setting("unit", "2137000009")
    assert schedule(ledger, TODAY) == []
    assert founded(ledger) == date(1970, 1, 1)


def test_what_was_due_before_the_school_began_is_not_overdue(ledger, clock):
    assert founded(ledger) == TODAY
    late = date(2027, 1, 5)
    clock.at = datetime(2027, 1, 5, 8, tzinfo=UTC)
    found = {d.routine.id: d.state for d in schedule(ledger, late)}
    assert found["evacuation"] == "overdue"  # December began when the school was here already
    assert found["buildings"] == "later"


def test_a_kindergarten_is_asked_by_the_quarter(ledger):
    mine = ledger.organisation
    ledger.save(replace(a_school(), id=mine.id, grades=frozenset({"k"})), mine)
    asked = {found.routine.id for found in schedule(ledger, TODAY)}
    assert "evacuation_kindergarten" in asked
    assert "evacuation" not in asked


def test_few_queries_however_many_findings(ledger, monkeypatch):
    asked = []
    rows = ledger.rows
    monkeypatch.setattr(ledger, "rows", lambda sql, args=(): asked.append(sql) or rows(sql, args))
    schedule(ledger, TODAY)
    said = [sql for sql in asked if "setting" not in sql]
    assert len(said) == 5
    assert not any("FROM finding" in sql for sql in said)


# ---- vacations -----------------------------------------------------------------------------------


def test_a_vacation_that_is_said_is_kept_and_the_usual_one_is_none(ledger):
    usual = vacations(ledger, 2027)
    said = replace(usual, winter_start=date(2027, 1, 11), winter_end=date(2027, 2, 14))
    set_vacations(ledger, said)
    assert vacations(ledger, 2027) == said
    assert school_days(ledger, 2026).vacations == {
        ("winter", 2027): Period(date(2027, 1, 11), date(2027, 2, 14))
    }
    assert date(2027, 1, 12) not in school_days(ledger, 2026)
    assert vacations(ledger, 2028).winter_start == date(2028, 1, 20)
    set_vacations(ledger, usual)
    assert school_days(ledger, 2026).vacations == {}


def test_a_patrol_is_due_on_a_day_that_is_no_vacation_any_more(ledger):
    day = date(2027, 1, 21)
    assert "patrol" not in {found.routine.id for found in schedule(ledger, day)}
    later = replace(vacations(ledger, 2027), winter_start=date(2027, 1, 25))
    set_vacations(ledger, later)
    assert "patrol" in {found.routine.id for found in schedule(ledger, day)}


def test_a_setting_that_makes_no_sense_leaves_the_usual_vacation(ledger):
    ledger.set_setting("vacation.winter.2027", "2027-01-11")
    assert school_days(ledger, 2027).vacations == {}
