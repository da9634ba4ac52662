"""The properties of the merge one by one, each as a story short enough to be read.

The machine proves them in all mixtures; here is what each of them means. `test_machine.py` lists
where each has its test.
"""

import random
from datetime import timedelta

import pytest

from models.ledger.conflicts import conflicts, decide
from models.ledger.segments import Parcel
from models.records.finding import Finding
from tests.models.ledger.conftest import fold_of, have, in_memory, lost_silently, single_lines
from tests.models.ledger.fleet.always import Fleet
from tests.models.ledger.fleet.world import PCS, SKEWS, UNITS


@pytest.fixture
def fleet():
    fleet = Fleet()
    yield fleet
    fleet.check()
    fleet.everybody_hears_everything()
    fleet.close()


@pytest.fixture
def busy(fleet):
    """A fleet in which much has happened, and not everybody has heard of it."""
    rnd = random.Random(1)
    for record in fleet.shared:
        fleet.quarrel(record, "note", rnd)
        fleet.stranger_answers(record, "place", rnd)
    fleet.strangers_talk(rnd)
    fleet.both_mark_attendance(rnd)
    fleet.written_on_after_delete("a1", "a2", rnd)
    return fleet


def notes(fleet, record):
    """What each PC that has the finding shows as its note."""
    return {fleet.read(who, record).note for who in PCS if fleet.holds(who, record)}


def quarrelled(fleet):
    """Two PCs of a school wrote different notes at the same moment, and everybody knows."""
    fleet.at_once(fleet.shared[0], "note", {"a1": "甲", "a2": "乙"})
    fleet.exchange()
    return fleet.shared[0], "note"


def asked(fleet, who):
    with fleet.at(who) as ledger:
        return {(question.record, question.field) for question in conflicts(ledger)}


def answer(fleet, who, place, value):
    """A person answers a question."""
    with fleet.at(who) as ledger:
        questions = {(question.record, question.field): question for question in conflicts(ledger)}
        decide(ledger, questions[place], value)


def test_who_holds_the_same_lines_shows_the_same(busy):
    busy.hand_over("o1", "o2")
    busy.hand_over("o2", "o1")
    assert busy.holding("o1") == busy.holding("o2")
    assert fold_of(busy.pcs["o1"].ledger) == fold_of(busy.pcs["o2"].ledger)


def test_after_a_full_exchange_all_that_may_know_the_same_are_equal(busy):
    busy.exchange()
    for one, two in (("a1", "a2"), ("b1", "b2"), ("o1", "o2")):
        assert fold_of(busy.pcs[one].ledger) == fold_of(busy.pcs[two].ledger)


def test_single_lines_shuffled_and_twice_make_the_same(busy):
    """Also when many bundles are folded together, and when each comes alone."""
    pieces = single_lines(busy.parcels("o1", UNITS.values()))
    folds = []
    for number, at_once in enumerate((1, 7, len(pieces))):
        late = in_memory(lambda: busy.world, "late")
        shuffled = random.Random(number).sample(pieces * 2, len(pieces) * 2)
        for at in range(0, len(shuffled), at_once):
            late.receive_many([Parcel([piece]) for piece in shuffled[at : at + at_once]])
        folds.append({name: rows for name, rows in fold_of(late).items() if name != "sup"})
        late.close()
    assert folds[0] == folds[1] == folds[2]
    assert folds[0]["finding"] == fold_of(busy.pcs["o1"].ledger)["finding"]


def test_the_same_lines_again_change_nothing(busy):
    before = fold_of(busy.pcs["o1"].ledger)
    outcome = busy.receive("o1", busy.parcels("o1", UNITS.values()))
    assert outcome.counts.keys() <= {"had", "waiting"}
    assert fold_of(busy.pcs["o1"].ledger) == before


