"""The page of inspections, and one in hand."""

import pytest

from tests.ui.pages.inspecting import begin
from ui.pages.inspection import InspectionPage


@pytest.fixture
def page(make_page, ledger):
    return make_page(InspectionPage, ledger)


@pytest.fixture
def run(page):
    """A weekly inspection in hand: a few items."""
    return begin(page, kind="weekly")
