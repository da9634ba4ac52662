from dataclasses import replace
from datetime import timedelta

import pytest

from models.ledger.conflicts import conflicts, decide
from models.records.finding import Finding
from models.records.five_management import Checklist
from models.records.person import Person
from tests.conftest import a_finding
from tests.models.ledger.conftest import give
from ui.record_history import LOST, RecordHistory, readable


@pytest.fixture
def history(qtbot, session, icons):
    history = RecordHistory(session, icons)
    qtbot.addWidget(history)
    history.show()
    return history


@pytest.fixture
def person(ledger):
    saved = ledger.save(Person(name="赵𬱖", post="主任"))
    return ledger.save(Person(id=saved.id, unit=saved.unit, name="赵𬱖", post="校长"), saved)


def told(history):
    rows = range(history.changes.rowCount())
    return [tuple(history.changes.item(row, column).text() for column in (1, 3)) for row in rows]


def test_changes_are_read_when_they_are_unfolded_and_name_the_answer(history, person):
    history.show_record(Person.table, person.id)
    assert history.changes.isHidden()
    assert history.changes.rowCount() == 0
    history.button.click()
    assert history.changes.item(0, 3).text() == "职务：主任 → 校长"
    history.button.click()
    assert history.changes.isHidden()


def test_the_same_record_stays_unfolded_and_another_one_folds(history, person, ledger):
    history.show_record(Person.table, person.id)
    history.button.click()
    ledger.save(Person(id=person.id, unit=person.unit, name="赵𬱖", post="副校长"), person)
    history.show_record(Person.table, person.id)
    assert history.changes.item(0, 3).text() == "职务：校长 → 副校长"
    history.show_record(Person.table, "x.1")
    assert history.changes.isHidden()


def test_what_was_never_saved_has_no_history(history, person):
    history.show_record(Person.table, "")
    assert history.isHidden()
    history.show_record(Person.table, person.id)
    assert not history.isHidden()


def test_what_only_the_program_writes_is_not_told(session, ledger):
    sheet = ledger.save(Checklist(template="t", version="1", period="2026-11", filled_by="李安全"))
    told = readable(session, Checklist.table, sheet.id)
    assert [(change.field, change.new) for change in told] == [("填表人", "李安全")]


def test_what_lost_against_a_change_elsewhere_is_marked_where_its_author_stands(
    history, ledger, second, clock
):
    finding = ledger.save(a_finding())
    give(ledger, second)
    ledger.save(replace(finding, place="四楼", note="已拍照"))
    clock.at += timedelta(hours=1)
    second.save(replace(finding, place="五楼"))
    give(second, ledger)
    history.show_record(Finding.table, finding.id)
    history.button.click()
    assert ("李安全", f"部位：教学楼三楼 → 四楼{LOST}") in told(history)
    assert ("赵𬱖", "部位：教学楼三楼 → 五楼") in told(history)
    assert sum("没有采用" in words for _who, words in told(history)) == 1
    decide(ledger, conflicts(ledger)[0], "四楼")  # what was chosen after all lost nothing
    history.show_record(Finding.table, finding.id)
    assert ("李安全", "部位：五楼 → 四楼") in told(history)
    assert not any("没有采用" in words for _who, words in told(history))
