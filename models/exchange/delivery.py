"""How far the unit's lines have come: packed into a bundle, received by somebody."""

from dataclasses import dataclass

import orjson

from models.ledger.ledger import Ledger
from models.ledger.streams import streams_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """Lines of this unit that nobody else is known to have, and those no bundle has carried yet."""

    waiting: int
    unpacked: int


def delivery(ledger: Ledger) -> Delivery:
    """How far the unit's lines have come; only the other side's own word makes a line delivered."""
    packed = exported_upto(ledger)
    rows = ledger.rows(
        "SELECT log_id, max(seq) FROM ack WHERE peer <> ? GROUP BY 1", (ledger.unit,)
    )
    received: dict[str, int] = dict(rows)
    waiting = unpacked = 0
    for stream in streams_of(ledger, ledger.unit):
        waiting += max(0, stream.seq - received.get(stream.log_id, 0))
        unpacked += max(0, stream.seq - packed.get(stream.log_id, 0))
    return Delivery(waiting, unpacked)


def exported_upto(ledger: Ledger) -> dict[str, int]:
    """How far the last bundle went, stream by stream."""
    rows = ledger.rows("SELECT upto FROM outbox ORDER BY no DESC LIMIT 1")
    return dict(orjson.loads(rows[0][0])) if rows else {}
