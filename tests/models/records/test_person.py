from itertools import permutations

import pytest

from models.records.person import Person, some_names, standing_of, told_apart
from models.records.record import fields_of, problems_of
from tests.conftest import a_person


def test_a_person_needs_only_a_name():
    assert problems_of(a_person("赵𬱖")) == {}
    assert set(problems_of(Person())) == {"name"}


def test_no_identity_number_is_asked_for():
    labels = "".join(f.label for f in fields_of(Person).values())
    assert "身份证" not in labels
    assert "电话" not in labels


def test_namesakes_are_told_apart_by_department_and_post_then_by_a_number():
    given = [
        Person(id="a", name="张伟", department="教务处"),
        Person(id="b", name="张伟", department="德育处", post="主任"),
        Person(id="c", name="张伟"),
        Person(id="d", name="张伟"),
        Person(id="e", name="王平安", department="教务处"),
    ]
    assert list(told_apart(given).values()) == [
        "张伟（教务处）",
        "张伟（德育处，主任）",
        "张伟",
        "张伟（第 2 个）",
        "王平安",
    ]


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ({}, {}),
        ({"a": "a"}, {}),
        ({"a": "b"}, {"a": "b"}),
        ({"a": "b", "b": "a"}, {"b": "a"}),
        ({"a": "b", "b": "c"}, {"a": "c", "b": "c"}),
        ({"d": "c", "c": "b", "b": "c"}, {"d": "b", "c": "b"}),
    ],
)
def test_chains_and_rings_have_one_end(links, found):
    for turn in permutations(links.items()):
        assert standing_of(dict(turn)) == found


def test_a_long_chain_is_walked_once():
    links = {f"{n:05}": f"{n + 1:05}" for n in range(20_000)}
    assert set(standing_of(links).values()) == {"20000"}


def test_a_sentence_tells_three_names_and_how_many_there_are():
    assert some_names(["甲"]) == "甲"
    assert some_names(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert some_names(["甲", "乙", "丙", "丁"]) == "甲、乙、丙等 4 人"
