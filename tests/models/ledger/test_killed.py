"""A process that is killed, a disk that is full: the ledger is as before or as after."""

import pytest

from models.ledger import witness
from models.ledger.branches import adopt_branch
from models.ledger.undo import can_undo, mark_import, undo_import
from models.problems import AppError
from tests.conftest import a_finding
from tests.killing import DISK_STEPS, Killer, digest_of, fill_disk, prepared, receive
from tests.models.ledger.branching import School
from tests.models.ledger.conftest import Writer, segments_of


def many(count):
    """So many lines of a stranger."""
    writer = Writer()
    for number in range(count):
        record = writer.create("finding", number=f"2026-{number:04}", place="教学楼三楼")
        writer.update("finding", record, note=[None, "已看过", 0, record])
    return [writer.segment()]


def test_an_import_that_is_killed_is_whole_or_never_was(ledger, home, tmp_path):
    ledger.close()
    killer = Killer(prepared(home), tmp_path, receive, many(200))
    try:
        assert killer.kill(5).total() == 5
    finally:
        killer.close()


def failures_until_it_fits(ledger, work):
    """The file may grow by a page more each time; each failure is one sentence and no change."""
    before, failures, done = digest_of(ledger), 0, False
    ((pages,),) = ledger.rows("PRAGMA page_count")
    while not done:
        ledger.rows(f"PRAGMA max_page_count = {pages + failures}")
        try:
            work()
            done = True
        except AppError as error:
            if "磁盘已满" not in str(error):
                raise
            failures += 1
        assert (digest_of(ledger) == before) != done
    ledger.rows("PRAGMA max_page_count = 4294967294")
    return failures


def test_an_import_on_a_disk_that_is_full_changes_nothing(ledger):
    segments = many(60)
    assert failures_until_it_fits(ledger, lambda: ledger.receive(segments)) > 5
    assert ledger.receive(segments).counts["new"] == 0


def test_a_save_on_a_disk_that_is_full_changes_nothing(ledger):
    whole = a_finding(measures="加装灭火器。" * 300, note="已报总务处" * 100)
    assert failures_until_it_fits(ledger, lambda: ledger.save(whole)) > 0


def test_a_branch_and_an_undo_on_a_disk_that_is_full_change_nothing():
    school = School()
    for number in range(40):
        school.pc.save(a_finding(number=f"2026-{number:04}"))
        school.back.save(a_finding(number=f"2026-{number:04}"))
    back = school.back
    mark_import(back)
    others = [part for part in segments_of(school.pc) if part.log_id == school.stream]
    back.rows("VACUUM")
    assert failures_until_it_fits(back, lambda: adopt_branch(back, others)) > 0
    mark_import(back)
    back.receive(many(40))
    back.rows("VACUUM")
    assert can_undo(back) == ""
    failures_until_it_fits(back, lambda: undo_import(back))  # what it frees may be room enough


@pytest.mark.parametrize("step", DISK_STEPS)
def test_a_photo_that_finds_no_room_leaves_no_half_file(ledger, home, monkeypatch, step):
    with monkeypatch.context() as disk:
        fill_disk(disk, step)
        with pytest.raises(AppError, match="磁盘已满"):
            ledger.keep_attachment(b"\xff\xd8\xff" * 1000)
    assert [path for path in home.rglob("attachments/**/*") if path.is_file()] == []
    assert ledger.photo(ledger.keep_attachment(b"\xff\xd8\xff" * 1000))


@pytest.mark.parametrize("step", DISK_STEPS)
def test_a_witness_that_finds_no_room_stays_what_it_was(ledger, home, monkeypatch, step):
    witness.note(ledger)
    told = (home / witness.FILE_NAME).read_bytes()
    ledger.save(a_finding())
    with monkeypatch.context() as disk:
        fill_disk(disk, step)
        witness.note(ledger)
    assert (home / witness.FILE_NAME).read_bytes() == told
    assert list(home.glob("*.part")) == []
