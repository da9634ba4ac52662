"""Enrolling a PC without a network: two small files, and 24 digits read out by telephone.

1. The office hands out an invitation (.aqi): its code, name and public key. The school types the
   office's 24 digits, which the office reads out; only then its key is trusted.
2. The school hands back a request (.aqr): its PC's public keys. The office calls the school at the
   number in its own list and types the 24 digits it hears; then it signs the PC into the registry.
3. The office's next reply brings the entry, and the PC may make bundles.

Neither side is ever shown the digits it has to type, so that nobody can nod them through.
"""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from models.exchange.enrolment_files import (
    Invitation,
    Request,
    read_invitation,
    read_request,
    write_invitation,
    write_request,
)
from models.exchange.format import BadBundle
from models.exchange.key_store import KeyStore
from models.exchange.keys import Keys, same_digits
from models.exchange.members import (
    chain_of,
    office_facts,
    pin_office,
    pinned_office,
    register,
    take_chain,
)
from models.exchange.registry import Member, Office, add, co_sign, next_entry, tidy
from models.ledger.ledger import Ledger
from models.ledger.registered import (
    ENROLLED_NAME,
    entries,
    positions,
    registered_units,
    units_naming,
)
from models.problems import AppError, Problem

__all__ = [
    "Invitation",
    "Request",
    "accept_invitation",
    "approve",
    "close_device",
    "found_office",
    "known_as",
    "make_invitation",
    "make_request",
    "own_request",
    "read_invitation",
    "read_request",
    "renew_pc",
    "rotate_office",
]
# An entry has at most 64 KiB, and a PC of the office has a stream for each school.
STREAMS_AN_ENTRY: Final = 500
_WRONG = "数字对不上，没有通过。请让对方再读一遍，逐组核对；仍不一致就不要继续，文件可能被换过。"


# ---- the office --------------------------------------------------------------------------------


def found_office(ledger: Ledger, store: KeyStore, seed: bytes) -> Office:
    """Make this office's key from a fresh seed, and enrol this PC as its first."""
    if pinned_office(ledger) is not None:
        raise AppError("教育局的密钥已经有了。要换密钥，请用“更换密钥”。")
    key = Keys.of_seed(seed)
    office = Office(ledger.unit, _name(ledger), key.sign_public, key.age_recipient)
    store.save_office(seed)  # first: a key that nobody pinned harms nobody
    with ledger.transaction():
        pin_office(ledger, office)
        _enrol(ledger, key, own_request(ledger, store))
    return office


def make_invitation(
    ledger: Ledger, store: KeyStore, folder: Path, school: Mapping[str, str] | None = None
) -> Path:
    """An invitation for one school (what is known of it fills its first run) or for any."""
    office, key = _office_key(ledger, store)
    return write_invitation(folder, Invitation(office, dict(school or {})), key)


def approve(ledger: Ledger, store: KeyStore, request: Request, typed: str) -> None:
    """Sign a PC into the registry; `typed` is what the school read out."""
    _office, key = _office_key(ledger, store)
    if not same_digits(typed, request.digits):
        raise Problem(_WRONG)
    with ledger.transaction():
        _enrol(ledger, key, request)
        ledger.set_setting(f"{ENROLLED_NAME}{request.unit}", request.unit_name)


def known_as(ledger: Ledger, request: Request) -> Member | None:
    """The PC whose keys this request would replace, to be shown before it is approved."""
    return chain_of(ledger, request.unit).members.get(request.device)


def close_device(ledger: Ledger, store: KeyStore, unit: str, device: str) -> None:
    """A PC was lost or given away: what of it is here stays valid, anything later is void."""
    _office, key = _office_key(ledger, store)
    if device == ledger.setting("device"):
        raise AppError(
            "这台电脑保管着教育局的密钥，不能停用自己。"
            "请先在另一台电脑上用恢复页恢复密钥，再从那台电脑停用这一台。"
        )
    logs = list(positions(ledger, device).items())
    starts = range(0, max(len(logs), 1), STREAMS_AN_ENTRY)
    parts = (dict(logs[at : at + STREAMS_AN_ENTRY]) for at in starts)
    _register(ledger, key, unit, "close", *({"device": device, "logs": part} for part in parts))


