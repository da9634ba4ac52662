import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.delivery import delivery, undelivered
from models.exchange.enrolment import close_device
from models.exchange.members import chain_of, take_chain
from models.exchange.receipts import receipt_code, receipt_codes, take_receipt_code
from models.ledger.streams import own_streams
from models.problems import AppError, Problem
from models.records.finding import Finding, Photo
from tests.conftest import a_finding, a_ledger, a_school, an_office
from tests.models.exchange.conftest import forged
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.test_attachments import jpeg


def test_a_receipt_can_be_read_out_by_telephone(allied, tmp_path):
    school, office = allied
    school.save(a_finding())
    hand_over(school, office, tmp_path)
    ((device, code),) = receipt_codes(office, school.unit)
    assert device == school.setting("device")
    assert len(code) == 14
    assert take_receipt_code(school, f" {code[:7].upper()}-{code[7:]} ", office.unit) == 4
    assert delivery(school).waiting == 0
    school.save(a_finding())
    assert send(school, tmp_path).lines == 1


def test_an_old_code_takes_nothing_back(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    ((_device, old),) = receipt_codes(office, school.unit)
    school.save(a_finding())
    hand_over(school, office, tmp_path)
    ((_device, new),) = receipt_codes(office, school.unit)
    take_receipt_code(school, new, office.unit)
    take_receipt_code(school, old, office.unit)
    assert delivery(school).waiting == 0


@pytest.mark.parametrize("typed", ["", "abc", "aaaaaaaaaaaaa1", "a" * 15])
def test_what_is_no_code_is_told(school, office, typed):
    with pytest.raises(Problem, match="14 个字母和数字"):
        take_receipt_code(school, typed, office.unit)


def test_a_code_that_was_heard_wrongly_proves_nothing(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    ((_device, code),) = receipt_codes(office, school.unit)
    wrong = code[:-1] + ("a" if code[-1] != "a" else "b")
    with pytest.raises(Problem, match="对不上"):
        take_receipt_code(school, wrong, office.unit)
    with pytest.raises(Problem, match="对不上"):
        take_receipt_code(school, receipt_code(10**6, bytes(32)), office.unit)
    with pytest.raises(Problem, match="对不上"):
        take_receipt_code(school, "a" * 14, office.unit)  # nothing of anything: no proof of it
    assert delivery(school).waiting == 3


@given(st.integers(0, 2**30 - 1), st.binary(min_size=32, max_size=32))
def test_every_position_has_a_code_of_its_own(seq, head):
    code = receipt_code(seq, head)
    assert len(code) == 14
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert code != receipt_code((seq + 1) % 2**30, head)


def test_late_receipts_take_nothing_back(allied, tmp_path):
    """13: receipts come late, twice and in any order."""
    school, office = allied
    hand_over(school, office, tmp_path)
    early = send(office, tmp_path / "early", school.unit).path
    school.save(a_finding())
    hand_over(school, office, tmp_path)
    late = send(office, tmp_path / "late", school.unit).path
    for path in (late, early, late):
        take(school, path)
    assert delivery(school).waiting == 0


def test_a_receipt_that_got_lost_is_given_again(allied, tmp_path):
    school, office = allied
    hand_over(school, office, tmp_path)
    send(office, tmp_path / "lost", school.unit)
    with pytest.raises(AppError, match="没有新的内容"):
        send(office, tmp_path, school.unit)
    hand_over(school, office, tmp_path / "again")
    hand_back(office, school, tmp_path)
    assert delivery(school).waiting == 0


def test_what_one_pc_wants_and_sends_back_another_does_not_take_away(allied, tmp_path, clock):
    """The office has two PCs; a photo is lacking on one, and it took a line over not."""
    school, office = allied
    colleague = a_ledger(tmp_path / "colleague", an_office(), clock=clock)
    enrol(office, colleague)
    take_chain(colleague, chain_of(office, school.unit))
    finding = school.save(a_finding())
    photo = Photo(finding=finding.id, stage="before", sha256=school.attach(jpeg()))
    school.save(photo)
    hand_over(school, office, tmp_path)
    (stream,) = own_streams(school)
    wanting = forged(
        send(office, tmp_path / "wanting", school.unit).path,
        school,
        store_of(office).device(),
        lambda manifest, _members: manifest.update(
            want=[photo.sha256], refused=[[stream.log_id, stream.seq, "", "rights"]]
        ),
    )
    plain = send(colleague, tmp_path / "plain", school.unit, complete=True).path
    told = [("returned", 1)]
    for path in (wanting, plain):
        take(school, path)
        assert [(one.state, one.lines) for one in _sent_back(school)] == told
    again = send(school, tmp_path / "again")
    assert (again.lines, again.photos) == (0, 1)
    store_of(colleague).save_office(store_of(office).office_seed())
    close_device(colleague, store_of(colleague), office.unit, office.setting("device"))
    take_chain(school, chain_of(colleague, office.unit))
    assert _sent_back(school) == []
    assert not school.rows("SELECT * FROM wanted")
    colleague.close()


def test_what_two_pcs_send_back_is_told_once(allied):
    school, _office = allied
    (stream,) = own_streams(school)
    with school.transaction() as db:
        for device in ("one", "two"):
            row = (device, stream.log_id, 2, "", "rights")
            db.execute("INSERT INTO returned VALUES(?, ?, ?, ?, ?)", row)
    assert [one.lines for one in _sent_back(school)] == [1]


def _sent_back(ledger):
    return [one for one in undelivered(ledger, 100) if one.state == "returned"]


def test_a_pc_that_wrote_another_branch_hears_of_it_and_says_its_lines_again(allied, tmp_path):
    """14: a backup was put back by hand; the office has lines this PC no longer knows."""
    school, office = allied
    backup = tmp_path / "backup.db"
    school.rows(f"VACUUM INTO '{backup}'")
    school.save(a_finding(place="备份以后"))
    hand_over(school, office, tmp_path)
    restored = _restored(school, backup, tmp_path)
    restored.save(a_finding(place="恢复以后"))
    assert hand_over(restored, office, tmp_path / "fork").forked
    got = hand_back(office, restored, tmp_path)
    assert got.forked == 0
    assert hand_over(restored, office, tmp_path / "again").clean
    for ledger in (office, restored):
        places = {finding.place for finding in ledger.all(Finding)}
        assert places == {"备份以后", "恢复以后"}
    restored.close()


def test_an_office_that_wrote_another_branch_hears_of_it_from_its_school(allied, tmp_path):
    """An office with one PC has nobody else who could tell it."""
    school, office = allied
    hand_over(school, office, tmp_path)
    office.save(a_finding(place="备份以前", unit=school.unit))
    hand_back(office, school, tmp_path)
    backup = tmp_path / "backup.db"
    office.rows(f"VACUUM INTO '{backup}'")
    office.save(a_finding(place="备份以后", unit=school.unit))
    hand_back(office, school, tmp_path)
    restored = _restored(office, backup, tmp_path)
    restored.save(a_finding(place="恢复以后", unit=school.unit))
    assert hand_back(restored, school, tmp_path / "fork").forked
    assert hand_over(school, restored, tmp_path / "told").clean
    assert hand_back(restored, school, tmp_path / "again").clean
    for ledger in (restored, school):
        places = {finding.place for finding in ledger.all(Finding)}
        assert places == {"备份以前", "备份以后", "恢复以后"}
    restored.close()


def test_another_branch_counts_only_where_the_office_has_it(allied, tmp_path):
    """A second PC that heard what a backup forgot says nothing about what the office holds."""
    school, office = allied
    two = a_ledger(tmp_path / "two", a_school(), clock=school.clock)
    enrol(office, two)
    hand_back(office, school, tmp_path)  # it tells of the second PC
    backup = tmp_path / "backup.db"
    school.rows(f"VACUUM INTO '{backup}'")
    school.save(a_finding(place="备份以后"))
    take(two, send(school, tmp_path / "two", school.unit).path)
    restored = _restored(school, backup, tmp_path)
    restored.save(a_finding(place="恢复以后"))
    assert take(two, send(restored, tmp_path / "fork", school.unit).path).forked
    assert take(restored, send(two, tmp_path / "back", school.unit).path).forked
    assert not restored.rows("SELECT 1 FROM replaced")
    assert [finding.place for finding in restored.all(Finding)] == ["恢复以后"]
    for ledger in (two, restored):
        ledger.close()


def _restored(school, backup, folder):
    """The same PC after somebody copied the backup over the ledger, the program none the wiser."""
    import shutil

    from models.ledger.database import open_database
    from models.ledger.ledger import Ledger
    from tests.conftest import the_initials

    home = folder / "restored"
    home.mkdir()
    shutil.copy(backup, home / "ledger.db")
    shutil.copytree(school.home / "keys", home / "keys")
    return Ledger(open_database(home), home, clock=school.clock, initials=the_initials())
