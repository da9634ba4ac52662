from datetime import date, timedelta

import pytest

from models.ledger import findings
from models.ledger.finding_figures import FindingFigures
from models.ledger.finding_filter import FindingFilter
from tests.conftest import TODAY, a_finding, a_step


@pytest.fixture
def four(ledger):
    gone = TODAY - timedelta(days=3)
    findings.register(ledger, a_finding(category="elec", found_on=gone, deadline=gone))
    for _ in range(2):
        findings.register(ledger, a_finding(place="食堂"))
    closed = findings.register(ledger, a_finding(found_on=date(2026, 9, 30)))
    for kind in ("fixed_on_site", "recheck_passed", "closed"):
        findings.take_step(
            ledger, closed, a_step(kind, person="张㛃" if kind == "recheck_passed" else "赵𬱖")
        )


def kinds(figures):
    return {category: [*pairs] for category, pairs in figures.by_category().items()}


def test_every_category_tells_where_its_findings_stand_the_fullest_first(ledger, four):
    found = kinds(FindingFigures(ledger, FindingFilter(), TODAY))
    assert [*found] == ["fire", "elec"]
    assert sorted(found["fire"]) == [
        ("closed", False),
        ("registered", False),
        ("registered", False),
    ]
    assert found["elec"] == [("registered", True)]


def test_months_tell_what_was_found_and_what_was_closed(ledger, four):
    figures = FindingFigures(ledger, FindingFilter(), TODAY)
    assert figures.by_month(TODAY, 3) == [("2026-09", 1, 0), ("2026-10", 0, 0), ("2026-11", 3, 1)]


def test_levels_are_counted_and_what_has_none_beside_them(ledger, four):
    assert FindingFigures(ledger, FindingFilter(), TODAY).by_level() == {"": 4}
    finding = findings.register(ledger, a_finding(level="major"))
    findings.take_step(ledger, finding, a_step("graded", level="general"))
    assert FindingFigures(ledger, FindingFilter(), TODAY).by_level() == {"": 4, "general": 1}


def test_the_figures_are_those_of_the_filter_and_the_search(ledger, four):
    at_table = FindingFigures(ledger, FindingFilter(place="食堂"), TODAY)
    assert len(kinds(at_table)["fire"]) == 2
    assert at_table.by_month(TODAY, 1) == [("2026-11", 2, 0)]
    late = FindingFigures(ledger, FindingFilter(view="late"), TODAY)
    assert kinds(late) == {"elec": [("registered", True)]}
    searched = FindingFigures(ledger, FindingFilter(), TODAY, "食堂")
    assert len(kinds(searched)["fire"]) == 2
    assert kinds(FindingFigures(ledger, FindingFilter(), TODAY, "没有")) == {}
