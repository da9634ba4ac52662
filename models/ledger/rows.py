"""Rows as records: the one place that turns what a query finds into records of a type."""

from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any, TypeAlias, TypeVar

from models.ledger.segments import Columns
from models.records.catalogue import RECORD_TYPES
from models.records.record import Record, fields_of

R = TypeVar("R", bound=Record)
Args: TypeAlias = Sequence[Any] | Mapping[str, Any]
COLUMNS: Columns = {table: tuple(fields_of(kind)) for table, kind in RECORD_TYPES.items()}


def read(db: Connection, kind: type[R], rest: str, args: Args = ()) -> list[R]:
    """The records that the rest of a query chooses, in its order; their table is called t."""
    names = COLUMNS[kind.table]
    columns = ", ".join(f"t.{name}" for name in names)
    rows = db.execute(f"SELECT t.id, t.unit, {columns} FROM {kind.table} t {rest}", args)
    return [
        kind.of_plain(dict(zip(names, row[2:], strict=True)), id=row[0], unit=row[1])
        for row in rows
    ]
