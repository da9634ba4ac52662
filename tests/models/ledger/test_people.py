from dataclasses import replace

import pytest

from models.ledger import people as module
from models.ledger.people import Taken, people, read_people, same, take_in
from models.records.person import Person
from tests.models.ledger.conftest import Writer

TRAINEE = frozenset({"trainee"})


def names(found):
    return [person.name for person in found]


@pytest.fixture
def zhao(ledger):
    return ledger.save(Person(name="赵𬱖", post="干事", department="德育处", state="active"))


def test_people_are_found_by_name_and_by_initials(ledger, zhao):
    ledger.save(Person(name="张㛃"))
    stranger = Writer(unit="3139999999")
    stranger.create("person", name="外校人员")
    ledger.receive([stranger.segment()])
    assert {"赵𬱖", "张㛃"} <= set(names(people(ledger)))
    assert "外校人员" not in names(people(ledger))
    assert names(people(ledger, "赵")) == ["赵𬱖"]
    assert names(people(ledger, "德育")) == ["赵𬱖"]
    assert names(people(ledger, "gs")) == ["赵𬱖"]
    assert people(ledger, "没有此人") == []


def test_a_pasted_list_gives_a_person_a_line():
    pasted = read_people("赵𬱖\t主任\t办公室\r\n\r\n李　安全\n张 㛃\t\t教务处\n")
    assert not pasted.problems
    assert [(p.name, p.post, p.department) for p in pasted.people] == [
        ("赵𬱖", "主任", "办公室"),
        ("李安全", None, None),
        ("张㛃", None, "教务处"),
    ]
    assert {p.state for p in pasted.people} == {"active"}


def test_a_heading_tells_the_order_and_serial_numbers_are_skipped():
    headed = read_people("序号\t部门\t姓名\t岗位\n1\t教务处\t赵𬱖\t主任")
    bare = read_people("1\t赵𬱖\t主任\t教务处")
    assert headed == bare
    assert names(bare.people) == ["赵𬱖"]
    assert bare.people[0].post == "主任"


def test_a_name_in_letters_keeps_its_spaces():
    assert names(read_people("Anna  Li").people) == ["Anna  Li"]


def test_a_line_without_a_name_or_with_too_long_a_one_is_told_by_its_number():
    pasted = read_people("赵𬱖\n\t主任\n" + "长" * 31)
    assert names(pasted.people) == ["赵𬱖"]
    assert list(pasted.problems) == [2, 3]
    assert "姓名" in str(pasted.problems[2])
    assert "最多 30 个字" in str(pasted.problems[3])


def test_the_same_line_twice_is_one_person_and_namesakes_are_two():
    pasted = read_people("李安全\t干事\n李安全\t干事\n李安全\t主任")
    assert [p.post for p in pasted.people] == ["干事", "主任"]


def test_who_is_here_already_is_given_the_role_and_not_entered_twice(ledger, zhao):
    before = len(people(ledger))
    pasted = read_people("赵𬱖\n赵𬱖\t主任\n张㛃").people
    assert take_in(ledger, pasted, TRAINEE) == (2, 1, 0)
    assert len(people(ledger)) == before + 2
    assert ledger.get(Person, zhao.id).roles == TRAINEE
    assert take_in(ledger, read_people("赵𬱖\t干事\t德育处").people, TRAINEE) == (0, 1, 0)
    assert ledger.get(Person, zhao.id).post == "干事"


def test_a_long_list_is_held_only_against_those_of_the_same_name(ledger, monkeypatch):
    listed = read_people("\n".join(f"学员{n}\t教师" for n in range(50))).people
    take_in(ledger, listed, TRAINEE)
    compared = []
    monkeypatch.setattr(module, "same", lambda *two: compared.append(two) or same(*two))
    assert take_in(ledger, listed, TRAINEE).known == 50
    assert len(compared) == 50


def test_who_had_left_and_is_pasted_again_is_here_again(ledger, zhao):
    ledger.save(replace(zhao, state="left"), zhao)
    taken = take_in(ledger, read_people("赵𬱖\n赵𬱖\t干事\n张㛃").people, TRAINEE)
    assert ledger.get(Person, zhao.id).state == "active"
    assert taken == Taken(new=1, known=2, returned=1)
    assert taken.words() == (
        "已添加 1 人。另有 2 人原来就在名单里，只补上了身份，没有重复添加。"
        "其中 1 人原来已离岗，现在改回了在岗。"
    )


def test_a_list_of_new_people_is_told_in_few_words():
    assert Taken(3, 0, 0).words() == "已添加 3 人。"


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("赵一 主任 办公室", [("赵一", "主任", "办公室")]),
        ("姓 名\t职 务\t部 门\n赵一\t主任\t办公室", [("赵一", "主任", "办公室")]),
        ("1.\t张㛃\t干事", [("张㛃", "干事", None)]),
        ("1、赵一", [("赵一", None, None)]),
        ("姓名\t职务\n2\t王五\t干事", [("王五", "干事", None)]),
        ("李　伟", [("李伟", None, None)]),
        ("序号\t姓名\n1\t王五", [("王五", None, None)]),
        ("职务\t姓名\n主任", []),
    ],
)
def test_lists_are_read_as_people_keep_them(pasted, read):
    found = read_people(pasted).people
    assert [(p.name, p.post, p.department) for p in found] == read


@pytest.mark.parametrize("line", ["赵一、钱二、孙三", "赵一,主任,办公室", "合计：3人", "——"])
def test_what_is_no_name_is_told_and_makes_nobody(line):
    pasted = read_people(f"王五\n{line}")
    assert [person.name for person in pasted.people] == ["王五"]
    assert list(pasted.problems) == [2]
