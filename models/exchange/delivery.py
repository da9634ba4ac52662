"""How far the unit's lines have come: packed into a bundle, received by somebody."""

from dataclasses import dataclass
from typing import NamedTuple

from models.ledger.compact import unpack
from models.ledger.ledger import Ledger
from models.ledger.streams import streams_of


class Delivery(NamedTuple):
    """Lines of this unit that nobody else is known to have, and those no bundle has carried yet."""

    waiting: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle that was made here; `received` once the other side's word covers all of it."""

    no: int
    made_at: str
    name: str
    received: bool


def delivery(ledger: Ledger) -> Delivery:
    """How far the unit's lines have come; only the other side's own word makes a line delivered."""
    packed, received = exported_upto(ledger), received_upto(ledger)
    waiting = unpacked = 0
    for stream in streams_of(ledger, ledger.unit):
        waiting += max(0, stream.seq - received.get(stream.log_id, 0))
        unpacked += max(0, stream.seq - packed.get(stream.log_id, 0))
    return Delivery(waiting, unpacked)


def made_bundles(ledger: Ledger, most: int) -> list[MadeBundle]:
    """The newest bundles of this unit."""
    received = received_upto(ledger)
    rows = ledger.rows(
        "SELECT no, made_at, name, upto FROM outbox ORDER BY no DESC LIMIT ?", (most,)
    )
    return [
        MadeBundle(
            no,
            made_at,
            name,
            all(received.get(log, 0) >= seq for log, seq in unpack(upto).items()),
        )
        for no, made_at, name, upto in rows
    ]


def received_upto(ledger: Ledger) -> dict[str, int]:
    """How far somebody else has each stream, by their own word."""
    rows = ledger.rows(
        "SELECT log_id, max(seq) FROM ack WHERE unit <> ? GROUP BY 1", (ledger.unit,)
    )
    return dict(rows)


def exported_upto(ledger: Ledger) -> dict[str, int]:
    """How far the last bundle went, stream by stream."""
    rows = ledger.rows("SELECT upto FROM outbox ORDER BY no DESC LIMIT 1")
    return dict(unpack(rows[0][0])) if rows else {}
