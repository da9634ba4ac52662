"""What a person must decide, and that a decision ends it wherever it arrives."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger import findings
from models.ledger.conflicts import conflicts, count_conflicts, decide, lost_values
from models.ledger.history import moment
from models.ledger.lines import natural_id
from models.ledger.titles import PARENTS, title_of
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link
from models.records.finding import Finding, Photo
from models.records.five_management import Checklist, ChecklistAnswer
from models.records.person import Person
from models.records.record import fields_of
from models.records.training import Attendance, TrainingSession
from tests.conftest import SCHOOL_CODE, Clock, a_finding, a_step
from tests.models.ledger.conftest import (
    Writer,
    far,
    fold_of,
    give,
    in_memory,
    segments_of,
    single_lines,
)
from tests.models.ledger.test_schedule import a_drill

DAYS = 86_400


@pytest.fixture
def pcs(clock):
    """Three PCs of a school that all have the same finding."""
    made = [in_memory(clock, name, user=f"某{name}") for name in ("one", "two", "three")]
    made[0].finding = made[0].save(a_finding(number="2026-0012", note="旧"))
    meet(made)
    yield made
    for ledger in made:
        ledger.close()


def meet(ledgers):
    for _again in range(2):
        for giver in ledgers:
            for taker in ledgers:
                if giver is not taker:
                    give(giver, taker)


@pytest.fixture
def finding(pcs):
    return pcs[0].finding


def test_two_values_of_one_field_are_a_question_for_a_person(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼", note="新"))
    meet(pcs)
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
    meet(pcs)
    decide(three, conflicts(three)[0], value)
    meet(pcs)
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
    meet(pcs)
    decide(one, conflicts(one)[0], "四楼")
    decide(two, conflicts(two)[0], "五楼")
    meet(pcs)
    (found,) = conflicts(three)
    assert (found.standing.value, [side.value for side in found.others]) == ("五楼", ["四楼"])
    decide(three, found, "五楼")
    meet(pcs)
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
    meet(pcs)
    assert len(three.rows("SELECT * FROM conflict WHERE field = 'place'")) == 1
    assert (count_conflicts(three), conflicts(three)) == (0, [])


def test_of_three_sides_those_that_agree_are_shown_once(pcs, finding):
    for pc, value in zip(pcs, ("五楼", "四楼", "五楼"), strict=True):
        pc.save(replace(finding, place=value))
    meet(pcs)
    (found,) = conflicts(pcs[0])
    assert [side.value for side in found.others] == ["四楼"]
    decide(pcs[0], found, "六楼")
    meet(pcs)
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
    meet(pcs)
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
    meet(pcs)
    one.remove(drill)
    two.save(Photo(drill=drill.id, stage="drill", sha256="0" * 64))
    meet(pcs)
    (found,) = conflicts(three)
    assert [side.shown for side in found.others] == ["新增照片 演练"]


@pytest.mark.parametrize(("table", "links"), PARENTS.items())
def test_whatever_belongs_to_another_record_is_linked_to_it(table, links):
    kinds = fields_of(RECORD_TYPES[table])
    assert links
    assert all(isinstance(kinds[name], Link) for name in links)


@pytest.mark.parametrize("value", [0, 1])
def test_it_is_restored_or_deleted_again_knowingly(pcs, finding, value):
    one, two, three = pcs
    one.remove(finding)
    two.save(replace(finding, place="五楼"))
    meet(pcs)
    decide(three, conflicts(three)[0], value)
    meet(pcs)
    for pc in pcs:
        assert (count_conflicts(pc), conflicts(pc)) == (0, [])
        found = pc.get(Finding, finding.id)
        assert (found is None) == bool(value)
        assert found is None or found.place == "五楼"


def test_a_step_that_is_changed_or_a_further_edit_asks_again(pcs, finding):
    one, two, three = pcs
    findings.take_step(two, finding, a_step("graded"))
    meet(pcs)
    one.remove(finding)
    (step,) = findings.steps(two, finding)
    two.save(replace(step, opinion="改过"))
    meet(pcs)
    (found,) = conflicts(three)
    assert [side.shown for side in found.others] == ["办理步骤 定级 说明：改过"]
    decide(three, found, 1)
    two.save(replace(finding, place="六楼"))
    meet(pcs)
    assert [side.shown for side in conflicts(one)[0].others] == ["部位：六楼"]


def test_what_the_deleter_had_seen_is_no_question(pcs, finding):
    one, two, _three = pcs
    two.save(replace(finding, place="五楼"))
    findings.take_step(two, finding, a_step("graded"))
    meet(pcs)
    one.remove(finding)
    meet(pcs)
    assert [count_conflicts(pc) for pc in pcs] == [0, 0, 0]


def test_fields_of_a_deleted_record_are_no_question_until_it_is_restored(pcs, finding):
    one, two, three = pcs
    one.save(replace(finding, place="四楼"))
    two.save(replace(finding, place="五楼"))
    meet(pcs)
    three.remove(finding)
    assert count_conflicts(three) == 0
    three.restore(finding)
    assert count_conflicts(three) == 1


def test_deleted_and_kept_at_once_is_one_question(pcs, finding):
    one, two, three = pcs
    one.remove(finding)
    meet(pcs)
    two.restore(finding)
    three.restore(finding)
    three.remove(finding)
    meet(pcs)
    (found,) = conflicts(one)
    assert found.kind == "deleted"
    assert {found.standing.value, *(side.value for side in found.others)} == {0, 1}
    decide(one, found, 0)
    meet(pcs)
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
    meet(pcs)
    one.remove(sheet)
    one.remove(session)
    person = two.all(Person)[0]
    two.save(ChecklistAnswer(checklist=sheet.id, line="fm.hw.01", response="yes"))
    two.save(Attendance(session=session.id, person=person.id, status="present"))
    meet(pcs)
    found = {conflict.table: conflict for conflict in conflicts(three)}
    assert set(found) == {"checklist", "training_session"}
    assert found["training_session"].title.startswith("培训活动 ")
    assert "自查项 fm.hw.01 答案：yes" in [side.shown for side in found["checklist"].others]
    marks = [side.shown for side in found["training_session"].others]
    assert f"考勤 {person.name} 考勤：出勤" in marks


# ---- made by void lines, and worked on ----------------------------------------------------------


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
    meet(pcs)
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


# ---- names ------------------------------------------------------------------------------------


def test_a_name_says_what_kind_of_record_and_which(ledger):
    finding = ledger.save(a_finding(description="字" * 30))
    step = findings.take_step(ledger, finding, a_step("graded"))
    assert title_of(ledger, "finding", finding.id) == f"隐患 {'字' * 16}…"
    assert title_of(ledger, "finding_step", step.id) == f"办理步骤 定级（隐患 {'字' * 16}…）"
    assert title_of(ledger, "finding", "nobody.1") == "隐患"
    assert title_of(ledger, "organisation", ledger.organisation.id) == "单位 示例县实验小学"
    drill = ledger.save(a_drill())
    photo = ledger.save(Photo(drill=drill.id, stage="drill", sha256="0" * 64))
    assert title_of(ledger, "photo", photo.id) == "照片 演练（应急演练 秋季消防疏散）"
    lonely = ledger.save(Attendance(session="nobody.1", person="nobody.2", status="present"))
    assert title_of(ledger, "attendance", lonely.id) == "考勤（培训活动）"


@given(st.randoms(use_true_random=False), st.booleans())
def test_questions_do_not_depend_on_the_order_of_arrival(mix, deleted):
    clock = Clock()
    pcs = [in_memory(clock, name) for name in ("one", "two", "three")]
    finding = pcs[0].save(a_finding())
    meet(pcs)
    pcs[0].save(replace(finding, place="四楼"))
    pcs[1].save(replace(finding, place="五楼", note="新"))
    findings.take_step(pcs[1], finding, a_step("graded"))
    if deleted:
        pcs[2].remove(finding)
    meet(pcs)
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
