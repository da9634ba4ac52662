"""The one way of lines into the tables, for local writes and imports alike."""

from collections.abc import Sequence
from sqlite3 import Connection

from models.ledger import admission
from models.ledger.collector import collector_off
from models.ledger.derived import refresh_findings
from models.ledger.lines import load_many
from models.ledger.merge import fold, keep
from models.ledger.rows import COLUMNS
from models.ledger.search import SEARCHED, Initials, refresh_search, refresh_search_later
from models.ledger.segments import Fresh, Outcome, Segment
from models.ledger.totals import check_totals

_FOLDED = (*COLUMNS, "cell", "hist", "sup", "conflict", "pend", "refused", "unsearched")


def take_line(db: Connection, initials: Initials, fresh: Fresh) -> None:
    """Write a line of this PC and fold it; everything is right at once, the search index too."""
    outcome = Outcome()
    _take(db, [fresh], outcome)
    refresh_findings(db, outcome)
    refresh_search(db, initials, outcome)


def take_segments(db: Connection, segments: Sequence[Segment], outcome: Outcome) -> None:
    """Admit and fold segments of streams, and what was held for them; index them later."""
    todo, taken = segments, list[Fresh]()
    with collector_off():
        while todo:
            admitted = [admission.admit(db, segment, outcome) for segment in todo]
            fresh = [part for part in admitted if part is not None]
            _take(db, fresh, outcome)
            taken += fresh
            todo = admission.release_held(db) if fresh else []
        check_totals(db, taken, COLUMNS, outcome)
        refresh_findings(db, outcome)
        refresh_search_later(db, outcome)
        admission.count_waiting(db, segments, outcome)


def fold_anew(db: Connection) -> None:
    """Make every table anew from the lines that are kept."""
    outcome = Outcome()
    for table in (*_FOLDED, *(f"{table}_search" for table in SEARCHED)):
        db.execute(f"DELETE FROM {table}")
    for log_no, log_id, unit in db.execute(
        "SELECT log_no, log_id, unit FROM log WHERE log_id <> '0' ORDER BY log_no"
    ).fetchall():
        rows = db.execute("SELECT line FROM op WHERE log_no = ? ORDER BY seq", (log_no,))
        texts = [text for (text,) in rows]
        with collector_off():
            lines = load_many(map(str.encode, texts))
            part = Fresh(log_no, log_id, unit, list(zip(texts, lines, strict=True)))
            fold(db, [part], COLUMNS, outcome)
    refresh_findings(db, outcome)
    refresh_search_later(db, outcome)


def _take(db: Connection, fresh: Sequence[Fresh], outcome: Outcome) -> None:
    keep(db, fresh, outcome)
    fold(db, fresh, COLUMNS, outcome)
