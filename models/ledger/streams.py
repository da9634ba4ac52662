"""Streams as the exchange needs them: how far each goes, and its lines after a number."""

from typing import NamedTuple

from models.ledger.admission import head_at
from models.ledger.ledger import Ledger


class Stream(NamedTuple):
    """One (device, unit) log: `seq` lines, `head` their chained hash."""

    log_no: int
    log_id: str
    unit: str
    device: str
    seq: int
    head: bytes


def streams_of(ledger: Ledger, unit: str) -> list[Stream]:
    """The streams that speak of this unit, this PC's and those it was handed."""
    rows = ledger.rows(
        "SELECT log_no, log_id, unit, device, seq, head FROM log WHERE unit = ? AND seq > 0"
        " ORDER BY log_id",
        (unit,),
    )
    return [Stream(*row) for row in rows]


def own_streams(ledger: Ledger) -> list[Stream]:
    """The streams that this PC writes or wrote, about whatever unit, oldest first.

    It may have had another name: whoever finds the ledger on another machine renames it and keeps
    the old name in a setting `device:<machine>` (see witness.py).
    """
    rows = ledger.rows(
        "SELECT log_no, log_id, unit, device, seq, head FROM log WHERE seq > 0 AND device IN"
        " (SELECT value FROM setting WHERE key = 'device' OR key LIKE 'device:%') ORDER BY log_no"
    )
    return [Stream(*row) for row in rows]


def lines_after(ledger: Ledger, stream: Stream, seq: int) -> tuple[bytes, list[str]]:
    """The head after line `seq`, and all lines behind it."""
    with ledger.reading() as db:
        prev = head_at(db, stream.log_no, seq)
        rows = db.execute(
            "SELECT line FROM op WHERE log_no = ? AND seq > ? ORDER BY seq", (stream.log_no, seq)
        )
        return prev, [line for (line,) in rows]


def missing_lines(ledger: Ledger) -> list[tuple[str, int, int]]:
    """(unit, first, last) of lines that held segments still wait for."""
    rows = ledger.rows(
        "SELECT l.unit, l.seq + 1, min(h.from_seq) - 1 FROM held h"
        " JOIN log l ON l.log_id = h.log_id GROUP BY h.log_id"
    )
    return [(unit, first, last) for unit, first, last in rows]
