"""The fold of field versions: which stands, which waits, which is refused, which needs a person."""

from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from models.ledger.compact import pack, unpack
from models.ledger.lines import split_op
from models.ledger.rights import forbidden
from models.ledger.segments import Columns, Outcome

ROOMS = """
CREATE TEMP TABLE IF NOT EXISTS incoming(type TEXT, log_no INTEGER, log_id TEXT, seq INTEGER,
    t INTEGER, id TEXT, field TEXT, n INTEGER, old, val, base_log TEXT, base_seq INTEGER,
    merges TEXT, seen TEXT, PRIMARY KEY(log_no, seq, field)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS target(id TEXT PRIMARY KEY, type TEXT, unit TEXT, c_log TEXT,
    c_seq INTEGER, c_t INTEGER) WITHOUT ROWID;
"""


def fold_versions(
    db: Connection, rows: Sequence[tuple[object, ...]], columns: Columns, outcome: Outcome
) -> None:
    """Fold the rows, and whatever waited for a record or a base that may have come by now."""
    marks = ", ".join("?" * 14)
    db.executemany(f"INSERT OR IGNORE INTO incoming VALUES({marks})", rows)
    db.execute("INSERT OR IGNORE INTO incoming SELECT * FROM pend")
    db.execute("DELETE FROM pend")
    for (table,) in db.execute("SELECT DISTINCT type FROM incoming").fetchall():
        db.execute(
            f"INSERT OR IGNORE INTO target SELECT r.id, ?1, r.unit, l.log_id, r.c_seq, r.c_t"
            f" FROM (SELECT DISTINCT id FROM incoming WHERE type = ?1) i"
            f" CROSS JOIN {table} r ON r.id = i.id JOIN log l ON l.log_no = r.c_log",
            (table,),
        )
    _wait_for_records(db, outcome)
    _refuse_forbidden(db, outcome)
    _record_history(db)
    _check_causality(db, outcome)
    _leave_void(db)
    _choose_winners(db)
    _write_typed(db, columns, outcome)
    _list_conflicts(db, outcome)
    db.execute("DELETE FROM incoming")
    db.execute("DELETE FROM target")


def _wait_for_records(db: Connection, outcome: Outcome) -> None:
    """What edits a record whose line is not here yet waits; where it made none, it never will."""
    absent = (
        "NOT EXISTS (SELECT 1 FROM target r WHERE r.id = incoming.id AND r.type = incoming.type)"
    )
    named = "CAST(substr(incoming.id, instr(incoming.id, '.') + 1) AS INTEGER)"
    missing = db.execute(
        f"SELECT log_no, log_id, seq, field FROM incoming WHERE {absent} AND ({named} < 1"
        " OR EXISTS (SELECT 1 FROM log l JOIN op o ON o.log_no = l.log_no"
        " WHERE l.log_id = substr(incoming.id, 1, instr(incoming.id, '.') - 1)"
        f" AND o.seq = {named}))"
    ).fetchall()
    for log_no, log_id, seq, name in missing:
        _refuse(db, log_no, log_id, seq, name, "missing", outcome)
    db.execute(f"INSERT OR IGNORE INTO pend SELECT * FROM incoming WHERE {absent}")
    db.execute(f"DELETE FROM incoming WHERE {absent}")


def _refuse_forbidden(db: Connection, outcome: Outcome) -> None:
    """A stream writes only records of its own unit, and of those what its role may."""
    for log_no, log_id, seq, name, why in forbidden(db):
        _refuse(db, log_no, log_id, seq, name, why, outcome)


def _record_history(db: Connection) -> None:
    db.execute(
        "INSERT OR IGNORE INTO hist SELECT log_no, seq, field, id, log_id, n, t, old, val,"
        " base_log, base_seq, seen FROM incoming"
    )


