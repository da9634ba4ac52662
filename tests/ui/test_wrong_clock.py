"""A PC whose clock is thousands of years ahead: the window opens, and a save says what to do."""

import pytest
import shiboken6

from models.ledger import findings
from models.records.finding import Finding
from tests.conftest import RESOURCES, a_finding, a_step
from tests.ui.pages.findings_acts import type_in
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def window(ledger, clock, qapp):
    finding = findings.register(ledger, a_finding(deadline=a_finding().found_on))
    findings.take_step(ledger, finding, a_step("graded"))
    clock.at = clock.at.replace(year=9998)
    tasks = Tasks()
    window = MainWindow(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), tasks)
    window.show()
    yield window
    tasks.close()
    shiboken6.delete(tasks)
    shiboken6.delete(window)


def test_every_page_opens(window):
    for key in window.keys:
        window.go(key)
        assert window.page(key).isVisible()
        assert not window.notice.isVisible()


def test_a_finding_is_not_saved_and_nothing_typed_is_lost(window, ledger):
    window.go("findings", "")
    form = window.page("findings").form
    type_in(form, description="门锁坏了", place="图书室", category="sec", found_on="2026-11-23")
    form.save()
    assert "这台电脑的时间是 9998 年" in form.notice.text()
    assert "填写的内容还在窗口里" in form.notice.text()
    assert form.form.entry("description").toPlainText() == "门锁坏了"
    assert len(ledger.all(Finding)) == 1
