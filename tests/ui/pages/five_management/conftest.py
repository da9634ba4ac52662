"""The page of 五项管理, on screen."""

import pytest

from tests.conftest import RESOURCES
from ui.icons import Icons
from ui.pages.five_management import FiveManagementPage
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def session(qapp, ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def open_page(qtbot):
    opened = []

    def open_page(session):
        tasks = Tasks()
        page = FiveManagementPage(session, Icons(RESOURCES / "icons"), tasks)
        qtbot.addWidget(page)
        page.resize(1080, 760)
        page.refresh()
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        opened.append(tasks)
        return page

    yield open_page
    for tasks in opened:
        tasks.close()


@pytest.fixture
def page(session, open_page):
    return open_page(session)
