from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from models.ledger.people import people, read_people, take_in
from models.ledger.same_person import (
    called_people,
    in_service,
    keep_apart,
    likely_pairs,
    merge,
    merged_into,
    part,
    person_called,
    person_choices,
    standing,
    standing_person,
)
from models.ledger.training import (
    Turnout,
    attendance_of,
    attended,
    mark_attendance,
    roster,
    sheet,
    totals,
    turnouts,
)
from models.problems import Problem
from models.records.person import Namesakes, Person
from models.records.training import Attendance
from tests.models.ledger.test_training import a_session

TRAINEE = frozenset({"trainee"})


@pytest.fixture
def meeting(ledger):
    return ledger.save(a_session())


def names(found):
    return [person.name for person in found]


# ---- one stands for both -------------------------------------------------------------------------


def test_who_was_merged_is_not_listed_and_the_kept_one_has_both_roles(ledger, kept, gone):
    merge(ledger, gone, kept)
    assert names(people(ledger)) == ["李安全", "张伟"]
    (one,) = roster(ledger)
    assert (one.id, one.roles, one.post, one.department) == (kept.id, TRAINEE, "干事", "教务处")
    assert standing_person(ledger, gone.id) == one == standing_person(ledger, kept.id)
    assert merged_into(ledger, kept) == [ledger.get(Person, gone.id)]


def test_who_was_merged_is_found_as_the_kept_one(ledger, kept, gone):
    merge(ledger, gone, kept)
    assert [person.id for person in people(ledger, "gs")] == [kept.id]


def test_a_merge_taken_back_leaves_two_as_they_were(ledger, kept, gone):
    merge(ledger, gone, kept)
    part(ledger, gone)
    assert standing(ledger) == {}
    assert {kept, gone} <= set(people(ledger))


def test_two_who_are_one_already_are_not_merged_again(ledger, kept, gone):
    merge(ledger, gone, kept)
    for pair in ((gone, kept), (kept, gone), (kept, kept)):
        with pytest.raises(Problem, match="已经是同一个人"):
            merge(ledger, *pair)


def test_a_chain_ends_at_the_last_and_parting_takes_its_own_along(ledger, kept, gone):
    third = ledger.save(Person(name="张 伟"))
    merge(ledger, gone, kept)
    merge(ledger, gone, third)  # whoever stands for them is merged
    assert set(standing(ledger)) == {gone.id, kept.id}
    part(ledger, kept)
    assert standing(ledger) == {gone.id: kept.id}


def test_who_was_merged_into_somebody_deleted_stands_again(ledger, kept, gone):
    merge(ledger, gone, kept)
    ledger.remove(kept)
    assert standing(ledger) == {}
    assert standing_person(ledger, kept.id) is None
    part(ledger, gone)
    assert ledger.get(Person, gone.id).same_as is None


def test_parting_from_somebody_unknown_changes_nothing(ledger):
    part(ledger, Person(id="x.9"))
    assert standing(ledger) == {}


def test_a_pasted_list_knows_who_was_merged(ledger, kept, gone):
    gone = ledger.save(replace(gone, name="张玮"), gone)
    merge(ledger, gone, kept)
    before = len(people(ledger))
    assert take_in(ledger, read_people("张玮\t干事\n张伟").people, TRAINEE) == (0, 2, 0)
    assert len(people(ledger)) == before


# ---- marks count for the kept one ----------------------------------------------------------------


