"""What stands in the settings of the list may come from another version, or be damaged."""

import json

import pytest

from models.ledger import findings
from tests.conftest import a_finding
from ui.pages.findings_list import COLUMNS_SETTING, FILTER_SETTING

VIEWS_SETTING = "findings.views"
NO_JSON = ("", "{", "nonsense", "\x00", "[" * 100_000, '{"a":' * 50_000, "NaN", "1e999")
WRONG_TYPES = (None, True, 7, 1.5, "all", [], ["all"], [[1]], {}, {"": ""}, {"view": None})
STRANGE_FILTERS = (
    {"view": "tomorrow"},
    {"view": ["all"]},
    {"view": "all", "order": "size"},
    {"order": "--number"},
    {"order": "-"},
    {"state": "上升", "level": "huge", "category": "moon"},
    {"since": "yesterday", "until": "9999-99-99"},
    {"since": 20261123, "place": {"a": 1}, "person": None},
    {"place": "\ud800"},
    {"person": "甲" * 100_000},
    {"unit": "no such unit"},
    {"place": "' OR 1=1 --"},
    {"colour": "red", "view": "open"},
    {"place": "楼\x00"},
)
STRANGE_COLUMNS = (
    {"shown": ["gone"], "order": ["gone", "gone"], "widths": {"gone": 50}},
    {"shown": [], "order": [], "widths": {"place": 1e999}},
    {"shown": [], "order": [], "widths": {"place": 10**30}},
    {"shown": [], "order": [], "widths": {"place": None}},
    {"shown": "place", "order": 5, "widths": {}},
    {"shown": [["place"]], "order": [None], "widths": {"place": "wide"}},
    {"shown": ["place", "place"], "order": ["place"] * 400, "widths": []},
)


def texts(values):
    return [*NO_JSON, *(json.dumps(value) for value in (*WRONG_TYPES, *values))]


@pytest.fixture
def found(ledger):
    return findings.register(ledger, a_finding())


@pytest.mark.parametrize("kept", texts(STRANGE_FILTERS), ids=lambda text: text[:40])
def test_a_filter_that_cannot_be_read_stops_nobody(make_findings_page, ledger, found, kept):
    ledger.set_setting(FILTER_SETTING, kept)
    page = make_findings_page()
    page.list.head.filter.click()  # its conditions, as far as they are known
    page.list.head.charts.click()
    page.open_record(found.id)
    assert page.list.current_id == found.id


@pytest.mark.parametrize("kept", texts(STRANGE_FILTERS), ids=lambda text: text[:40])
def test_a_saved_view_that_cannot_be_read_stops_nobody(make_findings_page, ledger, found, kept):
    try:
        value = json.loads(kept)
    except (ValueError, RecursionError):
        ledger.set_setting(VIEWS_SETTING, kept)
    else:
        ledger.set_setting(
            VIEWS_SETTING, json.dumps({"食堂": value, "<b>&": value, "\ud800": value})
        )
    page = make_findings_page()
    page.list.views.fill()
    for action in page.list.views.actions():
        if action.isEnabled() and not action.menu():
            action.trigger()
    page.list.views.keep("全部", page.list.filter)
    page.list.views.remove("食堂")
    assert "全部" in [action.text() for action in again(page)]


def again(page):
    page.list.views.fill()
    return page.list.views.actions()


@pytest.mark.parametrize("kept", texts(STRANGE_COLUMNS), ids=lambda text: text[:40])
def test_columns_that_cannot_be_read_leave_the_usual_ones(make_findings_page, ledger, found, kept):
    ledger.set_setting(COLUMNS_SETTING, kept)
    page = make_findings_page()
    page.list.columns.fill()
    shown = page.list.table.header.shown()
    assert "description" in shown
    assert len(shown) == len(set(shown))