def rotate_office(ledger: Ledger, store: KeyStore, seed: bytes) -> Office:
    """Change the office's key: each unit's chain says so, signed by the old and the new one.

    The new key is kept beside the old one before the registry names it: whatever breaks off here,
    the key that the registry then names lies on this PC.
    """
    old, old_key = _office_key(ledger, store)
    key = Keys.of_seed(seed)
    new = Office(old.unit, _name(ledger), key.sign_public, key.age_recipient)
    store.save_office(seed)
    with ledger.transaction():
        for unit in registered_units(ledger):
            chain = chain_of(ledger, unit)
            line = next_entry(chain, old_key, "office", office_facts(new))
            add(chain, co_sign(line, key))
            take_chain(ledger, chain)
        pin_office(ledger, new)
    return new


def renew_pc(ledger: Ledger, store: KeyStore) -> bool:
    """New keys for this PC; whether it is enrolled with them already.

    It is where the office's key lies here; else the office has to approve a new request.
    """
    store.renew()
    office = pinned_office(ledger)
    key = store.office(office.sign) if office else None
    if key is None:
        return False
    with ledger.transaction():
        _enrol(ledger, key, own_request(ledger, store))
    return True


def _enrol(ledger: Ledger, key: Keys, request: Request) -> None:
    office = pinned_office(ledger)
    role = "office" if office and request.unit == office.unit else "school"
    member = Member(
        request.unit,
        request.device,
        role,
        request.pc,
        request.person,
        request.sign,
        request.age,
    )
    if units_naming(ledger, request.device) - {request.unit}:
        raise AppError("没有登记：这台电脑的名字已经属于另一个单位。请核对申请是从哪里来的。")
    chain = chain_of(ledger, request.unit)
    if request.device in chain.closed:
        raise AppError(
            "没有登记：这台电脑已经停用，停用后不能恢复。请对方换一个新的台账文件夹，重新申请入网。"
        )
    if chain.members.get(request.device) != member:
        facts = member._asdict() | {"sign": request.sign.hex()}
        del facts["unit"]
        _register(ledger, key, request.unit, "device", facts)


def _register(ledger: Ledger, key: Keys, unit: str, kind: str, *facts: Mapping[str, Any]) -> None:
    try:
        register(ledger, key, unit, kind, *facts)
    except BadBundle as error:
        raise AppError(f"没有登记：{error}。登记表没有变化。") from None


def _office_key(ledger: Ledger, store: KeyStore) -> tuple[Office, Keys]:
    office = pinned_office(ledger)
    key = store.office(office.sign) if office else None
    if office is None or key is None:
        raise AppError("教育局的密钥不在这台电脑上。请在保管密钥的电脑上办理，或用恢复页恢复密钥。")
    return office, key


# ---- the school --------------------------------------------------------------------------------


def accept_invitation(ledger: Ledger, invitation: Invitation, typed: str) -> None:
    """Trust the office of an invitation; `typed` is what the office read out.

    Once the office answered with the registry, another key of it comes by hand-over only.
    """
    if not same_digits(typed, invitation.office.digits):
        raise Problem(_WRONG)
    pinned = pinned_office(ledger)
    if pinned is not None and pinned.sign != invitation.office.sign:
        _check_change(ledger, pinned, invitation.office)
    pin_office(ledger, invitation.office)


def _check_change(ledger: Ledger, pinned: Office, office: Office) -> None:
    if pinned.unit != office.unit or entries(ledger, pinned.unit):
        raise Problem(f"本单位已经加入{pinned.name}。要换教育局，请先联系{pinned.name}。")


def own_request(ledger: Ledger, store: KeyStore) -> Request:
    """This PC's request; its `digits` are what this side reads out."""
    keys = store.device()
    return Request(
        ledger.unit,
        _name(ledger),
        ledger.setting("device"),
        tidy(platform.node()),
        tidy(ledger.user),
        keys.sign_public,
        keys.age_recipient,
    )


def make_request(ledger: Ledger, store: KeyStore, folder: Path) -> Path:
    """Write this PC's request into a folder."""
    return write_request(folder, own_request(ledger, store), store.device())


def _name(ledger: Ledger) -> str:
    organisation = ledger.organisation
    return tidy(organisation.name or "") if organisation else ""