@pytest.mark.parametrize("mine", SKEWS, ids=str)
@pytest.mark.parametrize("others", SKEWS, ids=str)
def test_an_edit_stands_at_once_and_wherever_it_is_heard_whatever_clocks_say(fleet, mine, others):
    record = fleet.shared[0]
    fleet.set_clock("a1", mine)
    fleet.set_clock("a2", others)
    for turn in range(3):
        for who in ("a1", "a2"):
            said = f"{who}{turn}"
            fleet.edit(who, record, "note", said)
            fleet.exchange()
            assert notes(fleet, record) == {said}
    assert (record, "note") not in asked(fleet, "a1")


def test_equal_clocks_choose_alike_everywhere(fleet):
    record, name = quarrelled(fleet)
    assert len(notes(fleet, record)) == 1
    for who in ("a1", "a2", "o1", "o2"):
        assert (record, name) in asked(fleet, who)


def test_no_version_is_lost_silently(busy):
    busy.exchange()
    for pc in busy.pcs.values():
        assert lost_silently(pc.ledger) == []


def test_a_decision_empties_the_question_everywhere(fleet):
    place = quarrelled(fleet)
    answer(fleet, "o1", place, "乙")
    fleet.exchange()
    for who in ("a1", "a2", "o1", "o2"):
        assert place not in asked(fleet, who)


@pytest.mark.parametrize("kind", range(6))
def test_what_nobody_may_say_is_refused_and_makes_no_row(fleet, kind):
    """Another school's records and sheets, another type, what only a school writes."""
    fleet.exchange()
    before = fold_of(fleet.pcs["o1"].ledger)
    fleet.out_of_scope(kind)
    for school in "abo":
        fleet.hear_stranger("o1", school)
    after = fold_of(fleet.pcs["o1"].ledger)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"refused"}
    assert len(after["refused"]) == len(before["refused"]) + 1


@pytest.mark.parametrize("more", [-1, 1, 10**9])
@pytest.mark.parametrize("merging", [False, True])
def test_an_n_that_is_not_exact_is_refused_by_all(fleet, more, merging):
    fleet.edit("a1", fleet.shared[0], "note", "甲")
    fleet.exchange()
    ledger = fleet.pcs["o1"].ledger
    ((n, t, base),) = ledger.rows(
        "SELECT n, t, log_id || '.' || seq FROM cell WHERE id = ? AND field = 'note'",
        (fleet.shared[0],),
    )
    version = ["甲", "偷改", n + 1 + more, base, *([[fleet.shared[0]]] * merging)]
    fleet.strangers["a"].update("finding", fleet.shared[0], t, note=version)
    for who in ("a1", "o1"):
        assert fleet.hear_stranger(who, "a").counts["refused"] == 1
    fleet.exchange()
    assert notes(fleet, fleet.shared[0]) == {"甲"}


@pytest.mark.parametrize("longer", [False, True])
def test_a_changed_segment_never_advances_a_stream(fleet, longer):
    for pick in range(12):
        fleet.deliver_forged("o1", pick, longer)


def test_a_gap_is_held_and_at_the_end_nothing_is(fleet):
    for _ in range(3):
        fleet.create("a1")
    gap = fleet.lacking("a1", "o1")
    (last,) = single_lines(gap)[-1:]
    assert fleet.receive("o1", [last]).counts["held"] == 1
    assert have(fleet.pcs["o1"].ledger)[last.log_id] < last.first - 1
    fleet.exchange()
    for pc in fleet.pcs.values():
        assert pc.ledger.rows("SELECT * FROM held") == []
        assert pc.ledger.rows("SELECT * FROM pend") == []


def test_what_a_newer_program_says_is_kept_and_passed_on(fleet):
    for kind in range(4):
        fleet.newer_program(kind)
    fleet.hear_stranger("o1", "a")
    fleet.exchange()
    rows = fleet.pcs["a2"].ledger.rows("SELECT extra FROM finding WHERE extra IS NOT NULL")
    assert len(rows) == 2
    assert all('"mood"' in extra and '"weather"' in extra for (extra,) in rows)


