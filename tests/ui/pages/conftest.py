"""Pages as their tests use them."""

import pytest
import shiboken6

from models.records.person import Person
from tests.conftest import RESOURCES
from ui.icons import Icons
from ui.pages.training import TrainingPage
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def training_page(qapp, ledger):
    tasks = Tasks()
    page = TrainingPage(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), tasks)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    yield page
    tasks.close()
    shiboken6.delete(page)  # at once: no draft may be kept after the ledger is closed


@pytest.fixture
def trainees(ledger):
    given = {"roles": frozenset({"trainee"}), "state": "active"}
    return [ledger.save(Person(name=name, **given)) for name in ("赵𬱖", "张㛃", "王平安")]
