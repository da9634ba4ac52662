"""How far lines have come: packed into a bundle, received by the other side by its own word."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from models.ledger.compact import unpack
from models.ledger.ledger import Ledger

STATES: Final = {
    "new": "未交",
    "packed": "已交未回执",
    "delivered": "已送达",
    "returned": "被退回",
}


class Delivery(NamedTuple):
    """Lines that the other side is not known to have, and those no bundle has carried yet."""

    waiting: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle that was made here; `received` once the other side's word covers all of it."""

    no: int
    made_at: str
    name: str
    path: Path
    receiver: str
    received: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A record with lines that the other side is not known to have."""

    table: str
    record: str
    state: str  # of STATES
    lines: int
    why: str = ""


def delivery(ledger: Ledger) -> Delivery:
    """How far the lines for the other side have come."""
    packed = packed_upto(ledger)
    waiting = unpacked = 0
    for log, seq, received in _outgoing(ledger):
        waiting += seq - received
        unpacked += max(0, seq - max(packed.get(log, 0), received))
    return Delivery(waiting, unpacked)


def made_bundles(ledger: Ledger, most: int) -> list[MadeBundle]:
    """The newest bundles that were made here."""
    received = {log: got for log, _seq, got in _outgoing(ledger)}
    rows = ledger.rows(
        "SELECT no, made_at, name, path, receiver, upto FROM outbox ORDER BY no DESC LIMIT ?",
        (most,),
    )
    return [
        MadeBundle(
            no,
            made_at,
            name,
            Path(path or name),
            receiver or "",
            all(received.get(log, seq) >= seq for log, seq in unpack(upto).items()),
        )
        for no, made_at, name, path, receiver, upto in rows
    ]


def packed_upto(ledger: Ledger) -> dict[str, int]:
    """How far bundles that were made here went, stream by stream."""
    rows = ledger.rows(
        "SELECT key, max(value) FROM outbox, json_each(outbox.upto) GROUP BY key",
    )
    return dict(rows)


def undelivered(ledger: Ledger, most: int) -> list[Undelivered]:
    """The records that the other side is not known to have as they stand, newest first."""
    packed = packed_upto(ledger)
    found: dict[str, Undelivered] = {}
    for log, _seq, received in _outgoing(ledger):
        rows = ledger.rows(
            "SELECT o.seq, o.line FROM op o JOIN log l ON l.log_no = o.log_no"
            " WHERE l.log_id = ? AND o.seq > ? ORDER BY o.seq DESC LIMIT ?",
            (log, received, most),
        )
        for seq, text in rows:
            line = unpack(text)
            if line["o"] == "b":
                continue
            record = line.get("i", f"{log}.{seq}")
            state = "packed" if seq <= packed.get(log, 0) else "new"
            before = found.get(record)
            if before:
                state = "new" if "new" in (state, before.state) else state
            lines = before.lines + 1 if before else 1
            found[record] = Undelivered(line["e"], record, state, lines)
    return [*_returned(ledger), *list(found.values())[:most]]


def _returned(ledger: Ledger) -> list[Undelivered]:
    """Records with lines that the other side did not take over, with the reason."""
    rows = ledger.rows(
        "SELECT json_extract(o.line, '$.e'), coalesce(json_extract(o.line, '$.i'),"
        " l.log_id || '.' || o.seq), count(*), min(r.why) FROM (SELECT log_id, seq, field,"
        " min(why) AS why FROM returned GROUP BY log_id, seq, field) r"
        " JOIN log l ON l.log_id = r.log_id JOIN op o ON o.log_no = l.log_no AND o.seq = r.seq"
        " GROUP BY 1, 2 ORDER BY 2"
    )
    return [Undelivered(table, record, "returned", n, why) for table, record, n, why in rows]


def why_returned(ledger: Ledger, *records: str) -> str:
    """Why the other side did not take over a line of these records; empty where it took all."""
    return next((found.why for found in _returned(ledger) if found.record in records), "")


def state_of_record(ledger: Ledger, *records: str) -> str:
    """The state of a record and its parts: the least that holds of any of their lines."""
    if why_returned(ledger, *records):
        return "returned"
    packed, seqs = packed_upto(ledger), _last_lines(ledger, records)
    state = "delivered"
    for log, _seq, received in _outgoing(ledger):
        if seqs.get(log, 0) > received:
            state = "packed" if seqs[log] <= packed.get(log, 0) and state != "new" else "new"
    return state


def _last_lines(ledger: Ledger, records: Iterable[str]) -> dict[str, int]:
    """The last line in each stream that made or changed one of these records."""
    seqs: dict[str, int] = {}
    for record in records:
        found = ledger.rows(
            "SELECT log_id, max(seq) FROM hist WHERE id = ? GROUP BY log_id", (record,)
        )
        maker, _, number = record.rpartition(".")
        if number.isdecimal():
            found.append((maker, int(number)))
        for log, seq in found:
            seqs[log] = max(seqs.get(log, 0), seq)
    return seqs


def _outgoing(ledger: Ledger) -> list[tuple[str, int, int]]:
    """(stream, its lines, how many the other side has) of every stream that is to be delivered.

    A school delivers what its own PCs wrote of it; an office what it wrote about its schools.
    """
    which = "l.role = 'office'" if ledger.is_office else "l.role = 'own' AND l.unit = :unit"
    return ledger.rows(
        "SELECT l.log_id, l.seq, min(l.seq, coalesce(max(a.seq), 0)) FROM log l"
        " LEFT JOIN ack a ON a.log_id = l.log_id AND a.unit <> :unit"
        f" WHERE l.seq > 0 AND {which} GROUP BY l.log_id ORDER BY l.log_id",
        {"unit": ledger.unit},
    )
