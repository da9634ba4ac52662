"""What tests of the window share: a session, one worker, and waiting for it."""

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.collecting import collecting  # noqa: F401  for every test here
from tests.conftest import RESOURCES
from ui.icons import Icons
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard(qapp):
    """What a test put there was made in Python, and must not outlive it."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def icons(qapp):
    return Icons(RESOURCES / "icons")


@pytest.fixture
def session(qapp, ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def tasks(qapp):
    tasks = Tasks()
    yield tasks
    tasks.close()
    shiboken6.delete(tasks)  # what ends now is told to nobody: the ledger closes next


@pytest.fixture
def finish(qtbot, tasks):
    """Do something that starts a task, and wait until its result was shown."""

    def do(act, *args):
        with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: not busy, timeout=10_000):
            act(*args)

    return do


@pytest.fixture
def commit():
    """Type into a widget as an input method does: the words come in one piece."""

    def do(widget, text):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return do
