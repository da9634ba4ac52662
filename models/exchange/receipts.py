"""Receipts: what the other side says it holds, lacks, wants and did not take over."""

from collections.abc import Mapping
from typing import Final

from models.exchange.format import RESTORED, Manifest, Position
from models.ledger.ledger import Ledger
from models.ledger.streams import head_of, own_streams
from models.problems import Problem

_BASE32: Final = "abcdefghijklmnopqrstuvwxyz234567"
_TELEPHONE: Final = "telephone"
CODE_LETTERS: Final = 14
_HEAD_BITS: Final = 40  # of the 70 that 14 letters hold; 30 are left for the number


def take_receipt(ledger: Ledger, manifest: Manifest) -> None:
    """Note what the sender of a bundle holds, lacks, wants and did not take over.

    What it has once said it has stays said, until it says that it needs the lines again: bundles
    come late and in any order. A head that is not ours means another branch: then it has nothing.
    """
    held = {log: at.seq if _agrees(ledger, log, at) else 0 for log, at in manifest.have.items()}
    sender = (manifest.device, manifest.unit)
    with ledger.transaction() as db:
        db.executemany(
            "INSERT INTO ack VALUES(?, ?, ?, ?) ON CONFLICT(device, log_id) DO UPDATE"
            " SET seq = excluded.seq WHERE excluded.seq > ack.seq OR excluded.seq = 0",
            [(*sender, log, seq) for log, seq in held.items()],
        )
        db.executemany(
            # Another PC of the unit, or a code read out, may have said that the lines were there.
            "UPDATE ack SET seq = min(seq, max(? - 1, 0)) WHERE unit = ? AND log_id = ?",
            [(first, manifest.unit, log) for log, first in _needed(ledger, manifest).items()],
        )
        # Another PC of the unit may lack other photos, and have refused other lines.
        db.execute("DELETE FROM wanted WHERE device = ?", (manifest.device,))
        db.executemany(
            "INSERT OR IGNORE INTO wanted VALUES(?, ?, ?)",
            [(*sender, sha256) for sha256 in manifest.want],
        )
        own = {stream.log_id for stream in own_streams(ledger)}
        db.execute("DELETE FROM returned WHERE device = ?", (manifest.device,))
        db.executemany(
            "INSERT OR IGNORE INTO returned VALUES(?, ?, ?, ?, ?)",
            [(manifest.device, *refusal) for refusal in manifest.refused if refusal.log in own],
        )


def _needed(ledger: Ledger, manifest: Manifest) -> Mapping[str, int]:
    """Stream → the first line the sender needs; where it was put back, all that it does not name.

    It names all it holds of what concerns the receiver; others who read it can conclude nothing.
    """
    if RESTORED not in manifest.need or manifest.to != ledger.unit:
        return manifest.need
    said = ledger.rows("SELECT DISTINCT log_id FROM ack WHERE unit = ?", (manifest.unit,))
    held = {log: at.seq + 1 for log, at in manifest.have.items()}
    return {log: 1 for (log,) in said} | held | dict(manifest.need)


def _agrees(ledger: Ledger, log: str, at: Position) -> bool:
    """Whether the claim fits the lines that are here; of what is not here nobody can say."""
    mine = head_of(ledger, log, at.seq)
    return mine is None or mine == at.head


# ---- a receipt by telephone --------------------------------------------------------------------


def receipt_code(seq: int, head: bytes) -> str:
    """What the other side reads out: 14 letters that say how far it has a stream, and prove it."""
    number = (seq << _HEAD_BITS) | int.from_bytes(head[: _HEAD_BITS // 8], "big")
    letters = [_BASE32[number >> 5 * place & 31] for place in reversed(range(CODE_LETTERS))]
    return "".join(letters)


def receipt_codes(ledger: Ledger, unit: str) -> list[tuple[str, str]]:
    """(PC, code) for each stream of a unit that is here, to be read out."""
    rows = ledger.rows(
        "SELECT device, seq, head FROM log WHERE unit = ? AND role = 'own' AND seq > 0"
        " ORDER BY log_id",
        (unit,),
    )
    return [(device, receipt_code(seq, bytes(head))) for device, seq, head in rows]


def take_receipt_code(ledger: Ledger, typed: str, unit: str) -> int:
    """Take the code that somebody of `unit` read out; how many lines it says they have."""
    seq, proof = _decode(typed)
    for stream in own_streams(ledger):
        head = head_of(ledger, stream.log_id, seq) if seq else None
        if head is not None and head[: _HEAD_BITS // 8] == proof:
            with ledger.transaction() as db:
                db.execute(
                    "INSERT INTO ack VALUES(?, ?, ?, ?) ON CONFLICT(device, log_id)"
                    " DO UPDATE SET seq = max(seq, excluded.seq)",
                    (_TELEPHONE, unit, stream.log_id, seq),
                )
            return seq
    raise Problem("这个回执码与本机的台账对不上。请对方再读一遍，逐个字母核对。")


def _decode(typed: str) -> tuple[int, bytes]:
    letters = [c for c in typed.strip().lower() if c not in " -－　"]
    if len(letters) != CODE_LETTERS or any(c not in _BASE32 for c in letters):
        raise Problem(f"回执码是 {CODE_LETTERS} 个字母和数字（2—7）。请对照后重新输入。")
    number = 0
    for letter in letters:
        number = number << 5 | _BASE32.index(letter)
    return number >> _HEAD_BITS, (number % (1 << _HEAD_BITS)).to_bytes(_HEAD_BITS // 8, "big")