def _check_causality(db: Connection, outcome: Outcome) -> None:
    """n must be the smallest that beats its base and all it merges; a row that fails leaves again.

    Taking one row out can make another's base unknown, hence the loop; it normally runs once.
    Only when all are out is it plain which of them name accepted versions, and so are refused, and
    which wait: what comes together must not be judged otherwise than what comes one by one.
    """
    out: list[tuple[int, int, str]] = []
    where = "WHERE log_no = ? AND seq = ? AND field = ?"
    while bad := _bad_plain(db) + _bad_merging(db):
        for key in bad:
            db.execute(f"DELETE FROM hist {where}", key)
            db.execute(f"INSERT OR IGNORE INTO pend SELECT * FROM incoming {where}", key)
            db.execute(f"DELETE FROM incoming {where}", key)
        out += bad
    for log_no, seq, name in out:
        key = (log_no, seq, name)
        log_id, record, base_log, base_seq, merges = db.execute(
            f"SELECT log_id, id, base_log, base_seq, merges FROM pend {where}", key
        ).fetchone()
        if None not in _named(db, record, name, base_log, base_seq, merges):
            db.execute(f"DELETE FROM pend {where}", key)
            _refuse(db, log_no, log_id, seq, name, "version", outcome)


def _bad_plain(db: Connection) -> list[tuple[int, int, str]]:
    """Rows without merges whose base is unknown, or whose n is not exactly right."""
    return db.execute(
        """SELECT i.log_no, i.seq, i.field
           FROM incoming i JOIN target r ON r.id = i.id
           LEFT JOIN log bl ON bl.log_id = i.base_log
           LEFT JOIN hist b ON b.log_no = bl.log_no AND b.seq = i.base_seq AND b.field = i.field
                AND b.id = i.id
           WHERE i.merges IS NULL AND CASE
               WHEN b.n IS NOT NULL THEN i.n <> b.n + (i.t <= b.t)
               WHEN r.c_seq = i.base_seq AND r.c_log = i.base_log THEN i.n <> (i.t <= r.c_t)
               ELSE 1 END"""
    ).fetchall()


def _bad_merging(db: Connection) -> list[tuple[int, int, str]]:
    """The same for rows that also name versions they merge."""
    bad = []
    rows = db.execute(
        "SELECT log_no, seq, field, id, n, t, base_log, base_seq, merges FROM incoming"
        " WHERE merges IS NOT NULL"
    ).fetchall()
    for log_no, seq, name, record, n, t, *named in rows:
        found = _named(db, record, name, *named)
        known = [version for version in found if version is not None]
        if len(known) < len(found) or n != max(n0 + (t <= t0) for n0, t0 in known):
            bad.append((log_no, seq, name))
    return bad


def _named(
    db: Connection, record: str, name: str, base_log: str, base_seq: int, merges: str | None
) -> list[tuple[int, int] | None]:
    """(n, t) of the base and of each merged version; None for those that are not accepted here."""
    ops = [(base_log, base_seq), *map(split_op, unpack(merges) if merges else ())]
    return [version_of(db, record, name, *op) for op in ops]


def version_of(
    db: Connection, record: str, name: str, log_id: str, seq: int
) -> tuple[int, int] | None:
    """(n, t) of a version of a field, or of the record's creation; None where neither is known."""
    row = db.execute(
        "SELECT h.n, h.t FROM hist h JOIN log l ON l.log_no = h.log_no"
        " WHERE l.log_id = ? AND h.seq = ? AND h.field = ? AND h.id = ?",
        (log_id, seq, name, record),
    ).fetchone()
    if row is None:
        row = db.execute(
            "SELECT 0, c_t FROM target WHERE id = ? AND c_log = ? AND c_seq = ?",
            (record, log_id, seq),
        ).fetchone()
    return row if row is None else (row[0], row[1])


def _leave_void(db: Connection) -> None:
    """What is beyond the end of a closed stream is known as a base, but stands nowhere.

    It names nothing as seen either: a good value must not hide behind a void one.
    """
    for log_no, closed in db.execute("SELECT log_no, closed FROM log WHERE closed IS NOT NULL"):
        db.execute("DELETE FROM incoming WHERE log_no = ? AND seq > ?", (log_no, closed))


def _choose_winners(db: Connection) -> None:
    db.execute("INSERT OR IGNORE INTO sup SELECT id, field, base_log, base_seq FROM incoming")
    db.execute(
        "INSERT OR IGNORE INTO sup SELECT i.id, i.field,"
        " substr(m.value, 1, instr(m.value, '.') - 1),"
        " CAST(substr(m.value, instr(m.value, '.') + 1) AS INTEGER)"
        " FROM incoming i, json_each(i.merges) m WHERE i.merges IS NOT NULL"
    )
    db.execute(
        """INSERT INTO cell SELECT id, field, n, t, log_id, seq, val FROM incoming WHERE 1
           ON CONFLICT(id, field) DO UPDATE SET n = excluded.n, t = excluded.t,
               log_id = excluded.log_id, seq = excluded.seq, val = excluded.val
           WHERE (excluded.n, excluded.t, excluded.log_id, excluded.seq)
               > (cell.n, cell.t, cell.log_id, cell.seq)"""
    )


