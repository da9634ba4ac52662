import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.problems import AppError
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from tests.conftest import SCHOOL_CODE, TODAY, a_finding, a_person, a_school
from tests.models.ledger.conftest import MIDNIGHT, fold_of, have, in_memory
from tests.models.ledger.test_attachments import jpeg

NASTY = [
    "<b>&",
    "=1+1",
    "👍🏽👨‍👩‍👧",
    "赵𬱖",
    "'; DROP TABLE finding; --",
    "一\n二",
    "字" * 2000,
    '%_"\\',
]


def lines(ledger):
    return [line for (line,) in ledger.rows("SELECT line FROM op ORDER BY log_no, seq")]


def test_a_founded_ledger_knows_its_unit_its_user_and_itself(ledger):
    assert (ledger.unit, ledger.user) == (SCHOOL_CODE, "李安全")
    assert ledger.organisation == replace(
        a_school(), unit=SCHOOL_CODE, id=natural_id(SCHOOL_CODE, "organisation", (SCHOOL_CODE,))
    )
    assert [person.name for person in ledger.all(Person)] == ["李安全"]
    assert ledger.setting("device")


def test_a_ledger_that_is_not_founded_has_no_organisation(clock, initials, home):
    ledger = Ledger(open_database(home), home, clock=clock, initials=initials)
    assert ledger.unit == ledger.user == ""
    assert ledger.organisation is None
    ledger.close()


def test_settings_are_kept_and_not_synced(ledger):
    before = have(ledger)
    assert ledger.setting("size", "18") == "18"
    ledger.set_setting("size", "20")
    ledger.set_setting("size", "22")
    assert ledger.setting("size", "18") == "22"
    assert have(ledger) == before


def test_a_saved_record_can_be_read_again(ledger):
    saved = ledger.save(a_finding())
    assert saved == replace(a_finding(), id=saved.id, unit=SCHOOL_CODE)
    assert ledger.get(Finding, saved.id) == saved
    assert ledger.all(Finding) == [saved]
    assert ledger.all(Finding, place="教学楼三楼") == [saved]
    assert ledger.all(Finding, place="别处") == []
    assert ledger.get(Finding, "nobody.1") is None


@pytest.mark.parametrize("text", NASTY)
def test_text_is_kept_without_loss_also_when_everything_is_made_anew(ledger, text):
    saved = ledger.save(a_finding(description=text))
    assert ledger.get(Finding, saved.id).description == text
    ledger.rebuild()
    assert ledger.get(Finding, saved.id).description == text


def test_what_has_problems_is_not_saved(ledger):
    with pytest.raises(ValueError, match="unchecked"):
        ledger.save(Finding())
    with pytest.raises(UnicodeEncodeError):
        ledger.save(a_finding(note="半个\ud83d"))
    assert ledger.all(Finding) == []


def test_records_are_saved_together_or_not_at_all(ledger):
    ledger.save_all([a_person("甲"), a_person("乙")])
    assert len(ledger.all(Person)) == 3
    before = lines(ledger)
    with pytest.raises(ValueError, match="unchecked"):
        ledger.save_all([a_person("丙"), Person()])
    assert lines(ledger) == before
    assert len(ledger.all(Person)) == 3


def test_a_natural_record_is_one_however_often_it_is_saved(ledger):
    answer = ChecklistAnswer(checklist="k.u.1", line="x", response="yes")
    one = ledger.save(answer)
    two = ledger.save(replace(answer, response="no"))
    assert one.id == two.id
    assert [a.response for a in ledger.all(ChecklistAnswer)] == ["no"]


def test_saving_what_did_not_change_writes_no_line(ledger):
    saved = ledger.save(a_finding())
    before = lines(ledger)
    assert ledger.save(saved) == saved
    ledger.save(saved, seen=saved)
    ledger.restore(saved)
    assert lines(ledger) == before


def test_a_deleted_record_is_gone_until_it_is_restored(ledger):
    saved = ledger.save(a_finding())
    ledger.remove(saved)
    assert ledger.get(Finding, saved.id) is None
    assert ledger.all(Finding) == []
    ledger.restore(saved)
    assert ledger.all(Finding) == [saved]


def test_an_old_form_does_not_undo_what_others_changed_meanwhile(ledger):
    opened = ledger.save(a_finding())
    ledger.save(replace(opened, note="别人写的"))
    ledger.save(replace(opened, place="四楼"), seen=opened)
    now = ledger.get(Finding, opened.id)
    assert (now.place, now.note) == ("四楼", "别人写的")


def test_an_answer_to_an_old_value_does_not_win_over_what_it_did_not_see(ledger):
    opened = ledger.save(a_finding())
    ledger.save(replace(opened, place="四楼"))
    ledger.save(replace(opened, place="五楼"), seen=opened)
    assert len(ledger.rows("SELECT * FROM conflict")) == 1


