from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.ledger import findings
from models.ledger.finding_filter import (
    CONDITIONS,
    MOST_VIEWS,
    ORDERS,
    FindingFilter,
    keep_views,
    persons,
    places,
    saved_views,
)
from models.ledger.finding_list import AllFindings
from tests.conftest import TODAY, a_finding, a_step
from tests.models.ledger.conftest import Writer

DAY = timedelta(days=1)


@pytest.fixture
def three(ledger):
    """What is told apart by every condition; the description tells which it is."""
    a = findings.register(
        ledger,
        a_finding(
            description="a",
            place="食堂后厨",
            level="major",
            responsible="赵𬱖",
            deadline=TODAY + DAY,
            funding=900,
        ),
    )
    findings.register(
        ledger,
        a_finding(
            description="b",
            category="elec",
            found_on=TODAY - 9 * DAY,
            finder="张㛃",
            level="general",
            deadline=TODAY - DAY,
            funding=10000,
        ),
    )
    c = findings.register(ledger, a_finding(description="c", found_on=TODAY - 30 * DAY))
    findings.take_step(ledger, c, a_step("fixed_on_site", taken_on=TODAY - DAY))
    findings.take_step(ledger, a, a_step("graded", level="major"))
    ledger.remove(findings.register(ledger, a_finding(description="gone", place="食堂")))


def shown(ledger, words="", **conditions):
    chosen = FindingFilter(**conditions)
    rows = findings.page(ledger, findings.numbers(ledger, chosen, TODAY, words))
    return "".join(row.description for row in rows)


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, "abc"),
        ({"state": "fixed_on_site"}, "c"),
        ({"level": "major"}, "a"),
        ({"level": "none"}, "c"),
        ({"category": "elec"}, "b"),
        ({"place": "教学楼"}, "bc"),
        ({"person": "赵𬱖"}, "a"),
        ({"person": "张㛃"}, "b"),
        ({"person": "李安全"}, "ac"),
        ({"since": (TODAY - 9 * DAY).isoformat()}, "ab"),
        ({"until": (TODAY - 9 * DAY).isoformat()}, "bc"),
        ({"view": "late"}, "b"),
        ({"view": "open", "place": "教学楼", "until": (TODAY - 10 * DAY).isoformat()}, "c"),
        ({"view": "late", "level": "major"}, ""),
    ],
)
def test_all_conditions_hold_at_once(ledger, three, conditions, found):
    assert shown(ledger, **conditions) == found


def test_words_are_searched_within_the_filter(ledger, three):
    assert shown(ledger, words="jxl") == "bc"
    assert shown(ledger, words="jxl", category="elec") == "b"
    assert shown(ledger, words="教学楼", place="食堂") == ""
    assert shown(ledger, words="教学楼", order="found_on") == "cb"


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("number", "abc"),
        ("-number", "cba"),
        ("found_on", "cba"),
        ("deadline", "bac"),
        ("-deadline", "abc"),
        ("level", "bac"),
        ("-level", "abc"),
        ("state", "bac"),
        ("category", "cab"),
        ("funding", "abc"),
        ("-funding", "bac"),
        ("rectified_on", "cba"),
    ],
)
def test_sorting_follows_values_and_what_has_none_stands_last(ledger, three, order, found):
    assert shown(ledger, order=order) == found


@pytest.mark.parametrize("name", ORDERS)
def test_every_order_and_every_condition_can_be_asked_together(ledger, three, name):
    everything = dict.fromkeys(CONDITIONS, "x")
    assert shown(ledger, order=name, **everything) == ""
    assert sorted(shown(ledger, order=f"-{name}")) == ["a", "b", "c"]


def test_everything_in_its_usual_order_is_not_read_at_once(ledger, three):
    assert isinstance(findings.numbers(ledger, FindingFilter(), TODAY), AllFindings)
    assert FindingFilter().is_plain
    assert not FindingFilter(level="major").is_plain


def test_a_filter_is_kept_as_text_and_comes_back(ledger):
    chosen = FindingFilter(view="late", place="食堂", order="-deadline")
    assert FindingFilter.of(chosen.text()) == chosen
    assert FindingFilter.of(FindingFilter().text()) == FindingFilter()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"view":"newer","order":"newer","new":1,"place":7}']
)
def test_what_is_not_understood_of_a_kept_filter_is_left_out(text):
    assert FindingFilter.of(text) == FindingFilter()


def test_views_are_kept_by_name_in_their_order(ledger):
    assert saved_views(ledger) == {}
    views = {"食堂": FindingFilter(place="食堂"), "逾期重大": FindingFilter(view="late")}
    keep_views(ledger, views)
    assert saved_views(ledger) == views
    assert [*saved_views(ledger)] == [*views]
    keep_views(ledger, {str(n): FindingFilter() for n in range(MOST_VIEWS + 2)})
    assert [*saved_views(ledger)] == [str(n) for n in range(2, MOST_VIEWS + 2)]


@pytest.mark.parametrize("text", ["{", "[]", "7"])
def test_views_that_cannot_be_read_are_none(ledger, text):
    ledger.set_setting("findings.views", text)
    assert saved_views(ledger) == {}


def test_places_and_people_are_offered_the_most_frequent_first(ledger, three, stranger: Writer):
    stranger.create("finding", place=7)
    ledger.receive([stranger.segment()])
    assert places(ledger) == ["教学楼三楼", "食堂后厨"]
    assert persons(ledger) == ["李安全", "张㛃", "赵𬱖"]


def test_a_row_carries_what_the_columns_of_the_ledger_on_paper_ask_for(ledger):
    asked = {
        "department": "总务处",
        "measures": "更换",
        "funding": 300,
        "interim": "停用",
        "contingency": "预案",
        "note": "已报",
    }
    finding = findings.register(ledger, a_finding(**asked))
    findings.take_step(ledger, finding, a_step("fixed_on_site"))
    findings.take_step(ledger, finding, a_step("recheck_passed", person="张㛃"))
    findings.take_step(ledger, finding, replace(a_step("closed"), taken_on=date(2026, 11, 24)))
    (row,) = findings.page(ledger, findings.numbers(ledger, "all", TODAY))
    assert {name: getattr(row, name) for name in asked} == asked | {"funding": "300"}
    assert (row.finder, row.rectified_on, row.closed_on) == ("李安全", TODAY, date(2026, 11, 24))
    steps = findings.steps_of_many(ledger, [row.id, "none.1"])
    assert [step.kind for step in steps[row.id]] == ["fixed_on_site", "recheck_passed", "closed"]
    assert steps.keys() == {row.id}
