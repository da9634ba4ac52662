"""Streams as the exchange needs them: how far each goes, who vouches for it, and its lines."""

from collections.abc import Iterator
from typing import NamedTuple

from models.ledger.admission import head_at
from models.ledger.ledger import Ledger


class Stream(NamedTuple):
    """One (device, unit) log: `seq` lines, `head` their chained hash.

    Its author vouched for the first `signed` lines by `signature`; only those can travel on.
    """

    log_no: int
    log_id: str
    unit: str
    device: str
    seq: int
    head: bytes
    signed: int
    signature: bytes


_COLUMNS = "log_no, log_id, unit, device, seq, head, signed, coalesce(signature, x'')"


def streams_of(ledger: Ledger, unit: str) -> list[Stream]:
    """The streams that speak of this unit, this PC's and those it was handed."""
    rows = ledger.rows(
        f"SELECT {_COLUMNS} FROM log WHERE unit = ? AND seq > 0 ORDER BY log_id", (unit,)
    )
    return [Stream(*row) for row in rows]


def all_streams(ledger: Ledger) -> list[Stream]:
    """Every stream that is here."""
    rows = ledger.rows(f"SELECT {_COLUMNS} FROM log WHERE seq > 0 ORDER BY log_id")
    return [Stream(*row) for row in rows]


def own_streams(ledger: Ledger) -> list[Stream]:
    """The streams that this PC writes or wrote, about whatever unit, oldest first.

    It may have had another name: whoever finds the ledger on another machine renames it and keeps
    the old name in a setting `device:<machine>` (see witness.py).
    """
    rows = ledger.rows(
        f"SELECT {_COLUMNS} FROM log WHERE seq > 0 AND device IN"
        " (SELECT value FROM setting WHERE key = 'device' OR key LIKE 'device:%') ORDER BY log_no"
    )
    return [Stream(*row) for row in rows]


def vouch(ledger: Ledger, log_id: str, seq: int, signature: bytes) -> None:
    """Keep the author's signature of the head after line `seq`."""
    with ledger.transaction() as db:
        db.execute(
            "UPDATE log SET signed = ?1, signature = ?2 WHERE log_id = ?3 AND signed < ?1",
            (seq, signature, log_id),
        )


def raw_lines(ledger: Ledger, log_id: str, after: int, upto: int) -> Iterator[bytes]:
    """The lines behind line `after` up to line `upto`, each with its end, one at a time."""
    with ledger.reading() as db:
        rows = db.execute(
            "SELECT line FROM op WHERE log_no = (SELECT log_no FROM log WHERE log_id = ?)"
            " AND seq > ? AND seq <= ? ORDER BY seq",
            (log_id, after, upto),
        )
        for (line,) in rows:
            yield f"{line}\n".encode()


def size_between(ledger: Ledger, stream: Stream, after: int, upto: int) -> int:
    """The bytes of these lines with their ends."""
    rows = ledger.rows(
        "SELECT sum(length(CAST(line AS BLOB)) + 1) FROM op"
        " WHERE log_no = ? AND seq > ? AND seq <= ?",
        (stream.log_no, after, upto),
    )
    return int(rows[0][0] or 0)


def lines_after(ledger: Ledger, stream: Stream, seq: int) -> tuple[bytes, list[str]]:
    """The head after line `seq`, and all lines behind it."""
    with ledger.reading() as db:
        prev = head_at(db, stream.log_no, seq)
        rows = db.execute(
            "SELECT line FROM op WHERE log_no = ? AND seq > ? AND seq <= ? ORDER BY seq",
            (stream.log_no, seq, stream.seq),
        )
        return prev, [line for (line,) in rows]


def head_of(ledger: Ledger, log_id: str, seq: int) -> bytes | None:
    """The head of a stream after line `seq`; None where that line is not here."""
    with ledger.reading() as db:
        row = db.execute(
            "SELECT log_no FROM log WHERE log_id = ? AND seq >= ?", (log_id, seq)
        ).fetchone()
        return head_at(db, row[0], seq) if row else None


def missing_lines(ledger: Ledger) -> list[tuple[str, int, int]]:
    """(unit, first, last) of lines that held segments still wait for."""
    return [(unit, first, last) for unit, _log, first, last in gaps(ledger)]


def gaps(ledger: Ledger) -> list[tuple[str, str, int, int]]:
    """(unit, stream, first, last) of lines that held segments still wait for."""
    return ledger.rows(
        "SELECT l.unit, h.log_id, l.seq + 1, min(h.from_seq) - 1 FROM held h"
        " JOIN log l ON l.log_id = h.log_id GROUP BY h.log_id"
    )
