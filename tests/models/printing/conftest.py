import re
from collections.abc import Callable
from pathlib import Path

import pytest

from models.ledger.ledger import Ledger
from models.printing import print_report
from models.reports.paper.faces import Faces, find_faces
from tests.conftest import RESOURCES
from tests.models.reports.paper.conftest import texts_of

Print = Callable[[str, str], str]
LISTS = RESOURCES / "checklists"


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces(RESOURCES / "fonts")


def printer(ledger: Ledger, faces: Faces, folder: Path) -> Print:
    """Prints reports of this ledger, and gives their words without white space."""

    def print_it(key: str, parameter: str) -> str:
        path = folder / "report.pdf"
        result = print_report(ledger, LISTS, faces, key, parameter, path)
        texts = texts_of(path)
        assert result.pages == len(texts)
        return re.sub(r"\s", "", "".join(texts))

    return print_it


@pytest.fixture
def printed(ledger: Ledger, faces: Faces, tmp_path: Path) -> Print:
    return printer(ledger, faces, tmp_path)
