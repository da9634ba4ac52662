from dataclasses import replace
from datetime import date, timedelta

from models.ledger import checklists
from models.ledger.tasks import arranged, blank_task, due_tasks, task_from, tasks_of
from models.ledger.titles import title_of
from models.records.five_management import ChecklistAnswer
from models.records.record import problems_of
from tests.conftest import TODAY
from tests.models.ledger.conftest import MONTH
from tests.models.records.test_task import a_task

DRAWER = "fm.ph.03"


def test_an_item_that_falls_short_becomes_a_task_with_all_that_is_known(
    ledger,
    blank,
    lines,
):
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=DRAWER, response="no"))
    sheet = checklists.sheet(ledger, MONTH)
    task = task_from(ledger, sheet, lines[DRAWER], "否")
    assert task.name == "是否有手机保管装置（否），要求：是"
    assert (task.area, task.kind, task.state) == ("phone", "rectify", "open")
    assert (task.person, task.due) == ("李安全", TODAY + timedelta(days=30))
    assert problems_of(task) == {}
    saved = ledger.save(replace(task, person="赵𬱖"))
    assert tasks_of(ledger, sheet) == {DRAWER: [saved]}
    assert title_of(ledger, "task", saved.id) == "任务 是否有手机保管装置（否），要求：…"
    # what is not confirmed is advice, and the last person of the area is offered
    advice = task_from(ledger, sheet, lines["fm.ph.12"], "")
    assert "，建议：" in advice.name
    assert advice.person == "赵𬱖"


def test_a_sheet_that_is_not_saved_has_no_tasks(ledger, blank):
    ledger.save(a_task())
    assert tasks_of(ledger, blank) == {}


def test_a_task_of_no_sheet_is_a_good_deed(ledger):
    task = blank_task(ledger)
    assert (task.kind, task.person, task.checklist) == ("service", "李安全", None)
    ledger.set_setting("user", "")
    assert blank_task(ledger).person is None


def test_what_is_due_soonest_stands_first_and_what_is_done_last(ledger):
    days = (TODAY, date(2026, 11, 1), date(2027, 1, 1))
    soon, late, far = (ledger.save(a_task(due=day)) for day in days)
    done = ledger.save(a_task(state="done", done_on=TODAY, outcome="好"))
    dropped = ledger.save(a_task(state="dropped"))
    assert arranged([dropped, done, far, soon, late]) == [late, soon, far, done, dropped]
    assert due_tasks(ledger, TODAY) == [late, soon]
