"""A PC whose stream was written twice: both branches live on, and everybody ends with the same."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.ledger import drafts, findings
from models.ledger.lines import dump, natural_id
from models.records.catalogue import RECORD_TYPES
from models.records.finding import Finding, FindingStep, Photo
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from models.records.training import Attendance
from tests.conftest import a_finding, a_step
from tests.models.ledger.branching import (
    NO_SKEW,
    SKEWS,
    School,
    a_session,
    deeds,
    lines_of,
    put_back,
    work,
)
from tests.models.ledger.conftest import (
    fold_of,
    give,
    have,
    lost_silently,
)


@pytest.fixture
def school():
    return School()


def one_of(ledger, **equal):
    (found,) = ledger.all(Finding, **equal)
    return found


def check_all_is_said_again(back, stream, before):
    """Each line of the lost branch has its twin: same author, same time, same words and values."""
    (new,) = [log for log in have(back) if log.startswith("back")]
    said = [line for line in lines_of(back, new) if line["o"] != "b"]
    assert len(said) == len(before)
    names = {}

    def renamed(value):
        return names.get(value, value)

    for old, line in zip(before, said, strict=True):
        assert [line[k] for k in ("u", "t", "o", "e")] == [old[k] for k in ("u", "t", "o", "e")]
        names[f"{stream}.{old['s']}"] = f"{new}.{line['s']}"
        if old["o"] == "c":
            assert line["v"] == {name: renamed(value) for name, value in old["v"].items()}
            continue
        if old["i"].startswith("k."):
            names.setdefault(old["i"], line["i"])
        assert line["i"] == renamed(old["i"])
        for name, (was, value, n, base) in old["v"].items():
            assert line["v"][name] == [renamed(was), renamed(value), n, renamed(base)]
    stands_for_itself(back)


def stands_for_itself(ledger):
    """Every record of a natural key is named after its key; every link leads somewhere."""
    for kind in RECORD_TYPES.values():
        for record in ledger.all(kind):
            if kind.key:
                key = tuple(str(getattr(record, name)) for name in kind.key)
                if record.id.startswith("k.") and None not in key:
                    assert record.id == natural_id(record.unit, kind.table, key)
    for kind, name, to in ((FindingStep, "finding", Finding), (Photo, "finding", Finding)):
        known = {row[0] for row in ledger.rows(f"SELECT id FROM {to.table}")}
        assert {getattr(record, name) for record in ledger.all(kind)} <= known


@example(
    [("train", 0, None), ("attend", 5, "甲")],
    [("train", 0, None), ("attend", 5, "乙")],
    [],
    NO_SKEW,
)
@example(
    [("find", 0, "甲"), ("step", 2, None)], [("find", 0, "乙"), ("step", 2, None)], [], NO_SKEW
)
@example([("edit", 0, "甲")], [("edit", 0, "乙"), ("edit", 0, "丙")], [("edit", 0, "甲")], NO_SKEW)
@example(
    [("delete", 0, None)], [("edit", 0, "乙"), ("delete", 0, None)], [("step", 0, None)], NO_SKEW
)
@given(heard=deeds, lost=deeds, others=deeds, skew=st.sampled_from(SKEWS))
def test_nothing_of_either_branch_is_lost_and_all_end_alike(heard, lost, others, skew):
    school = School(skew)
    for deed in heard:
        work(school.pc, deed)
    for deed in lost:
        work(school.back, deed)
    for deed in others:
        work(school.other, deed)
    give(school.pc, school.office)
    give(school.other, school.office)
    before = lines_of(school.back, school.stream, school.common)
    forked = bool(before) and have(school.pc)[school.stream] > school.common
    outcome = school.adopt()
    assert outcome.counts["again"] == outcome.counts["replaced"] == len(before) * forked
    if forked:
        check_all_is_said_again(school.back, school.stream, before)
    for _ in range(2):
        school.meet(school.back)
        school.meet(school.pc)
    one = fold_of(school.office)
    for ledger in (school.back, school.pc, school.other):
        assert have(ledger) == have(school.office)
        assert fold_of(ledger) == one
        assert lost_silently(ledger) == []
        assert one["pend"] == one["refused"] == []
        assert ledger.rows("SELECT * FROM held") == []
    assert school.office.rows("SELECT * FROM fork") == []
    school.back.rebuild()
    assert fold_of(school.back) == one


def test_the_lines_that_gave_way_are_kept_and_the_stream_is_left(school):
    work(school.pc, ("edit", 0, "甲"))
    work(school.back, ("edit", 0, "乙"))
    lost = lines_of(school.back, school.stream)[-1]
    ((head,),) = school.back.rows("SELECT head FROM log WHERE log_id = ?", (school.stream,))
    school.meet(school.pc)
    assert give(school.back, school.office).counts["new"] == 0
    outcome = school.adopt()
    expected = {"new": 1, "had": school.common, "replaced": 1, "again": 1}
    assert +outcome.counts == expected
    rows = school.back.rows("SELECT * FROM replaced")
    assert rows == [(school.stream, head, school.common + 1, dump(lost))]
    assert school.back.rows("SELECT * FROM fork") == [(school.stream, school.common, head)]
    assert school.back.setting("stream:2137000001") == "back0"
    assert lines_of(school.back, "back0")[1]["u"] == lost["u"]
    assert school.adopt().counts == {}


def test_both_changed_the_same_field_is_shown_not_decided(school):
    for ledger, value in ((school.pc, "甲"), (school.back, "乙")):
        work(ledger, ("edit", 0, value))
    school.meet(school.pc)
    school.adopt()
    school.meet(school.back)
    ((field, log),) = school.office.rows("SELECT field, log_id FROM conflict WHERE field = 'note'")
    assert (field, log) in {("note", "back0"), ("note", school.stream)}


def test_what_others_said_of_lines_that_gave_way_is_forgotten(school):
    work(school.pc, ("edit", 0, "甲"))
    work(school.back, ("find", 0, "乙"))
    school.meet(school.pc)
    gone = school.common + 1
    with school.back.transaction() as db:
        db.execute("INSERT INTO ack VALUES('d', 'u', ?, ?)", (school.stream, gone))
        for seq in (1, gone):
            db.execute("INSERT INTO returned VALUES('d', ?, ?, 'f', 'scope')", (school.stream, seq))
        db.execute("UPDATE log SET signed = ?, signature = x'00' WHERE log_id <> '0'", (gone,))
    school.adopt()
    assert school.back.rows("SELECT * FROM ack") == []
    assert school.back.rows("SELECT seq FROM returned") == [(1,)]
    signed = dict(school.back.rows("SELECT log_id, signed FROM log"))
    assert signed[school.stream] == 0
    assert signed["other1"] == gone


def test_a_word_for_lines_that_stay_stays(school):
    work(school.pc, ("edit", 0, "甲"))
    work(school.back, ("edit", 0, "乙"))
    school.meet(school.pc)
    with school.back.transaction() as db:
        db.execute(
            "UPDATE log SET signed = 1, signature = x'00' WHERE log_id = ?", (school.stream,)
        )
    school.adopt()
    rows = school.back.rows("SELECT signed FROM log WHERE log_id = ?", (school.stream,))
    assert rows == [(1,)]


def test_the_author_is_who_wrote_it_then(school):
    school.back.set_setting("user", "赵𬱖")
    work(school.back, ("find", 0, "乙"))
    work(school.back, ("edit", 0, "乙"))
    school.back.set_setting("user", "李安全")
    work(school.pc, ("edit", 0, "甲"))
    school.meet(school.pc)
    school.adopt()
    assert [line["u"] for line in lines_of(school.back, "back0")[1:]] == ["赵𬱖"] * 2


def test_an_edit_in_the_very_moment_of_what_it_answers_still_wins(school):
    record = one_of(school.back, number="1")
    ((t,),) = school.back.rows("SELECT c_t FROM finding WHERE id = ?", (record.id,))
    line = {"o": "u", "e": "finding", "i": record.id, "v": {"note": [None, "乙", 1, record.id]}}
    with school.back.transaction():
        school.back.append(record.unit, line, t)
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    assert one_of(school.back, number="1").note == "乙"
    assert school.back.rows("SELECT * FROM refused") == []


def test_a_draft_follows_the_record_it_is_for(school):
    work(school.pc, ("edit", 0, "甲"))
    found = findings.register(school.back, a_finding(note="乙"))
    drafts.keep(school.back, f"finding:{found.id}", {"note": "还没写完"})
    drafts.keep(school.back, "finding:new", {"note": "另一条"})
    school.meet(school.pc)
    school.adopt()
    again = one_of(school.back, note="乙")
    assert again.id != found.id
    assert drafts.draft(school.back, f"finding:{again.id}") == {"note": "还没写完"}
    assert drafts.draft(school.back, "finding:new") == {"note": "另一条"}


def test_a_decision_goes_on_naming_what_it_merged(school):
    """The back PC decided a conflict of which one side stood in the branch that gave way."""
    record = one_of(school.back, number="1")
    school.other.save(replace(record, note="丙"), record)
    school.back.save(replace(record, note="乙"), record)
    give(school.other, school.back)
    mine, theirs = (
        f"{log}.{seq}"
        for (log, seq) in school.back.rows(
            "SELECT log_id, seq FROM hist WHERE field = 'note' ORDER BY log_id = 'other1'"
        )
    )
    with school.back.transaction():
        rows = school.back.rows("SELECT n, t FROM hist WHERE field = 'note'")
        t = max(t for _n, t in rows) + 1
        version = ["丙", "定", 0, theirs, [mine]]
        line = {"o": "u", "e": "finding", "i": record.id, "v": {"note": version}}
        school.back.append(record.unit, line, t)
    undecided = "SELECT * FROM conflict WHERE field = 'note'"
    assert school.back.rows(undecided) == []
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    assert one_of(school.back, number="1").note == "定"
    assert school.back.rows(undecided) == []
    last = lines_of(school.back, "back0")[-1]
    assert last["v"]["note"] == ["丙", "定", 0, theirs, ["back0.2"]]


def test_a_base_that_is_not_known_any_more_is_answered_by_the_creation(school):
    record = one_of(school.back, number="1")
    answered = school.back.save(
        ChecklistAnswer(checklist="k.s.1", line="1", response="yes", unit=record.unit)
    )
    with school.back.transaction():
        for table, record_id in (("finding", record.id), ("checklist_answer", answered.id)):
            version = ["", "凭空", 3, "gone.4", ["gone.5"]]
            line = {"o": "u", "e": table, "i": record_id, "v": {"note": version}}
            school.back.append(record.unit, line, 1)
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    said = [line["v"]["note"] for line in lines_of(school.back, "back0")[-2:]]
    assert said == [["", "凭空", 1, record.id], ["", "凭空", 0, "0.0"]]
    assert school.back.rows("SELECT * FROM pend UNION SELECT * FROM pend") == []


def test_an_edit_of_a_record_nobody_knows_waits_as_before(school):
    with school.back.transaction():
        line = {"o": "u", "e": "finding", "i": "gone.1", "v": {"note": ["", "凭空", 3, "gone.4"]}}
        school.back.append(school.back.unit, line, 1)
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    assert lines_of(school.back, "back0")[-1]["v"]["note"] == ["", "凭空", 3, "gone.1"]
    assert school.back.rows("SELECT id FROM pend") == [("gone.1",)]


def test_a_deletion_says_what_its_author_had_seen_in_the_new_names(school):
    record = one_of(school.back, number="1")
    work(school.back, ("edit", 0, "乙"))
    with school.back.transaction() as db:
        db.execute("DELETE FROM draft")
    school.back.save(replace(record, note="丁"))
    school.back.remove(record)
    seen = lines_of(school.back, school.stream)[-1]["k"]
    assert seen[school.stream] > school.common
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    new = lines_of(school.back, "back0")
    assert new[-1]["k"] == {**seen, school.stream: school.common, "back0": len(new) - 1}
    school.back.restore(record)
    assert school.back.get(Finding, record.id)


def test_a_deletion_that_saw_common_lines_only_says_the_same(school):
    record = one_of(school.pc, number="1")
    school.pc.save(replace(record, note="以前"))
    school = put_further(school)
    school.back.remove(record)
    seen = lines_of(school.back, school.stream)[-1]["k"]
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    assert lines_of(school.back, "back0")[-1]["k"] == {
        log: min(seq, school.common) for log, seq in seen.items()
    }


def put_further(school):
    """The same school, its copy taken now."""
    school.common = have(school.pc)[school.stream]
    school.back = put_back(school.pc, "back", school.clock)
    return school


def test_later_own_streams_that_build_on_lines_that_gave_way_are_said_again_too(school):
    """The fork is heard of only after the PC had left the stream for another reason."""
    lost = findings.register(school.back, a_finding(note="乙"))
    with school.back.transaction() as db:
        db.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
    later = findings.register(school.back, a_finding(note="另起"))
    school.back.save(replace(lost, note="再改"), lost)
    step = findings.take_step(school.back, lost, a_step("graded"))
    school.back.save(replace(step, opinion="补充"), step)
    findings.take_step(school.back, lost, replace(a_step("rectifying"), finding=None))
    assert step.id.startswith("back0")
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    again = one_of(school.back, note="再改")
    assert again.id.startswith("back0")
    assert [s.kind for s in findings.steps(school.back, again)] == ["graded", "rectifying"]
    assert all(s.finding == again.id for s in school.back.all(FindingStep))
    assert [s.opinion for s in findings.steps(school.back, again)] == ["补充", "已办理"]
    assert one_of(school.back, note="另起").id == later.id
    school.meet(school.back)
    school.meet(school.pc)
    assert fold_of(school.back) == fold_of(school.office) == fold_of(school.pc)


def test_an_attendance_is_named_after_its_session_as_it_is_called_now(school):
    person = school.back.all(Person)[0]
    session = school.back.save(a_session())
    mark = Attendance(session=session.id, person=person.id, status="late")
    school.back.save(mark)
    with school.back.transaction() as db:
        db.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
    school.back.save(replace(mark, reason="车晚点"))
    work(school.pc, ("edit", 1, "甲"))
    school.meet(school.pc)
    school.adopt()
    (attended,) = (m for m in school.back.all(Attendance) if m.session != session.id)
    assert (attended.reason, attended.status) == ("车晚点", "late")
    again = school.back.save(replace(attended, id="", reason="堵车"))
    assert again.id == attended.id
