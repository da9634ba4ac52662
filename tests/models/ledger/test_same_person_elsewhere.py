"""People merged on several PCs, by schools and their office."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from models.ledger.conflicts import conflicts
from models.ledger.people import people
from models.ledger.same_person import keep_apart, merge, part, person_choices, standing
from models.records.person import Namesakes, Person
from tests.conftest import a_ledger, a_person
from tests.models.exchange.enrolling import enrol, hand_back, hand_over
from tests.models.ledger.conftest import MIDNIGHT, in_memory, meet


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


def test_a_merge_of_a_school_is_no_choice_of_the_office(office, ledger, kept, gone, tmp_path):
    enrol(office, ledger)
    merge(ledger, gone, kept)
    hand_over(ledger, office, tmp_path)
    assert list(person_choices(office).values()) == ["王局安"]
