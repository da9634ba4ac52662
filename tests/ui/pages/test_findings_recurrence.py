"""反弹 on the page of findings: the old and the new lead to each other."""

import pytest

from models.ledger import findings
from tests.conftest import a_finding


@pytest.fixture
def pair_of(ledger):
    """(the old finding, the one that came back)."""
    old = findings.register(ledger, a_finding())
    return old, findings.register(ledger, a_finding(recurs=old.id))


def words(page):
    line = page.detail.recurrence.layout()
    return {line.itemAt(at).widget().text(): line.itemAt(at).widget() for at in range(line.count())}


def test_the_old_and_the_new_lead_to_each_other(make_findings_page, pair_of):
    old, new = pair_of
    page = make_findings_page()
    page.open_record(new.id)
    words(page)[f"反弹自 {old.number}"].click()
    assert page.detail.finding == old
    words(page)[f"又出现 {new.number}"].click()
    assert page.detail.finding == new


def test_a_finding_of_its_own_says_nothing(make_findings_page, ledger):
    finding = findings.register(ledger, a_finding())
    page = make_findings_page()
    page.open_record(finding.id)
    assert not page.detail.recurrence.isVisible()


def test_an_old_one_that_has_not_arrived_is_left_out(make_findings_page, ledger):
    finding = findings.register(ledger, a_finding(recurs="elsewhere.3"))
    page = make_findings_page()
    page.open_record(finding.id)
    assert not page.detail.recurrence.isVisible()
