"""What was done to a record: who, when, which field, from what, to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from models.ledger.compact import unpack
from models.ledger.ledger import Ledger
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Plain
from models.records.record import fields_of


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one line, `op`. `when` is the writer's own clock, as claimed."""

    when: datetime
    who: str
    field: str
    old: str
    new: str
    op: str


def history_of(ledger: Ledger, table: str, record: str) -> list[Change]:
    """Every change of the record, newest first; the creation gives one change for each answer."""
    found = [*_creation(ledger, table, record), *_edits(ledger, table, record)]
    return sorted(found, key=lambda change: change.when, reverse=True)


def _creation(ledger: Ledger, table: str, record: str) -> Iterator[Change]:
    rows = ledger.rows(
        f"SELECT o.line FROM {table} r JOIN op o ON o.log_no = r.c_log AND o.seq = r.c_seq"
        " WHERE r.id = ?",
        (record,),
    )
    for (text,) in rows:
        line = unpack(text)
        for name, value in line["v"].items():
            label, shown = words(table, name, value)
            yield Change(moment(line["t"]), line["u"], label, "", shown, record)


def _edits(ledger: Ledger, table: str, record: str) -> Iterator[Change]:
    rows = ledger.rows(
        "SELECT h.t, json_extract(o.line, '$.u'), h.field, h.old, h.val,"
        " h.log_id || '.' || h.seq FROM hist h"
        " JOIN op o ON o.log_no = h.log_no AND o.seq = h.seq WHERE h.id = ?",
        (record,),
    )
    for t, who, name, old, new, op in rows:
        label, before = words(table, name, old)
        yield Change(moment(t), who, label, before, words(table, name, new)[1], op)


def words(table: str, name: str, value: Plain) -> tuple[str, str]:
    """The label of a field and the value as people read it."""
    if name == "_deleted":
        return "记录", "已删除" if value else "在册"
    kind = fields_of(RECORD_TYPES[table]).get(name)
    label = name if kind is None else kind.label
    if kind is None or value is None:
        return label, "" if value is None else str(value)
    try:
        return label, kind.show(kind.from_plain(value))
    except (ValueError, ArithmeticError):
        return label, str(value)


def moment(t: int) -> datetime:
    """The time of a line as its writer's clock had it."""
    return datetime.fromtimestamp(t // 1000 / 1000, UTC)
