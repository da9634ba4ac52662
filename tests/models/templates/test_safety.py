import json
import re
from collections import Counter
from datetime import date

import pytest

from models.records.finding import CATEGORIES, SOURCES
from models.records.organisation import FEATURES, STAGES
from models.records.record import problems_of
from models.templates.safety import FREQUENCIES, PASSES_WHEN, USUAL, _basis, find_safety
from tests.conftest import RESOURCES, a_school

DAY = date(2026, 11, 23)
# Read one by one: a 不 or 无 in them sets a number or names something, and forbids nothing.
NOT_FORBIDDING = {
    "sf.bldg.03",
    "sf.bldg.09",
    "sf.food.05",
    "sf.sec.01",
    "sf.sec.03",
    "sf.sec.09",
    "sf.drown.01",
    "sf.drown.06",
    "sf.bully.09",
    "sf.psy.01",
    "sf.psy.03",
    "sf.psy.05",
    "sf.health.01",
    "sf.net.01",
    "sf.net.03",
}


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


def test_every_wording_that_forbids_says_what_passing_means(safety):
    for item in safety.items:
        assert item.passes_when in PASSES_WHEN, item.id
        negative = re.search("[无未不非禁]", item.wording) is not None
        forbids = negative and item.id not in NOT_FORBIDDING
        assert forbids == (item.passes_when != "met"), f"{item.id} {item.wording}"


def test_where_nothing_is_demanded_passing_means_that_there_is_none(safety):
    by_id = {item.id: item for item in safety.items}
    for name in ("sf.sec.10", "sf.dorm.09", "sf.bully.07", "sf.elec.02"):
        assert by_id[name].passes_when == "absent"
        assert PASSES_WHEN[by_id[name].passes_when] == ("没有", "有")
    assert by_id["sf.fire.02"].passes_when == "met_and_absent"
    assert by_id["sf.surr.05"].passes_when == "absent_or_controlled"


def frequencies(items):
    return {item.frequency for item in items}


def test_a_round_takes_what_is_due_as_often_as_its_kind(safety):
    scopes = a_school().scopes
    assert frequencies(safety.for_round(scopes, "daily")) == {"daily"}
    assert frequencies(safety.for_round(scopes, "weekly")) == {"weekly"}
    assert frequencies(safety.for_round(scopes, "monthly")) == {"monthly"}
    assert frequencies(
        safety.for_round(a_school(features=frozenset({"lift"})).scopes, "monthly")
    ) == {
        "monthly",
        "half_month",
    }
    assert frequencies(safety.for_round(scopes, "term")) == {
        "quarterly",
        "half_year",
        "term",
        "year",
    }


@pytest.mark.parametrize("kind", SOURCES)
def test_a_round_of_any_kind_may_be_a_whole_one(safety, kind):
    scopes = a_school().scopes
    mine = safety.for_scopes(scopes)
    assert sorted(safety.for_round(scopes, kind, whole=True), key=mine.index) == mine
    if kind not in USUAL:
        assert safety.for_round(scopes, kind) == safety.for_round(scopes, kind, whole=True)


def test_a_round_stays_within_its_categories_and_walks_them_in_order(safety):
    found = safety.for_round(a_school().scopes, "special", {"water", "fire"})
    assert [item.category for item in found] == sorted(
        (item.category for item in found), key=["fire", "water"].index
    )
    assert {item.category for item in found} == {"fire", "water"}


def test_items_are_found_by_their_ids_in_the_order_asked(safety):
    assert [item.id for item in safety.of(["sf.sec.10", "gone.1", "sf.fire.01"])] == [
        "sf.sec.10",
        "sf.fire.01",
    ]


def test_an_older_version_is_found_beside_the_newest_with_its_own_wording(safety, tmp_path):
    folder = RESOURCES / "checklists"
    data = json.loads((folder / "safety_items.json").read_text(encoding="utf-8"))
    for name, version, words in (
        ("safety_items.json", "2", "新的说法"),
        ("safety_items-1.json", "1", "旧的说法"),
    ):
        data["version"], data["items"][0]["item"] = version, words
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    for version, words in (("1", "旧的说法"), ("2", "新的说法")):
        found = find_safety(tmp_path, safety.id, version)
        assert found is not None
        assert found.items[0].wording == words
    assert find_safety(tmp_path, safety.id, "3") is None
    assert find_safety(tmp_path, "another list", "1") is None


def test_what_the_law_gives_ten_days_for_begins_with_that_deadline(safety):
    by_id = {item.id: item for item in safety.items}
    found = by_id["sf.bully.04"].suggested(date(2026, 11, 23), "李安全")
    assert found.deadline == date(2026, 12, 3)
    assert by_id["sf.bully.05"].suggested(date(2026, 11, 23), "李安全").deadline is None