def _write_typed(db: Connection, columns: Columns, outcome: Outcome) -> None:
    """Bring the typed rows of touched records up to their winning cells."""
    touched = db.execute("SELECT DISTINCT type, field FROM incoming").fetchall()
    for table, name in touched:
        if name in columns[table] or name == "_deleted":
            column = "deleted" if name == "_deleted" else name
            db.execute(
                f"UPDATE {table} SET {column} = c.val FROM"
                " (SELECT DISTINCT id FROM incoming WHERE type = ?1 AND field = ?2) i"
                " CROSS JOIN cell c ON c.id = i.id AND c.field = ?2"
                f" WHERE {table}.id = i.id",
                (table, name),
            )
        else:
            _keep_unknown(db, table, name)
    for table, record in db.execute("SELECT DISTINCT type, id FROM incoming").fetchall():
        outcome.touch(table, (record,))


def _keep_unknown(db: Connection, table: str, name: str) -> None:
    """A field of a newer program: kept beside the row until this program knows it."""
    rows = db.execute(
        "SELECT c.id, c.val FROM (SELECT DISTINCT id FROM incoming WHERE type = ? AND field = ?) i"
        " JOIN cell c ON c.id = i.id AND c.field = ?",
        (table, name, name),
    ).fetchall()
    for record, value in rows:
        (text,) = db.execute(f"SELECT extra FROM {table} WHERE id = ?", (record,)).fetchone()
        extra: Mapping[str, object] = {**(unpack(text) if text else {}), name: value}
        kept = pack(dict(sorted(extra.items())))
        db.execute(f"UPDATE {table} SET extra = ? WHERE id = ?", (kept, record))


def _list_conflicts(db: Connection, outcome: Outcome) -> None:
    """Leaves that do not stand: versions that nobody named as seen and that lost."""
    db.execute("DELETE FROM conflict WHERE (id, field) IN (SELECT id, field FROM incoming)")
    listed = db.execute(
        """INSERT INTO conflict SELECT h.id, h.field, h.log_id, h.seq
           FROM (SELECT DISTINCT id, field FROM incoming) i
           JOIN hist h ON h.id = i.id AND h.field = i.field
           JOIN cell c ON c.id = i.id AND c.field = i.field
           JOIN log l ON l.log_no = h.log_no AND h.seq <= ifnull(l.closed, h.seq)
           WHERE NOT EXISTS (SELECT 1 FROM sup s WHERE s.id = h.id AND s.field = h.field
                   AND s.log_id = h.log_id AND s.seq = h.seq)
               AND NOT (c.log_id = h.log_id AND c.seq = h.seq)"""
    ).rowcount
    if listed:
        _tell_conflicts(db, outcome)


def _tell_conflicts(db: Connection, outcome: Outcome) -> None:
    """How many there are to decide, by the stream that brought them; one between two that came
    together is told of one of them. Where both wrote the same there is nothing to decide."""
    rows = db.execute(
        """SELECT log_id, count(*) FROM (SELECT min(i.log_id) AS log_id FROM incoming i
               JOIN conflict x ON x.id = i.id AND x.field = i.field
               JOIN cell c ON c.id = x.id AND c.field = x.field
               JOIN log l ON l.log_id = x.log_id
               JOIN hist h ON h.log_no = l.log_no AND h.seq = x.seq AND h.field = x.field
               WHERE h.val IS NOT c.val GROUP BY x.id, x.field, x.log_id, x.seq) GROUP BY 1"""
    )
    for log_id, count in rows:
        outcome.count("conflicts", log_id, count)


def _refuse(
    db: Connection, log_no: int, log_id: str, seq: int, name: str, why: str, outcome: Outcome
) -> None:
    outcome.count("refused", log_id)
    db.execute("INSERT OR IGNORE INTO refused VALUES(?, ?, ?, ?)", (log_id, seq, name, why))
    db.execute(
        "DELETE FROM incoming WHERE log_no = ? AND seq = ? AND field = ?", (log_no, seq, name)
    )
