import pytest

from tests.conftest import RESOURCES
from ui.form.pasted_text import PastedText, told_by_line
from ui.icons import Icons
from ui.session import Session
from ui.widgets.notice import Notice

DRAFT = "people:pasted"


@pytest.fixture
def session(ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def box(qtbot, session):
    notice = Notice(Icons(RESOURCES / "icons"))
    box = PastedText("名单", "一人一行", session, notice)
    qtbot.addWidget(notice)
    qtbot.addWidget(box)
    box.open(DRAFT)
    return box


def test_what_was_pasted_waits_until_the_box_is_emptied(box, session):
    box.setPlainText("赵𬱖\n张㛃")
    box.flush()
    assert session.draft(DRAFT) == {"list": "赵𬱖\n张㛃"}
    box.clear()
    box.flush()
    assert session.draft(DRAFT) == {}


def test_each_list_waits_under_its_own_name(box, session):
    box.setPlainText("赵𬱖")
    box.open("trainee:pasted")
    assert box.toPlainText() == ""
    box.setPlainText("张㛃")
    box.open(DRAFT)
    assert box.toPlainText() == "赵𬱖"
    assert session.draft("trainee:pasted") == {"list": "张㛃"}


def test_a_list_that_an_older_program_kept_goes_on(box, session):
    session.keep_draft(DRAFT, {"names": "李安全"})
    box.open(DRAFT)
    assert box.toPlainText() == "李安全"


def test_a_few_problems_are_told_and_how_many_there_are():
    assert told_by_line({}) == ""
    assert told_by_line({2: "请检查。"}) == "第 2 行：请检查。"
    told = told_by_line(dict.fromkeys(range(1, 6), "请检查。")).splitlines()
    assert told == [*(f"第 {line} 行：请检查。" for line in (1, 2, 3)), "……共 5 行需要修改。"]
