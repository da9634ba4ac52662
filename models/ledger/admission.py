"""Which lines get in: a segment must continue its stream exactly, byte for byte."""

from collections.abc import Iterable
from sqlite3 import Connection

from models.ledger.compact import pack, unpack
from models.ledger.lines import GENESIS, chain_all, load_many
from models.ledger.segments import Fresh, Outcome, Segment


def admit(db: Connection, segment: Segment, outcome: Outcome) -> Fresh | None:
    """Take the segment in if it continues its stream exactly; else hold it or refuse the fork."""
    db.execute(
        # A stream that was closed before any of it came has no unit yet.
        "INSERT INTO log(log_id, unit, device, role, head) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(log_id) DO UPDATE SET unit = excluded.unit WHERE unit IS NULL",
        (segment.log_id, segment.unit, segment.device, segment.role, GENESIS),
    )
    log_no, have, head = db.execute(
        "SELECT log_no, seq, head FROM log WHERE log_id = ?", (segment.log_id,)
    ).fetchone()
    if segment.first > have + 1:
        _hold(db, segment, outcome)
        return None
    known = min(have - segment.first + 1, len(segment.lines))
    if _walked(db, log_no, segment, known) != head:
        same_start = segment.prev == head_at(db, log_no, segment.first - 1)
        _fork(db, segment, segment.first - 1 + known * same_start, outcome)
        return None
    outcome.count("had", segment.log_id, known)
    if segment.last <= have:
        return None
    if not have:
        _bind(db, log_no, segment)
    _advance(db, log_no, segment)
    unit, role, closed = db.execute(
        "SELECT unit, role, closed FROM log WHERE log_no = ?", (log_no,)
    ).fetchone()
    new = segment.lines[known:]
    lines = segment.loaded[known:] or load_many(map(str.encode, new))
    return Fresh(log_no, segment.log_id, unit, list(zip(new, lines, strict=True)), role, closed)


def _walked(db: Connection, log_no: int, segment: Segment, known: int) -> bytes:
    """Where the chain comes to from `segment.prev` by its first `known` lines and ours behind them.

    It is our own head only if all of it is ours: `segment.prev` too, and every one of its lines.
    """
    walked = chain_all(segment.prev, map(str.encode, segment.lines[:known]))
    behind = db.execute(
        "SELECT line FROM op WHERE log_no = ? AND seq >= ? ORDER BY seq",
        (log_no, segment.first + known),
    )
    return chain_all(walked, (text.encode() for (text,) in behind))


def _bind(db: Connection, log_no: int, segment: Segment) -> None:
    """Only the first line binds a stream; a segment held before it merely claimed a unit."""
    db.execute(
        "UPDATE log SET unit = ?, device = ?, role = ? WHERE log_no = ?",
        (segment.unit, segment.device, segment.role, log_no),
    )


def _advance(db: Connection, log_no: int, segment: Segment) -> None:
    db.execute(
        "UPDATE log SET seq = ?, head = ? WHERE log_no = ?", (segment.last, segment.head, log_no)
    )
    if segment.signature:
        db.execute(
            "UPDATE log SET signed = ?, signature = ? WHERE log_no = ?",
            (segment.last, segment.signature, log_no),
        )


def head_at(db: Connection, log_no: int, seq: int) -> bytes:
    """The head of a stream after line `seq`, walked from its first line unless it is the last."""
    have, head = db.execute("SELECT seq, head FROM log WHERE log_no = ?", (log_no,)).fetchone()
    if seq == have:
        return bytes(head)
    rows = db.execute(
        "SELECT line FROM op WHERE log_no = ? AND seq <= ? ORDER BY seq", (log_no, seq)
    )
    return chain_all(GENESIS, (text.encode() for (text,) in rows))


def release_held(db: Connection) -> list[Segment]:
    """Held segments whose gap is now filled, taken out of the waiting room.

    What another PC than the one that began the stream put there goes nowhere.
    """
    rows = db.execute(
        "SELECT h.log_id, l.unit, l.device, h.from_seq, h.prev, h.head, h.lines, l.role,"
        " h.signature, h.device = l.device FROM held h"
        " JOIN log l ON l.log_id = h.log_id WHERE h.from_seq <= l.seq + 1 ORDER BY h.from_seq"
    ).fetchall()
    for log_id, *_rest, head, _lines, _role, _signature, _its_own in rows:
        db.execute("DELETE FROM held WHERE log_id = ? AND head = ?", (log_id, head))
    return [
        Segment(log_id, unit, device, first, prev, head, unpack(lines), role, signature or b"")
        for log_id, unit, device, first, prev, head, lines, role, signature, its_own in rows
        if its_own
    ]


def count_waiting(db: Connection, segments: Iterable[Segment], outcome: Outcome) -> None:
    """How many of these lines change a record, or answer a version, that is not here yet."""
    if not db.execute("SELECT 1 FROM pend LIMIT 1").fetchone():
        return
    for segment in segments:
        (waits,) = db.execute(
            "SELECT count(DISTINCT seq) FROM pend WHERE log_no ="
            " (SELECT log_no FROM log WHERE log_id = ?) AND seq BETWEEN ? AND ?",
            (segment.log_id, segment.first, segment.last),
        ).fetchone()
        if waits:
            outcome.count("waiting", segment.log_id, waits)


def _hold(db: Connection, segment: Segment, outcome: Outcome) -> None:
    outcome.count("held", segment.log_id, len(segment.lines))
    lines = pack(list(segment.lines))
    db.execute(
        "INSERT OR IGNORE INTO held VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        (
            segment.log_id,
            segment.first,
            segment.last,
            segment.prev,
            segment.head,
            lines,
            segment.signature,
            segment.device,
        ),
    )


def _fork(db: Connection, segment: Segment, seq: int, outcome: Outcome) -> None:
    outcome.count("forked", segment.log_id, len(segment.lines))
    db.execute("INSERT OR IGNORE INTO fork VALUES(?, ?, ?)", (segment.log_id, seq, segment.head))
