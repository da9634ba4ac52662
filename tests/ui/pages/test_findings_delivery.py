"""A finding says how far it has come: written, packed, received, or sent back and why."""

import pytest

from models.ledger import findings
from tests.conftest import a_finding, a_step
from tests.models.exchange.enrolling import hand_back, hand_over, send
from ui.pages.findings import FindingsPage


@pytest.fixture
def finding(pair):
    return findings.register(pair[0], a_finding())


@pytest.fixture
def page(make_findings_page, finding):
    return make_findings_page()


def shown(page):
    page.refresh()
    return page.detail.delivery.text()


def test_each_stage_has_its_word(page, pair, tmp_path):
    school, office = pair
    assert shown(page) == "上报：未交"
    send(school, tmp_path / "丢了")
    assert shown(page) == "上报：已交未回执"
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    assert shown(page) == "上报：已送达"
    assert page.detail.delivery.isVisible()


def test_a_step_that_waits_is_told_with_its_finding(page, pair, finding, tmp_path):
    school, office = pair
    hand_over(school, office, tmp_path)
    hand_back(office, school, tmp_path)
    findings.take_step(school, finding, a_step("graded", level="general"))
    assert shown(page) == "上报：未交"


def test_what_was_sent_back_says_why(page, pair, finding, tmp_path):
    school, office = pair
    log, seq = finding.id.rsplit(".", 1)
    hand_over(school, office, tmp_path)
    with office.transaction() as db:
        db.execute("INSERT INTO refused VALUES(?, ?, 'place', 'rights')", (log, int(seq)))
    hand_back(office, school, tmp_path)
    assert shown(page) == "上报：被退回（对方按权限没有采用）"
    assert page.detail.delivery.property("role") == "problem"


def test_another_finding_is_not_blamed_for_it(page, pair, finding, tmp_path):
    test_what_was_sent_back_says_why(page, pair, finding, tmp_path)
    other = findings.register(pair[0], a_finding())
    page.open_record(other.id)
    assert shown(page) == "上报：未交"
    assert page.detail.delivery.property("role") == "hint"


def test_an_office_reports_to_nobody(make_page, pair, finding, tmp_path):
    hand_over(*pair, tmp_path)
    page = make_page(FindingsPage, pair[1])
    page.open_record(finding.id)
    assert not page.detail.delivery.isVisible()
