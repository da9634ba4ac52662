import pytest

from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.task import Task
from tests.conftest import TODAY
from tests.models.printing.conftest import Print
from tests.models.records.test_task import a_task


def test_open_tasks_are_printed_before_those_that_are_done(ledger: Ledger, printed: Print) -> None:
    done: Task = a_task(name="修好饮水机", state="done", done_on=TODAY, outcome="已修好")
    ledger.save(done)
    ledger.save(a_task())
    text = printed("tasks_ledger", "now")
    assert text.index("添置手机保管柜") < text.index("修好饮水机")


def test_where_there_is_no_task_it_is_told(printed: Print) -> None:
    with pytest.raises(AppError, match="还没有登记任务，没有可打印的内容"):
        printed("tasks_ledger", "now")
