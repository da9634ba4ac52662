"""Drafts: what stands in a form and is not saved; they stay on this PC."""

from collections.abc import Mapping

from models.ledger.compact import pack, unpack
from models.ledger.ledger import Ledger


def keep(ledger: Ledger, form: str, answers: Mapping[str, str]) -> None:
    """Keep what stands in a form, as typed."""
    with ledger.transaction() as db:
        db.execute(
            "INSERT OR REPLACE INTO draft VALUES(?, ?, ?)",
            (form, pack(dict(answers)), ledger.clock().isoformat()),
        )


def draft(ledger: Ledger, form: str) -> dict[str, str]:
    """What was typed into a form and never saved; empty where there is nothing."""
    rows = ledger.rows("SELECT answers FROM draft WHERE form = ?", (form,))
    return dict(unpack(rows[0][0])) if rows else {}


def drop(ledger: Ledger, form: str) -> None:
    """Forget a draft: it was saved, or given up."""
    with ledger.transaction() as db:
        db.execute("DELETE FROM draft WHERE form = ?", (form,))
