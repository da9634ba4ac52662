from datetime import datetime

from models.ledger.overlaps import overlap_words, together
from models.ledger.training import mark_attendance
from models.records.person import Person
from models.records.training import TrainingSession
from tests.models.ledger.test_training import a_session

MORNING = datetime(2026, 11, 23, 8, 30)


def people(ledger, *names):
    return [ledger.save(Person(name=name, roles=frozenset({"trainee"}))) for name in names]


def test_who_is_marked_for_two_sessions_at_once_is_told_of_and_not_refused(ledger):
    zhao, wang = people(ledger, "赵𬱖", "王平安")
    first = ledger.save(a_session(90, MORNING))
    second = ledger.save(a_session(60, MORNING.replace(hour=9), topic="消防演练"))
    for session in (first, second):
        mark_attendance(ledger, session, zhao, "present")
    mark_attendance(ledger, first, wang, "present")
    mark_attendance(ledger, second, wang, "absent")
    assert overlap_words(ledger, first) == (
        "赵𬱖同时还登记了“消防演练”，时间有重叠，两场都会计入学时，请核对。"
    )


def test_sessions_that_follow_each_other_do_not_overlap(ledger):
    first = ledger.save(a_session(90, MORNING))
    ledger.save(a_session(90, MORNING.replace(hour=10)))
    assert together(ledger, first) == []
    assert overlap_words(ledger, first) == ""
    assert together(ledger, TrainingSession()) == []


def test_sessions_at_once_without_marks_are_no_matter(ledger):
    first, _second = (ledger.save(a_session(90, MORNING)) for _ in range(2))
    assert overlap_words(ledger, first) == ""


def test_many_are_counted(ledger):
    first, second = (ledger.save(a_session(90, MORNING)) for _ in range(2))
    for person in people(ledger, "学员甲", "学员乙", "学员丙", "学员丁"):
        for session in (first, second):
            mark_attendance(ledger, session, person, "present")
    assert overlap_words(ledger, second).startswith("学员甲、学员乙、学员丙等 4 人同时")
