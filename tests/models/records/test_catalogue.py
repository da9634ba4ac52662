import pytest

from models.records.catalogue import RECORD_TYPES
from models.records.fields import Choice, Flags, Link, Text
from models.records.record import fields_of


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_every_record_type_is_known_by_its_table_and_named_in_chinese(table):
    kind = RECORD_TYPES[table]
    assert kind.table == table
    assert kind.title
    assert not kind.title.isascii()
    assert fields_of(kind)


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_every_field_has_a_label_and_every_link_leads_somewhere(table):
    for name, field in fields_of(RECORD_TYPES[table]).items():
        assert field.label, name
        if isinstance(field, Link):
            assert field.to in RECORD_TYPES, name
        if isinstance(field, Choice | Flags):
            assert all(code and label for code, label in field.options.items()), name
        if isinstance(field, Text):
            assert field.longest > 0, name


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_natural_keys_are_fields_that_must_be_answered(table):
    kind = RECORD_TYPES[table]
    assert all(fields_of(kind)[name].required for name in kind.key)
