from models.ledger.rows import COLUMNS, read
from models.records.catalogue import RECORD_TYPES
from models.records.finding import Finding
from models.records.record import fields_of
from tests.conftest import a_finding


def test_every_record_type_has_its_columns_in_the_order_of_its_fields():
    assert {table: (*fields_of(kind),) for table, kind in RECORD_TYPES.items()} == COLUMNS


def test_rows_come_as_the_records_that_were_saved_in_the_order_asked_for(ledger):
    saved = [ledger.save(a_finding(place=place)) for place in ("一", "二")]
    with ledger.reading() as db:
        assert read(db, Finding, "ORDER BY t.no DESC") == saved[::-1]
        assert read(db, Finding, "WHERE t.place = :place", {"place": "二"}) == saved[1:]
