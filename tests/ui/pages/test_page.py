import pytest

from models.problems import AppError
from tests.conftest import a_finding
from ui.pages.page import Page


class Counting(Page):
    """A page that counts how often it was refreshed."""

    follows = frozenset({"finding"})
    trouble = ""
    refreshed = 0

    def refresh(self):
        self.refreshed += 1
        if self.trouble:
            raise AppError(self.trouble)


@pytest.fixture
def page(qtbot, session, icons, tasks):
    page = Counting(session, icons, tasks)
    page.column.addWidget(page.notice)
    qtbot.addWidget(page)
    page.show()
    return page


def test_many_changes_in_a_row_are_one_refresh(page, session, qtbot):
    for _ in range(3):
        session.save(a_finding())
    assert page.refreshed == 0
    qtbot.waitUntil(lambda: page.refreshed == 1)


def test_what_it_does_not_follow_and_what_it_does_not_show_is_left(page, session, qtbot):
    session.changed.emit("person")
    assert not page._following.isActive()
    page.hide()
    session.save(a_finding())
    qtbot.waitUntil(lambda: not page._following.isActive())
    assert page.refreshed == 0


def test_a_refresh_that_fails_is_told(page, session, qtbot):
    page.trouble = "台账正被别的程序占用。"
    session.save(a_finding())
    qtbot.waitUntil(lambda: page.notice.text() == "台账正被别的程序占用。")


def test_an_attempt_tells_whether_it_was_done(page):
    assert page.attempt(page.refresh)
    page.trouble = "磁盘已满。"
    assert not page.attempt(page.refresh)
    assert page.notice.text() == "磁盘已满。"
