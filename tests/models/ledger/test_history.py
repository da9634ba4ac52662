from dataclasses import replace
from datetime import UTC, date

from models.ledger.history import history_of
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from tests.conftest import a_finding
from tests.models.ledger.conftest import Writer, far, give


def told(ledger, table, record):
    return [(c.field, c.old, c.new) for c in history_of(ledger, table, record)]


def test_a_creation_tells_each_answer(ledger):
    finding = ledger.save(a_finding())
    assert set(told(ledger, "finding", finding.id)) == {
        ("隐患描述", "", "三楼东侧灭火器压力不足"),
        ("部位", "", "教学楼三楼"),
        ("类别", "", "消防安全"),
        ("排查日期", "", "2026年11月23日"),
        ("排查人", "", "李安全"),
    }


def test_an_edit_tells_from_and_to_as_people_read_them_newest_first(ledger):
    finding = ledger.save(a_finding())
    finding = ledger.save(replace(finding, deadline=date(2026, 12, 1)))
    ledger.save(replace(finding, deadline=None, level="major"))
    newest = told(ledger, "finding", finding.id)[:3]
    assert set(newest[:2]) == {("整改时限", "2026年12月1日", ""), ("等级", "", "重大隐患")}
    assert newest[2] == ("整改时限", "", "2026年12月1日")


def test_deleting_and_restoring_leave_their_trace(ledger):
    finding = ledger.save(a_finding())
    ledger.remove(finding)
    ledger.restore(finding)
    assert told(ledger, "finding", finding.id)[:2] == [
        ("记录", "已删除", "在册"),
        ("记录", "在册", "已删除"),
    ]


def test_every_change_tells_who_and_when(ledger, second, clock):
    finding = ledger.save(a_finding())
    give(ledger, second)
    second.save(replace(second.get(Finding, finding.id), note="已拍照"))
    give(second, ledger)
    change = history_of(ledger, "finding", finding.id)[0]
    assert change.who == "赵𬱖"
    assert change.when.tzinfo is UTC
    assert abs(clock.at - change.when).total_seconds() < 60


def test_a_natural_record_has_no_creation_but_its_answers(ledger):
    answer = ledger.save(ChecklistAnswer(checklist="k.u.1", line="x", response="yes"))
    changes = told(ledger, "checklist_answer", answer.id)
    assert ("答案", "", "yes") in changes
    assert len(changes) == 3


def test_fields_of_a_newer_program_and_nonsense_are_told_as_they_came(ledger, stranger: Writer):
    record = stranger.create("finding", t=far(0), place="三楼", badge=7, found_on="昨天")
    stranger.update("finding", record, far(1), badge=[7, None, 0, record])
    stranger.update("finding", record, far(2), found_on=["昨天", 5, 0, record])
    ledger.receive([stranger.segment()])
    assert told(ledger, "finding", record)[:2] == [("排查日期", "昨天", "5"), ("badge", "7", "")]
