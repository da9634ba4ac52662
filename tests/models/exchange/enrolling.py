"""Enrolling a school's PC with an office, as two people do it by telephone."""

import hashlib

from models.exchange.enrolment import (
    accept_invitation,
    approve,
    found_office,
    make_invitation,
    make_request,
    own_request,
    read_invitation,
    read_request,
)
from models.exchange.key_store import KeyStore
from models.exchange.members import chain_of, pinned_office, take_chain
from models.exchange.registry import read_chain
from models.ledger.ledger import Ledger


def store_of(ledger: Ledger) -> KeyStore:
    """The key store of this ledger's PC."""
    return KeyStore(ledger.home, ledger.setting("device"))


def seed_of(office: Ledger) -> bytes:
    """The seed of this office's key: always the same."""
    return hashlib.sha256(office.unit.encode()).digest()


def found(office: Ledger) -> None:
    """The office has its key and its first PC; a second time changes nothing."""
    if pinned_office(office) is None:
        found_office(office, store_of(office), seed_of(office))


def enrol(office: Ledger, school: Ledger) -> None:
    """The school's PC is a member: each side typed what the other read out, and the chains came."""
    found(office)
    invitation = read_invitation(make_invitation(office, store_of(office), office.home))
    accept_invitation(school, invitation, invitation.office.digits)
    request = read_request(make_request(school, store_of(school), school.home))
    approve(office, store_of(office), request, own_request(school, store_of(school)).digits)
    hand_over(office, school)


def hand_over(office: Ledger, school: Ledger) -> None:
    """What the office's registry says of the school and of itself arrives at the school."""
    pinned = pinned_office(school)
    assert pinned is not None
    for unit in (office.unit, school.unit):
        lines = chain_of(office, unit).lines
        take_chain(school, read_chain(unit, lines, pinned.sign))
