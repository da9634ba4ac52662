import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.ledger import checklists
from models.ledger.ledger import Ledger
from models.printing import print_report
from models.printing.job import Job
from models.records.five_management import Checklist, ChecklistAnswer
from models.reports.paper.faces import Faces, find_faces
from models.templates.five_management import load_template
from tests.conftest import RESOURCES
from tests.models.reports.paper.conftest import texts_of

Print = Callable[[str, str], str]
Fill = Callable[..., Checklist]
LISTS = RESOURCES / "checklists"


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces(RESOURCES / "fonts")


def printer(ledger: Ledger, faces: Faces, folder: Path) -> Print:
    """Prints reports of this ledger, and gives their words without white space."""

    def print_it(key: str, parameter: str) -> str:
        path = folder / "report.pdf"
        result = print_report(Job(ledger, LISTS, faces), key, parameter, path)
        texts = texts_of(path)
        assert result.pages == len(texts)
        return re.sub(r"\s", "", "".join(texts))

    return print_it


@pytest.fixture
def printed(ledger: Ledger, faces: Faces, tmp_path: Path) -> Print:
    return printer(ledger, faces, tmp_path)


@pytest.fixture
def fill(ledger: Ledger) -> Fill:
    """Fill a month's sheet with answers by the item's id, written fm_hw_01."""
    template = load_template(LISTS / "five_management.json")

    def fill_it(period: str, **answers: str) -> Checklist:
        sheet = checklists.new_sheet(ledger, template, period)
        sheet = replace(sheet, filled_on=date.fromisoformat(f"{period}-20"))
        for name, response in answers.items():
            answer = ChecklistAnswer(line=name.replace("_", "."), response=response)
            checklists.save_answer(ledger, sheet, answer)
        filled = checklists.sheet(ledger, period)
        assert filled
        return filled

    return fill_it
