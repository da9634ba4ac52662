"""Which photos may go to whom: nobody gets a photo because they know its hash.

A unit is sent what its own PCs brought, and what a PC of our own unit attached to its records. A
PC of our own unit may have everything.
"""

import itertools
import re
from collections.abc import Iterable, Sequence

from models.exchange.format import MOST_WANTED, Manifest
from models.ledger.attachments import path_of
from models.ledger.compact import pack
from models.ledger.ledger import Ledger

_HASH = re.compile(r"[0-9a-f]{64}")

# An edit could name any hash in a record of ours, so only what its creation named counts.
_ATTACHED = (
    "SELECT p.sha256 FROM photo p JOIN log l ON l.log_no = p.c_log WHERE p.unit = :about"
    " AND (l.role = 'office') = (l.unit <> :own)"
    " AND NOT EXISTS (SELECT 1 FROM cell c WHERE c.id = p.id AND c.field = 'sha256')"
)


def note_bringers(ledger: Ledger, manifest: Manifest) -> None:
    """Remember which units sent these photos: they may have them again.

    Who sent them to another PC of our own unit, that PC says; nobody else's word counts.
    """
    came = [(sha256, manifest.unit) for sha256, _size in manifest.photos]
    if manifest.unit == ledger.unit:
        came += [(sha256, unit) for sha256, units in manifest.brought.items() for unit in units]
    with ledger.transaction() as db:
        db.executemany("INSERT OR IGNORE INTO attachment VALUES(?, ?)", came)


def bringers(ledger: Ledger, receiver: str, photos: Iterable[str]) -> dict[str, list[str]]:
    """Which units sent these photos, for another PC of our own unit; others are not told."""
    found: dict[str, list[str]] = {}
    if receiver == ledger.unit:
        for sha256, unit in ledger.rows(
            "SELECT sha256, unit FROM attachment WHERE sha256 IN (SELECT value FROM json_each(?))",
            (pack(list(photos)),),
        ):
            found.setdefault(sha256, []).append(unit)
    return found


def may_have(ledger: Ledger, receiver: str, about: str, photos: Sequence[str]) -> list[str]:
    """Those of the photos that this receiver may be sent in a bundle about this school."""
    if receiver == ledger.unit:
        return list(photos)
    rows = ledger.rows(
        "SELECT value FROM json_each(:photos) WHERE value IN (SELECT sha256 FROM attachment"
        f" WHERE unit = :receiver) OR value IN ({_ATTACHED})",
        {"photos": pack(photos), "receiver": receiver, "about": about, "own": ledger.unit},
    )
    return [sha256 for (sha256,) in rows]


def wanted_by(ledger: Ledger, unit: str) -> list[str]:
    """The photos that a unit asked for."""
    rows = ledger.rows("SELECT DISTINCT sha256 FROM wanted WHERE unit = ?", (unit,))
    return [sha256 for (sha256,) in rows]


def missing_photos(ledger: Ledger, units: Iterable[str]) -> list[str]:
    """The photos that lines about these units name and that have not arrived."""
    rows = ledger.rows(
        "SELECT DISTINCT sha256 FROM photo WHERE NOT deleted AND typeof(sha256) = 'text'"
        " AND unit IN (SELECT value FROM json_each(?))",
        (pack(sorted(units)),),
    )
    # A line of another PC may say anything; only a hash may become part of a path.
    named = (sha256 for (sha256,) in rows if _HASH.fullmatch(sha256))
    missing = (sha256 for sha256 in named if not path_of(ledger.home, sha256).exists())
    return list(itertools.islice(missing, MOST_WANTED))
