"""Enrolled ledgers, and bundles taken apart and put together again: right ones and wrong ones."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from models.exchange.format import MANIFEST, SIGNATURE, head_bytes, signed_bytes
from models.exchange.keys import Keys
from models.exchange.sealing import seal, unseal
from models.ledger.ledger import Ledger
from tests.models.exchange.enrolling import enrol, store_of


@pytest.fixture
def allied(ledger: Ledger, office: Ledger) -> tuple[Ledger, Ledger]:
    """An enrolled school and its office."""
    enrol(office, ledger)
    return ledger, office


@pytest.fixture
def school(allied: tuple[Ledger, Ledger]) -> Ledger:
    return allied[0]


def opened(path: Path, reader: Ledger) -> bytes:
    """The zip in a bundle that this PC can open."""
    return unseal(path.read_bytes(), [store_of(reader).device().age_identity])


def members_in(plain: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(plain)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def manifest_in(path: Path, reader: Ledger) -> dict[str, Any]:
    return dict(orjson.loads(members_in(opened(path, reader))[MANIFEST]))


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as bundle:
        for name, body in members.items():
            bundle.writestr(zipfile.ZipInfo(name), body, method)
    return data.getvalue()


def signed(members: dict[str, bytes], manifest: dict[str, Any], keys: Keys) -> dict[str, bytes]:
    """The members with this manifest in the place of theirs, signed by these keys."""
    text = orjson.dumps(manifest)
    device = manifest["from"]["device"]
    signature = f"{device}\n".encode() + keys.sign(signed_bytes(text))
    return {**members, MANIFEST: text, SIGNATURE: signature}


def forged(
    path: Path,
    reader: Ledger,
    signer: Keys,
    change: Callable[[dict[str, Any], dict[str, bytes]], object],
    *,
    author: bool = False,
) -> Path:
    """A bundle changed behind its sender's back by somebody who has these keys.

    An `author` signs the heads of the streams, too.
    """
    members = members_in(opened(path, reader))
    manifest = orjson.loads(members[MANIFEST])
    change(manifest, members)
    for entry in manifest["segments"] if author else ():
        head = head_bytes(entry["log"], entry["to"], bytes.fromhex(entry["head"]))
        entry["author_sig"] = signer.sign(head).hex()
    data = zipped(signed(members, manifest, signer))
    other = path.with_name(f"forged-{path.name}")
    other.write_bytes(seal(data, [store_of(reader).device().age_recipient]))
    return other
