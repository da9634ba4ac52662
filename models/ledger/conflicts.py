"""What a person must decide: concurrent edits of one field, and what was written on after a delete.

A decision is an ordinary edit that names what it saw and did not take, so it travels and merges
like any other. Two people who decide differently without having met make a new conflict.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from models.ledger.compact import pack
from models.ledger.history import moment, words
from models.ledger.ledger import Ledger
from models.ledger.lines import MOST_MERGES, Line, split_op
from models.ledger.questions import NAMED, OPEN, SOUND, VOID, deleted, late
from models.ledger.rights import school_may_decide
from models.ledger.titles import title_of
from models.ledger.writing import seen_of
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link, Plain
from models.records.record import fields_of

_AHEAD = timedelta(days=1)
_DAY = 86_400_000_000  # as lines count time
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # before this program there were no lines

# Whether the clock of a stream was set back by more than a day just before or just after a line:
# then one of the two was wrong.
_SET_BACK = f"""EXISTS (SELECT 1 FROM op p
    WHERE p.log_no = o.log_no AND p.seq IN (o.seq - 1, o.seq + 1) AND
        (o.seq - p.seq) * (json_extract(p.line, '$.t') - json_extract(o.line, '$.t')) > {_DAY})"""
_VERSION = f"""
SELECT h.log_id || '.' || h.seq, h.val, h.old, h.t, json_extract(o.line, '$.u'), l.device,
    ifnull(h.t <= b.t, h.n > 0) OR {_SET_BACK}, h.field, json_extract(o.line, '$.e')
FROM hist h JOIN log l ON l.log_no = h.log_no JOIN op o ON o.log_no = h.log_no AND o.seq = h.seq
    LEFT JOIN log bl ON bl.log_id = h.base_log
    LEFT JOIN hist b ON b.log_no = bl.log_no AND b.seq = h.base_seq AND b.field = h.field"""


@dataclass(frozen=True, slots=True)
class Side:
    """One version as its author wrote it. `when` is the author's clock, as claimed.

    It is `doubtful` where that clock was not later than what its author saw, was set back by more
    than a day just then, is older than this program, or runs ahead of ours.
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
    rows = ledger.rows(f"{OPEN} SELECT count(*) FROM (SELECT DISTINCT id, field FROM open)")
    return int(rows[0][0])


def conflicts(ledger: Ledger, unit: str | None = None, most: int = 500) -> list[Conflict]:
    """The open questions, the newest first; of one unit where it is named."""
    with ledger.reading():
        rows = ledger.rows(
            f"{OPEN} SELECT id, field, unit FROM open WHERE ?1 IS NULL OR unit = ?1"
            " GROUP BY id, field ORDER BY max(t) DESC, id, field LIMIT ?2",
            (unit, most),
        )
        return [_conflict(ledger, *row) for row in rows]


def may_decide(ledger: Ledger, conflict: Conflict, value: Plain) -> bool:
    """Whether it is for this unit to decide it so; else it is for the school, or for its office."""
    ((creator, op),) = ledger.rows(
        f"SELECT l.role, l.log_id || '.' || r.c_seq FROM {conflict.table} r"
        " JOIN log l ON l.log_no = r.c_log WHERE r.id = ?",
        (conflict.record,),
    )
    # One answers what the other wrote more than once, or deleted; not what it merely created.
    answers = bool(conflict.losers) or conflict.standing.op != op
    if ledger.unit == conflict.unit:
        return school_may_decide(creator, conflict.table, conflict.field, value, answers)
    return creator == "office" or answers


