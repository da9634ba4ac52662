"""What a lost PC wrote behind its end, and what others had made of it: a question, never lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.conflicts import conflicts, count_conflicts, decide
from models.ledger.history import moment
from models.ledger.lines import natural_id
from models.records.finding import Finding
from models.records.five_management import Checklist
from tests.conftest import SCHOOL_CODE, Clock
from tests.models.ledger.conftest import Writer, far, fold_of, in_memory, meet, single_lines


def lost_pc():
    """A PC that is lost after its first line, and another that worked on what it wrote since."""
    lost, other = Writer("lost"), Writer("other")
    made = lost.create("finding", far(1), place="一楼", description="甲")
    sheet = natural_id(SCHOOL_CODE, "checklist", ("t", "2026-11"))
    lost.update("checklist", sheet, far(2), period=[None, "2026-11", 0, "0.0"])
    lost.update("checklist", sheet, far(3), template=[None, "t", 0, "0.0"])
    other.update("finding", made, far(4), place=["一楼", "二楼", 0, made])
    other.create("finding_step", far(5), finding=made, kind="graded")
    answer = natural_id(SCHOOL_CODE, "checklist_answer", (sheet, "fm.hw.01"))
    other.update(
        "checklist_answer",
        answer,
        far(6),
        checklist=[None, sheet, 0, "0.0"],
        response=[None, "yes", 0, "0.0"],
    )
    return lost, other, made, sheet


@pytest.mark.parametrize("value", [0, 1])
def test_work_on_what_a_void_line_made_is_not_hidden_but_a_question(pcs, value):
    lost, other, made, sheet = lost_pc()
    for pc in pcs:
        pc.receive([other.segment(), lost.segment()])
        assert count_conflicts(pc) == 0
        pc.close_stream("lost", 1)
        assert pc.get(Finding, made) is None
        assert count_conflicts(pc) == 2
    found = {conflict.record: conflict for conflict in conflicts(pcs[0])}
    assert set(found) == {made, sheet}
    assert {conflict.kind for conflict in found.values()} == {"deleted"}
    standing = found[made].standing
    assert (standing.op, standing.value, standing.shown) == (made, 1, "已删除")
    assert (standing.who, standing.device, standing.when) == ("陌生人", "stick", moment(far(1)))
    assert [side.shown for side in found[made].others] == ["部位：二楼", "新增办理步骤 定级"]
    assert found[sheet].standing.op == "0.0"
    assert found[sheet].standing.when == moment(far(2))
    for conflict in found.values():
        decide(pcs[0], conflict, value)
    meet(*pcs)
    for pc in pcs:
        assert count_conflicts(pc) == 0
        assert (pc.get(Finding, made) is None) == bool(value)
        assert (pc.get(Checklist, sheet) is None) == bool(value)
        assert fold_of(pc) == fold_of(pcs[0])
    # Whoever works on without having heard the decision asks anew, or is simply there.
    other.update("finding", made, far(90), note=[None, "又", 0, made])
    pcs[1].receive([other.segment()])
    assert count_conflicts(pcs[1]) == value


def test_what_a_void_line_made_and_nobody_touched_asks_nothing(ledger):
    lost, _other, made, _sheet = lost_pc()
    lost.update("finding", made, far(9), place=["一楼", "三楼", 0, made])
    lost.create("finding_step", far(10), finding=made, kind="graded")
    ledger.close_stream("lost", 1)
    ledger.receive([lost.segment()])
    assert (count_conflicts(ledger), conflicts(ledger)) == (0, [])


def test_a_sheet_that_somebody_else_filled_as_well_asks_nothing(ledger):
    lost, other, _made, sheet = lost_pc()
    other.update("checklist", sheet, far(1), filled_by=[None, "甲", 0, "0.0"])
    ledger.close_stream("lost", 1)
    ledger.receive([other.segment(), lost.segment()])
    assert [conflict.table for conflict in conflicts(ledger)] == ["finding"]
    assert ledger.get(Checklist, sheet).filled_by == "甲"


@given(st.randoms(use_true_random=False), st.integers(0, 14), st.sampled_from((0, 1)))
def test_these_questions_do_not_depend_on_the_order_either(mix, close_at, value):
    lost, other, made, _sheet = lost_pc()
    judge = Writer("judge")
    seen = {"k": {"lost": len(lost.texts), "other": 2}}
    version = {"_deleted": [1, value, 0, made, [made]]}
    judge.write({"o": "u", "e": "finding", "i": made, "v": version, **seen}, far(50))
    parts = [part.segment() for part in (lost, other, judge)]
    pieces = single_lines(parts)
    mix.shuffle(pieces)
    one, two = in_memory(Clock(), "pc"), in_memory(Clock(), "pc")
    one.close_stream("lost", 1)
    one.receive(parts)
    for at, piece in enumerate([*pieces, None]):
        if at == min(close_at, len(pieces)):
            two.close_stream("lost", 1)
        if piece:
            two.receive([piece])
    assert fold_of(one) == fold_of(two)
    # The step was not seen by the judge.
    assert count_conflicts(one) == count_conflicts(two) == 1 + value
    asked = [[replace(c, seen=()) for c in conflicts(pc)] for pc in (one, two)]
    assert asked[0] == asked[1]
    one.close()
    two.close()
