"""The papers of one finding, from its detail to the page that prints them."""

import pytest

from models.ledger import findings
from models.records.finding import Finding
from tests.conftest import a_finding, a_step
from ui.pages.findings_papers import PapersButton

TO_CLOSING = ("graded", "notice_issued", "submitted", "recheck_passed", "closed")


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


def offered(button):
    """Each paper, and whether it can be printed."""
    return {action.text(): action.isEnabled() for action in button.papers.actions()}


def a_case(ledger, *kinds, **changes):
    finding = findings.register(ledger, a_finding(**changes))
    for kind in kinds:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        findings.take_step(ledger, finding, a_step(kind, person=person))
    return finding


def test_a_new_finding_has_no_other_papers_and_says_why(page, ledger):
    a_case(ledger)
    page.refresh()
    assert offered(page.detail.papers_button) == {
        "整改回执（还没有报告整改完成）": False,
        "复查意见书（还没有复查）": False,
        "销号单（还没有销号）": False,
        "重大隐患治理方案（没有定为重大隐患）": False,
    }


def test_a_closed_finding_has_all_but_what_only_major_ones_have(page, ledger):
    a_case(ledger, *TO_CLOSING)
    page.refresh()
    papers = offered(page.detail.papers_button)
    assert [words for words, can in papers.items() if can] == ["整改回执", "复查意见书", "销号单"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("整改回执", "rectification_receipt"),
        ("复查意见书", "recheck_opinion"),
        ("销号单", "closing_slip"),
    ],
)
def test_each_paper_asks_for_its_report(page, ledger, qtbot, words, key):
    finding = a_case(ledger, *TO_CLOSING)
    page.refresh()
    (action,) = (a for a in page.detail.papers_button.papers.actions() if a.text() == words)
    with qtbot.waitSignal(page.open_asked) as asked:
        action.trigger()
    assert asked.args == ["reports", f"{key}:{finding.id}"]


def test_a_finding_of_an_inspection_leads_to_its_sheet(qtbot):
    button = PapersButton()
    qtbot.addWidget(button)
    button.show_finding(Finding(level="major", inspection="held.1"), [])
    assert offered(button)["重大隐患治理方案"]
    with qtbot.waitSignal(button.asked) as asked:
        button.papers.actions()[-1].trigger()
    assert asked.args == ["inspection_sheet:held.1"]


def test_the_papers_of_an_earlier_round_are_offered_by_its_number(page, ledger, qtbot):
    finding = a_case(ledger, *TO_CLOSING, "reopened")
    page.refresh()
    papers = offered(page.detail.papers_button)
    assert [words for words, can in papers.items() if can] == [
        "整改通知书 · 第1轮整改",
        "整改回执 · 第1轮整改",
        "复查意见书 · 第1轮整改",
        "销号单 · 第1轮整改",
    ]
    with qtbot.waitSignal(page.open_asked) as asked:
        page.detail.papers_button.papers.actions()[-1].trigger()
    assert asked.args == ["reports", f"closing_slip:{finding.id}@1"]
