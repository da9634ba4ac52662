"""Keys: Ed25519 to sign, X25519 (age) to open what was sealed; and the 24 digits people compare.

A PC's keys are made on it and never leave it. An office's key comes from a seed of 32 bytes that
can be printed and typed again (see recovery.py).
"""

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import nacl.exceptions
import nacl.signing
import pyrage

DIGITS: Final = 24
DASHES: Final = "-–—−"  # all that keyboards and chat programs make of one
_GROUP: Final = 4
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@dataclass(frozen=True)
class Keys:
    """One seed for signing and one age identity; `repr` shows neither."""

    _seed: bytes
    _identity: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.sign_public.hex()[:8]}…)"

    @classmethod
    def make(cls) -> "Keys":
        """New keys that nobody else has."""
        return cls(os.urandom(32), str(pyrage.x25519.Identity.generate()))

    @classmethod
    def of_seed(cls, seed: bytes) -> "Keys":
        """The keys that follow from a seed of 32 bytes: always the same two."""
        if len(seed) != 32:
            raise ValueError("a seed has 32 bytes")
        secret = hashlib.sha256(b"campus-ledger office age\0" + seed).digest()
        return cls(
            hashlib.sha256(b"campus-ledger office sign\0" + seed).digest(), _age_identity(secret)
        )

    @cached_property
    def _signing(self) -> nacl.signing.SigningKey:
        return nacl.signing.SigningKey(self._seed)

    @property
    def sign_public(self) -> bytes:
        """The 32 bytes by which others check a signature."""
        return bytes(self._signing.verify_key)

    @property
    def age_identity(self) -> str:
        """What opens a bundle sealed to these keys: a secret."""
        return self._identity

    @cached_property
    def age_recipient(self) -> str:
        """The address others seal to: age1…"""
        return str(pyrage.x25519.Identity.from_str(self._identity).to_public())

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return bytes(self._signing.sign(data).signature)

    def secret_bytes(self) -> bytes:
        """The keys as the key store keeps them: a secret."""
        return self._seed + self._identity.encode()

    @classmethod
    def of_secret_bytes(cls, data: bytes) -> "Keys":
        """The keys that `secret_bytes` came from; ValueError where they are none."""
        keys = cls(data[:32], data[32:].decode("ascii", "replace"))
        try:
            whole = bool(keys.sign_public and keys.age_recipient)
        except (pyrage.IdentityError, nacl.exceptions.ValueError):
            whole = False
        if not whole:  # raised out here: an error that holds another one might show what it read
            raise ValueError("these are no keys")
        return keys


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the holder of this public key signed these bytes."""
    try:
        nacl.signing.VerifyKey(public).verify(data, signature)
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.ValueError):
        return False
    return True


def is_recipient(text: str) -> bool:
    """Whether a bundle can be sealed to this address."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


# ---- what two people compare by telephone ------------------------------------------------------


def fingerprint(*parts: str | bytes) -> str:
    """24 decimal digits (79 bits) of the SHA-256 of the parts, each with its length before it."""
    joined = b""
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        joined += len(data).to_bytes(4, "big") + data
    number = int.from_bytes(hashlib.sha256(joined).digest(), "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def groups(digits: str) -> str:
    """1234 5678 …: as they are read out."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def same_digits(typed: str, digits: str) -> bool:
    """Whether somebody typed these digits; blanks, dashes and full-width digits are fine."""
    plain = unicodedata.normalize("NFKC", typed)
    bare = "".join(sign for sign in plain if not sign.isspace() and sign not in DASHES)
    return hmac.compare_digest(bare.encode("utf-8", "replace"), digits.encode())


# ---- an age identity from a secret of our own (BIP 173, as the age format asks) ----------------


def _age_identity(secret: bytes) -> str:
    name = "age-secret-key-"
    bits = int.from_bytes(secret, "big") << 4  # 256 bits make 52 letters of 5 bits
    data = [bits >> 5 * place & 31 for place in reversed(range(52))]
    spread = [ord(c) >> 5 for c in name] + [0] + [ord(c) & 31 for c in name]
    check = _polymod([*spread, *data, *[0] * 6]) ^ 1
    data += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{name}1{''.join(_BECH32[value] for value in data)}".upper()


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
