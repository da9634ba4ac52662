import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ui.icons import Icons

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def icons(qapp):
    return Icons(RESOURCES / "icons")
