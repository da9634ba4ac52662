"""Enrolling a PC without a network: two small files, and 24 digits read out by telephone.

1. The office hands out an invitation (.aqi): its code, name and public key. The school types the
   office's 24 digits, which the office reads out; only then its key is trusted.
2. The school hands back a request (.aqr): its PC's public keys. The office calls the school at the
   number in its own list and types the 24 digits it hears; then it signs the PC into the registry.
3. The office's next reply brings the entry, and the PC may make bundles.

Neither side is ever shown the digits it has to type, so that nobody can nod them through.
"""

import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from models.exchange.format import BadBundle
from models.exchange.key_store import KeyStore
from models.exchange.keys import Keys, fingerprint, is_recipient, same_digits, verify
from models.exchange.members import (
    chain_of,
    office_facts,
    pin_office,
    pinned_office,
    register,
    take_chain,
)
from models.exchange.registry import Office, add, co_sign, next_entry
from models.files import write_whole
from models.ledger.ledger import Ledger
from models.ledger.registered import positions, registered_units
from models.problems import AppError, Problem

INVITATION, REQUEST = ".aqi", ".aqr"
MOST_BYTES: Final = 64 << 10
_SIGNED: Final = {"aqi/1": b"aqi/1\0", "aqr/1": b"aqr/1\0"}
_HEX = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[A-Za-z0-9]{1,40}")
_DEVICE = re.compile(r"[a-z0-9]{1,40}")
_WRONG = "数字对不上，没有通过。请让对方再读一遍，逐组核对；仍不一致就不要继续，文件可能被换过。"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An office's public key on its way to a school; `school` is what the office knows of it."""

    office: Office
    school: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """A PC's public keys on their way to the office."""

    unit: str
    unit_name: str
    device: str
    pc: str
    person: str
    sign: bytes
    age: str

    @property
    def digits(self) -> str:
        """The 24 digits that stand for this PC and its keys."""
        return fingerprint("device", self.unit, self.device, self.sign, self.age)


# ---- the office --------------------------------------------------------------------------------


def found_office(ledger: Ledger, store: KeyStore, seed: bytes) -> Office:
    """Make this office's key from a fresh seed, and enrol this PC as its first."""
    if pinned_office(ledger) is not None:
        raise AppError("教育局的密钥已经有了。要换密钥，请用“更换密钥”。")
    key = Keys.of_seed(seed)
    office = Office(ledger.unit, _name(ledger), key.sign_public, key.age_recipient)
    store.save_office(seed)
    with ledger.transaction():
        pin_office(ledger, office)
        _enrol(ledger, key, own_request(ledger, store))
    return office


def make_invitation(
    ledger: Ledger, store: KeyStore, folder: Path, school: Mapping[str, str] | None = None
) -> Path:
    """An invitation for one school (what is known of it fills its first run) or for any."""
    office, key = _office_key(ledger, store)
    facts = {**office_facts(office), "school": dict(school or {})}
    name = (school or {}).get("name") or "各学校"
    path = folder / f"入网邀请-{_safe(office.name)}-{_safe(name)}{INVITATION}"
    write_whole(path, _signed("aqi/1", facts, key))
    return path


def approve(ledger: Ledger, store: KeyStore, request: Request, typed: str) -> None:
    """Sign a PC into the registry; `typed` is what the school read out."""
    _office, key = _office_key(ledger, store)
    if not same_digits(typed, request.digits):
        raise Problem(_WRONG)
    _enrol(ledger, key, request)


def close_device(ledger: Ledger, store: KeyStore, unit: str, device: str) -> None:
    """A PC was lost or given away: what of it is here stays valid, anything later is void."""
    _office, key = _office_key(ledger, store)
    logs = {log: list(at) for log, at in positions(ledger, device).items()}
    register(ledger, key, unit, "close", {"device": device, "logs": logs})


def rotate_office(ledger: Ledger, store: KeyStore, seed: bytes) -> Office:
    """Change the office's key: each unit's chain says so, signed by the old and the new one."""
    old, old_key = _office_key(ledger, store)
    key = Keys.of_seed(seed)
    new = Office(old.unit, _name(ledger), key.sign_public, key.age_recipient)
    with ledger.transaction():
        for unit in registered_units(ledger):
            chain = chain_of(ledger, unit)
            line = next_entry(chain, old_key, "office", office_facts(new))
            add(chain, co_sign(line, key))
            take_chain(ledger, chain)
        pin_office(ledger, new)
        store.save_office(seed)
    return new


def _enrol(ledger: Ledger, key: Keys, request: Request) -> None:
    office = pinned_office(ledger)
    role = "office" if office and request.unit == office.unit else "school"
    facts = {
        "device": request.device,
        "role": role,
        "pc": request.pc,
        "person": request.person,
        "sign": request.sign.hex(),
        "age": request.age,
    }
    try:
        register(ledger, key, request.unit, "device", facts)
    except BadBundle as error:
        raise AppError(f"没有登记：{error}。请让对方重新生成入网申请。") from None


