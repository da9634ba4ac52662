"""Folding lines into tables. Local writes and imports both pass here, so they cannot differ.

State is a function of the set of lines held: no receiver's clock and no order of arrival decides.
A field is a register; of two versions the greater key (n, t, stream, seq) stands. `n` is copied
from the version the author saw, plus one only where the author's clock was not later than it, so
an informed edit always wins and clocks break only ties of concurrent edits. Every receiver checks
n exactly. A version that nobody built upon and that does not stand is a conflict for a person.
"""

import itertools
from collections.abc import Mapping, Sequence, Set
from sqlite3 import Connection

from models.ledger.compact import pack
from models.ledger.derived import AT_FIRST
from models.ledger.lines import Line, split_op
from models.ledger.rights import may_create
from models.ledger.segments import Columns, Fresh, Outcome
from models.ledger.versions import fold_versions


def keep(db: Connection, fresh: Sequence[Fresh], outcome: Outcome) -> None:
    """Write the lines themselves; the tables are only their fold."""
    for part in fresh:
        db.executemany(
            "INSERT INTO op VALUES(?, ?, ?)",
            [(part.log_no, line["s"], text) for text, line in part.lines],
        )
        outcome.count("new", part.log_id, len(part.lines))


def fold(db: Connection, fresh: Sequence[Fresh], columns: Columns, outcome: Outcome) -> None:
    """Apply admitted lines: creates, then versions of fields, set-based."""
    create(db, fresh, columns, outcome)
    change(db, fresh, columns, outcome)


def change(db: Connection, fresh: Sequence[Fresh], columns: Columns, outcome: Outcome) -> None:
    """The versions of fields in these lines, and whatever waited for something in them."""
    for part in fresh:
        if part.closed is not None:
            void = sum(part.is_void(line["s"]) for _text, line in part.lines)
            outcome.count("void", part.log_id, void)
    rows = [row for part in fresh for row in _versions(db, part, columns, outcome)]
    if rows or db.execute("SELECT 1 FROM pend LIMIT 1").fetchone():
        fold_versions(db, rows, columns, outcome)


def create(db: Connection, fresh: Sequence[Fresh], columns: Columns, outcome: Outcome) -> None:
    """A created record's id is its own line's, so nothing can compete with it.

    What a void line created stands as deleted; a person may restore it.
    """
    rows: dict[str, list[tuple[object, ...]]] = {}
    known = {table: frozenset(names) for table, names in columns.items()}
    for part in fresh:
        log_no, unit, log = part.log_no, part.unit, f"{part.log_id}."
        for _text, line in part.lines:
            if line["o"] != "c":
                continue
            table, values, seq = line["e"], line["v"], line["s"]
            # Whoever does not know a type does not know who may create it.
            if line["n"] != unit or (table in known and not may_create(part.role, table)):
                why = "scope" if line["n"] != unit else "rights"
                _refuse(db, part.log_id, line, why, outcome)
            elif table not in columns:
                outcome.count("unknown", part.log_id)
            else:
                extra = None if values.keys() <= known[table] else _extra(values, known[table])
                answers = map(values.get, columns[table])
                made = (f"{log}{seq}", unit, log_no, seq, line["t"], part.is_void(seq))
                rows.setdefault(table, []).append((*made, *answers, extra))
    for table, created in rows.items():
        (last,) = db.execute(f"SELECT coalesce(max(no), 0) FROM {table}").fetchone()
        outcome.made_after.setdefault(table, last)
        names = ["id", "unit", "c_log", "c_seq", "c_t", "deleted", *columns[table], "extra"]
        places = {name: f"?{at}" for at, name in enumerate(names, start=1)}
        for column, source in AT_FIRST.get(table, {}).items():
            places[column] = places.get(source, source)
        into, values = ", ".join(places), ", ".join(places.values())
        done = db.executemany(f"INSERT OR IGNORE INTO {table}({into}) VALUES({values})", created)
        outcome.created += done.rowcount


def _extra(values: Mapping[str, object], known: Set[str]) -> str:
    """The answers that a newer program asked for; kept beside the row until this one knows them."""
    return pack({name: values[name] for name in sorted(values.keys() - known)})


def _versions(
    db: Connection, part: Fresh, columns: Columns, outcome: Outcome
) -> list[tuple[object, ...]]:
    """The new versions of fields in these lines, as rows for the fold."""
    rows: list[tuple[object, ...]] = []
    for _text, line in part.lines:
        if line["o"] != "u":
            continue
        table, record_id = line["e"], line["i"]
        if table not in columns:
            outcome.count("unknown", part.log_id)
            continue
        if record_id.startswith("k."):
            if why := _no_natural(part, line):
                _refuse(db, part.log_id, line, why, outcome)
                continue
            _create_natural(db, table, record_id, part.unit, part.is_void(line["s"]))
        seen = pack(line["k"]) if "k" in line else None
        for name, (old, new, n, base, *merges) in line["v"].items():
            named = pack(merges[0]) if merges else None
            origin = (table, part.log_no, part.log_id, line["s"], line["t"])
            rows.append(
                (*origin, record_id, name, n, old, new, *split_op(base), named, seen),
            )
    return rows


def _no_natural(part: Fresh, line: Line) -> str:
    """Why this line may not bring a natural record into being; empty where it may."""
    if line["i"].split(".")[1] != part.unit:
        return "scope"
    if not line["i"].startswith(f"k.{part.unit}.{line['e']}-"):
        return "type"
    decides = any(len(version) > 4 for version in line["v"].values())
    return "" if part.role != "office" or decides else "rights"


def _create_natural(db: Connection, table: str, record: str, unit: str, void: bool) -> None:
    """It stands as soon as a line names it, and as deleted where none but void lines do."""
    db.execute(
        f"INSERT INTO {table}(id, unit, c_log, c_seq, c_t, deleted)"
        " SELECT ?, ?, log_no, 0, 0, ? FROM log WHERE log_id = '0'"
        " ON CONFLICT(id) DO UPDATE SET deleted = 0 WHERE deleted AND NOT excluded.deleted"
        f" AND NOT EXISTS (SELECT 1 FROM cell WHERE id = {table}.id AND field = '_deleted')",
        (record, unit, void),
    )


def _refuse(db: Connection, log_id: str, line: Line, why: str, outcome: Outcome) -> None:
    fields = list(line["v"]) if line["o"] == "u" else [""]
    outcome.count("refused", log_id, len(fields))
    db.executemany(
        "INSERT OR IGNORE INTO refused VALUES(?, ?, ?, ?)",
        zip(itertools.repeat(log_id), itertools.repeat(line["s"]), fields, itertools.repeat(why)),
    )
