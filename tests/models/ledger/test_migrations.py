import sqlite3

import pytest
from sqlite_utils import Database

from models.ledger.database import SCHEMA
from models.ledger.migrations import schema
from models.records.catalogue import RECORD_TYPES
from models.records.record import fields_of


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply(Database(db))
    yield db
    db.close()


def columns(db, table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_every_field_of_every_record_type_has_its_column(db, table):
    assert set(fields_of(RECORD_TYPES[table])) <= set(columns(db, table))
    frame = {"no", "id", "unit", "c_log", "c_seq", "c_t", "extra", "deleted"}
    assert frame <= set(columns(db, table))


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_no_field_takes_the_name_of_a_column_of_the_frame(table):
    frame = {"no", "id", "unit", "c_log", "c_seq", "c_t", "extra", "deleted"}
    assert not frame & set(fields_of(RECORD_TYPES[table]))


def test_the_number_of_the_schema_is_the_number_of_the_steps():
    assert len(schema.pending(Database(memory=True))) == SCHEMA


def test_steps_are_taken_once(db):
    schema.apply(Database(db))
    assert schema.pending(Database(db)) == []


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_only_a_records_own_id_is_unique(db, table):
    unique = [row for row in db.execute(f"PRAGMA index_list({table})") if row[2]]
    assert len(unique) == 1
    assert [r[2] for r in db.execute(f"PRAGMA index_info({unique[0][1]})")] == ["id"]
    assert db.execute(f"PRAGMA foreign_key_list({table})").fetchall() == []


def test_the_virtual_maker_of_natural_records_is_there(db):
    assert db.execute("SELECT log_id, seq, length(head) FROM log").fetchall() == [("0", 0, 32)]
