"""Making the tables anew from the log, and closing a stream, which may ask for it."""

from collections.abc import Iterator
from sqlite3 import Connection

from models.ledger.collector import collector_off
from models.ledger.derived import refresh_findings
from models.ledger.lines import GENESIS, load_many
from models.ledger.merge import change, create
from models.ledger.rows import COLUMNS
from models.ledger.search import SEARCHED, refresh_search_later
from models.ledger.segments import Fresh, Outcome

_FOLDED = (*COLUMNS, "cell", "hist", "sup", "conflict", "pend", "refused", "unsearched")


def fold_anew(db: Connection) -> None:
    """Fold every line that is held into empty tables; the result equals what stood there."""
    outcome = Outcome()
    for table in (*_FOLDED, *(f"{table}_search" for table in SEARCHED)):
        db.execute(f"DELETE FROM {table}")
    with collector_off():
        # All records first: whether an edit waits or is refused depends on what its record's line
        # made.
        for part in _streams(db):
            create(db, [part], COLUMNS, outcome)
        for part in _streams(db):
            change(db, [part], COLUMNS, outcome)
    refresh_findings(db, outcome)
    refresh_search_later(db, outcome)


def _streams(db: Connection) -> Iterator[Fresh]:
    """Each stream with all its lines, one at a time."""
    for log_no, log_id, unit, role, closed in db.execute(
        "SELECT log_no, log_id, unit, role, closed FROM log WHERE log_id <> '0' ORDER BY log_no"
    ).fetchall():
        rows = db.execute("SELECT line FROM op WHERE log_no = ? ORDER BY seq", (log_no,))
        texts = [text for (text,) in rows]
        lines = load_many(map(str.encode, texts))
        yield Fresh(log_no, log_id, unit, list(zip(texts, lines, strict=True)), role, closed)


def close(db: Connection, log_id: str, last: int) -> bool:
    """Let the stream end at this line; whether it holds lines that are void by that.

    Of several ends the smallest stands, so the order in which they are heard does not matter.
    """
    db.execute("INSERT OR IGNORE INTO log(log_id, head) VALUES(?, ?)", (log_id, GENESIS))
    db.execute(
        "UPDATE log SET closed = ?1 WHERE log_id = ?2 AND ifnull(closed, ?1 + 1) > ?1",
        (last, log_id),
    )
    # Beyond an end that was already known, the lines are void already.
    return bool(db.execute("SELECT changes()").fetchone()[0]) and bool(
        db.execute("SELECT 1 FROM log WHERE log_id = ? AND seq > closed", (log_id,)).fetchone()
    )
