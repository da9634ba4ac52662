"""The one way of lines into the tables, for local writes and imports alike."""

from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from models.ledger import admission
from models.ledger.collector import collector_off
from models.ledger.derived import refresh_findings
from models.ledger.merge import fold, keep
from models.ledger.parallel import count_parallel
from models.ledger.rows import COLUMNS
from models.ledger.search import Initials, refresh_search, refresh_search_later
from models.ledger.segments import Fresh, Outcome, Parcel
from models.ledger.totals import check_totals


def take_line(db: Connection, initials: Initials, fresh: Fresh) -> None:
    """Write a line of this PC and fold it; everything is right at once, the search index too."""
    outcome = Outcome()
    _take(db, [fresh], outcome)
    refresh_findings(db, outcome)
    refresh_search(db, initials, outcome)


def take_parcels(db: Connection, parcels: Sequence[Parcel]) -> list[Outcome]:
    """Take in what came in several bundles; what became of each.

    Bundles about different units have nothing to do with each other, so they are folded at once:
    that is many times as fast as one after another, and comes to the same.
    """
    told = []
    with collector_off():
        for run in _runs(parcels):
            outcome = Outcome()
            taken = _take_run(db, run, outcome)
            for parcel in run:
                logs = {segment.log_id for segment in parcel.segments}
                own = outcome if len(run) == 1 else outcome.part(logs)
                if parcel.heard is not None:
                    came = [part for part in taken if part.log_id in logs]
                    own.counts["parallel"] = count_parallel(db, came, parcel.heard)
                told.append(own)
    return told


def _runs(parcels: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    """Neighbours of which no two speak of the same unit."""
    run: list[Parcel] = []
    units: set[str] = set()
    for parcel in parcels:
        about = {segment.unit for segment in parcel.segments}
        if units & about:
            yield run
            run, units = [], set()
        run.append(parcel)
        units |= about
    if run:
        yield run


def _take_run(db: Connection, parcels: Sequence[Parcel], outcome: Outcome) -> list[Fresh]:
    """Admit and fold segments of streams, and what was held for them; index them later."""
    segments = [segment for parcel in parcels for segment in parcel.segments]
    todo, taken = segments, list[Fresh]()
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
    return taken


def _take(db: Connection, fresh: Sequence[Fresh], outcome: Outcome) -> None:
    keep(db, fresh, outcome)
    fold(db, fresh, COLUMNS, outcome)
