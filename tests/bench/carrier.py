"""Bundles as the exchange will seal them: age( zip( manifest, signature, lines ) ), Ed25519 inside.

The benches know only `Carrier`: once models/exchange seals by itself, its methods call that.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence

import pyrage
from nacl.signing import SigningKey, VerifyKey

from models.ledger.collector import collector_off
from models.ledger.ledger import Ledger
from models.ledger.proving import prove
from models.ledger.segments import Outcome, Segment
from tests.bench.exchange_data import Piece

PURPOSE = b"aqb/1 manifest\0"


def signing_key(log_id: str) -> SigningKey:
    """The same in every run and process."""
    return SigningKey(hashlib.sha256(log_id.encode()).digest())


class Carrier:
    """Seals for the office, opens as the office, and takes bundles in."""

    def __init__(self, identity: str = "") -> None:
        made = pyrage.x25519.Identity
        self._identity = made.from_str(identity) if identity else made.generate()
        self.identity = str(self._identity)
        self._recipient = self._identity.to_public()
        self._keys: dict[str, VerifyKey] = {}

    def seal(self, piece: Piece) -> bytes:
        """The piece as a file of bytes."""
        last = piece.first + piece.body.count(b"\n") - 1
        name = f"log/{piece.log_id}-{piece.first}-{last}.jsonl"
        entry = {
            "log": piece.log_id, "unit": piece.unit, "device": piece.device, "from": piece.first,
            "to": last, "prev": piece.prev.hex(), "head": piece.head.hex(),
            "sha256": hashlib.sha256(piece.body).hexdigest(),
        }  # fmt: skip
        manifest = {
            "format": "aqb/1", "suite": "age-x25519/ed25519/sha256", "min_reader": 1,
            "app": "0.1.0", "id": piece.head.hex()[:10], "created": "2026-11-23T08:00:00+08:00",
            "from": {"unit": piece.unit, "name": "示例县实验小学", "device": piece.device},
            "vv": {piece.log_id: last}, "segments": [entry], "attachments": [],
        }  # fmt: skip
        head = json.dumps(manifest, ensure_ascii=False).encode()
        signature = signing_key(piece.log_id).sign(PURPOSE + head).signature
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("manifest.json", head)
            bundle.writestr("manifest.sig", signature)
            bundle.writestr(name, piece.body)
        return bytes(pyrage.encrypt(file.getvalue(), [self._recipient]))

    def open(self, data: bytes) -> list[Segment]:
        """Decrypt, verify, unzip, hash; the lines are proved."""
        with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(data, [self._identity]))) as bundle:
            head = bundle.read("manifest.json")
            manifest = json.loads(head)
            self._key(manifest["segments"][0]["log"]).verify(
                PURPOSE + head, bundle.read("manifest.sig")
            )
            return [
                self._segment(
                    entry, bundle.read(f"log/{entry['log']}-{entry['from']}-{entry['to']}.jsonl")
                )
                for entry in manifest["segments"]
            ]

    def take(self, ledger: Ledger, bundles: Sequence[bytes]) -> Outcome:
        """Take in a batch of bundles, in one transaction."""
        with collector_off():
            return ledger.receive([segment for data in bundles for segment in self.open(data)])

    def _key(self, log_id: str) -> VerifyKey:
        if log_id not in self._keys:
            self._keys[log_id] = signing_key(log_id).verify_key
        return self._keys[log_id]

    @staticmethod
    def _segment(entry: dict[str, str | int], body: bytes) -> Segment:
        if hashlib.sha256(body).hexdigest() != entry["sha256"]:
            raise ValueError(entry["log"])
        claim = Segment(
            str(entry["log"]),
            str(entry["unit"]),
            str(entry["device"]),
            int(entry["from"]),
            bytes.fromhex(str(entry["prev"])),
            bytes.fromhex(str(entry["head"])),
            lines=(),
        )
        return prove(claim, int(entry["to"]), body)
