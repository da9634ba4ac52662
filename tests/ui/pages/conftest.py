"""Pages as their tests use them."""

import pytest
import shiboken6
from PIL import Image

from models.records.person import Person
from tests.conftest import RESOURCES
from tests.models.exchange.enrolling import enrol
from tests.ui.pages.training_acts import SESSIONS
from ui.icons import Icons
from ui.look import apply_look
from ui.pages.findings import FindingsPage
from ui.pages.people import PeoplePanel
from ui.pages.reports import ReportsPage
from ui.pages.training import TrainingPage
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def training_page(qapp, ledger):
    tasks = Tasks()
    page = TrainingPage(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), tasks)
    page.resize(1080, 760)
    page.tabs.setCurrentIndex(SESSIONS)
    page.show()
    page.refresh()
    yield page
    tasks.close()
    shiboken6.delete(page)  # at once: no draft may be kept after the ledger is closed


@pytest.fixture
def people_panel(qapp, ledger):
    panel = PeoplePanel(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"))
    panel.resize(1000, 600)
    panel.show()
    panel.refresh()
    yield panel
    shiboken6.delete(panel)  # at once: no draft may be kept after the ledger is closed


@pytest.fixture
def trainees(ledger):
    given = {"roles": frozenset({"trainee"}), "state": "active"}
    return [ledger.save(Person(name=name, **given)) for name in ("赵𬱖", "张㛃", "王平安")]


@pytest.fixture
def look(qapp):
    """The style sheet of the program, where sizes matter."""
    old = qapp.styleSheet()
    apply_look(qapp, RESOURCES)
    yield
    qapp.setStyleSheet(old)


@pytest.fixture
def session(ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def make_findings_page(session, qapp):
    """A page of findings on screen, with a worker of its own."""
    made = []

    def make():
        tasks = Tasks()
        page = FindingsPage(session, Icons(RESOURCES / "icons"), tasks)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        made.append((page, tasks))
        return page

    yield make
    for page, tasks in made:  # before the ledger closes: timers read and write there
        tasks.close()
        shiboken6.delete(tasks)
        shiboken6.delete(page)


@pytest.fixture
def jpeg(tmp_path):
    """A photo from a camera."""
    file = tmp_path / "现场.jpg"
    Image.new("RGB", (1200, 900), "green").save(file)
    return file


@pytest.fixture
def pair(ledger, office):
    """An enrolled school and its office."""
    enrol(office, ledger)
    return ledger, office


@pytest.fixture
def make_page(qtbot, icons, tasks):
    """A page of this kind on screen, for this ledger."""

    def make(kind, of):
        page = kind(Session(of, RESOURCES), icons, tasks)
        qtbot.addWidget(page)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        return page

    return make


@pytest.fixture
def reports_page(qtbot, session, icons, tasks, finish):
    page = ReportsPage(session, icons, tasks)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    finish(page.show)  # it prints what it shows first
    yield page
    page.preview.view.close_file()
    page.preview.view._painter.close()


@pytest.fixture
def make_page_part(session, qapp):
    """A part of a page on screen by itself."""
    made = []

    def make(kind):
        part = kind(session, Icons(RESOURCES / "icons"))
        part.resize(420, 700)
        part.show()
        made.append(part)
        return part

    yield make
    for part in made:  # before the ledger closes: no draft may be kept after
        shiboken6.delete(part)
