"""Bundles of schools for the benches, sealed as the exchange seals them; and their office."""

import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from main import open_ledger
from models.exchange.enrolment import (
    accept_invitation,
    approve,
    found_office,
    make_invitation,
    own_request,
    read_invitation,
)
from models.exchange.format import (
    APP,
    MANIFEST,
    SIGNATURE,
    Manifest,
    Position,
    SegmentEntry,
    dump_manifest,
    head_bytes,
    sha256_of,
    signed_bytes,
)
from models.exchange.key_store import KeyStore
from models.exchange.keys import Keys
from models.exchange.members import (
    Directory,
    chain_of,
    directory,
    recipients,
    register,
    take_chain,
)
from models.exchange.sealing import seal
from models.ledger.ledger import Ledger
from models.records.organisation import Organisation, usual_grades
from models.records.person import Person
from tests.bench.exchange_data import OFFICE, Piece, log_of, unit

_EPOCH = (1980, 1, 1, 0, 0, 0)


def keys_of(device: str) -> Keys:
    """The keys of a PC, the same in every run."""
    return Keys.of_seed(hashlib.sha256(device.encode()).digest())


def organisation(school: int) -> Organisation:
    return Organisation(
        kind="school",
        name="示例县实验小学",
        code=unit(school),
        school_type="primary",
        system="six_three",
        grades=usual_grades("primary", "six_three"),
    )


def store_of(ledger: Ledger) -> KeyStore:
    return KeyStore(ledger.home, ledger.setting("device"))


def make_office(home: Path, schools: int) -> Directory:
    """An office that has enrolled these schools; whom it knows."""
    ledger, lock = open_ledger(home)
    ledger.found(Organisation(kind="office", name="示例县教育局", code=OFFICE), Person(name="周平"))
    found_office(ledger, store_of(ledger), hashlib.sha256(b"office").digest())
    key = store_of(ledger).office()
    assert key
    with ledger.transaction():
        for school in range(schools):
            pcs = [_facts(f"pc{log_of(school, pc)}") for pc in (1, 2)]
            register(ledger, key, unit(school), "device", *pcs)
    known = directory(ledger, [OFFICE, *map(unit, range(schools))])
    ledger.close()
    lock.release()
    return known


def _facts(device: str) -> dict[str, str]:
    keys = keys_of(device)
    return {
        "device": device,
        "role": "school",
        "pc": "安全办电脑",
        "person": "李安全",
        "sign": keys.sign_public.hex(),
        "age": keys.age_recipient,
    }


def open_copy(office: Path, home: Path) -> Ledger:
    """A fresh copy of the office to take bundles in."""
    shutil.copytree(office, home)
    ledger, _lock = open_ledger(home)
    return ledger


def enrol(office: Path, school: Ledger) -> None:
    """This PC becomes a member of its school, as the office of a copy of this folder says."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_copy(office, Path(folder) / "office")
        invitation = read_invitation(make_invitation(ledger, store_of(ledger), Path(folder)))
        accept_invitation(school, invitation, invitation.office.digits)
        request = own_request(school, store_of(school))
        approve(ledger, store_of(ledger), request, request.digits)
        for code in (OFFICE, school.unit):
            take_chain(school, chain_of(ledger, code))
        ledger.close()


def seal_piece(piece: Piece, known: Directory) -> bytes:
    """The bundle that brings this piece, as the PC that wrote it makes it."""
    keys, last = keys_of(piece.device), piece.first + piece.body.count(b"\n") - 1
    registries = {
        chain.unit: "".join(f"{line}\n" for line in chain.lines).encode()
        for chain in (known.chain(piece.unit), known.chain(OFFICE))
        if chain
    }
    manifest = Manifest(
        id=piece.log_id,
        created="2026-11-23T08:00:00+08:00",
        app=APP,
        unit=piece.unit,
        unit_name="示例县实验小学",
        device=piece.device,
        to=OFFICE,
        part=(1, 1),
        have={piece.log_id: Position(last, piece.head)},
        need={},
        want=(),
        refused=(),
        segments=(
            SegmentEntry(
                piece.log_id,
                piece.unit,
                piece.device,
                piece.first,
                last,
                piece.prev,
                piece.head,
                sha256_of(piece.body),
                keys.sign(head_bytes(piece.log_id, last, piece.head)),
            ),
        ),
        registries=tuple((code, sha256_of(body)) for code, body in registries.items()),
        photos=(),
    )
    members = {manifest.segments[0].name: piece.body}
    members |= {f"reg/{code}.jsonl": body for code, body in registries.items()}
    return seal(_zip(manifest, members, keys), recipients(known, (OFFICE, piece.unit)))


def _zip(manifest: Manifest, members: dict[str, bytes], keys: Keys) -> bytes:
    text = dump_manifest(manifest)
    signature = f"{manifest.device}\n".encode() + keys.sign(signed_bytes(text))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, body in {MANIFEST: text, SIGNATURE: signature, **members}.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(member, body)
    return file.getvalue()


def never() -> bool:
    return False


def nobody(_done: int, _all: int) -> None:
    pass


def names(folder: Path, kind: str, schools: int) -> Sequence[Path]:
    """The files of this kind of bundle."""
    return [folder / f"{kind}-{school}.aqb" for school in range(schools)]
