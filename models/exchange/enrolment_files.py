"""The two signed files of an enrolment: the invitation (.aqi) and the request (.aqr).

Plain JSON with a signature by the key that is in it: that proves only that nobody changed a part
of it on the way. Whose key it is, two people find out by telephone (see enrolment.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from models.exchange.keys import Keys, fingerprint, is_recipient, verify
from models.exchange.registry import Office, is_words
from models.files import safe_name, write_whole
from models.problems import AppError
from models.records.codes import read_unit_code
from models.strict_json import load_strict

INVITATION, REQUEST = ".aqi", ".aqr"
MOST_BYTES: Final = 64 << 10
LONGEST_NAME: Final = 40  # of a unit or a PC within the name of a file
_SIGNED: Final = {"aqi/1": b"aqi/1\0", "aqr/1": b"aqr/1\0"}
_HEX = re.compile(r"[0-9a-f]{64}")
_DEVICE = re.compile(r"[a-z0-9]{1,40}")


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


# ---- writing -----------------------------------------------------------------------------------


def write_invitation(folder: Path, invitation: Invitation, key: Keys) -> Path:
    """Write an invitation into a folder, signed by the office's key."""
    office, school = invitation.office, dict(invitation.school)
    facts = {
        "office": office.unit,
        "name": office.name,
        "sign": office.sign.hex(),
        "age": office.age,
        "school": school,
    }
    name = _file_name("入网邀请", office.name, school.get("name") or "各学校")
    return _write(folder / f"{name}{INVITATION}", "aqi/1", facts, key)


def write_request(folder: Path, request: Request, keys: Keys) -> Path:
    """Write a request into a folder, signed by the PC's keys."""
    facts = {
        "unit": request.unit,
        "name": request.unit_name,
        "device": request.device,
        "pc": request.pc,
        "person": request.person,
        "sign": request.sign.hex(),
        "age": request.age,
    }
    name = _file_name("入网申请", request.unit_name, request.pc)
    return _write(folder / f"{name}{REQUEST}", "aqr/1", facts, keys)


def _file_name(what: str, *names: str) -> str:
    return "-".join([what, *(safe_name(name, LONGEST_NAME) or "未命名" for name in names)])


def _write(path: Path, format: str, facts: Mapping[str, Any], keys: Keys) -> Path:
    body = {"format": format, **facts}
    signature = keys.sign(_SIGNED[format] + orjson.dumps(body))
    whole = {**body, "signature": signature.hex()}
    write_whole(path, orjson.dumps(whole, option=orjson.OPT_INDENT_2))
    return path


# ---- reading -----------------------------------------------------------------------------------


def read_invitation(path: Path) -> Invitation:
    """The invitation in this file, wholly checked; raises AppError in words."""
    found = _read(path, "aqi/1", "入网邀请")
    try:
        office = Office(
            _code(found["office"]),
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
            _code(found["unit"]),
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


def _read(path: Path, format: str, what: str) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise AppError(f"没有读入 {path.name}：文件读不出来。请重新复制一份再试。") from None
    try:
        found = load_strict(data, MOST_BYTES, indented=True)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != format:
        raise _bad(path, what)
    return found


def _prove(path: Path, what: str, found: dict[str, Any], format: str, public: bytes) -> None:
    signature = found.pop("signature", "")
    try:
        whole = verify(public, bytes.fromhex(signature), _SIGNED[format] + orjson.dumps(found))
    except (TypeError, ValueError):
        whole = False
    if not whole:
        raise _bad(path, what)


def _bad(path: Path, what: str) -> AppError:
    return AppError(f"没有读入 {path.name}：它不是完整的{what}文件。请对方重新生成一份。")


def _match(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(value)
    return value


def _code(value: str) -> str:
    if read_unit_code(_words(value)) != value:
        raise ValueError(value)
    return value


def _words(value: str) -> str:
    if not is_words(value):
        raise ValueError(value)
    return value


def _address(value: str) -> str:
    if not is_recipient(value):
        raise ValueError(value)
    return value
