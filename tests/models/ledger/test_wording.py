from dataclasses import replace

import pytest

from models.ledger.history import history_of
from models.ledger.same_person import merge
from models.ledger.suggestions import Offers, offers
from models.ledger.wording import Word, rename, take_back, words_in_use
from models.problems import Problem
from models.records.drill import Drill
from models.records.finding import Finding
from models.records.person import Person
from models.records.programme import Programme
from models.records.training import TrainingSession
from tests.conftest import TODAY, a_finding
from tests.models.exchange.enrolling import enrol, hand_back, hand_over
from tests.models.ledger.conftest import Writer
from tests.models.ledger.test_schedule import a_drill
from tests.models.ledger.test_training import a_session


@pytest.fixture
def findings(ledger):
    places = ("教学楼三楼", "教学楼三楼", "教学楼 三楼", "食堂")
    return [ledger.save(a_finding(number=str(n), place=p)) for n, p in enumerate(places)]


def places(ledger):
    return [finding.place for finding in ledger.all(Finding)]


# ---- what is offered -----------------------------------------------------------------------------


def test_the_most_used_is_offered_first_from_all_modules(ledger, findings):
    ledger.save(a_drill(place="操场"))
    ledger.save(a_session(place="操场"))
    ledger.save(a_session(place="操场"))
    assert offers(ledger, "place").words[:2] == ["操场", "教学楼三楼"]


def test_what_begins_with_the_letters_stands_before_what_has_them(ledger):
    found = Offers(lambda: ["东教学楼", "教学楼", "Office", "", "教学楼"], ledger.initials)
    assert found.words == ["东教学楼", "教学楼", "Office"]
    assert found.matching("jxl") == ["教学楼", "东教学楼"]
    assert found.matching(" off ") == ["Office"]
    assert found.matching("Office") == []
    assert found.matching("没有") == []
    assert Offers(lambda: ["教学楼"], None).matching("jxl") == []


def test_who_was_merged_or_has_left_is_not_offered(ledger):
    kept = ledger.save(Person(name="张伟", department="教务处", state="active"))
    gone = ledger.save(Person(name="张　伟", state="active"))
    ledger.save(Person(name="王平安", state="left"))
    assert offers(ledger, "person").words == ["李安全", "张伟（教务处）", "张　伟"]
    merge(ledger, gone, kept)
    found = offers(ledger, "person")
    found.prepare()
    assert found.words == ["李安全", "张伟"]


# ---- one list, and one word for others -----------------------------------------------------------


def test_the_list_counts_the_records_that_say_a_word(ledger, findings):
    ledger.save(a_drill(place="食堂"))
    other = Writer(unit="3139999999")
    other.create("finding", place="外校")
    ledger.receive([other.segment()])
    listed = words_in_use(ledger, "place")
    assert {word.text for word in listed} == {"教学楼三楼", "食堂", "教学楼 三楼"}
    assert Word("食堂", {"隐患": 1, "应急演练": 1}) in listed
    assert [word.count for word in listed] == [2, 2, 1]


def test_units_are_one_list_too(ledger):
    ledger.save(a_session(organiser="示例县教体局"))
    ledger.save(Programme(name="培训班", organiser="示例县教体局", begins=TODAY, ends=TODAY))
    assert words_in_use(ledger, "unit") == [Word("示例县教体局", {"培训活动": 1, "培训班次": 1})]


def test_a_renaming_is_an_edit_of_each_record_and_leaves_a_trace(ledger, findings):
    drill = ledger.save(a_drill(place="教学楼 三楼"))
    done = rename(ledger, "place", ["教学楼 三楼", "食堂"], "教学楼三楼")
    assert places(ledger) == ["教学楼三楼"] * 4
    assert ledger.get(Drill, drill.id).place == "教学楼三楼"
    assert (len(done.changed), done.left) == (3, 0)
    newest = history_of(ledger, "finding", findings[3].id)[0]
    assert (newest.old, newest.new, newest.who) == ("食堂", "教学楼三楼", "李安全")


def test_one_button_puts_the_former_words_back_as_new_edits(ledger, findings):
    before = places(ledger)
    done = rename(ledger, "place", ["教学楼 三楼", "食堂"], "教学楼三楼")
    assert take_back(ledger, done) == 2
    assert places(ledger) == before


def test_what_was_written_since_is_left_alone(ledger, findings):
    done = rename(ledger, "place", ["教学楼三楼"], "三号楼")
    edited = ledger.get(Finding, findings[0].id)
    ledger.save(replace(edited, place="操场"), edited)
    ledger.remove(findings[1])
    assert take_back(ledger, done) == 0
    assert places(ledger) == ["操场", "教学楼 三楼", "食堂"]


def test_a_word_that_is_too_long_changes_nothing(ledger, findings):
    with pytest.raises(Problem, match="最多 60 个字"):
        rename(ledger, "place", ["食堂"], "长" * 61)
    assert places(ledger)[3] == "食堂"


def test_the_word_itself_is_no_change(ledger, findings):
    assert rename(ledger, "place", ["食堂"], "食堂").changed == []


def test_a_record_we_would_not_accept_stays_as_it_is(ledger, findings, stranger):
    stranger.create("finding", place="食堂", description="不完整")
    ledger.receive([stranger.segment()])
    done = rename(ledger, "place", ["食堂"], "餐厅")
    assert (len(done.changed), done.left) == (1, 1)


def test_a_renaming_travels(ledger, office, findings, tmp_path):
    enrol(office, ledger)
    hand_over(ledger, office, tmp_path / "1")
    done = rename(ledger, "place", ["食堂"], "餐厅")
    hand_over(ledger, office, tmp_path / "2")
    assert office.get(Finding, findings[3].id).place == "餐厅"
    take_back(ledger, done)
    hand_over(ledger, office, tmp_path / "3")
    hand_back(office, ledger, tmp_path / "4")
    assert office.get(Finding, findings[3].id).place == "食堂"


def test_a_session_keeps_all_else(ledger):
    held = ledger.save(a_session(place="报告厅", speaker="赵𬱖"))
    rename(ledger, "place", ["报告厅"], "学术报告厅")
    assert ledger.get(TrainingSession, held.id) == replace(held, place="学术报告厅")
