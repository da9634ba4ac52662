"""What a person must decide: concurrent edits of one field, and what was written on after a delete.

A decision is an ordinary edit that names what it saw and did not take, so it travels and merges
like any other. Two people who decide differently without having met make a new conflict.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from models.ledger.compact import pack, unpack
from models.ledger.history import moment, words
from models.ledger.ledger import Ledger
from models.ledger.lines import MOST_MERGES, Line
from models.ledger.titles import PARENTS, title_of
from models.ledger.writing import seen_of
from models.records.fields import Plain

_AHEAD = timedelta(days=1)

# Versions that lost without having been seen, with another value than the one that stands. Of a
# deleted record only the deletion is a question.
_FIELDS = """
SELECT x.id, x.field, max(h.t) AS t, l.unit FROM conflict x
    JOIN cell c ON c.id = x.id AND c.field = x.field
    JOIN log l ON l.log_id = x.log_id
    JOIN hist h ON h.log_no = l.log_no AND h.seq = x.seq AND h.field = x.field
WHERE h.val IS NOT c.val AND (x.field = '_deleted' OR NOT EXISTS (
    SELECT 1 FROM cell d WHERE d.id = x.id AND d.field = '_deleted' AND d.val = 1))
GROUP BY x.id, x.field"""

_DELETED = """
deleted AS (SELECT c.id, h.seen FROM cell c JOIN log l ON l.log_id = c.log_id
    JOIN hist h ON h.log_no = l.log_no AND h.seq = c.seq AND h.field = '_deleted'
    WHERE c.field = '_deleted' AND c.val = 1)"""
_UNSEEN = "ifnull(json_extract(d.seen, '$.\"' || l.log_id || '\"'), 0)"
_SOUND = "h.seq <= ifnull(l.closed, h.seq)"


def _late() -> str:
    """What stands in a deleted record, or below it, that whoever deleted it had not seen.

    (deleted record, touched record, its type or empty, stream number, line, field or empty)
    """
    parts = [
        "SELECT d.id, h.id AS part, '' AS type, h.log_no, h.seq, h.field, h.t, l.unit"
        " FROM deleted d CROSS JOIN hist h ON h.id = d.id AND h.field <> '_deleted'"
        f" JOIN log l ON l.log_no = h.log_no AND {_SOUND} WHERE h.seq > {_UNSEEN}"
    ]
    for table, (field, _parent) in PARENTS.items():
        child = f"deleted d CROSS JOIN {table} r ON r.{field} = d.id AND NOT r.deleted"
        parts += [
            f"SELECT d.id, r.id, '{table}', r.c_log, r.c_seq, '', r.c_t, l.unit FROM {child}"
            f" JOIN log l ON l.log_no = r.c_log WHERE r.c_seq > {_UNSEEN}",
            f"SELECT d.id, r.id, '{table}', h.log_no, h.seq, h.field, h.t, l.unit FROM {child}"
            f" CROSS JOIN hist h ON h.id = r.id JOIN log l ON l.log_no = h.log_no AND {_SOUND}"
            f" WHERE h.seq > {_UNSEEN}",
        ]
    return f"late AS ({' UNION ALL '.join(parts)})"


_OPEN = (
    f"WITH {_DELETED}, {_late()}, open AS ({_FIELDS} UNION ALL"
    " SELECT id, '_deleted', max(t), unit FROM late GROUP BY id)"
)
_VERSION = """
SELECT h.log_id || '.' || h.seq, h.val, h.old, h.t, json_extract(o.line, '$.u'), l.device,
    h.n > ifnull(b.n, 0), h.field, json_extract(o.line, '$.e')
FROM hist h JOIN log l ON l.log_no = h.log_no JOIN op o ON o.log_no = h.log_no AND o.seq = h.seq
    LEFT JOIN log bl ON bl.log_id = h.base_log
    LEFT JOIN hist b ON b.log_no = bl.log_no AND b.seq = h.base_seq AND b.field = h.field"""


@dataclass(frozen=True, slots=True)
class Side:
    """One version as its author wrote it. `when` is the author's clock, as claimed.

    It is `doubtful` where that clock was not later than what its author saw, or runs ahead of ours.
    """

    op: str
    value: Plain
    shown: str
    old_shown: str
    who: str
    device: str
    when: datetime
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question for a person: which value of a field is right, or whether a record stays deleted.

    `losers` are all versions that a decision answers, also those whose value is the standing one;
    `seen` is how far this ledger had the unit's streams when the question was put.
    """

    table: str
    record: str
    unit: str
    title: str
    field: str
    label: str
    standing: Side
    others: tuple[Side, ...]
    kind: str
    losers: tuple[str, ...] = ()
    seen: tuple[tuple[str, int], ...] = ()


class Lost(NamedTuple):
    """A value that was written, and that a later one took the place of without building upon it."""

    field: str
    label: str
    side: Side


def count_conflicts(ledger: Ledger) -> int:
    """How many questions are open."""
    rows = ledger.rows(f"{_OPEN} SELECT count(*) FROM (SELECT DISTINCT id, field FROM open)")
    return int(rows[0][0])


