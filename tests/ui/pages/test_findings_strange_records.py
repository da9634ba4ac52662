"""Findings as another version, or another program, wrote them: shown, filtered, printed."""

from contextlib import suppress

import pytest

from models.ledger import findings
from models.ledger.finding_filter import CONDITIONS, FILTERS, ORDERS, FindingFilter
from models.printing import REPORTS, print_report
from models.printing.job import Job
from models.problems import AppError
from models.records.finding import Finding
from models.reports.paper.faces import find_faces
from tests.conftest import RESOURCES, TODAY
from tests.models.ledger.conftest import Writer
from ui.pages.findings import FindingsPage

UNKNOWN = {
    "description": "新版程序的隐患",
    "place": "新楼",
    "category": "robots",
    "level": "extreme",
    "found_on": "2026-11-20",
    "source": "satellite",
    "responsible": "赵𬱖",
    "colour": "purple",
}
WRONG = {
    "number": 7,
    "description": 5,
    "place": 12,
    "category": 0,
    "level": 1,
    "found_on": "上个月",
    "finder": 3,
    "deadline": 20261201,
    "funding": "很多钱",
    "responsible": -1,
    "inspection": "nowhere.1",
    "risk_point": 4,
    "recurs": "nobody.1",
}
EMPTY = {"description": "x"}
STEPS = (
    {"kind": "graded", "taken_on": "2026-11-20", "level": "extreme"},
    {"kind": "beamed_up", "taken_on": "2026-11-21", "person": 7, "opinion": 5},
    {"kind": "notice_issued", "taken_on": "昨天", "document": 12, "deadline": "soon"},
    {"kind": "submitted", "cost": "免费", "person": None, "office": 6},
    {"kind": "recheck_passed", "opinion": None},
    {"kind": "closed", "approver": 8},
)


@pytest.fixture
def strange(ledger):
    writer = Writer()
    made = [writer.create("finding", **known) for known in (UNKNOWN, WRONG, EMPTY)]
    for finding in made:
        after = None
        for step in STEPS:
            after = writer.create("finding_step", finding=finding, after=after, **step)
        writer.create("photo", finding=finding, stage="during", sha256="0" * 64)
        writer.create("photo", finding=finding, stage=3, sha256=17, taken_on="noon")
    ledger.receive([writer.segment()])
    return made


def test_each_of_them_is_shown(make_page, ledger, strange):
    page = make_page(FindingsPage, ledger)
    assert page.list.model.rowCount() == 3
    for finding in strange:
        page.open_record(finding)
        assert page.detail.finding.id == finding
        page.detail.history.button.click()
        page.detail.edit_asked.emit()
        page.form.close_form()


@pytest.mark.parametrize("view", FILTERS)
@pytest.mark.parametrize("order", ["", *ORDERS, *(f"-{name}" for name in ORDERS)])
def test_every_view_in_every_order_reads_them(ledger, strange, view, order):
    chosen = FindingFilter(view=view, order=order)
    findings.page(ledger, findings.numbers(ledger, chosen, TODAY))


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_reads_them(ledger, strange, name):
    for value in ("extreme", "robots", "12", "2026-11-20", "x" * 9):
        chosen = FindingFilter(**{name: value})
        findings.page(ledger, findings.numbers(ledger, chosen, TODAY))
    assert len(findings.numbers(ledger, FindingFilter(category="robots"), TODAY)) == 1


@pytest.fixture(scope="module")
def faces():
    return find_faces(RESOURCES / "fonts")


@pytest.mark.parametrize("key", REPORTS)
def test_every_paper_of_them_is_printed_or_refused_in_words(ledger, strange, faces, tmp_path, key):
    job = Job(ledger, RESOURCES / "checklists", faces)
    given = {"year": "2026", "month": "2026-11", "term": "2026-1", "two_months": "2026-11"}
    for finding in strange:
        parameter = given.get(REPORTS[key].parameter, finding)
        with suppress(AppError):
            print_report(job, key, parameter, tmp_path / "report.pdf")
    if key == "rectification_notice":
        assert (tmp_path / "report.pdf").exists()


def test_a_step_is_taken_of_one_of_them(make_page, ledger, strange):
    page = make_page(FindingsPage, ledger)
    for finding in strange:
        page.open_record(finding)
        page.detail.press_step(1)
        page.step_form.save()
        assert ledger.get(Finding, finding) is not None
