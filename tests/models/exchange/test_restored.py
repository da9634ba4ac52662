"""A ledger that was put back to an old copy is given again what others hold more of."""

import shutil

import pytest

from models.exchange.delivery import delivery
from models.exchange.format import RESTORED
from models.exchange.members import chain_of, take_chain
from models.exchange.receive import receive_files
from models.ledger.backups import restore
from models.ledger.database import FILE_NAME, open_database
from models.ledger.ledger import Ledger
from models.ledger.undo import undo_import
from models.ledger.witness import check
from tests.conftest import a_finding, a_ledger, a_school, an_office, the_initials
from tests.models.exchange.conftest import forged, manifest_in
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import MIDNIGHT, fold_of, have

HERE = "machine one"


@pytest.fixture
def put_back():
    """Puts a copy in the place of a ledger, by hand or by the program, and opens that."""
    opened = []

    def reopened(ledger, copy, *, by_hand=True):
        home, clock = ledger.home, ledger.clock
        check(ledger, HERE)
        ledger.close()
        if by_hand:
            for suffix in ("-wal", "-shm"):
                (home / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
            shutil.copy(copy, home / FILE_NAME)
        else:
            restore(home, copy, MIDNIGHT)
        again = Ledger(open_database(home), home, clock=clock, initials=the_initials())
        opened.append(again)
        check(again, HERE)
        assert again.setting("restored")
        return again

    yield reopened
    for ledger in opened:
        ledger.close()


def copy_of(ledger, folder):
    check(ledger, HERE)
    copy = folder / f"copy-{ledger.setting('device')}.db"
    ledger.rows(f"VACUUM INTO '{copy}'")
    return copy


def asks(path, reader):
    return RESTORED in manifest_in(path, reader)["need"]


@pytest.mark.parametrize("by_hand", [True, False])
def test_an_office_that_was_put_back_has_all_again_after_one_round(
    allied, second, tmp_path, put_back, by_hand
):
    """Nobody writes anything new; a stream, its own lines and a whole PC are lost with the copy."""
    school, office = allied
    enrol(office, second)
    hand_over(school, office, tmp_path)
    office.save(a_finding(unit=school.unit, place="旧"))
    hand_back(office, school, tmp_path)
    copy = copy_of(office, tmp_path)
    office.save(a_finding(unit=school.unit, place="局查"))
    school.save(a_finding(place="一"))
    second.save(a_finding(place="二"))
    for pc in (school, second):
        hand_over(pc, office, tmp_path)
    for pc in (school, second):
        hand_back(office, pc, tmp_path)
    whole, held = fold_of(office), have(office)
    office = put_back(office, copy, by_hand=by_hand)
    assert have(office) != held
    assert send(school, tmp_path).lines == 0
    hand_back(office, school, tmp_path)
    hand_over(school, office, tmp_path)
    assert have(office) == held
    assert fold_of(office) == whole
    hand_back(office, school, tmp_path)
    assert delivery(school).waiting == 0


def test_it_asks_until_every_pc_of_the_school_has_answered(allied, second, tmp_path, put_back):
    school, office = allied
    enrol(office, second)
    for pc in (school, second):
        hand_over(pc, office, tmp_path)
    early = send(school, tmp_path / "early", complete=True).path
    hand_back(office, school, tmp_path)
    copy = copy_of(office, tmp_path)
    send(office, tmp_path / "lost", school.unit, complete=True)
    office = put_back(office, copy)
    take(office, early)  # made before it was put back: no answer
    told = send(office, tmp_path / "one", school.unit).path
    assert asks(told, school)
    for pc, done in ((second, False), (school, True)):
        take(pc, told)
        take(office, send(pc, tmp_path / "answer", complete=True).path)
        again = send(office, tmp_path / "again", school.unit, complete=True).path
        assert asks(again, school) is not done


def test_a_school_that_was_put_back_asks_its_office_and_its_other_pc(
    allied, second, tmp_path, put_back
):
    school, office = allied
    enrol(office, second)
    take_chain(school, chain_of(office, school.unit))
    copy = copy_of(school, tmp_path)
    hand_over(second, office, tmp_path)
    hand_back(office, school, tmp_path)
    take(school, send(second, tmp_path, school.unit).path)
    for receiver, reader in (("", office), (school.unit, second)):
        take(reader, send(school, tmp_path, receiver).path)
    held = have(school)
    school = put_back(school, copy)
    for receiver, reader in (("", office), (school.unit, second)):
        path = send(school, tmp_path, receiver).path
        assert asks(path, reader)
        take(reader, path)
    answer = send(second, tmp_path, school.unit)
    assert answer.lines > 0
    hand_back(office, school, tmp_path)
    assert have(school) == held
    take(school, answer.path)
    for receiver, reader in (("", office), (school.unit, second)):
        assert not asks(send(school, tmp_path, receiver, complete=True).path, reader)


def test_who_only_read_bundles_is_put_back_without_words_and_once(allied, tmp_path, put_back):
    school, office = allied
    copy = copy_of(office, tmp_path)
    hand_over(school, office, tmp_path)
    office = put_back(office, copy)
    mark = office.setting("restored")
    assert office.setting("notice") == ""
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    check(office, HERE)
    assert office.setting("restored") == mark


def test_an_undone_import_is_no_older_copy(allied, tmp_path):
    school, office = allied
    path = send(school, tmp_path).path
    receive_files(office, store_of(office), [path], lambda *_: None, lambda: False)
    check(office, HERE)
    undo_import(office)
    check(office, HERE)
    assert office.setting("restored") == ""


def test_what_it_says_to_others_takes_nothing_from_a_colleague(allied, tmp_path, clock):
    """A colleague reads what was meant for a school; it names that school's streams alone."""
    school, office = allied
    other = a_ledger(tmp_path / "other", a_school(code="2137000002"), clock=clock)
    colleague = a_ledger(tmp_path / "colleague", an_office(), clock=clock)
    enrol(office, other, colleague)
    for pc in (school, other):
        hand_over(pc, office, tmp_path)
    take(colleague, send(office, tmp_path, office.unit).path)
    heard = "SELECT log_id, seq FROM ack ORDER BY log_id"
    before = colleague.rows(heard)
    path = forged(
        send(office, tmp_path, school.unit).path,
        colleague,
        store_of(office).device(),
        lambda manifest, _members: manifest["need"].update({RESTORED: 1}),
    )
    take(colleague, path)
    assert colleague.rows(heard) == before
    for ledger in (other, colleague):
        ledger.close()