def conflicts(ledger: Ledger, unit: str | None = None, most: int = 500) -> list[Conflict]:
    """The open questions, the newest first; of one unit where it is named."""
    with ledger.reading():
        rows = ledger.rows(
            f"{_OPEN} SELECT id, field, unit FROM open WHERE ?1 IS NULL OR unit = ?1"
            " GROUP BY id, field ORDER BY max(t) DESC, id, field LIMIT ?2",
            (unit, most),
        )
        return [_conflict(ledger, *row) for row in rows]


def decide(ledger: Ledger, conflict: Conflict, value: Plain) -> None:
    """Write which value is right; for a deletion 0 restores, and 1 deletes again knowingly.

    Raises ValueError where this unit has no right to decide it.
    """
    # A decision is known by naming what it answers: what stands, where nothing else is named.
    named = list(conflict.losers[:MOST_MERGES]) or [conflict.standing.op]
    with ledger.transaction():
        now = ledger.tick()
        ((n,),) = ledger.rows(
            "SELECT max(n + (?1 <= t)) FROM hist WHERE id = ?2 AND field = ?3"
            " AND log_id || '.' || seq IN (SELECT value FROM json_each(?4))",
            (now, conflict.record, conflict.field, pack([conflict.standing.op, *named])),
        )
        version = [conflict.standing.value, value, n, conflict.standing.op, named]
        line: Line = {
            "o": "u",
            "e": conflict.table,
            "i": conflict.record,
            "v": {conflict.field: version},
        }
        if conflict.kind == "deleted":
            line["k"] = dict(conflict.seen)
        ledger.write(conflict.unit, line, now)


def lost_values(ledger: Ledger, table: str, record: str) -> list[Lost]:
    """Values of a record that others took the place of without building upon them, newest first."""
    rows = ledger.rows(
        f"{_VERSION} JOIN cell c ON c.id = h.id AND c.field = h.field AND c.val IS NOT h.val"
        f" WHERE h.id = ? AND h.field <> '_deleted' AND {_SOUND} AND NOT EXISTS ("
        "SELECT 1 FROM hist a WHERE a.id = h.id AND a.field = h.field AND a.base_log = h.log_id"
        " AND a.base_seq = h.seq) ORDER BY h.t DESC, h.log_id, h.seq",
        (record,),
    )
    return [Lost(row[7], words(table, row[7], None)[0], _side(ledger, row, table)) for row in rows]


def _conflict(ledger: Ledger, record: str, field: str, unit: str) -> Conflict:
    at_stake = (
        "EXISTS (SELECT 1 FROM {} x WHERE x.id = h.id AND x.field = h.field"
        " AND x.log_id = h.log_id AND x.seq = h.seq)"
    )
    versions = f"{_VERSION} WHERE h.id = ? AND h.field = ? AND {at_stake} ORDER BY h.t, h.log_id"
    (first,) = ledger.rows(versions.format("cell"), (record, field))
    losers = ledger.rows(versions.format("conflict"), (record, field))
    table = first[8]
    others = [_side(ledger, row, table) for row in losers if row[1] != first[1]]
    with ledger.reading() as db:
        seen = seen_of(db, unit) if field == "_deleted" else {}
    if seen:
        others += _late_sides(ledger, record, table)
    return Conflict(
        table=table,
        record=record,
        unit=unit,
        title=title_of(ledger, table, record),
        field=field,
        label=words(table, field, None)[0],
        standing=_side(ledger, first, table),
        others=tuple(others),
        kind="deleted" if field == "_deleted" else "field",
        losers=tuple(row[0] for row in losers),
        seen=tuple(seen.items()),
    )


def _side(ledger: Ledger, row: Any, table: str) -> Side:
    op, value, old, t, who, device, bumped, field, *_type = row
    shown, before = words(table, field, value)[1], words(table, field, old)[1]
    when = moment(t)
    doubtful = bool(bumped) or when > ledger.clock() + _AHEAD
    return Side(op, value, shown, before, who, device, when, doubtful)


def _late_sides(ledger: Ledger, record: str, table: str) -> Iterator[Side]:
    """What was written into a record, or below it, without knowledge of its deletion."""
    rows = ledger.rows(
        f"WITH {_DELETED.replace('WHERE c', 'WHERE c.id = ?1 AND c')}, {_late()}"
        " SELECT part, type, log_no, seq, field FROM late ORDER BY t, part, field",
        (record,),
    )
    for part, kind, log_no, seq, field in rows:
        name = title_of(ledger, kind, part).partition("（")[0] if kind else ""
        if not field:
            yield _creation(ledger, part, log_no, seq, f"新增{name}")
            continue
        (row,) = ledger.rows(
            f"{_VERSION} WHERE h.log_no = ? AND h.seq = ? AND h.field = ?", (log_no, seq, field)
        )
        side = _side(ledger, row, kind or table)
        label = words(kind or table, field, None)[0]
        shown = " ".join(filter(None, (name, f"{label}：{side.shown}")))
        yield Side(
            side.op,
            side.value,
            shown,
            side.old_shown,
            side.who,
            side.device,
            side.when,
            side.doubtful,
        )


def _creation(ledger: Ledger, record: str, log_no: int, seq: int, shown: str) -> Side:
    ((text, device),) = ledger.rows(
        "SELECT line, device FROM op JOIN log USING(log_no) WHERE log_no = ? AND op.seq = ?",
        (log_no, seq),
    )
    line = unpack(text)
    when = moment(line["t"])
    doubtful = when > ledger.clock() + _AHEAD
    return Side(record, None, shown, "", line["u"], device, when, doubtful)
