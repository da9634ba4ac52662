from models.records.person import Person
from models.records.record import fields_of, problems_of
from tests.conftest import a_person


def test_a_person_needs_only_a_name():
    assert problems_of(a_person("赵𬱖")) == {}
    assert set(problems_of(Person())) == {"name"}


def test_no_identity_number_is_asked_for():
    labels = "".join(f.label for f in fields_of(Person).values())
    assert "身份证" not in labels
    assert "电话" not in labels
