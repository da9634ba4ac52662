import pytest

from models.templates.grading import GENERAL_WORDS, GUIDE, direct_clauses, reason_of
from tests.conftest import TODAY


def test_the_clauses_are_the_confirmed_direct_items_and_no_others(safety):
    clauses = direct_clauses(safety)
    direct = [item for item in safety.items if item.default_level == "major_direct"]
    assert [clause.item for clause in clauses] == [item.id for item in direct]
    assert all(item.is_confirmed and GUIDE in item.basis for item in direct)
    assert {clause.article for clause in clauses} == {
        "3条（一）1",
        "3条（一）2",
        "3条（一）3",
        "3条（一）4",
    }


def test_a_reason_names_the_guide_the_article_and_the_words(safety):
    first, second, *_ = direct_clauses(safety)
    reason = reason_of([first, second])
    for clause in (first, second):
        assert f"{GUIDE}{clause.article}" in reason
        assert clause.words in reason
    assert reason.endswith("判定为重大隐患。")
    assert reason_of([]) == ""


def test_all_clauses_together_still_fit_into_the_reason_of_a_step(safety):
    assert len(reason_of(direct_clauses(safety))) <= 1000


@pytest.mark.parametrize("level", ["general", "major_candidate"])
def test_an_item_that_is_not_direct_is_no_clause(safety, level):
    items = {clause.item for clause in direct_clauses(safety)}
    assert not items & {item.id for item in safety.items if item.default_level == level}


def test_the_common_wording_names_no_law():
    assert "《" not in GENERAL_WORDS


def test_a_finding_from_a_direct_item_is_suggested_as_major(safety):
    items = {item.id: item for item in safety.items}
    for clause in direct_clauses(safety):
        assert items[clause.item].suggested(TODAY, "李安全").level == "major"
