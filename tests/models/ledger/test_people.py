import pytest

from models.ledger.people import people, read_people, take_in
from models.records.person import Person

TRAINEE = frozenset({"trainee"})


def names(found):
    return [person.name for person in found]


@pytest.fixture
def zhao(ledger):
    return ledger.save(Person(name="赵𬱖", post="干事", department="德育处", state="active"))


def test_people_are_found_by_name_and_by_initials(ledger, zhao):
    ledger.save(Person(name="张㛃"))
    ledger.save(Person(name="外校人员", unit="3139999999"))
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
    assert take_in(ledger, pasted, TRAINEE) == (2, 1)
    assert len(people(ledger)) == before + 2
    assert ledger.get(Person, zhao.id).roles == TRAINEE
    assert take_in(ledger, read_people("赵𬱖\t干事\t德育处").people, TRAINEE) == (0, 1)
    assert ledger.get(Person, zhao.id).post == "干事"