def _office_key(ledger: Ledger, store: KeyStore) -> tuple[Office, Keys]:
    office, key = pinned_office(ledger), store.office()
    if office is None or key is None:
        raise AppError("教育局的密钥不在这台电脑上。请在保管密钥的电脑上办理，或用恢复页恢复密钥。")
    return office, key


# ---- the school --------------------------------------------------------------------------------


def accept_invitation(ledger: Ledger, invitation: Invitation, typed: str) -> None:
    """Trust the office of an invitation; `typed` is what the office read out."""
    if not same_digits(typed, invitation.office.digits):
        raise Problem(_WRONG)
    pinned = pinned_office(ledger)
    if pinned is not None and pinned != invitation.office:
        raise Problem(f"本单位已经加入{pinned.name}。要换教育局，请先联系{pinned.name}。")
    pin_office(ledger, invitation.office)


def own_request(ledger: Ledger, store: KeyStore) -> Request:
    """This PC's request; its `digits` are what this side reads out."""
    keys = store.device()
    return Request(
        ledger.unit,
        _name(ledger)[:100],
        ledger.setting("device"),
        platform.node()[:100],
        ledger.user[:100],
        keys.sign_public,
        keys.age_recipient,
    )


def make_request(ledger: Ledger, store: KeyStore, folder: Path) -> Path:
    """Write this PC's request into a folder."""
    request = own_request(ledger, store)
    facts = {
        "unit": request.unit,
        "name": request.unit_name,
        "device": request.device,
        "pc": request.pc,
        "person": request.person,
        "sign": request.sign.hex(),
        "age": request.age,
    }
    path = folder / f"入网申请-{_safe(request.unit_name)}-{_safe(request.pc)}{REQUEST}"
    write_whole(path, _signed("aqr/1", facts, store.device()))
    return path


# ---- the files ---------------------------------------------------------------------------------


def read_invitation(path: Path) -> Invitation:
    """The invitation in this file, wholly checked; raises AppError in words."""
    found = _read(path, "aqi/1", "入网邀请")
    try:
        office = Office(
            _match(_CODE, found["office"]),
            _words(found["name"]),
            bytes.fromhex(_match(_HEX, found["sign"])),
            _address(found["age"]),
        )
        school = {_words(name): _words(value) for name, value in found["school"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _bad(path, "入网邀请") from None
    _prove(path, "入网邀请", found, "aqi/1", office.sign)
    return Invitation(office, school)


def read_request(path: Path) -> Request:
    """The request in this file, wholly checked; raises AppError in words."""
    found = _read(path, "aqr/1", "入网申请")
    try:
        request = Request(
            _match(_CODE, found["unit"]),
            _words(found["name"]),
            _match(_DEVICE, found["device"]),
            _words(found["pc"]),
            _words(found["person"]),
            bytes.fromhex(_match(_HEX, found["sign"])),
            _address(found["age"]),
        )
    except (KeyError, TypeError, ValueError):
        raise _bad(path, "入网申请") from None
    _prove(path, "入网申请", found, "aqr/1", request.sign)
    return request


def _signed(format: str, facts: Mapping[str, Any], keys: Keys) -> bytes:
    body = {"format": format, **facts}
    signature = keys.sign(_SIGNED[format] + orjson.dumps(body))
    return orjson.dumps({**body, "signature": signature.hex()}, option=orjson.OPT_INDENT_2)


def _read(path: Path, format: str, what: str) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise AppError(f"没有读入 {path.name}：文件读不出来。请重新复制一份再试。") from None
    try:
        found = orjson.loads(data) if len(data) <= MOST_BYTES else None
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != format:
        raise _bad(path, what)
    return found


def _prove(path: Path, what: str, found: dict[str, Any], format: str, public: bytes) -> None:
    signature = found.pop("signature", "")
    try:
        signed = bytes.fromhex(signature)
    except (TypeError, ValueError):
        signed = b""
    if not verify(public, signed, _SIGNED[format] + orjson.dumps(found)):
        raise _bad(path, what)


def _bad(path: Path, what: str) -> AppError:
    return AppError(f"没有读入 {path.name}：它不是完整的{what}文件。请对方重新生成一份。")


def _match(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(value)
    return value


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > 300:
        raise ValueError(value)
    return value


def _address(value: str) -> str:
    if not is_recipient(value):
        raise ValueError(value)
    return value


def _name(ledger: Ledger) -> str:
    organisation = ledger.organisation
    return (organisation.name or "") if organisation else ""


def _safe(name: str) -> str:
    """A name that every disk takes as part of a file's."""
    return re.sub(r'[\\/:*?"<>|\s]', "", name)[:40] or "未命名"