def test_deleted_and_written_on_is_asked_everywhere_and_decided_once(fleet):
    record = fleet.shared[0]
    fleet.delete_or_restore("a1", record, False)
    fleet.edit("a2", record, "note", "还在用")
    fleet.exchange()
    for who in ("a1", "a2", "o1", "o2"):
        assert (record, "_deleted") in asked(fleet, who)
        assert fleet.pcs[who].ledger.get(Finding, record) is None
    answer(fleet, "a1", (record, "_deleted"), 1)
    fleet.exchange()
    assert not any((record, "_deleted") in asked(fleet, who) for who in PCS)


def test_a_fleet_of_old_and_new_programs_ends_alike_once_all_are_new(fleet):
    fleet.make_old("a2")
    fleet.edit("a1", fleet.shared[0], "note", "新栏目")
    fleet.attend("a1", "late")
    fleet.hand_over("a1", "a2")
    fleet.edit("a2", fleet.shared[0], "place", "旧程序改的")
    fleet.hand_over("a2", "a1")
    assert fleet.read("a2", fleet.shared[0]).note is None
    fleet.update_program("a2")
    assert fleet.read("a2", fleet.shared[0]).note == "新栏目"
    assert fold_of(fleet.pcs["a1"].ledger) == fold_of(fleet.pcs["a2"].ledger)


@pytest.mark.parametrize("first", ["lines", "end"])
def test_lines_beyond_the_end_of_a_stream_count_nowhere_whichever_is_heard_first(fleet, first):
    record = fleet.shared[0]
    fleet.edit("a1", record, "note", "丢失以后写的")
    with fleet.at("a1") as ledger:
        log_id = ledger.setting(f"stream:{UNITS['a']}")
        end = have(ledger)[log_id] - 1
    fleet.closed.append((UNITS["a"], log_id, end))
    if first == "end":
        fleet.hear_closed("o1")
    fleet.hand_over("a1", "o1")
    if first == "lines":
        fleet.hear_closed("o1")
    assert fleet.read("o1", record).note is None
    assert "丢失以后写的" in {row[7] for row in fold_of(fleet.pcs["o1"].ledger)["hist"]}
    fleet.exchange()
    assert notes(fleet, record) == {None}


def test_an_old_copy_put_back_loses_nothing(fleet):
    for number in range(5):
        fleet.live_twice("a1", random.Random(number))


@pytest.mark.parametrize("old", [None, "a2"])
def test_an_old_copy_of_an_office_put_back_twice_loses_nothing(fleet, old):
    """Its schools answer what it writes upon the copy; they had heard what stood there before."""
    if old:
        fleet.make_old(old)
    fleet.live_twice("o1", random.Random(1))
    fleet.put_back("o1")
    fleet.live_twice("a1", random.Random(2))
    fleet.taken_away_and_brought_back("o1", "a2")


@pytest.mark.parametrize("who", ["a1", "o1"])
@pytest.mark.parametrize("anew", ["a1", "a2", "o1", "o2"])
def test_a_pc_set_up_anew_beside_an_old_copy_gets_the_branch_that_counts(fleet, who, anew):
    record = fleet.shared[who == "o1"]
    fleet.copy(who)
    for value in "甲乙":
        fleet.edit(who, record, "note", value)
    fleet.put_back(who)
    fleet.edit(who, record, "note", "丙")
    fleet.reimage(anew, random.Random(0))
    assert "乙" in {row[7] for row in fold_of(fleet.pcs[anew].ledger)["hist"]}


def test_a_pc_set_up_anew_gets_all_that_others_have_of_it(fleet):
    fleet.create("a1")
    fleet.exchange()
    before = fold_of(fleet.pcs["a1"].ledger)["finding"]
    fleet.reimage("a1", random.Random(0))
    assert fold_of(fleet.pcs["a1"].ledger)["finding"] == before


def test_a_clock_thirty_years_ahead_wins_nothing_once_it_is_right_again(fleet):
    record = fleet.shared[0]
    fleet.set_clock("a1", timedelta(days=30 * 365))
    fleet.edit("a1", record, "note", "未来")
    fleet.exchange()
    fleet.set_clock("a1", timedelta(0))
    for who in ("a2", "a1"):
        fleet.edit(who, record, "note", who)
        fleet.exchange()
        assert notes(fleet, record) == {who}
