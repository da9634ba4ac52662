"""The registry's table: the entries of each unit as they came, and the streams that they end.

What an entry means is for models/exchange to say; here they are lines.
"""

from collections.abc import Mapping, Sequence

from models.ledger.ledger import Ledger

# Setting: the name a unit gave in its request; its own record takes over once it has come.
ENROLLED_NAME = "enrolled:"


def entries(ledger: Ledger, unit: str) -> list[str]:
    """The entries of a unit, oldest first."""
    rows = ledger.rows("SELECT entry FROM registry WHERE unit = ? ORDER BY no", (unit,))
    return [text for (text,) in rows]


def registered_units(ledger: Ledger) -> list[str]:
    """The units that have entries."""
    return [unit for (unit,) in ledger.rows("SELECT DISTINCT unit FROM registry ORDER BY unit")]


def units_naming(ledger: Ledger, device: str) -> set[str]:
    """The units whose entries speak of a PC of this name (letters and digits only)."""
    rows = ledger.rows(
        "SELECT DISTINCT unit FROM registry WHERE entry LIKE ?", (f'%"device":"{device}"%',)
    )
    return {unit for (unit,) in rows}


def keep(ledger: Ledger, unit: str, lines: Sequence[str]) -> None:
    """Keep the entries of a unit; those that are here already stay."""
    with ledger.transaction() as db:
        db.executemany(
            "INSERT OR IGNORE INTO registry VALUES(?, ?, ?)",
            [(unit, number, line) for number, line in enumerate(lines, start=1)],
        )


def close_streams(ledger: Ledger, device: str, logs: Mapping[str, int]) -> None:
    """End the streams of a lost PC at these lines; those that are not named end before the first.

    A stream of it that comes later is ended when it comes (see receive.py). What it asked for or
    sent back, it cannot take back any more.
    """
    with ledger.transaction() as db:
        for table in ("wanted", "returned"):
            db.execute(f"DELETE FROM {table} WHERE device = ?", (device,))
    rows = ledger.rows("SELECT log_id FROM log WHERE device = ? ORDER BY log_id", (device,))
    for (log_id,) in rows:
        ledger.close_stream(log_id, logs.get(log_id, 0))


def positions(ledger: Ledger, device: str) -> dict[str, tuple[int, str]]:
    """Stream → (lines, head in hex) of everything that is here of a PC."""
    rows = ledger.rows(
        "SELECT log_id, seq, head FROM log WHERE device = ? AND seq > 0 ORDER BY log_id", (device,)
    )
    return {log_id: (seq, bytes(head).hex()) for log_id, seq, head in rows}
