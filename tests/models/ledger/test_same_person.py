from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ledger.conflicts import conflicts
from models.ledger.merge_preview import preview
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
from models.records.person import Namesakes, Person, standing_of, told_apart
from models.records.programme import Programme, Trainee
from models.records.training import Attendance
from tests.conftest import TODAY, a_finding, a_ledger, a_person
from tests.models.exchange.enrolling import enrol, hand_back, hand_over
from tests.models.ledger.conftest import MIDNIGHT, give, in_memory
from tests.models.ledger.test_training import a_session, a_trainee

TRAINEE = frozenset({"trainee"})


@pytest.fixture
def kept(ledger):
    return ledger.save(Person(name="张伟", department="教务处", state="active"))


@pytest.fixture
def gone(ledger):
    return ledger.save(a_trainee("张　伟", post="干事"))


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


def test_the_kept_one_is_bound_by_the_quota_of_the_other_unless_they_have_their_own(
    ledger, kept, gone
):
    bound = ledger.save(replace(gone, quota="head_five", quota_from=2024), gone)
    merge(ledger, bound, kept)
    (one,) = roster(ledger)
    assert (one.id, one.quota, one.quota_from) == (kept.id, "head_five", 2024)
    ledger.save(replace(kept, quota="cadre_year"), kept)
    (one,) = roster(ledger)
    assert (one.quota, one.quota_from) == ("cadre_year", None)


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
    assert dict(attended(ledger, total.person, [other, meeting]))[other] == late
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


# ---- before it is done ---------------------------------------------------------------------------


def test_the_preview_says_what_each_has_and_what_counts_once(ledger, kept, gone, meeting):
    programme = ledger.save(Programme(name="优秀年轻干部培训班", begins=TODAY, ends=TODAY))
    for person in (kept, gone):
        ledger.save(Trainee(programme=programme.id, person=person.id))
    other = ledger.save(a_session(starts=datetime(2026, 9, 1, 8)))
    mark_attendance(ledger, meeting, gone, "present")
    mark_attendance(ledger, meeting, kept, "present")
    mark_attendance(ledger, other, gone, "present")
    ledger.save(a_finding(finder="张伟", responsible="张伟"))
    found = preview(ledger, gone, kept)
    assert found.gone.linked == {"考勤": 2, "班次学员": 1}
    assert found.kept.linked == {"考勤": 1, "班次学员": 1}
    assert found.together.linked == {"考勤": 2, "班次学员": 1}
    assert found.twice == {"考勤": 1, "班次学员": 1}
    assert found.kept.written == {"隐患": 2}
    assert found.gone.written == {}
    assert [found.gone.hours, found.kept.hours, found.together.hours] == [6, 3, 6]
    merge(ledger, gone, kept)
    assert preview(ledger, gone, kept).kept == found.together.__class__(
        found.together.linked, {"隐患": 2}, found.together.hours
    )


def test_a_mark_without_a_status_gives_no_hours(ledger, kept, gone, meeting, stranger):
    stranger.create("attendance", session=meeting.id, person=gone.id)
    ledger.receive([stranger.segment()])
    assert preview(ledger, gone, kept).together.hours == 0


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


def test_namesakes_are_told_apart_by_department_and_post_then_by_a_number():
    given = [
        Person(id="a", name="张伟", department="教务处"),
        Person(id="b", name="张伟", department="德育处", post="主任"),
        Person(id="c", name="张伟"),
        Person(id="d", name="张伟"),
        Person(id="e", name="王平安", department="教务处"),
    ]
    assert list(told_apart(given).values()) == [
        "张伟（教务处）",
        "张伟（德育处，主任）",
        "张伟",
        "张伟（第 2 个）",
        "王平安",
    ]


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


def test_a_merge_of_a_school_is_no_choice_of_the_office(office, ledger, kept, gone, tmp_path):
    enrol(office, ledger)
    merge(ledger, gone, kept)
    hand_over(ledger, office, tmp_path)
    assert list(person_choices(office).values()) == ["王局安"]


