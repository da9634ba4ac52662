"""Turning what a person changed into the versions of a line."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any, TypeVar

from models.ledger.lines import MOST_FIELDS, Line, natural_id, split_op
from models.problems import AppError
from models.records.fields import Plain
from models.records.record import Record, plain_of

R = TypeVar("R", bound=Record)

# (n, t, stream, seq, value) of a version; an absent natural record has the virtual version 0.0.
Version = tuple[int, int, str, int, Plain]
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
NOT_YET: Version = (0, 0, "0", 0, None)


class RefusedLine(ValueError):
    """A line of our own that every receiver would refuse: of this table, because of `whys`, a
    reason for each field."""

    def __init__(self, op: str, table: str, whys: Mapping[str, str]) -> None:
        super().__init__(f"refused line {op}: {whys}")
        self.table, self.whys = table, whys


def time_of_line(moment: datetime) -> int:
    """The moment as a line has it; AppError where the clock is so wrong that others would be
    misled for ever, or could not even read the line."""
    if not EARLIEST <= moment < LATEST:
        raise AppError(
            f"这台电脑的时间是 {moment.year} 年 {moment.month} 月 {moment.day} 日，不对，没有保存。"
            "请先在 Windows 的“日期和时间”里调对，再保存一次。"
        )
    return int(moment.timestamp() * 1000) * 1000


def named(record: R, unit: str) -> R:
    """The record with its unit, and with its id where its key names it."""
    record = record if record.unit else replace(record, unit=unit)
    if record.id or not record.key:
        return record
    plain = plain_of(record)
    key = tuple(str(plain[name]) for name in record.key)
    return replace(record, id=natural_id(record.unit, record.table, key))


def line_of(db: Connection, record: Record, seen: Record | None, now: int) -> Line | None:
    """The line that saves a record: its creation, or what changed; None where nothing did."""
    plain = plain_of(record)
    if not record.id:
        # Empty answers are not written.
        given = {name: value for name, value in plain.items() if value is not None}
        return {"o": "c", "e": record.table, "n": record.unit, "v": given}
    before = plain_of(seen) if seen else {}
    wanted = {k: v for k, v in plain.items() if not seen or v != before[k]}
    values = _changed(db, record, wanted, before, now)
    if not values:
        return None
    return {"o": "u", "e": record.table, "i": record.id, "v": values}


def marking(db: Connection, record: Record, deleted: int, now: int) -> Line | None:
    """The line that deletes or restores a record, with what its author had seen of it."""
    values = _changed(db, record, {"_deleted": deleted}, {}, now)
    if not values:
        return None
    seen = seen_of(db, record.unit)
    return {"o": "u", "e": record.table, "i": record.id, "v": values, "k": seen}


def check_taken(db: Connection, op: str, table: str) -> None:
    """Raise RefusedLine where the fold refused a line of our own; whoever wrote it undoes it."""
    refused = db.execute(
        "SELECT field, why FROM refused WHERE log_id = ? AND seq = ?", split_op(op)
    ).fetchall()
    if refused:
        raise RefusedLine(op, table, dict(refused))


def seen_of(db: Connection, unit: str) -> dict[str, int]:
    """How far we have the streams of a unit; of very many the longest, as a line holds no more."""
    rows = db.execute(
        "SELECT log_id, seq FROM log WHERE unit = ? AND seq > 0 ORDER BY seq DESC, log_id LIMIT ?",
        (unit, MOST_FIELDS),
    )
    return dict(rows.fetchall())


def _changed(
    db: Connection,
    record: Record,
    wanted: Mapping[str, Plain],
    seen: Mapping[str, Plain],
    now: int,
) -> dict[str, Any]:
    """field → [from, to, n, base] for each answer that differs from the version it answers."""
    values = {}
    for name, value in wanted.items():
        n, t, log_id, seq, old = _standing(db, record.table, record.id, name)
        if name in seen and seen[name] not in (old, _as_read(record, name, old)):
            n, t, log_id, seq, old = _seen(db, record.table, record.id, name, seen[name])
        if value != old:
            values[name] = [old, value, n + (now <= t), f"{log_id}.{seq}"]
    return values


def _as_read(record: Record, name: str, value: Plain) -> Plain:
    """What a person is shown of a value: nothing, where a stranger or a newer program wrote it."""
    shown = type(record).of_plain({name: value}, id=record.id, unit=record.unit)
    return plain_of(shown)[name]


def _standing(db: Connection, table: str, record: str, name: str) -> Version:
    """The version of a field that stands now."""
    cell: Version | None = db.execute(
        "SELECT n, t, log_id, seq, val FROM cell WHERE id = ? AND field = ?", (record, name)
    ).fetchone()
    if cell:
        return cell
    column = "deleted" if name == "_deleted" else name
    return _created(db, table, record, column)


def _created(db: Connection, table: str, record: str, column: str) -> Version:
    row: Version | None = db.execute(
        f"SELECT 0, r.c_t, l.log_id, r.c_seq, r.{column} FROM {table} r"
        " JOIN log l ON l.log_no = r.c_log WHERE r.id = ?",
        (record,),
    ).fetchone()
    if row:
        return row
    return (*NOT_YET[:4], 0) if column == "deleted" else NOT_YET


def _seen(db: Connection, table: str, record: str, name: str, value: Plain) -> Version:
    """The newest version with the value the person saw, else the record's creation."""
    row: Version | None = db.execute(
        "SELECT n, t, log_id, seq, val FROM hist WHERE id = ? AND field = ? AND val IS ?"
        " ORDER BY n DESC, t DESC, log_id DESC, seq DESC LIMIT 1",
        (record, name, value),
    ).fetchone()
    if row:
        return row
    n, t, log_id, seq, _now = _created(db, table, record, name)
    return n, t, log_id, seq, value
