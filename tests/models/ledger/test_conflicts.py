"""What a person must decide, and that a decision ends it wherever it arrives."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger import findings
from models.ledger.conflicts import conflicts, count_conflicts, decide, lost_values
from models.ledger.lines import natural_id
from models.records.finding import Finding, Photo
from models.records.five_management import Checklist, ChecklistAnswer
from models.records.person import Person
from models.records.training import Attendance, TrainingSession
from tests.conftest import SCHOOL_CODE, Clock, a_finding, a_step
from tests.models.ledger.conftest import (
    Writer,
    far,
    fold_of,
    give,
    in_memory,
    meet,
    segments_of,
    single_lines,
)
from tests.models.ledger.test_schedule import a_drill

DAYS = 86_400


@pytest.fixture
def finding(pcs):
    return pcs[0].finding


def test_two_values_of_one_field_are_a_question_for_a_person(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼", note="新"))
    meet(*pcs)
    assert [count_conflicts(pc) for pc in pcs] == [1, 1, 1]
    (found,) = conflicts(three)
    assert (found.table, found.record, found.unit) == ("finding", finding.id, SCHOOL_CODE)
    assert found.title == "隐患 2026-0012 三楼东侧灭火器压力不足"
    assert (found.field, found.label, found.kind) == ("place", "部位", "field")
    assert (found.standing.shown, found.standing.who) == ("五楼", "某two")
    assert found.standing.old_shown == "教学楼三楼"
    (other,) = found.others
    assert (other.value, other.who, other.device) == ("四楼", "某one", one.setting("device"))
    assert not other.doubtful
    assert conflicts(three, "another unit") == []
    assert conflicts(three, SCHOOL_CODE, most=0) == []
    assert conflicts(three, SCHOOL_CODE) == [found]


@pytest.mark.parametrize("value", ["四楼", "五楼", "六楼", None])
def test_a_decision_ends_the_question_everywhere(pcs, finding, value):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼"))
    meet(*pcs)
    decide(three, conflicts(three)[0], value)
    meet(*pcs)
    for pc in pcs:
        assert count_conflicts(pc) == 0
        assert pc.get(Finding, finding.id).place == value
        assert fold_of(pc) == fold_of(one)
    kept = {(lost.label, lost.side.shown) for lost in lost_values(one, "finding", finding.id)}
    assert kept == {("部位", "四楼")} - {("部位", value)}


def test_decisions_that_did_not_know_each_other_are_a_new_question(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼"))
    meet(*pcs)
    decide(one, conflicts(one)[0], "四楼")
    decide(two, conflicts(two)[0], "五楼")
    meet(*pcs)
    (found,) = conflicts(three)
    assert (found.standing.value, [side.value for side in found.others]) == ("五楼", ["四楼"])
    decide(three, found, "五楼")
    meet(*pcs)
    assert [count_conflicts(pc) for pc in pcs] == [0, 0, 0]


def test_a_decision_answers_only_what_was_shown(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼"))
    for giver in (one, two):
        give(giver, three)
    (shown,) = conflicts(three)
    late = in_memory(Clock(), "late")
    give(pcs[0], late)
    two.save(replace(two.get(Finding, finding.id), place="六楼"))
    give(two, three)
    decide(three, shown, "四楼")
    (found,) = conflicts(three)
    assert {found.standing.value, *(side.value for side in found.others)} == {"四楼", "六楼"}
    late.close()


def test_equal_values_are_no_question_and_a_decision_answers_them_too(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="五楼"))
    two.save(replace(finding, place="五楼"))
    meet(*pcs)
    assert len(three.rows("SELECT * FROM conflict WHERE field = 'place'")) == 1
    assert (count_conflicts(three), conflicts(three)) == (0, [])


def test_of_three_sides_those_that_agree_are_shown_once(pcs, finding):
    for pc, value in zip(pcs, ("五楼", "四楼", "五楼"), strict=True):
        pc.save(replace(finding, place=value))
    meet(*pcs)
    (found,) = conflicts(pcs[0])
    assert [side.value for side in found.others] == ["四楼"]
    decide(pcs[0], found, "六楼")
    meet(*pcs)
    left = [pc.rows("SELECT * FROM conflict WHERE field = 'place'") for pc in pcs]
    assert left == [[], [], []]


def test_a_clock_that_cannot_be_right_is_told(ledger):
    finding = ledger.save(a_finding())
    ((t,),) = ledger.rows("SELECT c_t FROM finding")
    behind, ahead = Writer("behind"), Writer("ahead")
    behind.update("finding", finding.id, t - 9, place=["教学楼三楼", "一", 1, finding.id])
    ahead.update("finding", finding.id, t + far(0), place=["教学楼三楼", "二", 0, finding.id])
    ledger.save(replace(finding, place="三"))
    ledger.receive([behind.segment(), ahead.segment()])
    (found,) = conflicts(ledger)
    sides = {side.value: side.doubtful for side in (found.standing, *found.others)}
    assert sides == {"一": True, "二": True, "三": False}


@pytest.mark.parametrize(
    ("times", "doubtful"),
    [
        ((0, 1, 2), False),
        ((0, DAYS // 2, 0), False),
        ((2 * DAYS, 3 * DAYS, 1), True),  # set back just before
        ((0, 1, 2, -2 * DAYS), True),  # set back just after
        ((-9 * 365 * DAYS, -9 * 365 * DAYS + 1, -9 * 365 * DAYS + 2), True),
    ],
)
def test_a_clock_that_was_set_back_or_is_older_than_the_program_is_told(ledger, times, doubtful):
    clerk = Writer("clerk")
    answer = natural_id(SCHOOL_CODE, "checklist_answer", ("a checklist", "x"))
    ledger.save(ChecklistAnswer(id=answer, checklist="a checklist", line="x", response="no"))
    texts = [clerk.create("person", far(t), name="甲") for t in times[:2]]
    clerk.update("checklist_answer", answer, far(times[2]), response=[None, "yes", 0, "0.0"])
    texts += [clerk.create("person", far(t), name="甲") for t in times[3:]]
    ledger.receive([clerk.segment()])
    (found,) = conflicts(ledger)
    sides = {side.value: side.doubtful for side in (found.standing, *found.others)}
    assert sides == {"yes": doubtful, "no": False}


def test_a_decision_between_versions_of_other_height_is_not_doubtful(ledger):
    finding = ledger.save(a_finding())
    ((t,),) = ledger.rows("SELECT c_t FROM finding")
    slow, judge, rival = Writer("slow"), Writer("judge"), Writer("rival")
    slow.update("finding", finding.id, t - 9, place=["教学楼三楼", "一", 1, finding.id])
    rival.update("finding", finding.id, t + 5, place=["教学楼三楼", "二", 0, finding.id])
    # The judge took what the rival wrote, and so stands above the slow clock.
    judge.update("finding", finding.id, t + 9, place=["二", "二", 1, "rival.2", ["slow.2"]])
    slow.update("finding", finding.id, t + 6, place=["一", "三", 1, "slow.2"])
    ledger.receive([writer.segment() for writer in (slow, rival, judge)])
    (found,) = conflicts(ledger)
    assert (found.standing.value, found.standing.doubtful) == ("二", False)


# ---- deleted, and written on -----------------------------------------------------------------


def test_what_was_written_without_knowing_of_the_delete_is_a_question(pcs, finding):
    one, two, three = pcs
    one.remove(finding)
    two.save(replace(finding, place="五楼"))
    findings.take_step(two, finding, a_step("graded"))
    two.save(Photo(finding=finding.id, stage="before", sha256="0" * 64, unit=SCHOOL_CODE))
    meet(*pcs)
    assert [count_conflicts(pc) for pc in pcs] == [1, 1, 1]
    (found,) = conflicts(three)
    assert (found.kind, found.field, found.label) == ("deleted", "_deleted", "记录")
    assert (found.standing.value, found.standing.shown) == (1, "已删除")
    shown = [side.shown for side in found.others]
    assert shown == ["部位：五楼", "新增办理步骤 定级", "新增照片 整改前"]
    assert {side.who for side in found.others} == {"某two"}


def test_a_photo_of_a_drill_belongs_to_the_drill_that_another_deleted(pcs):
    one, two, three = pcs
    drill = one.save(a_drill())
    meet(*pcs)
    one.remove(drill)
    two.save(Photo(drill=drill.id, stage="drill", sha256="0" * 64))
    meet(*pcs)
    (found,) = conflicts(three)
    assert [side.shown for side in found.others] == ["新增照片 演练"]


@pytest.mark.parametrize("value", [0, 1])
def test_it_is_restored_or_deleted_again_knowingly(pcs, finding, value):
    one, two, three = pcs
    one.remove(finding)
    two.save(replace(finding, place="五楼"))
    meet(*pcs)
    decide(three, conflicts(three)[0], value)
    meet(*pcs)
    for pc in pcs:
        assert (count_conflicts(pc), conflicts(pc)) == (0, [])
        found = pc.get(Finding, finding.id)
        assert (found is None) == bool(value)
        assert found is None or found.place == "五楼"


def test_a_step_that_is_changed_or_a_further_edit_asks_again(pcs, finding):
    one, two, three = pcs
    findings.take_step(two, finding, a_step("graded"))
    meet(*pcs)
    one.remove(finding)
    (step,) = findings.steps(two, finding)
    two.save(replace(step, opinion="改过"))
    meet(*pcs)
    (found,) = conflicts(three)
    assert [side.shown for side in found.others] == ["办理步骤 定级 说明：改过"]
    decide(three, found, 1)
    two.save(replace(finding, place="六楼"))
    meet(*pcs)
    assert [side.shown for side in conflicts(one)[0].others] == ["部位：六楼"]


def test_what_the_deleter_had_seen_is_no_question(pcs, finding):
    one, two, _three = pcs
    two.save(replace(finding, place="五楼"))
    findings.take_step(two, finding, a_step("graded"))
    meet(*pcs)
    one.remove(finding)
    meet(*pcs)
    assert [count_conflicts(pc) for pc in pcs] == [0, 0, 0]


def test_fields_of_a_deleted_record_are_no_question_until_it_is_restored(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼"))
    meet(*pcs)
    three.remove(finding)
    assert count_conflicts(three) == 0
    three.restore(finding)
    assert count_conflicts(three) == 1


def test_deleted_and_kept_at_once_is_one_question(pcs, finding):
    one, two, three = pcs
    one.remove(finding)
    meet(*pcs)
    two.restore(finding)
    three.restore(finding)
    three.remove(finding)
    meet(*pcs)
    (found,) = conflicts(one)
    assert found.kind == "deleted"
    assert {found.standing.value, *(side.value for side in found.others)} == {0, 1}
    decide(one, found, 0)
    meet(*pcs)
    assert [count_conflicts(pc) for pc in pcs] == [0, 0, 0]
    assert three.get(Finding, finding.id)


def test_answers_of_a_sheet_and_marks_of_a_session_belong_to_it(pcs):
    one, two, three = pcs
    sheet = one.save(Checklist(template="t", version="1", period="2026-11"))
    session = one.save(
        TrainingSession(
            topic="防溺水",
            module="development",
            form="lecture",
            hour_rule="m45",
            starts=datetime(2026, 11, 23, 8, 30),
            ends=datetime(2026, 11, 23, 10, 45),
        )
    )
    meet(*pcs)
    one.remove(sheet)
    one.remove(session)
    person = two.all(Person)[0]
    two.save(ChecklistAnswer(checklist=sheet.id, line="fm.hw.01", response="yes"))
    two.save(Attendance(session=session.id, person=person.id, status="present"))
    meet(*pcs)
    found = {conflict.table: conflict for conflict in conflicts(three)}
    assert set(found) == {"checklist", "training_session"}
    assert found["training_session"].title.startswith("培训活动 ")
    assert "自查项 fm.hw.01 答案：yes" in [side.shown for side in found["checklist"].others]
    marks = [side.shown for side in found["training_session"].others]
    assert f"考勤 {person.name} 考勤：出勤" in marks


@given(st.randoms(use_true_random=False), st.booleans())
def test_questions_do_not_depend_on_the_order_of_arrival(mix, deleted):
    clock = Clock()
    pcs = [in_memory(clock, name) for name in ("one", "two", "three")]
    finding = pcs[0].save(a_finding())
    meet(*pcs)
    pcs[0].save(replace(finding, place="四楼"))
    pcs[1].save(replace(finding, place="五楼", note="新"))
    findings.take_step(pcs[1], finding, a_step("graded"))
    if deleted:
        pcs[2].remove(finding)
    meet(*pcs)
    late = in_memory(clock, "late")
    pieces = single_lines(segments_of(pcs[0]))
    mix.shuffle(pieces)
    for piece in pieces:
        late.receive([piece])
    asked = [[replace(c, seen=()) for c in conflicts(pc)] for pc in (pcs[0], late)]
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1
    for pc in (*pcs, late):
        pc.close()
