from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from models.ledger.training import (
    Turnout,
    attendance_of,
    attended,
    find_sessions,
    mark_attendance,
    roster,
    sessions,
    sheet,
    totals,
    turnouts,
)
from models.problems import Problem
from models.records.figures import credit_hours
from models.records.person import Person
from models.records.training import Attendance, PersonTotal, TrainingSession, session_hours
from tests.models.ledger.conftest import Writer

MORNING = datetime(2026, 11, 23, 8, 30)


@pytest.fixture
def meeting(ledger):
    return ledger.save(a_session())


@pytest.fixture
def zhao(ledger):
    return ledger.save(a_trainee("赵𬱖"))


def a_session(minutes=135, starts=MORNING, **answers):
    given = {"topic": "校园安全", "module": "development", "form": "lecture", "hour_rule": "m45"}
    ends = starts + timedelta(minutes=minutes)
    return TrainingSession(starts=starts, ends=ends, **{**given, **answers})


def a_trainee(name, **answers):
    given = {"roles": frozenset({"trainee"}), "state": "active"}
    return Person(name=name, **{**given, **answers})


def test_sessions_are_listed_by_year_newest_first(ledger):
    old = ledger.save(a_session(starts=datetime(2025, 3, 1, 9, 0)))
    later = ledger.save(a_session(starts=datetime(2026, 3, 2, 9, 0)))
    earlier = ledger.save(a_session(starts=datetime(2026, 3, 1, 9, 0)))
    assert sessions(ledger, 2026) == [later, earlier]
    assert sessions(ledger) == [later, earlier, old]


def test_a_session_of_another_unit_is_not_ours(ledger):
    stranger = Writer(unit="3139999999")
    stranger.create("training_session", topic="外校的活动")
    ledger.receive([stranger.segment()])
    assert sessions(ledger) == []


@pytest.mark.parametrize("words", ["消防", "xfyl", "操场", "赵𬱖", "消防 操场"])
def test_sessions_are_found_by_topic_place_or_speaker(ledger, words):
    drill = ledger.save(a_session(topic="消防演练", place="操场", speaker="赵𬱖"))
    later = ledger.save(a_session(topic="消防演练", place="操场", speaker="赵𬱖", minutes=45))
    ledger.save(a_session(place="报告厅"))
    ledger.remove(later)
    assert find_sessions(ledger, words) == [drill]


def test_no_words_find_every_session_newest_first_and_wrong_ones_none(ledger):
    old = ledger.save(a_session(starts=datetime(2025, 3, 1, 9, 0)))
    new = ledger.save(a_session())
    assert find_sessions(ledger, " ") == find_sessions(ledger, "校园") == [new, old]
    assert find_sessions(ledger, "防汛") == find_sessions(ledger, "“”") == []


def test_the_roster_holds_trainees_who_have_not_left(ledger, zhao):
    ledger.save(a_trainee("张㛃", state="left"))
    ledger.save(a_trainee("王检查", roles=frozenset({"inspector"})))
    unsaid = ledger.save(a_trainee("李安全", state=None))
    assert roster(ledger) == [zhao, unsaid]


def test_a_mark_is_kept_once_for_a_person_and_a_session(ledger, meeting, zhao):
    mark_attendance(ledger, meeting, zhao, "present")
    mark_attendance(ledger, meeting, zhao, "late", reason="堵车")
    marks = attendance_of(ledger, meeting)
    assert [(m.status, m.reason) for m in marks.values()] == [("late", "堵车")]
    assert len(ledger.all(Attendance)) == 1


def test_an_empty_status_takes_a_mark_back_and_it_can_be_given_again(ledger, meeting, zhao):
    assert mark_attendance(ledger, meeting, zhao, "") is None
    mark_attendance(ledger, meeting, zhao, "leave", 45, "看病")
    assert mark_attendance(ledger, meeting, zhao, "") is None
    assert attendance_of(ledger, meeting) == {}
    mark_attendance(ledger, meeting, zhao, "present")
    mark = attendance_of(ledger, meeting)[zhao.id]
    assert (mark.status, mark.leave_minutes, mark.reason) == ("present", None, None)


def test_only_a_leave_keeps_its_minutes(ledger, meeting, zhao):
    mark_attendance(ledger, meeting, zhao, "leave", 45)
    mark_attendance(ledger, meeting, zhao, "present", 45)
    assert attendance_of(ledger, meeting)[zhao.id].leave_minutes is None


@pytest.mark.parametrize("minutes", [0, -1, 136])
def test_leave_minutes_that_cannot_be_are_refused(ledger, meeting, zhao, minutes):
    with pytest.raises(Problem, match="分钟"):
        mark_attendance(ledger, meeting, zhao, "leave", minutes)
    assert attendance_of(ledger, meeting) == {}


def test_a_leave_as_long_as_the_session_is_allowed(ledger, meeting, zhao):
    assert mark_attendance(ledger, meeting, zhao, "leave", 135).leave_minutes == 135


def test_the_sheet_lists_trainees_and_who_was_marked_before_leaving(ledger, meeting, zhao):
    gone = ledger.save(a_trainee("张㛃"))
    mark_attendance(ledger, meeting, gone, "present")
    mark_attendance(ledger, meeting, zhao, "present")
    gone = ledger.save(replace(gone, state="left"), gone)
    assert sheet(ledger, meeting) == [zhao, gone]


