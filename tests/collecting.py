"""Tests of the window collect garbage between them only: never on a worker, nor amid an event."""

import gc

import pytest

from ui.collector import collect_if_due


@pytest.fixture(autouse=True)
def collecting():
    gc.disable()
    yield
    collect_if_due()
    gc.enable()
