from datetime import timedelta

import pytest

from models.ledger.tasks import arranged
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
