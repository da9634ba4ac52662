"""The one way of lines into the tables, for local writes and imports alike."""

from collections.abc import Sequence
from sqlite3 import Connection

from models.ledger import admission
from models.ledger.collector import collector_off
from models.ledger.derived import refresh_findings
from models.ledger.merge import fold, keep
from models.ledger.parallel import count_parallel
from models.ledger.rows import COLUMNS
from models.ledger.search import Initials, refresh_search, refresh_search_later
from models.ledger.segments import Fresh, Heard, Outcome, Segment
from models.ledger.totals import check_totals


def take_line(db: Connection, initials: Initials, fresh: Fresh) -> None:
    """Write a line of this PC and fold it; everything is right at once, the search index too."""
    outcome = Outcome()
    _take(db, [fresh], outcome)
    refresh_findings(db, outcome)
    refresh_search(db, initials, outcome)


def take_segments(
    db: Connection, segments: Sequence[Segment], heard: Heard | None, outcome: Outcome
) -> None:
    """Admit and fold segments of streams, and what was held for them; index them later.

    `heard` is how far their sender had each stream; then what both sides worked on is counted.
    """
    todo, taken = segments, list[Fresh]()
    with collector_off():
        while todo:
            admitted = [admission.admit(db, segment, outcome) for segment in todo]
            fresh = [part for part in admitted if part is not None]
            _take(db, fresh, outcome)
            taken += fresh
            todo = admission.release_held(db) if fresh else []
        check_totals(db, taken, COLUMNS, outcome)
        if heard is not None:
            outcome.counts["parallel"] = count_parallel(db, taken, heard)
        refresh_findings(db, outcome)
        refresh_search_later(db, outcome)
        admission.count_waiting(db, segments, outcome)


def _take(db: Connection, fresh: Sequence[Fresh], outcome: Outcome) -> None:
    keep(db, fresh, outcome)
    fold(db, fresh, COLUMNS, outcome)
