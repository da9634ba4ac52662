"""A newer program knows more types and fields: what was only kept so far is folded at last."""

import hashlib

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.rows import COLUMNS

_KNOWN = "known"


def catch_up(ledger: Ledger) -> None:
    """Make the tables anew where this program knows more than the one before, and it matters.

    Called when the ledger is opened; when nothing changed, it reads one setting.
    """
    kinds = pack({table: list(names) for table, names in sorted(COLUMNS.items())})
    known = " ".join([hashlib.sha256(kinds.encode()).hexdigest()[:16], *sorted(COLUMNS)])
    before = ledger.setting(_KNOWN)
    if known == before:
        return
    with ledger.transaction():
        # A ledger without the setting is new, or of the first program: it knew these types.
        new = set(COLUMNS) - set(before.split(" ")[1:] or COLUMNS)
        if _holds_more(ledger, new):
            ledger.rebuild()
        ledger.set_setting(_KNOWN, known)


def _holds_more(ledger: Ledger, new: set[str]) -> bool:
    """Whether there are lines of these types, or fields that stand beside their records."""
    beside = any(
        ledger.rows(f"SELECT 1 FROM {table} WHERE extra IS NOT NULL LIMIT 1") for table in COLUMNS
    )
    return beside or any(
        ledger.rows("SELECT 1 FROM op WHERE instr(line, ?) LIMIT 1", (f'"e":"{kind}"',))
        for kind in new
    )
