from dataclasses import replace

import pytest

from models.ledger.search import Initials, match_of, says, tokens
from models.records.finding import Finding
from models.records.record import plain_of
from models.records.training import TrainingSession
from tests.conftest import a_finding, a_person
from tests.models.ledger.conftest import Writer, give


@pytest.fixture
def find(ledger):
    def find(words, table="finding", **more):
        found = ledger.hits(table, words, **more)
        return [
            ledger.rows(f"SELECT id FROM {table} WHERE no = ?", (number,))[0][0] for number in found
        ]

    return find


@pytest.mark.parametrize(
    "words",
    [
        "灭火", "火器", "器", "三楼东侧灭火器压力不足", "mhq", "MHQ", "mhqyl", "灭火 三楼",
        "mhq 三楼", "三楼 mhq", "2026", "2026-0001", "李安全", "laq", " 灭火 ", '"灭火"', "灭*火",
        "教学楼",
    ],
)  # fmt: skip
def test_a_finding_is_found_by_any_part_of_its_words(ledger, find, words):
    saved = ledger.save(a_finding(number="2026-0001"))
    ledger.save(a_finding(description="食堂留样不足", place="食堂", finder="张㛃"))
    assert find(words) == [saved.id]


@pytest.mark.parametrize(
    "words", ["火灭", "水", "mhx", "灭火 水", "", "  ", "“”", "--", '"', "NEAR("]
)
def test_what_is_not_there_is_not_found_and_nothing_typed_breaks_the_search(ledger, find, words):
    ledger.save(a_finding())
    assert find(words) == []


def test_a_phrase_does_not_reach_from_one_field_into_the_next(ledger, find):
    ledger.save(a_finding(description="压力不足", place="教学楼"))
    assert find("足教") == []
    assert find("bzj") == []
    assert len(find("足 教")) == 1


def test_rare_family_names_are_found(ledger, find):
    saved = ledger.save(a_person("赵𬱖"))
    assert find("赵𬱖", "person") == find("𬱖", "person") == [saved.id]


def test_latin_words_are_found_by_their_letters(ledger, find):
    saved = ledger.save(a_finding(description="LED 灯箱损坏"))
    assert find("led") == find("LED") == [saved.id]


def test_the_index_follows_edits_deletes_and_restores(ledger, find):
    saved = ledger.save(a_finding())
    ledger.save(a_finding(id=saved.id, unit=saved.unit, description="门锁损坏"))
    assert find("灭火") == []
    assert find("门锁") == [saved.id]
    ledger.remove(saved)
    assert find("门锁") == []
    ledger.restore(saved)
    assert find("ms") == [saved.id]


def test_the_newest_come_first_and_no_more_than_asked_for(ledger, find):
    saved = [ledger.save(a_finding()).id for _ in range(3)]
    assert find("灭火") == saved[::-1]
    assert find("灭火", most=2) == saved[:0:-1]


def test_sessions_are_found_too(ledger, find):
    saved = ledger.save(
        TrainingSession(
            topic="校园安全管理",
            module="project",
            form="lecture",
            starts=TrainingSession.of_plain({"starts": "2026-11-23 08:00"}, id="", unit="").starts,
            ends=TrainingSession.of_plain({"ends": "2026-11-23 09:00"}, id="", unit="").ends,
            hour_rule="m45",
        )
    )
    assert find("xyaq", "training_session") == [saved.id]


def test_numbers_that_a_stranger_wrote_for_words_are_indexed_as_text(
    ledger, find, stranger: Writer
):
    record = stranger.create("finding", description=12345, place=None)
    ledger.receive([stranger.segment()])
    assert find("12345") == [record]
    assert ledger.get(Finding, record).description == "12345"


def test_what_others_wrote_is_indexed_by_the_next_search_or_before_it(ledger, find, stranger):
    records = [stranger.create("finding", description=f"灭火器 {n}") for n in range(3)]
    stranger.create("person", name="赵𬱖")
    ledger.receive([stranger.segment()])
    assert ledger.rows("SELECT count(*) FROM finding_search") == [(0,)]
    assert ledger.catch_up(2) == 1
    assert ledger.rows("SELECT count(*) FROM finding_search") == [(2,)]
    assert find("灭火") == records[::-1]
    assert ledger.catch_up() == 0


def test_what_waits_for_the_index_may_be_changed_meanwhile(ledger, find, stranger):
    answers = plain_of(a_finding(description="灭火器", place="食堂"))
    kept, lost = (stranger.create("finding", **answers) for _ in range(2))
    ledger.receive([stranger.segment()])
    ledger.save(replace(ledger.get(Finding, kept), description="门锁"))
    ledger.remove(ledger.get(Finding, lost))
    assert find("灭火") == []
    assert find("门锁") == find("食堂") == [kept]


def test_edits_that_others_made_are_found(ledger, find, second):
    saved = ledger.save(a_finding())
    give(ledger, second)
    second.remove(second.save(a_finding()))
    second.save(replace(saved, description="门锁损坏"))
    give(second, ledger)
    assert find("灭火") == []
    assert find("门锁") == [saved.id]


def test_the_initials_are_read_when_first_asked_for(tmp_path):
    file = tmp_path / "initials.txt"
    initials = Initials(file)
    file.write_text("m:灭\nh:火\n", encoding="utf-8")
    assert initials.of("灭a火b水") == "m h"
    file.unlink()
    assert initials.of("火") == "h"


def test_what_was_typed_becomes_a_safe_expression():
    assert tokens("灭-火A") == "灭 火 a"
    assert match_of("灭火 mhq") == 'words:"灭 火" AND (words:"m h q" OR initials:"m h q")'
    assert match_of('") OR 1') == '(words:"o r" OR initials:"o r") AND words:"1"'


@pytest.mark.parametrize("words", ["作业", "zysj", "ZYSJ 公示", "时间 作业", "AI", ""])
def test_a_text_outside_the_ledger_is_searched_alike(initials, words):
    assert says(initials, "作业时间是否公示（AI）", words)


@pytest.mark.parametrize("words", ["睡眠", "作业 睡眠", "sm", "zy2", "（）zy"])
def test_a_text_outside_the_ledger_must_have_every_word(initials, words):
    assert not says(initials, "作业时间是否公示（AI）", words)
