"""The registry's table: the entries of each unit as they came, and the streams that they end.

What an entry means is for models/exchange to say; here they are lines.
"""

from collections.abc import Mapping, Sequence

from models.ledger.ledger import Ledger


def entries(ledger: Ledger, unit: str) -> list[str]:
    """The entries of a unit, oldest first."""
    rows = ledger.rows("SELECT entry FROM registry WHERE unit = ? ORDER BY no", (unit,))
    return [text for (text,) in rows]


def registered_units(ledger: Ledger) -> list[str]:
    """The units that have entries."""
    return [unit for (unit,) in ledger.rows("SELECT DISTINCT unit FROM registry ORDER BY unit")]


def keep(ledger: Ledger, unit: str, lines: Sequence[str]) -> None:
    """Keep the entries of a unit; those that are here already stay."""
    with ledger.transaction() as db:
        db.executemany(
            "INSERT OR IGNORE INTO registry VALUES(?, ?, ?)",
            [(unit, number, line) for number, line in enumerate(lines, start=1)],
        )


def close_streams(ledger: Ledger, device: str, logs: Mapping[str, int]) -> None:
    """End the streams of a lost PC at these lines; those that are not named end before the first.

    A stream of it that comes later is ended when it comes (see receive.py).
    """
    rows = ledger.rows("SELECT log_id FROM log WHERE device = ? AND closed IS NULL", (device,))
    named = {log_id: logs.get(log_id, 0) for (log_id,) in rows} | dict(logs)
    for log_id, last in sorted(named.items()):
        ledger.close_stream(log_id, last)


def positions(ledger: Ledger, device: str) -> dict[str, tuple[int, str]]:
    """Stream → (lines, head in hex) of everything that is here of a PC."""
    rows = ledger.rows(
        "SELECT log_id, seq, head FROM log WHERE device = ? AND seq > 0 ORDER BY log_id", (device,)
    )
    return {log_id: (seq, bytes(head).hex()) for log_id, seq, head in rows}
