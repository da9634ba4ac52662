"""The office's key on paper: its seed as letters that people can read and type again.

Eight lines of eight signs, in two groups of four, of Crockford's alphabet, which has no I, L, O and
U. A line carries 4 bytes of the seed and one to check them, so that a typing error is named by its
line: one wrong sign, or two that changed places, never pass. Two sheets together are the seed: one
is random, the other the seed XOR that one, and either alone says nothing.
"""

import os
import unicodedata
from collections.abc import Sequence
from typing import Final

from models.exchange.key_store import KeyStore
from models.exchange.keys import DASHES, Keys
from models.exchange.members import chain_of, pinned_office
from models.ledger.ledger import Ledger
from models.problems import AppError, Problem

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Typed by somebody who reads what is not there; both look the same on paper.
_MEANT = str.maketrans("OIL", "011")
LINES: Final = 8
_BYTES: Final = 4  # of the seed in a line
_SIGNS: Final = 8  # 4 bytes and the one that checks them
_DIVISOR: Final = 0x11D  # x^8+x^4+x^3+x^2+1, primitive
SEED_BYTES: Final = LINES * _BYTES


def new_seed() -> bytes:
    """A seed for a new office key."""
    return os.urandom(SEED_BYTES)


def lines_of(seed: bytes) -> list[str]:
    """The seed as it stands on a sheet: ABCD EFGH, a line each."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has 32 bytes")
    return [_line(number, seed[number * _BYTES : (number + 1) * _BYTES]) for number in range(LINES)]


def seed_of(text: str) -> bytes:
    """The seed that was typed; a Problem names the line that is wrong.

    Blanks, dashes and empty lines mean nothing; small and full-width letters are fine.
    """
    lines = [bare for line in text.splitlines() if (bare := _bare(line))]
    if len(lines) == 1:  # typed without a line break
        lines = [lines[0][at : at + _SIGNS] for at in range(0, len(lines[0]), _SIGNS)]
    if len(lines) != LINES:
        raise Problem(f"恢复页有 {LINES} 行，现在输入了 {len(lines)} 行。请对照恢复页检查。")
    parts = [_read(number, line) for number, line in enumerate(lines)]
    wrong = "、".join(str(number) for number, part in enumerate(parts, start=1) if not part)
    if wrong:
        raise Problem(f"第 {wrong} 行不对。请对照恢复页逐字核对。")
    return b"".join(part for part in parts if part)


def split(seed: bytes) -> tuple[bytes, bytes]:
    """Two halves for two keepers; each alone is mere chance."""
    pad = os.urandom(SEED_BYTES)
    return pad, join(seed, pad)


def join(one: bytes, other: bytes) -> bytes:
    """The seed that two halves come from, whichever comes first."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def restore_office_key(ledger: Ledger, store: KeyStore, texts: Sequence[str]) -> None:
    """Keep the office's key that was typed from one sheet, or from both halves.

    It must be the key this ledger trusts, or one that the registry says came after it.
    """
    office = pinned_office(ledger)
    if office is None:
        raise AppError("这台电脑还没有加入教育局。请先读入教育局的入网邀请，再恢复密钥。")
    seed = seed_of(texts[0])
    for text in texts[1:]:
        seed = join(seed, seed_of(text))
    chain = chain_of(ledger, office.unit)
    trusted = {office.sign, *([chain.office.sign] if chain.office else [])}
    if Keys.of_seed(seed).sign_public not in trusted:
        raise Problem(
            "逐行核对没有发现输错，但这不是本教育局现在的密钥。请检查是不是旧的恢复页；"
            "分成两份的，两份都要输入，而且要是同一次打印的。"
        )
    store.save_office(seed)


def _line(number: int, part: bytes) -> str:
    value = int.from_bytes(part + _check(number, part), "big")
    signs = "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return f"{signs[:4]} {signs[4:]}"


def _check(number: int, part: bytes) -> bytes:
    """The remainder of a division (CRC-8) of the line's number and its bytes.

    The divisor is primitive, so no error within one sign is a multiple of it, nor is the exchange
    of any two signs; with the number in it, two lines cannot change places either.
    """
    rest = int.from_bytes(bytes([number]) + part, "big") << 8
    for place in reversed(range(8 * (_BYTES + 1))):
        if rest >> (place + 8) & 1:
            rest ^= _DIVISOR << place
    return bytes([rest])


def _read(number: int, line: str) -> bytes | None:
    """The bytes of a line, None where they are not what was printed."""
    if len(line) != _SIGNS or any(sign not in ALPHABET for sign in line):
        return None
    value = 0
    for sign in line:
        value = value << 5 | ALPHABET.index(sign)
    whole = value.to_bytes(_BYTES + 1, "big")
    part = whole[:_BYTES]
    return part if whole[_BYTES:] == _check(number, part) else None


def _bare(line: str) -> str:
    plain = unicodedata.normalize("NFKC", line).upper().translate(_MEANT)
    return "".join(sign for sign in plain if not sign.isspace() and sign not in DASHES)
