"""A newer program knows more types and fields: what was only kept so far is folded at last.

It may also judge by other rules who may write what; then everything is judged anew.
"""

import hashlib

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.rights import RULES
from models.ledger.rows import COLUMNS

_KNOWN = "known"


def catch_up(ledger: Ledger) -> None:
    """Make the tables anew where this program knows better than the one before, and it matters.

    Called when the ledger is opened; when nothing changed, it reads one setting.
    """
    kinds = pack({table: list(names) for table, names in sorted(COLUMNS.items())})
    known = " ".join([_short(RULES), _short(kinds), *sorted(COLUMNS)])
    before = ledger.setting(_KNOWN)
    if known == before:
        return
    with ledger.transaction():
        # A ledger without the setting is new, or of the first program: it knew these types, and
        # nobody but its own unit had written in it.
        rules, _kinds, *types = before.split(" ") if before else [_short(RULES), "", *COLUMNS]
        if rules != _short(RULES) or _holds_more(ledger, set(COLUMNS) - set(types)):
            ledger.rebuild()
        ledger.set_setting(_KNOWN, known)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _holds_more(ledger: Ledger, new: set[str]) -> bool:
    """Whether there are lines of these types, or fields that stand beside their records."""
    beside = any(
        ledger.rows(f"SELECT 1 FROM {table} WHERE extra IS NOT NULL LIMIT 1") for table in COLUMNS
    )
    return beside or any(
        ledger.rows("SELECT 1 FROM op WHERE instr(line, ?) LIMIT 1", (f'"e":"{kind}"',))
        for kind in new
    )
