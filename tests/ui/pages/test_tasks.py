from datetime import timedelta

import pytest

from models.ledger import checklists
from models.ledger.tasks import arranged, task_from
from models.records.five_management import ChecklistAnswer
from models.records.task import Task
from tests.conftest import RESOURCES, TODAY
from tests.models.records.test_task import a_task
from ui.icons import Icons
from ui.pages.tasks import TasksPage
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def page(qtbot, ledger):
    workers = Tasks()
    page = TasksPage(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), workers)
    qtbot.addWidget(page)
    page.refresh()
    yield page
    workers.close()


def test_the_first_task_is_a_good_deed_with_what_is_known(page, ledger):
    page.open_record("")
    page.panel.panel.form.set_raw({"name": "添置饮水机"})
    page.panel.panel.save()
    (task,) = ledger.all(Task)
    assert (task.name, task.kind, task.person) == ("添置饮水机", "service", "李安全")


def test_late_ones_stand_first_and_say_so_and_the_rate_shows_both_numbers(page, ledger):
    late = ledger.save(a_task(due=TODAY - timedelta(days=1)))
    ledger.save(a_task(state="done", done_on=TODAY, outcome="已添置"))
    page.refresh()
    first = arranged(ledger.all(Task))[0]
    assert first == late
    assert page.panel.cells(first)[-1].text == "逾期"
    assert page.header._subtitle.text() == "办结率 50.00%（1/2）"


def test_a_task_is_opened_by_its_id(page, ledger):
    task = ledger.save(a_task())
    page.open_record(task.id)
    assert page.panel.opened == task


def test_a_task_leads_back_to_the_line_of_its_sheet(page, ledger, qtbot):
    template = page.session.checklist
    line = next(one for one in template.lines({"primary_low"}) if one.id == "fm.ph.03")
    blank = checklists.new_sheet(ledger, template, "2026-10")
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=line.id, response="no"))
    task = ledger.save(task_from(ledger, checklists.sheet(ledger, "2026-10"), line, "否"))
    page.open_record(task.id)
    assert page.panel.sheet_button.text() == "查看2026年10月自查表中的这一项"
    with qtbot.waitSignal(page.open_asked) as asked:
        page.panel.sheet_button.click()
    assert asked.args == ["five_management", "2026-10:fm.ph.03"]


def test_a_good_deed_came_from_no_sheet(page):
    page.open_record("")
    assert page.panel.sheet_button.isHidden()


def test_the_ledger_of_tasks_is_printed_on_the_page_of_reports(page, qtbot):
    with qtbot.waitSignal(page.open_asked) as asked:
        page.print_button.click()
    assert asked.args == ["reports", "tasks_ledger:now"]