def test_a_mark_of_somebody_unknown_lists_nobody(ledger, meeting, zhao):
    ledger.save(Attendance(session=meeting.id, person="x.9", status="present"))
    assert sheet(ledger, meeting) == [zhao]
    assert [total.person for total in totals(ledger, 2026)] == [zhao]


def test_the_turnout_counts_who_is_marked_and_who_came(ledger, meeting, zhao):
    people = [zhao, *(ledger.save(a_trainee(name)) for name in ("张㛃", "李安全", "王平安"))]
    for person, status in zip(people, ("present", "late", "leave", "absent"), strict=True):
        mark_attendance(ledger, meeting, person, status)
    assert turnouts(ledger) == {meeting.id: Turnout(marked=4, came=2)}
    mark_attendance(ledger, meeting, people[0], "")
    assert turnouts(ledger) == {meeting.id: Turnout(marked=3, came=1)}


@pytest.mark.parametrize(("rule", "hours"), [("m45", "44.67"), ("m60", "33.50")])
def test_2010_minutes_become_hours_by_the_rule_of_the_sessions(ledger, zhao, rule, hours):
    for day in range(1, 4):  # three days of 670 minutes: rounded once, not three times
        held = ledger.save(a_session(670, datetime(2026, 9, day, 8, 0), hour_rule=rule))
        mark_attendance(ledger, held, zhao, "present")
    (total,) = totals(ledger, 2026)
    assert total.total_minutes == total.minutes_of("development") == 2010
    assert total.total == total.hours_of("development") == Decimal(hours)
    assert str(total.total) == hours


def test_each_session_counts_by_its_own_rule_and_module(ledger, zhao):
    given = [("m45", "development"), ("m60", "development"), ("m60", "project")]
    for day, (rule, module) in enumerate(given, 1):
        starts = datetime(2026, 9, day, 8, 0)
        held = ledger.save(a_session(90, starts, hour_rule=rule, module=module))
        mark_attendance(ledger, held, zhao, "present")
    (total,) = totals(ledger, 2026)
    assert total.hours_of("development") == Decimal("3.50")
    assert total.hours_of("project") == Decimal("1.50")
    assert total.hours_of("party_spirit") == Decimal("0.00")
    assert total.total == Decimal("5.00")


def test_totals_take_leave_off_and_count_only_the_year(ledger, meeting, zhao):
    old = ledger.save(a_session(starts=datetime(2025, 9, 1, 8, 0)))
    mark_attendance(ledger, old, zhao, "present")
    mark = mark_attendance(ledger, meeting, zhao, "leave", 45)
    (total,) = totals(ledger, 2026)
    assert total == PersonTotal(zhao, [(meeting, mark)], 2026)
    assert total.minutes() == {"m45": 90}


def test_marks_without_a_status_and_deleted_ones_add_up_to_nothing(ledger, meeting, zhao, stranger):
    stranger.create("attendance", session=meeting.id, person=zhao.id)
    ledger.receive([stranger.segment()])
    mark_attendance(ledger, meeting, zhao, "present")
    mark_attendance(ledger, meeting, zhao, "")
    assert totals(ledger, 2026) == [PersonTotal(zhao, year=2026)]
    stranger.create("attendance", session=meeting.id, person=zhao.id)
    ledger.receive([stranger.segment()])
    assert attendance_of(ledger, meeting) == {}
    assert attended(ledger, [zhao.id], [meeting]) == []


def test_a_year_of_many_sessions_takes_no_more_queries_than_one(ledger, meeting, zhao):
    asked = []
    mark_attendance(ledger, meeting, zhao, "present")
    with ledger.reading() as db:
        db.set_trace_callback(asked.append)
    totals(ledger, 2026)
    few = len(asked)
    for day in range(1, 9):
        mark_attendance(
            ledger, ledger.save(a_session(starts=datetime(2026, 9, day, 8))), zhao, "late"
        )
    asked.clear()
    totals(ledger, 2026)
    assert len(asked) == few > 0


def test_totals_keep_trainees_without_hours_and_who_left_with_hours(ledger, meeting, zhao):
    gone = ledger.save(a_trainee("张㛃"))
    mark_attendance(ledger, meeting, gone, "present")
    gone = ledger.save(replace(gone, state="left"), gone)
    assert [(t.person, str(t.total)) for t in totals(ledger, 2026)] == [
        (zhao, "0.00"),
        (gone, "3.00"),
    ]


def test_a_rule_of_a_newer_program_gives_no_hours_here():
    assert credit_hours({"m50": 100, "m45": 45}) == Decimal("1.00")
    assert credit_hours({"m50": 0}) == Decimal("0.00")


def test_a_session_has_hours_of_its_own():
    assert str(session_hours(a_session(135))) == "3.00"
    assert str(session_hours(TrainingSession())) == "0.00"


def test_a_person_sees_the_sessions_of_the_year(ledger, meeting, zhao):
    old = ledger.save(a_session(starts=datetime(2025, 9, 1, 8, 0)))
    missed = ledger.save(a_session(starts=datetime(2026, 9, 1, 8, 0)))
    marks = {s.id: mark_attendance(ledger, s, zhao, "present") for s in (old, meeting)}
    assert attended(ledger, [zhao.id], sessions(ledger, 2026)) == [(meeting, marks[meeting.id])]
    assert attended(ledger, [zhao.id], sessions(ledger, 2025)) == [(old, marks[old.id])]
    assert missed not in [
        session for session, _mark in attended(ledger, [zhao.id], sessions(ledger, 2026))
    ]