def test_lines_of_one_millisecond_still_have_an_order():
    ledger = in_memory(lambda: MIDNIGHT, "frozen")
    for at in range(5):
        ledger.save(a_person(f"某{at}"))
    times = [t for (t,) in ledger.rows("SELECT c_t FROM person ORDER BY c_seq")]
    assert times == sorted(set(times))
    assert {t // 1000 for t in times} == {int(MIDNIGHT.timestamp() * 1000)}
    ledger.close()


def test_more_than_a_thousand_lines_in_a_millisecond_are_still_all_taken():
    ledger = in_memory(lambda: MIDNIGHT, "frozen")
    saved = ledger.save(a_finding())
    with ledger.transaction():
        for at in range(1005):
            saved = ledger.save(replace(saved, note=str(at)))
    assert ledger.get(Finding, saved.id).note == "1004"
    assert ledger.rows("SELECT * FROM refused") == []
    assert ledger.rows("SELECT * FROM conflict") == []
    ledger.close()


def test_an_edit_stands_although_the_clock_was_set_back_by_years(ledger, clock):
    saved = ledger.save(a_finding())
    clock.at = datetime(2009, 1, 1, tzinfo=UTC)
    saved = ledger.save(replace(saved, place="四楼"))
    clock.at += timedelta(days=365)
    ledger.save(replace(saved, place="五楼"))
    assert ledger.get(Finding, saved.id).place == "五楼"


def test_a_transaction_inside_another_shares_its_fate(ledger):
    def outer():
        with ledger.transaction():
            ledger.save(a_person("甲"))
            with ledger.transaction():
                ledger.save(a_person("乙"))
            raise KeyError

    with pytest.raises(KeyError):
        outer()
    assert len(ledger.all(Person)) == 1
    ledger.save(a_person("丙"))
    assert len(ledger.all(Person)) == 2


def test_a_bug_in_a_query_is_a_bug_and_not_called_a_damaged_file(ledger):
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        ledger.rows("SELECT not_there FROM finding")
    with pytest.raises(sqlite3.OperationalError, match="syntax"), ledger.transaction() as db:
        db.execute("SELEC 1")
    ledger.save(a_finding())


def test_an_error_that_already_ended_the_transaction_is_still_told(ledger):
    def ended():
        with ledger.transaction() as db:
            db.execute("ROLLBACK")
            raise KeyError

    with pytest.raises(KeyError):
        ended()
    ledger.save(a_finding())


def test_a_full_disk_is_told_and_nothing_is_lost(ledger):
    """A real "database or disk is full", which SQLite gives when no page can be added."""
    kept = ledger.save(a_finding())
    with ledger.transaction() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 3}")
    states = []

    def fill():
        while True:
            states.append((fold_of(ledger), lines(ledger)))
            ledger.save(a_finding(description="长" * 2000))

    with pytest.raises(AppError, match="磁盘已满，没有写入"):
        fill()
    assert (fold_of(ledger), lines(ledger)) == states[-1]
    assert len(ledger.all(Finding)) == len(states)
    with ledger.transaction() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    ledger.save(a_finding(description="长" * 2000))
    assert len(ledger.all(Finding)) == len(states) + 1
    assert ledger.get(Finding, kept.id) == kept
    before = fold_of(ledger)
    ledger.rebuild()
    assert fold_of(ledger) == before


def test_a_file_that_takes_no_writing_is_told(ledger):
    with ledger.transaction() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(AppError, match="不能写入"):
        ledger.save(a_finding())
    assert ledger.all(Finding) == []


def test_a_file_that_another_program_holds_is_told(ledger, home):
    with ledger.transaction() as db:
        db.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(home / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AppError, match="正被别的程序占用"):
        ledger.save(a_finding())
    other.execute("ROLLBACK")
    other.close()
    ledger.save(a_finding())


def test_threads_take_their_turn(ledger):
    errors = []

    def work(name):
        try:
            for at in range(10):
                ledger.save(a_person(f"{name}{at}"))
                ledger.all(Person)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(ledger.all(Person)) == 31


def test_everything_can_be_made_anew_from_the_log(ledger):
    saved = ledger.save(a_finding())
    ledger.save(replace(saved, place="四楼", deadline=TODAY))
    ledger.remove(ledger.save(a_finding()))
    ledger.save(ChecklistAnswer(checklist="k.u.1", line="x", response="yes"))
    before = fold_of(ledger)
    with ledger.transaction() as db:
        db.execute("UPDATE finding SET place = 'x', deleted = 1, now_state = 'closed'")
        db.execute("UPDATE cell SET val = 'x', n = 9")
        db.execute("UPDATE hist SET n = n + 7")
        for table in ("sup", "conflict"):
            db.execute(f"INSERT INTO {table} VALUES('x.1', 'place', 'x', 1)")
        db.execute("INSERT INTO refused VALUES('x', 1, 'place', 'scope')")
        db.execute("DELETE FROM person")
        db.execute("DELETE FROM finding_search")
    ledger.rebuild()
    assert fold_of(ledger) == before
    assert len(ledger.hits("finding", "灭火")) == 1
    ledger.save(replace(saved, place="五楼"))
    assert ledger.get(Finding, saved.id).place == "五楼"


def test_each_unit_has_a_stream_of_its_own(ledger):
    ledger.save(a_finding())
    ledger.save(a_finding(unit="2137000002"))
    units = ledger.rows("SELECT unit FROM log WHERE seq > 0 ORDER BY unit")
    assert units == [("2137000001",), ("2137000002",)]


def test_a_photo_is_kept_once_and_read_by_its_hash(ledger):
    sha256 = ledger.attach(jpeg())
    assert ledger.attach(jpeg()) == sha256
    assert ledger.photo(sha256).startswith(b"\xff\xd8\xff")
    assert ledger.photo("0" * 64) is None
    assert ledger.keep_attachment(ledger.photo(sha256)) == sha256
    assert len(list(ledger.home.rglob("*.jpg"))) == 1


def test_no_path_but_a_hash_is_ever_read(ledger, home):
    (home / "secret.jpg").write_bytes(b"secret")
    (home / "attachments" / "..").mkdir(parents=True, exist_ok=True)
    for name in ("../../secret", "..", "", "A" * 64, str(home / "secret")):
        assert ledger.photo(name) is None
