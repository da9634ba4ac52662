from dataclasses import replace

import pytest

from models.ledger.lines import load, natural_id
from models.ledger.writing import line_of, marking
from models.problems import AppError
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from models.records.record import plain_of
from tests.conftest import SCHOOL_CODE, TODAY, a_finding
from tests.models.ledger.conftest import far, have

ANSWER = ChecklistAnswer(
    id=natural_id(SCHOOL_CODE, "checklist_answer", ("k.u.1", "fm.hw.01")),
    unit=SCHOOL_CODE,
    checklist="k.u.1",
    line="fm.hw.01",
    response="yes",
)
LATER = far(10**9)


@pytest.fixture
def write(ledger):
    def write(record, seen=None, now=LATER):
        with ledger.transaction() as db:
            return line_of(db, record, seen, now)

    return write


def test_a_new_record_is_a_creation_without_its_empty_answers(write):
    line = write(a_finding(unit=SCHOOL_CODE))
    assert (line["o"], line["e"], line["n"]) == ("c", "finding", SCHOOL_CODE)
    assert set(line["v"]) == {"description", "place", "category", "found_on", "finder"}


def test_an_edit_names_from_to_and_the_version_it_answers(ledger, write):
    saved = ledger.save(a_finding())
    line = write(replace(saved, place="四楼", note="已拍照"))
    assert line["v"] == {
        "place": ["教学楼三楼", "四楼", 0, saved.id],
        "note": [None, "已拍照", 0, saved.id],
    }


def test_nothing_is_written_where_nothing_changed(ledger, write):
    saved = ledger.save(a_finding())
    assert write(saved) is None
    assert write(saved, seen=saved) is None


def test_an_author_whose_clock_is_not_later_is_bumped(ledger, write):
    saved = ledger.save(a_finding())
    line = write(replace(saved, place="四楼"), now=0)
    assert line["v"]["place"][2] == 1


def test_only_what_the_person_changed_is_written(ledger, write):
    saved = ledger.save(a_finding())
    ledger.save(replace(saved, note="别人写的"))
    line = write(replace(saved, place="四楼"), seen=saved)
    assert set(line["v"]) == {"place"}


def test_an_answer_to_an_old_value_names_the_version_that_was_seen(ledger, write):
    first = ledger.save(a_finding())
    second = ledger.save(replace(first, place="四楼"))
    third = ledger.save(replace(second, place="五楼"))
    assert write(replace(first, place="六楼"), seen=first)["v"]["place"][3] == first.id
    answered = write(replace(second, place="六楼"), seen=second)["v"]["place"]
    (seq,) = ledger.rows("SELECT seq FROM hist WHERE val = '四楼'")[0]
    assert answered[0] == "四楼"
    assert answered[3] == f"{first.id.split('.')[0]}.{seq}"
    assert write(replace(third, place="六楼"), seen=third)["v"]["place"][0] == "五楼"


def test_of_two_versions_with_the_value_that_was_seen_the_newer_is_answered(ledger, write):
    first = ledger.save(a_finding())
    for place in ("四楼", "五楼", "四楼", "六楼"):
        ledger.save(replace(first, place=place))
    seen = replace(first, place="四楼")
    answered = write(replace(seen, place="七楼"), seen=seen)["v"]["place"]
    numbers = ledger.rows("SELECT max(seq) FROM hist WHERE val = '四楼'")
    assert answered[3].endswith(f".{numbers[0][0]}")


def test_an_answer_to_a_value_this_program_cannot_read_answers_that_value(ledger, stranger, write):
    """Who was shown nothing where a newer program wrote something saw that version all the same."""
    saved = ledger.save(a_finding())
    newer = stranger.update("finding", saved.id, LATER, deadline=[None, "春分前", 0, saved.id])
    ledger.receive([stranger.segment()])
    seen = ledger.get(Finding, saved.id)
    assert seen.deadline is None
    line = write(replace(seen, deadline=TODAY), seen, now=0)
    assert line["v"] == {"deadline": ["春分前", TODAY.isoformat(), 1, newer]}


def test_a_natural_record_begins_with_the_version_that_never_was(write):
    line = write(ANSWER)
    assert line["o"] == "u"
    assert line["v"]["response"] == [None, "yes", 0, "0.0"]
    assert set(line["v"]) == {"checklist", "line", "response"}


def test_a_sheet_that_was_empty_when_it_was_opened_is_answered_as_such(ledger, write):
    ledger.save(ANSWER)
    empty = replace(ANSWER, response=None)
    line = write(replace(ANSWER, response="no"), seen=empty)
    assert line["v"] == {"response": [None, "no", 0, "0.0"]}


def test_a_mark_says_how_far_its_author_had_seen(ledger):
    saved = ledger.save(a_finding())
    ledger.save(replace(saved, place="四楼"))
    with ledger.transaction() as db:
        line = marking(db, saved, 1, LATER)
        again = marking(db, saved, 0, LATER)
    stream, seq = saved.id.split(".")
    assert line["v"] == {"_deleted": [0, 1, 0, saved.id]}
    assert line["k"] == {stream: int(seq) + 1}
    assert again is None


def test_a_natural_record_that_nobody_wrote_yet_can_be_marked(ledger):
    with ledger.transaction() as db:
        assert marking(db, ANSWER, 0, LATER) is None
        assert marking(db, ANSWER, 1, LATER)["v"] == {"_deleted": [0, 1, 0, "0.0"]}


def test_plain_forms_are_what_is_written(ledger, write):
    saved = ledger.save(a_finding())
    wanted = replace(saved, found_on=None)
    assert write(wanted)["v"]["found_on"][:2] == [plain_of(saved)["found_on"], None]


def test_a_delete_says_how_far_its_author_had_every_stream_of_the_unit(ledger):
    saved = ledger.save(a_finding())
    with ledger.transaction() as db:
        for at in range(250):
            db.execute(
                "INSERT INTO log(log_id, unit, seq, head) VALUES(?, ?, ?, x'')",
                (f"long{at:03}", saved.unit, 1000 + at),
            )
        db.execute("INSERT INTO log(log_id, unit, seq, head) VALUES('x', 'another', 9999, x'')")
    ledger.remove(saved)
    ((text,),) = ledger.rows("SELECT line FROM op WHERE line LIKE '%_deleted%'")
    seen = load(text)["k"]
    assert seen == {f"long{at:03}": 1000 + at for at in range(50, 250)}


@pytest.mark.parametrize("year", [1, 1969, 2100, 9998])
def test_a_clock_that_cannot_be_right_is_told_and_nothing_is_written(ledger, clock, year):
    """Its lines would be unreadable for everybody, or be the newest of all for a hundred years."""
    good, before = clock.at, have(ledger)
    clock.at = clock.at.replace(year=year)
    with pytest.raises(AppError, match=f"这台电脑的时间是 {year} 年"):
        ledger.save(a_finding())
    assert have(ledger) == before
    clock.at = good
    ledger.save(a_finding())
