"""A copy put back by hand, a cloned disk: the PC's streams are left before they fork."""

import json
import shutil
import stat
import sys

import pytest

from models.ledger import witness
from models.ledger.backups import back_up, restore
from models.ledger.database import FILE_NAME, open_database
from models.ledger.ledger import Ledger
from models.ledger.streams import own_streams
from models.ledger.witness import MOVED, PUT_BACK, check, fingerprint, note
from models.records.finding import Finding
from tests.conftest import SCHOOL_CODE, a_finding, a_ledger, an_office
from tests.models.ledger.conftest import MIDNIGHT, give, have

HERE, THERE = "machine one", "machine two"
CURRENT = f"stream:{SCHOOL_CODE}"


@pytest.fixture
def pc(home, clock, initials):
    """Opens the folder as the program does, on a machine; closes what was open before."""

    class PC:
        ledger = None

        def open(self, machine=HERE, folder=home):
            if self.ledger:
                note(self.ledger)
                self.ledger.close()
            self.ledger = Ledger(open_database(folder), folder, clock=clock, initials=initials)
            self.words = check(self.ledger, machine)
            return self.ledger

        def put_back(self, copy):
            """Somebody copies a file over the ledger while the program is closed."""
            note(self.ledger)
            self.ledger.close()
            self.ledger = None
            for suffix in ("-wal", "-shm"):
                (home / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
            shutil.copy(copy, home / FILE_NAME)
            return self.open()

    a_ledger(home, clock=clock).close()
    pc = PC()
    pc.open()
    yield pc
    pc.ledger.close()


def test_who_only_works_hears_nothing_and_keeps_the_stream(pc):
    stream, device = pc.ledger.setting(CURRENT), pc.ledger.setting("device")
    for _ in range(3):
        pc.ledger.save(a_finding())
        pc.open()
        assert pc.words == ""
        assert pc.ledger.setting("restored") == ""
    assert (pc.ledger.setting(CURRENT), pc.ledger.setting("device")) == (stream, device)
    assert len(own_streams(pc.ledger)) == 1


def test_a_ledger_nobody_founded_has_no_witness(home, clock, initials):
    ledger = Ledger(open_database(home), home, clock=clock, initials=initials)
    assert check(ledger) == ""
    assert not (home / "witness.json").exists()
    ledger.close()


def test_the_witness_says_how_far_each_own_stream_goes(pc, home):
    (stream,) = own_streams(pc.ledger)
    assert json.loads((home / "witness.json").read_text("utf-8")) == {
        stream.log_id: [stream.seq, stream.head.hex()]
    }


def test_a_copy_put_back_by_hand_is_told_once_and_its_stream_left(pc, home):
    copy = back_up(home, MIDNIGHT)
    old = pc.ledger.setting(CURRENT)
    pc.ledger.save(a_finding())
    device = pc.ledger.setting("device")
    ledger = pc.put_back(copy)
    assert pc.words == ledger.setting("notice") == PUT_BACK
    assert ledger.setting("device") == device
    ledger.save(a_finding())
    assert ledger.setting(CURRENT) not in ("", old)
    pc.open()
    assert pc.words == ""


def test_the_same_copy_put_back_again_is_told_again(pc, home):
    copy = back_up(home, MIDNIGHT)
    pc.ledger.save(a_finding())
    for _ in range(2):
        pc.put_back(copy)
        assert pc.words == PUT_BACK
        pc.ledger.save(a_finding())


def test_a_copy_that_lacks_nothing_of_its_streams_goes_on(pc, home):
    pc.ledger.save(a_finding())
    copy = back_up(home, MIDNIGHT)
    old = pc.ledger.setting(CURRENT)
    assert pc.put_back(copy).setting(CURRENT) == old
    assert pc.words == ""


def test_a_copy_from_before_the_stream_was_opened_needs_no_words(pc, home, second):
    give(second, pc.ledger)
    with pc.ledger.transaction() as db:
        db.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
    copy = back_up(home, MIDNIGHT)
    pc.ledger.save(a_finding())
    pc.put_back(copy)
    assert pc.words == ""


@pytest.mark.parametrize("further", [False, True])
def test_another_line_where_the_witness_saw_one_is_told(pc, home, further):
    ((stream, (seq, _head)),) = json.loads((home / "witness.json").read_text("utf-8")).items()
    if further:
        pc.ledger.save(a_finding())
    pc.ledger.close()
    pc.ledger = None
    (home / "witness.json").write_text(json.dumps({stream: [seq, "ab" * 32]}), "utf-8")
    assert pc.open().setting(CURRENT) == ""
    assert pc.words == PUT_BACK


def test_a_ledger_that_went_further_than_its_witness_goes_on(pc, home):
    told = (home / "witness.json").read_bytes()
    pc.ledger.save(a_finding())
    pc.ledger.close()  # as the power went
    pc.ledger = None
    pc.open()
    assert pc.words == ""
    assert (home / "witness.json").read_bytes() != told


def test_what_the_office_gave_back_counts_again(pc, home, office):
    copy = back_up(home, MIDNIGHT)
    old = pc.ledger.setting(CURRENT)
    pc.ledger.save(a_finding())
    give(pc.ledger, office)
    give(office, pc.put_back(copy))
    assert len(pc.ledger.all(Finding)) == 1
    pc.ledger.save(a_finding())
    assert have(pc.ledger)[old] == have(office)[old]
    assert give(pc.ledger, office).counts["forked"] == 0
    assert len(office.all(Finding)) == 2


def test_a_restore_in_the_program_needs_no_words(pc, home):
    copy = back_up(home, MIDNIGHT)
    pc.ledger.save(a_finding())
    note(pc.ledger)
    pc.ledger.close()
    pc.ledger = None
    restore(home, copy, MIDNIGHT)
    pc.open()
    pc.ledger.save(a_finding())
    pc.open()
    assert pc.words == ""


def test_a_ledger_on_another_machine_is_another_pc(pc):
    device, old = pc.ledger.setting("device"), pc.ledger.setting(CURRENT)
    ledger = pc.open(THERE)
    assert pc.words == ledger.setting("notice") == MOVED
    assert ledger.setting("device") not in ("", device)
    ledger.save(a_finding())
    assert ledger.setting(CURRENT) != old
    assert [s.device for s in own_streams(ledger)] == [device, ledger.setting("device")]
    pc.open(THERE)
    assert pc.words == ""


def test_a_ledger_that_travels_without_its_witness_is_noticed_too(pc, home, tmp_path):
    copy = back_up(home, MIDNIGHT)
    (tmp_path / "clone").mkdir()
    shutil.copy(copy, tmp_path / "clone" / FILE_NAME)
    ledger = pc.open(THERE, tmp_path / "clone")
    assert pc.words == MOVED
    assert ledger.setting("restored")  # it may be an old copy: the next bundles ask


def test_back_on_the_first_machine_it_has_its_first_name(pc):
    first, old = pc.ledger.setting("device"), pc.ledger.setting(CURRENT)
    second = pc.open(THERE).setting("device")
    assert pc.open(HERE).setting("device") == first
    assert pc.words == MOVED
    pc.ledger.save(a_finding())
    assert pc.ledger.setting(CURRENT) != old
    assert pc.open(THERE).setting("device") == second


@pytest.mark.parametrize("text", [b"", b"no json", b"[]", b'{"a": 1}', b'{"a": [1]}', b"\xff"])
def test_a_witness_that_cannot_be_read_says_nothing(pc, home, text):
    (home / "witness.json").write_bytes(text)
    pc.open()
    assert pc.words == ""
    assert len(json.loads((home / "witness.json").read_text("utf-8"))) == 1


def test_a_witness_that_cannot_be_written_stops_nobody(pc, home):
    (home / "witness.json").unlink()
    (home / "witness.json").mkdir()
    pc.ledger.save(a_finding())
    pc.open()
    assert pc.words == ""


def test_a_witness_that_says_what_is_so_is_not_written_again(pc, home, monkeypatch):
    def written(*_what):
        raise AssertionError

    monkeypatch.setattr(witness, "write_whole", written)
    pc.open()
    assert stat.S_ISREG((home / "witness.json").stat().st_mode)


def test_the_streams_of_an_office_about_its_schools_have_one_witness(pc, tmp_path, clock):
    office = a_ledger(tmp_path / "office", an_office(), clock=clock)
    give(pc.ledger, office)
    office.save(a_finding(unit=SCHOOL_CODE))
    check(office, HERE)
    told = json.loads((tmp_path / "office" / "witness.json").read_text("utf-8"))
    assert set(told) == {stream.log_id for stream in own_streams(office)}
    assert len(told) == 2
    office.close()


def test_a_machine_has_one_fingerprint(monkeypatch):
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16


@pytest.mark.skipif(sys.platform == "win32", reason="another file there")
def test_a_system_without_a_number_goes_by_its_name(monkeypatch):
    def gone(*_arguments):
        raise FileNotFoundError

    with_number = fingerprint()
    monkeypatch.setattr(witness.Path, "read_text", gone)
    assert fingerprint() not in ("", with_number)
