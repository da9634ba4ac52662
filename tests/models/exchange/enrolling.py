"""Enrolled pairs of ledgers, as the ceremony leaves them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from models.exchange.enrolment import (
    accept_invitation,
    approve,
    found_office,
    make_invitation,
    make_request,
    read_invitation,
    read_request,
)
from models.exchange.export import Exported, export_bundle
from models.exchange.key_store import KeyStore
from models.exchange.members import chain_of, pinned_office, take_chain
from models.exchange.receive import receive_bundle
from models.exchange.report import Received
from models.ledger.ledger import Ledger


def store_of(ledger: Ledger) -> KeyStore:
    """The key store of this PC."""
    return KeyStore(ledger.home, ledger.setting("device"))


def enrol(office: Ledger, *pcs: Ledger) -> None:
    """Make the office's key where there is none, and enrol these PCs."""
    if pinned_office(office) is None:
        found_office(office, store_of(office), office.unit.encode().ljust(32, b"o")[:32])
    with TemporaryDirectory() as folder:
        for pc in pcs:
            store = store_of(office)
            invitation = read_invitation(make_invitation(office, store, Path(folder)))
            accept_invitation(pc, invitation, invitation.office.digits)
            request = read_request(make_request(pc, store_of(pc), Path(folder)))
            approve(office, store, request, request.digits)
    for pc in pcs:
        for unit in (office.unit, pc.unit):
            take_chain(pc, chain_of(office, unit))


def send(ledger: Ledger, folder: Path, unit: str = "", **how: object) -> Exported:
    """A bundle of this PC for its office, or for this unit."""
    return export_bundle(ledger, store_of(ledger), folder, unit=unit, **how)  # type: ignore[arg-type]


def take(ledger: Ledger, path: Path) -> Received:
    """Read a bundle here."""
    return receive_bundle(ledger, store_of(ledger), path)


def hand_over(school: Ledger, office: Ledger, folder: Path) -> Received:
    """From the school to the office."""
    return take(office, send(school, folder).path)


def hand_back(office: Ledger, school: Ledger, folder: Path) -> Received:
    """From the office to the school."""
    return take(school, send(office, folder, school.unit).path)
