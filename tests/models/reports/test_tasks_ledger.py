from datetime import timedelta

from models.records.task import Task
from models.reports.paper.faces import Faces
from models.reports.tasks_ledger import tasks_ledger
from tests.conftest import TODAY
from tests.models.records.test_task import a_task
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import Print


def test_each_task_says_how_it_stands_and_the_rate_leaves_out_what_was_dropped(
    on_paper: Print, faces: Faces
) -> None:
    tasks = [
        a_task(due=TODAY - timedelta(days=1), measures="向厂家订购"),
        a_task(),
        a_task(state="done", done_on=TODAY, outcome="已添置"),
        a_task(state="dropped"),
    ]
    text = on_paper(tasks_ledger(SCHOOL, TODAY, tasks, faces=faces)).text
    for words in (
        "1整改手机管理添置手机保管柜李安全2026年11月22日向厂家订购逾期未办结",
        "2整改手机管理添置手机保管柜李安全2026年11月23日办理中",
        "已办结2026年11月23日办结。已添置",
        "不再办理",
        "共4项任务，办结率33.33%（1/3），逾期1项。",
    ):
        assert words in text


def test_what_a_newer_program_left_empty_is_printed_empty(on_paper: Print, faces: Faces) -> None:
    text = on_paper(tasks_ledger(SCHOOL, TODAY, [Task(name="无名")], faces=faces)).text
    assert "共1项任务，办结率0.00%（0/1），逾期0项。" in text
