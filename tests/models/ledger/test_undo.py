"""The last import can be taken back, and then nothing tells of it."""

from dataclasses import replace

import pytest
from hypothesis import given

from models.ledger.undo import can_undo, mark_import, undo_import
from models.problems import AppError
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from tests.conftest import a_finding, a_step
from tests.models.ledger.branching import School, deeds, work
from tests.models.ledger.conftest import (
    Writer,
    far,
    fold_of,
    have,
    segments_of,
)


def bring(giver, taker):
    """An import as the exchange does it: the mark and the lines in one transaction."""
    with taker.transaction():
        mark_import(taker)
        return taker.receive(segments_of(giver, have(taker)))


@pytest.fixture
def finding(second):
    return second.save(a_finding())


def test_after_an_undo_nothing_tells_of_the_import(ledger, second, finding):
    before, lines = fold_of(ledger), have(ledger)
    bring(second, ledger)
    assert can_undo(ledger) == ""
    assert undo_import(ledger) == have(second)[second.setting("stream:2137000001")]
    assert (fold_of(ledger), have(ledger)) == (before, lines)
    assert ledger.rows("SELECT log_id FROM log WHERE seq = 0") == [("0",)]
    assert can_undo(ledger) == "没有可以撤销的读入。"


def test_only_the_last_import_is_undone(ledger, second, finding):
    bring(second, ledger)
    between, lines = fold_of(ledger), have(ledger)
    second.save(replace(finding, note="后来"))
    bring(second, ledger)
    assert undo_import(ledger) == 1
    assert (fold_of(ledger), have(ledger)) == (between, lines)
    bring(second, ledger)
    assert ledger.get(Finding, finding.id).note == "后来"


def test_the_writers_word_for_the_lines_that_stay_comes_back(ledger):
    stranger = Writer()
    stranger.create("finding", note="甲")
    ledger.receive([replace(stranger.segment(), signature=b"first")])
    mark_import(ledger)
    stranger.create("finding", note="乙")
    ledger.receive([replace(stranger.segment(), signature=b"second")])
    undo_import(ledger)
    rows = ledger.rows("SELECT seq, head, signed, signature FROM log WHERE log_id = 'stranger'")
    assert rows == [(2, stranger.heads[2], 2, b"first")]


def test_own_work_that_has_nothing_to_do_with_the_import_stays(ledger, second, finding):
    bring(second, ledger)
    own = ledger.save(a_finding(note="自己的"))
    ledger.save(replace(own, note="a.b 和 x.9 都不是记录"), own)
    ledger.save(ChecklistAnswer(checklist="k.s.1", line="1", response="yes"))
    assert can_undo(ledger) == ""
    undo_import(ledger)
    assert [found.id for found in ledger.all(Finding)] == [own.id]


def test_who_has_built_on_the_import_is_told_that_it_stays(ledger, second, finding):
    bring(second, ledger)
    ledger.save(replace(finding, note="本机改"), finding)
    ledger.save(a_step("graded", finding=finding.id))
    before = fold_of(ledger)
    assert "有 2 条记录" in can_undo(ledger)
    with pytest.raises(AppError, match="没有撤销"):
        undo_import(ledger)
    assert fold_of(ledger) == before


def test_what_had_waited_for_the_import_waits_again(ledger):
    """An own line answers a version that was here, but waited for a line of the import."""
    one, two = Writer("one"), Writer("two")
    record = one.create("finding", note="甲")
    t = far(60)
    ledger.receive([one.segment()])
    two.update("finding", record, t, note=["甲", "乙", 0, "one.3"])
    answer = two.update("finding", record, t + 2, note=["乙", "丙", 0, "two.2"])
    ledger.receive([two.segment()])
    assert ledger.get(Finding, record).note == "甲"
    mark_import(ledger)
    one.update("finding", record, t - 1, note=["甲", "午", 0, record])
    ledger.receive([one.segment()])
    assert ledger.get(Finding, record).note == "丙"
    own = {"o": "u", "e": "finding", "i": record, "v": {"note": ["丙", "丁", 0, "two.3"]}}
    with ledger.transaction():
        ledger.append(ledger.unit, own, t + 3)
    assert ledger.get(Finding, record).note == "丁"
    assert answer == "two.3"
    before = fold_of(ledger)
    assert can_undo(ledger) == ""
    with pytest.raises(AppError, match="没有撤销"):
        undo_import(ledger)
    assert fold_of(ledger) == before


def test_an_import_that_brought_nothing_needs_no_undo(ledger, second, finding):
    bring(second, ledger)
    bring(second, ledger)
    assert "没有带来新内容" in can_undo(ledger)


def test_what_waited_for_a_gap_goes_too(ledger, second, finding):
    bring(second, ledger)
    stranger = Writer()
    stranger.create("finding", note="甲")
    mark_import(ledger)
    second.save(replace(finding, note="后来"))
    ledger.receive([stranger.segment(2), *segments_of(second, have(ledger))])
    assert ledger.rows("SELECT count(*) FROM held") == [(1,)]
    undo_import(ledger)
    assert ledger.rows("SELECT * FROM held") == []
    assert ledger.rows("SELECT * FROM log WHERE log_id = 'stranger'") == []
    ledger.receive([stranger.segment()])
    assert ledger.rows("SELECT * FROM held") == []


def test_a_closed_stream_stays_known_as_closed(ledger, second, finding):
    bring(second, ledger)
    with ledger.transaction() as db:
        db.execute("UPDATE log SET closed = 2 WHERE device = ?", (second.setting("device"),))
    undo_import(ledger)
    rows = ledger.rows("SELECT seq, head, closed FROM log WHERE closed IS NOT NULL")
    assert rows == [(0, bytes(32), 2)]


def test_own_lines_that_an_import_replaced_are_not_undone():
    school = School()
    work(school.pc, ("edit", 0, "甲"))
    work(school.back, ("edit", 0, "乙"))
    school.meet(school.pc)
    mark_import(school.back)
    school.adopt()
    assert "换过本机自己的记录" in can_undo(school.back)


def test_own_lines_that_an_import_brought_back_stay():
    school = School()
    work(school.pc, ("edit", 0, "甲"))
    work(school.other, ("find", 0, "乙"))
    school.meet(school.pc)
    mark_import(school.back)
    school.back.receive(segments_of(school.office, have(school.back)))
    undo_import(school.back)
    assert [found.note for found in school.back.all(Finding)] == ["甲", None]


@given(ours=deeds, theirs=deeds, more=deeds)
def test_an_undo_leaves_what_own_work_alone_would_have_made(ours, theirs, more):
    school = School()
    for deed in ours:
        work(school.pc, deed)
    alone = fold_of(school.pc)
    for deed in theirs:
        work(school.other, deed)
    if not bring(school.other, school.pc).counts["new"]:
        return
    brought = fold_of(school.pc)
    undo_import(school.pc)
    assert fold_of(school.pc) == alone
    bring(school.other, school.pc)
    assert fold_of(school.pc) == brought
    for deed in more:
        work(school.pc, deed)
    worked = fold_of(school.pc)
    if can_undo(school.pc):
        with pytest.raises(AppError):
            undo_import(school.pc)
        assert fold_of(school.pc) == worked
    else:
        undo_import(school.pc)
        after = fold_of(school.pc)
        assert (after["pend"], after["refused"]) == (alone["pend"], alone["refused"])
    bring(school.other, school.pc)
    assert fold_of(school.pc) == worked