def decide(ledger: Ledger, conflict: Conflict, value: Plain) -> None:
    """Write which value is right; for a deletion 0 restores, and 1 deletes again knowingly.

    Raises ValueError where it `may_decide` no such thing.
    """
    # A decision is known by naming what it answers: what stands, where nothing else is named.
    named = list(conflict.losers[:MOST_MERGES]) or [conflict.standing.op]
    with ledger.transaction():
        now = ledger.tick()
        ((n,),) = ledger.rows(
            "SELECT max(n + (?1 <= t)) FROM (SELECT n, t, log_id || '.' || seq AS op FROM hist"
            " WHERE id = ?2 AND field = ?3"
            " UNION ALL SELECT 0, r.c_t, l.log_id || '.' || r.c_seq"
            f" FROM {conflict.table} r JOIN log l ON l.log_no = r.c_log WHERE r.id = ?2)"
            " WHERE op IN (SELECT value FROM json_each(?4))",
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
        f" WHERE h.id = ? AND h.field <> '_deleted' AND {SOUND} AND NOT EXISTS ("
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
    stands = ledger.rows(versions.format("cell"), (record, field))
    losers = ledger.rows(versions.format("conflict"), (record, field))
    table, standing = _standing(ledger, stands, record)
    others = [_side(ledger, row, table) for row in losers if row[1] != standing.value]
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
        standing=standing,
        others=tuple(others),
        kind="deleted" if field == "_deleted" else "field",
        losers=tuple(row[0] for row in losers),
        seen=tuple(seen.items()),
    )


def _standing(ledger: Ledger, stands: list[Any], record: str) -> tuple[str, Side]:
    """The record's type, and the version that stands: of what is void from the beginning, that."""
    if stands:
        return stands[0][8], _side(ledger, stands[0], stands[0][8])
    (first,) = ledger.rows(
        "SELECT json_extract(o.line, '$.t'), json_extract(o.line, '$.u'), l.device,"
        f" {_SET_BACK}, json_extract(o.line, '$.e') FROM {VOID} WHERE {NAMED} = ?"
        " ORDER BY json_extract(o.line, '$.o'), 1, l.log_id, o.seq LIMIT 1",
        (record,),
    )
    t, who, device, told, table = first
    ((op,),) = ledger.rows(
        f"SELECT l.log_id || '.' || r.c_seq FROM {table} r JOIN log l ON l.log_no = r.c_log"
        " WHERE r.id = ?",
        (record,),
    )
    shown = words(table, "_deleted", 1)[1]
    return table, Side(op, 1, shown, "", who, device, moment(t), _doubt(ledger, t, told))


def _side(ledger: Ledger, row: Any, table: str) -> Side:
    op, value, old, t, who, device, bumped, field, *_type = row
    shown, before = (_shown(ledger, table, field, plain) for plain in (value, old))
    return Side(op, value, shown, before, who, device, moment(t), _doubt(ledger, t, bumped))


def _shown(ledger: Ledger, table: str, field: str, value: Plain) -> str:
    """A value as people read it; another record by its title, an id says nothing to anybody."""
    kind = fields_of(RECORD_TYPES[table]).get(field)
    if isinstance(kind, Link) and value:
        return title_of(ledger, kind.to, str(value))
    return words(table, field, value)[1]


def _doubt(ledger: Ledger, t: int, told: int) -> bool:
    """Whether this time cannot be right: the log tells, or it lies before us or ahead of us."""
    return bool(told) or not _BUILT <= moment(t) <= ledger.clock() + _AHEAD


def _late_sides(ledger: Ledger, record: str, table: str) -> Iterator[Side]:
    """What was written into a record, or below it, without knowledge of its deletion."""
    rows = ledger.rows(
        f"WITH {deleted('?1')}, {late()} SELECT part, type, log_no, seq, field FROM late"
        " ORDER BY t, part, field",
        (record,),
    )
    for part, kind, log_no, seq, field in rows:
        name = title_of(ledger, kind, part).partition("（")[0] if kind else ""
        if not field:
            yield _creation(ledger, part, f"新增{name}")
            continue
        (row,) = ledger.rows(
            f"{_VERSION} WHERE h.log_no = ? AND h.seq = ? AND h.field = ?", (log_no, seq, field)
        )
        side = _side(ledger, row, kind or table)
        label = words(kind or table, field, None)[0]
        shown = " ".join(filter(None, (name, f"{label}：{side.shown}")))
        yield replace(side, shown=shown)


def _creation(ledger: Ledger, record: str, shown: str) -> Side:
    """Who created a record, and when."""
    ((t, who, device, told),) = ledger.rows(
        f"SELECT json_extract(o.line, '$.t'), json_extract(o.line, '$.u'), l.device, {_SET_BACK}"
        " FROM op o JOIN log l ON l.log_no = o.log_no WHERE l.log_id = ? AND o.seq = ?",
        split_op(record),
    )
    return Side(record, None, shown, "", who, device, moment(t), _doubt(ledger, t, told))
