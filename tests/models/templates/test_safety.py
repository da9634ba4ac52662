from collections import Counter
from datetime import date

import pytest

from models.records.finding import CATEGORIES
from models.records.organisation import FEATURES, STAGES
from models.records.record import problems_of
from models.templates.safety import FREQUENCIES, _basis
from tests.conftest import a_school

DAY = date(2026, 11, 23)


def test_all_192_items_load_in_22_categories(safety):
    assert len(safety.items) == 192
    assert len({item.id for item in safety.items}) == 192
    assert {item.category for item in safety.items} == set(CATEGORIES)
    assert Counter(item.category for item in safety.items)["fire"] == 16


def test_every_item_has_a_known_scope_frequency_and_basis(safety):
    for item in safety.items:
        assert item.scope <= FEATURES.keys() | STAGES.keys() | {"all"}, item.id
        assert item.frequency in FREQUENCIES, item.id
        assert item.basis, item.id
        assert item.wording, item.id


def test_a_school_sees_only_what_it_has(safety):
    mine = safety.for_scopes(a_school().scopes)
    assert any("canteen" in item.scope for item in mine)
    assert not any(item.scope == {"bus"} for item in mine)
    with_bus = safety.for_scopes(a_school(features=frozenset({"bus"})).scopes)
    assert any(item.scope == {"bus"} for item in with_bus)
    assert safety.for_scopes([]) == []


@pytest.mark.parametrize(
    ("level", "wanted"),
    [("general", "general"), ("major_candidate", None), ("major_direct", "major")],
)
def test_a_level_that_a_person_must_decide_is_left_open(safety, level, wanted):
    item = next(item for item in safety.items if item.default_level == level)
    assert item.suggested(DAY, "李安全").level == wanted


def test_a_failed_check_asks_only_for_the_place(safety):
    for item in safety.items:
        finding = item.suggested(DAY, "李安全")
        assert set(problems_of(finding)) == {"place"}, item.id
        assert item.wording in finding.description


def test_what_is_not_confirmed_is_called_advice(safety):
    for item in safety.items:
        assert item.basis.startswith("建议") != item.is_confirmed, item.id
    assert {item.is_confirmed for item in safety.items} == {True, False}


def test_the_basis_names_documents_and_article():
    titles = {"A": "消防法", "B": "规定", "GEN": "一般做法"}
    entry = {"basis": ["A", "B"], "confidence": "confirmed", "basis_locator": "16条"}
    assert _basis(entry, titles) == "《消防法》、《规定》（16条）"
    assert _basis({**entry, "basis_locator": ""}, titles) == "《消防法》、《规定》"
    assert _basis({**entry, "confidence": "partial"}, titles) == "建议（参考《消防法》、《规定》）"
    assert (
        _basis({**entry, "basis": ["GEN"], "confidence": "general"}, titles) == "建议（一般做法）"
    )