def test_marks_of_both_count_for_the_kept_one_and_a_session_once(ledger, kept, gone, meeting):
    other = ledger.save(a_session(starts=datetime(2026, 9, 1, 8)))
    mark_attendance(ledger, meeting, gone, "present")
    mark_attendance(ledger, meeting, kept, "leave", 45)
    late = mark_attendance(ledger, other, gone, "late")
    merge(ledger, gone, kept)
    (total,) = totals(ledger, 2026)
    assert total.person.id == kept.id
    assert total.total == Decimal("6.00")
    assert attendance_of(ledger, meeting)[kept.id].status == "present"
    assert turnouts(ledger) == {
        meeting.id: Turnout(marked=1, came=1),
        other.id: Turnout(marked=1, came=1),
    }
    assert [person.id for person in sheet(ledger, meeting)] == [kept.id]
    assert dict(attended(ledger, [kept.id, gone.id], [other, meeting]))[other] == late
    part(ledger, gone)
    assert sorted(str(total.total) for total in totals(ledger, 2026)) == ["2.00", "6.00"]


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("absent", "leave", "leave"),
        ("late", "present", "present"),
        ("present", "absent", "present"),
        ("excused", "absent", "absent"),  # of a newer program
    ],
)
def test_the_better_mark_counts_whoever_was_kept(ledger, kept, gone, meeting, one, other, counts):
    for person, status in ((gone, one), (kept, other)):
        ledger.save(Attendance(session=meeting.id, person=person.id, status="late"))
        ledger.rows(
            "UPDATE attendance SET status = ? WHERE person = ? RETURNING 1", (status, person.id)
        )
    merge(ledger, gone, kept)
    assert attendance_of(ledger, meeting)[kept.id].status == counts


def test_what_is_said_of_the_kept_one_is_said_of_both(ledger, kept, gone, meeting):
    mark_attendance(ledger, meeting, gone, "present")
    merge(ledger, gone, kept)
    mark_attendance(ledger, meeting, kept, "absent")
    assert attendance_of(ledger, meeting)[kept.id].status == "absent"
    mark_attendance(ledger, meeting, kept, "")
    assert attendance_of(ledger, meeting) == {}


def test_a_mark_of_the_merged_one_alone_can_be_taken_back(ledger, kept, gone, meeting):
    mark_attendance(ledger, meeting, gone, "present")
    merge(ledger, gone, kept)
    mark_attendance(ledger, meeting, kept, "")
    assert turnouts(ledger) == {}


# ---- who may be the same -------------------------------------------------------------------------


def test_likely_pairs_are_alike_by_name_of_one_department_first(ledger, kept, gone):
    same = ledger.save(Person(name="张 伟", department="教务处"))
    pairs = likely_pairs(ledger)
    assert {pairs[0]} == {(kept, same)}
    assert len(pairs) == 3


def test_two_who_are_not_the_same_are_not_asked_about_again(ledger, kept, gone):
    saying = keep_apart(ledger, kept, gone)
    assert likely_pairs(ledger) == []
    ledger.remove(saying)
    assert likely_pairs(ledger) == [(kept, gone)]
    assert keep_apart(ledger, gone, kept).id == saying.id
    assert likely_pairs(ledger) == []
    assert len(ledger.all(Namesakes)) == 1


def test_merged_people_are_no_pair(ledger, kept, gone):
    merge(ledger, gone, kept)
    assert likely_pairs(ledger) == []


def test_who_has_left_is_not_in_service(ledger, kept, gone):
    ledger.save(replace(gone, state="left"), gone)
    assert names(in_service(ledger)) == ["李安全", "张伟"]


def test_a_form_offers_everybody_once_and_knows_who_was_merged(ledger, kept, gone):
    left = ledger.save(Person(name="王平安", state="left"))
    merge(ledger, gone, kept)
    offered = person_choices(ledger)
    assert list(offered.values()) == ["张伟", "李安全", "王平安"]  # a trainee first
    assert (offered[kept.id], offered[left.id]) == ("张伟", "王平安")
    assert called_people(ledger) == offered | {gone.id: "张伟"}


def test_somebody_is_found_by_what_they_are_called(ledger, kept, gone):
    assert person_called(ledger, "张　伟（干事）") == gone
    assert person_called(ledger, "张伟") == kept
    assert person_called(ledger, "没有此人") is None