def test_two_merges_of_one_person_at_once_are_a_question_with_names(ledger, second, kept, gone):
    other = ledger.save(Person(name="张伟", department="德育处"))
    meet(ledger, second)
    merge(ledger, gone, kept)
    merge(second, gone, other)
    meet(ledger, second)
    (question,) = conflicts(ledger)
    shown = {question.standing.shown, *(side.shown for side in question.others)}
    assert shown == {"人员 张伟 教务处", "人员 张伟 德育处"}
    assert standing(ledger) == standing(second)


def test_somebody_is_found_by_what_they_are_called(ledger, kept, gone):
    assert person_called(ledger, "张　伟（干事）") == gone
    assert person_called(ledger, "张伟") == kept
    assert person_called(ledger, "没有此人") is None


# ---- on several PCs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({}, {}),
        ({"a": "a"}, {}),
        ({"a": "b"}, {"a": "b"}),
        ({"a": "b", "b": "a"}, {"b": "a"}),
        ({"a": "b", "b": "c"}, {"a": "c", "b": "c"}),
        ({"d": "c", "c": "b", "b": "c"}, {"d": "b", "c": "b"}),
    ],
)
def test_chains_and_rings_have_one_end(links, found):
    for turn in permutations(links.items()):
        assert standing_of(dict(turn)) == found


def test_a_long_chain_is_walked_once():
    links = {f"{n:05}": f"{n + 1:05}" for n in range(20_000)}
    assert set(standing_of(links).values()) == {"20000"}


@settings(max_examples=40, deadline=None)
@given(
    deeds=st.lists(
        st.tuples(
            st.sampled_from(["merge", "part", "meet"]),
            st.integers(0, 1),
            st.integers(0, 3),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_two_pcs_that_merge_offline_agree_who_stands(deeds):
    """Whatever each does, once both heard everything they say the same, and nobody is lost."""
    clock = iter(range(10_000))

    def now():
        return datetime.fromtimestamp(MIDNIGHT.timestamp() + next(clock), MIDNIGHT.tzinfo)

    pcs = [in_memory(now, "a"), in_memory(now, "b")]
    entered = [pcs[0].save(Person(name=f"张伟{n}")) for n in range(4)]
    meet(*pcs)
    for deed, at, one, other in deeds:
        if deed == "meet":
            meet(*pcs)
        elif deed == "part":
            part(pcs[at], entered[one])
        elif standing(pcs[at]).get(entered[one].id, entered[one].id) != standing(pcs[at]).get(
            entered[other].id, entered[other].id
        ):
            merge(pcs[at], entered[one], entered[other])
    meet(*pcs)
    stands = [standing(pc) for pc in pcs]
    assert stands[0] == stands[1]
    ends = {stands[0].get(person.id, person.id) for person in entered}
    assert ends <= {person.id for person in people(pcs[0])}
    assert not ends & stands[0].keys()
    for pc in pcs:
        before = standing(pc)
        pc.rebuild()
        assert standing(pc) == before
        pc.close()


def meet(one, other):
    give(one, other)
    give(other, one)


def test_opposite_merges_on_two_pcs_make_a_ring_that_can_be_taken_back(ledger, second, kept, gone):
    meet(ledger, second)
    merge(ledger, gone, kept)
    merge(second, kept, gone)
    meet(ledger, second)
    assert standing(ledger) == standing(second)
    ((lost, _end),) = standing(ledger).items()
    part(second, second.get(Person, lost))
    meet(ledger, second)
    assert standing(ledger) == standing(second) == {}


def test_a_merge_travels_in_a_bundle_and_so_does_taking_it_back(
    ledger, office, kept, gone, tmp_path, clock
):
    other = a_ledger(tmp_path / "二号机", clock=clock, person=a_person("赵𬱖"))
    enrol(office, ledger, other)
    keep_apart(ledger, kept, ledger.save(Person(name="张伟")))
    merge(ledger, gone, kept)
    hand_over(ledger, office, tmp_path / "1")
    hand_back(office, other, tmp_path / "2")
    assert standing(office) == standing(other) == {gone.id: kept.id}
    assert other.all(Namesakes) == ledger.all(Namesakes)
    part(other, other.get(Person, gone.id))
    hand_over(other, office, tmp_path / "3")
    hand_back(office, ledger, tmp_path / "4")
    assert standing(ledger) == {}
    other.close()
