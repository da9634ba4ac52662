"""A closed stream: what it wrote beyond its end is void, whenever the end is heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.lines import natural_id
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from tests.conftest import SCHOOL_CODE, Clock, a_finding
from tests.models.ledger.conftest import (
    Writer,
    far,
    fold_of,
    in_memory,
    lost_silently,
    single_lines,
)

NATURAL = natural_id(SCHOOL_CODE, "checklist_answer", ("a checklist", "x"))


def story() -> tuple[Writer, Writer, str]:
    """A PC that is lost after its fifth line, another of the same school, and their finding."""
    lost, other = Writer("lost"), Writer("other")
    good = lost.create("finding", far(0), place="一楼", description="甲")
    lost.update("finding", good, far(1), place=["一楼", "二楼", 0, good])  # 3
    lost.create("person", far(2), name="甲")
    lost.update("finding", good, far(3), note=[None, "旧", 0, good])  # 5
    # From here on whoever found the PC writes.
    lost.update("finding", good, far(90), place=["二楼", "偷改", 0, "lost.3"])
    lost.update("finding", good, far(91), note=["旧", "偷改", 0, "lost.5"])
    lost.update("finding", good, far(92), _deleted=[0, 1, 0, good])
    made = lost.create("finding", far(93), place="假", description="假")  # 9
    lost.update("checklist_answer", NATURAL, far(94), response=[None, "yes", 0, "0.0"])
    # Somebody built upon it before it was known, and somebody did not.
    other.update("finding", good, far(95), place=["偷改", "三楼", 0, "lost.6"])
    other.update("finding", made, far(96), place=["假", "真", 0, made])
    other.update("finding", good, far(10), note=["旧", "新", 0, "lost.5"])
    return lost, other, good


def folded(pieces, close_at, ends=(5,)):
    ledger = in_memory(Clock(), "pc")
    for at, piece in enumerate([*pieces, None]):
        if at == close_at:
            for end in ends:
                ledger.close_stream("lost", end)
        if piece:
            ledger.receive([piece])
    return ledger


@given(st.randoms(use_true_random=False), st.integers(0, 13), st.permutations([5, 7, 20]))
def test_the_end_of_a_stream_may_be_heard_before_between_or_after_its_lines(mix, close_at, ends):
    lost, other, _good = story()
    pieces = single_lines([lost.segment(), other.segment()])
    wanted = folded(pieces, len(pieces))
    mix.shuffle(pieces)
    ledger = folded(pieces, close_at, ends)
    assert fold_of(ledger) == fold_of(wanted)
    assert lost_silently(ledger) == []
    ledger.rebuild()
    assert fold_of(ledger) == fold_of(wanted)
    ledger.close()
    wanted.close()


def test_what_is_void_stands_nowhere_and_hides_nothing(clock):
    lost, other, good = story()
    ledger = folded(single_lines([lost.segment()]), 0)
    finding = ledger.get(Finding, good)
    assert (finding.place, finding.note) == ("二楼", "旧")
    assert len(ledger.all(Finding)) == 1
    assert ledger.all(ChecklistAnswer) == []
    assert ledger.rows("SELECT * FROM conflict") == []
    assert ledger.rows("SELECT count(*) FROM op JOIN log USING(log_no) WHERE log_id = 'lost'") == [
        (10,)
    ]
    ledger.receive([other.segment()])
    assert ledger.get(Finding, good).place == "三楼"
    # The author of 三楼 saw only the void value, so the good one before it is for a person.
    assert ledger.rows("SELECT field, log_id, seq FROM conflict") == [("place", "lost", 3)]
    ledger.close()


def test_void_lines_are_counted(ledger):
    lost, _other, _good = story()
    ledger.close_stream("lost", 5)
    assert ledger.receive([lost.segment()]).counts["void"] == 5
    assert ledger.receive([lost.segment()]).counts["void"] == 0


def test_what_a_void_line_created_can_be_restored(ledger):
    lost, other, _good = story()
    ledger.close_stream("lost", 5)
    ledger.receive([lost.segment(), other.segment()])
    ledger.restore(Finding(id="lost.9", unit=SCHOOL_CODE))
    assert ledger.get(Finding, "lost.9").place == "真"


def test_a_natural_record_stands_when_a_line_that_is_not_void_names_it(ledger):
    lost, other, _good = story()
    ledger.close_stream("lost", 5)
    ledger.receive([lost.segment()])
    assert ledger.all(ChecklistAnswer) == []
    other.update("checklist_answer", NATURAL, far(1), note=[None, "好", 0, "0.0"])
    ledger.receive([other.segment()])
    (answer,) = ledger.all(ChecklistAnswer)
    assert (answer.response, answer.note) == (None, "好")


@pytest.mark.parametrize("deleted_first", [False, True])
def test_a_natural_record_that_somebody_deleted_stays_deleted(ledger, deleted_first):
    lost, other, _good = story()
    ledger.close_stream("lost", 5)
    other.update("checklist_answer", NATURAL, far(1), _deleted=[0, 1, 0, "0.0"])
    other.update("checklist_answer", NATURAL, far(2), note=[None, "好", 0, "0.0"])
    parts = [other.segment(), lost.segment()]
    for part in parts if deleted_first else reversed(parts):
        ledger.receive([part])
    assert ledger.all(ChecklistAnswer) == []


def test_only_an_earlier_end_makes_the_tables_anew(ledger, monkeypatch):
    lost, _other, _good = story()
    ledger.receive([lost.segment()])
    built = []
    monkeypatch.setattr(ledger, "rebuild", lambda: built.append(1))
    for last in (10, 7, 7, 8, 5):
        ledger.close_stream("lost", last)
    assert built == [1, 1]
    assert ledger.rows("SELECT closed FROM log WHERE log_id = 'lost'") == [(5,)]


def test_whoever_writes_on_after_the_end_opens_a_new_stream(ledger):
    saved = ledger.save(a_finding())
    log_id = saved.id.split(".")[0]
    ((seq,),) = ledger.rows("SELECT seq FROM log WHERE log_id = ?", (log_id,))
    ledger.close_stream(log_id, seq)
    again = ledger.save(a_finding())
    assert again.id.split(".")[0] != log_id
    assert len(ledger.all(Finding)) == 2


def test_a_closed_stream_whose_beginning_is_late_is_held_for_its_unit(ledger):
    lost, _other, good = story()
    ledger.close_stream("lost", 5)
    ledger.receive([lost.segment(3)])
    assert ledger.rows("SELECT unit FROM log WHERE log_id = 'lost'") == [(SCHOOL_CODE,)]
    ledger.receive([lost.segment(1, 2)])
    assert ledger.get(Finding, good).place == "二楼"
