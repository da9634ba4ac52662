"""Inspections of another version of the list, and those of an office."""

import json
import shutil

import pytest
from PySide6.QtCore import Qt

from models.ledger import inspections
from models.ledger.lines import natural_id
from models.records.finding import Finding
from models.records.organisation import Organisation
from tests.conftest import RESOURCES, SCHOOL_CODE, a_school
from tests.models.ledger.conftest import Writer, give
from tests.ui.pages.inspecting import begin, describe, press
from ui.pages.inspection import InspectionPage
from ui.session import Session

KEY = Qt.Key


# ---- versions --------------------------------------------------------------------------------


@pytest.fixture
def updated(tmp_path):
    """Resources of a newer program: its list is at version 2, the old one lies beside it."""
    folder = tmp_path / "resources"
    shutil.copytree(RESOURCES / "checklists", folder / "checklists")
    shutil.copytree(RESOURCES / "icons", folder / "icons")
    newest = folder / "checklists" / "safety_items.json"
    old = folder / "checklists" / "safety_items-2026.1.json"
    shutil.copy(newest, old)
    data = json.loads(newest.read_text(encoding="utf-8"))
    data["version"] = "2"
    for item in data["items"]:
        item["item"] = f"新的说法 {item['id']}"
    newest.write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture
def newer(qtbot, ledger, icons, tasks, updated):
    page = InspectionPage(Session(ledger, updated), icons, tasks)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    return page


def test_an_inspection_keeps_the_wording_it_was_made_with(page, run, newer):
    run.pause()
    newer.show_inspection(run.inspection)
    assert "新的说法" not in newer.run.current.wording.text()
    fresh = begin(newer, kind="weekly")
    assert "新的说法" in fresh.current.wording.text()


def test_a_version_that_is_not_here_shows_ids_and_says_so(page, run, newer, updated, ledger):
    (updated / "checklists" / "safety_items-2026.1.json").unlink()
    inspections.answer(ledger, run.inspection, run._items[0].id, "passed")
    newer.show_inspection(run.inspection)
    assert newer.end.isVisible()
    assert "“2026.1”版检查表，本机没有这一版" in newer.end.notice.text()
    cells = [row.cells for row in newer.end.table.table.rows]
    assert cells[0][2].text == run._items[0].id
    assert [cell[0].text for cell in cells[:2]] == ["合格", "未查"]
    assert not newer.end.resume_button.isVisible()
    assert newer.end.words.isVisible()


# ---- an office -------------------------------------------------------------------------------


def test_an_office_without_schools_is_told_what_to_do_first(make_page, office):
    page = make_page(InspectionPage, office)
    assert not page.empty.button.isVisible()
    page.new_inspection()
    assert page.home.isVisible()


def test_an_office_chooses_a_school_and_inspects_what_it_has(make_page, office, ledger, qtbot):
    give(ledger, office)
    other = a_school(name="示例县第二小学", code="2137000002", features=frozenset({"boarding"}))
    office_knows(office, other)
    page = make_page(InspectionPage, office)
    page.new_inspection()
    form = page.form
    assert form.form.entry("kind").value() == "supervision"
    names = [form.schools.itemText(at) for at in range(form.schools.count())]
    assert sorted(names) == ["示例县实验小学", "示例县第二小学"]
    form.schools.setCurrentIndex(form.schools.findData("2137000002"))
    form.schools.activated.emit(form.schools.currentIndex())
    assert form.form.entry("categories").box("dorm").isVisible()
    form.schools.setCurrentIndex(form.schools.findData(SCHOOL_CODE))
    form.schools.activated.emit(form.schools.currentIndex())
    assert not form.form.entry("categories").box("dorm").isVisible()
    form.save()
    press(qtbot, page.run, KEY.Key_2)
    describe(qtbot, page.run, "A101")
    (finding,) = office.all(Finding)
    assert (finding.unit, finding.source) == (SCHOOL_CODE, "supervision")
    page.run.finish(sure=True)
    assert page.end.title.text().startswith("示例县实验小学")
    page.show_list()
    assert not page.table.isColumnHidden(1)


def office_knows(office, school):
    """The school as a bundle of it would have brought it."""
    writer = Writer("their", school.code)
    record = natural_id(school.code, "organisation", (school.code,))
    plain = {"kind": "school", "name": school.name, "code": school.code, "features": "boarding"}
    writer.update("organisation", record, **{n: [None, v, 0, "0.0"] for n, v in plain.items()})
    office.receive([writer.segment()])
    assert office.get(Organisation, record).name == school.name


def test_a_school_looks_at_what_its_office_inspected(make_page, office, ledger, qtbot, page):
    give(ledger, office)
    theirs = make_page(InspectionPage, office)
    run = begin(theirs, kind="supervision", categories="fire")
    press(qtbot, run, KEY.Key_1)
    give(office, ledger)
    page.refresh()
    assert page.waiting.isHidden()
    page.open_record(run.inspection.id)
    assert page.end.isVisible()
    assert not page.end.resume_button.isVisible()
    assert "还没有结束" in page.end.facts.text()
