import pytest

from models.templates.five_management import load_template
from models.templates.safety import load_safety
from tests.conftest import RESOURCES


@pytest.fixture(scope="session")
def five():
    return load_template(RESOURCES / "checklists" / "five_management.json")


@pytest.fixture(scope="session")
def safety():
    return load_safety(RESOURCES / "checklists" / "safety_items.json")
