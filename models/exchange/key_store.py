"""Where the private keys of this PC lie: <home>/keys/, for this user only.

On Windows the file is wrapped by DPAPI, so that it opens only for this Windows user on this PC;
elsewhere only its owner may read it (0600). A password may be set on top (age, scrypt).

An office's key lies in a file named after its public half, so that a new one never overwrites the
one before: whichever the registry names is there, wherever a rotation was broken off.
"""

import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol, Self

import pyrage

from models.exchange.keys import Keys
from models.files import cannot_write, write_whole
from models.ledger.ledger import Ledger
from models.problems import AppError, Problem

_PLAIN, _LOCKED = b"campus-ledger keys 1\n", b"campus-ledger keys 1 locked\n"
_OFFICE = "office-"  # no PC has a name with a dash
_ASK = "密钥有密码保护。请先输入密码。"
LEAST_PASSWORD: Final = 8
# Two threads that both need the PC's first keys must get the same.
_making = threading.Lock()


class Wrapping(Protocol):
    """How the system keeps a secret for its user."""

    def wrap(self, data: bytes) -> bytes: ...

    def unwrap(self, data: bytes) -> bytes:
        """The data; OSError where this user of this PC cannot open it."""
        ...


class OwnerOnly:
    """No wrapping: the file's rights are all there is."""

    def wrap(self, data: bytes) -> bytes:
        return data

    def unwrap(self, data: bytes) -> bytes:
        return data


def system_wrapping() -> Wrapping:
    """DPAPI on Windows, the rights of the file elsewhere."""
    if sys.platform == "win32":  # pragma: no cover  only one of the two exists on a system
        from models.exchange.dpapi import Dpapi

        return Dpapi()
    return OwnerOnly()


class KeyStore:
    """The keys of the PC with this device name, and the office's key where it lies here."""

    def __init__(self, home: Path, device: str, wrapping: Wrapping | None = None) -> None:
        self._folder = home / "keys"
        self._device = self._folder / f"{device}.key"
        self._wrapping = wrapping or system_wrapping()
        self._password = ""
        # scrypt takes a second each time; with its password, else a wrong one would pass later
        self._opened_before: dict[tuple[bytes, str], bytes] = {}

    @classmethod
    def of(cls, ledger: Ledger) -> Self:
        """The keys of the PC that this ledger lies on."""
        return cls(ledger.home, ledger.setting("device"))

    @classmethod
    def all_in(cls, home: Path, wrapping: Wrapping | None = None) -> list[Self]:
        """The store of each name this PC ever had, without a ledger; none before the first key."""
        files = sorted((home / "keys").glob("*.key"))
        return [cls(home, file.stem, wrapping) for file in files if not _is_office(file)]

    def device(self) -> Keys:
        """The keys of this PC, made when they are first needed."""
        with _making:
            if not self._device.exists():
                self._write(self._device, Keys.make().secret_bytes())
        secret = self._read(self._device)
        try:
            return Keys.of_secret_bytes(secret)
        except ValueError:
            raise _unreadable(self._device) from None

    def renew(self) -> Keys:
        """New keys for this PC, whatever lay there: the office has to enrol them again.

        Where the password was forgotten, all that it locks is put aside as `….key.old`, and an
        office's key can be brought back from its sheet.
        """
        keys = Keys.make()
        if self.is_locked:
            for file in self._files():
                _put(file, file.with_name(f"{file.name}.old"))
        self._write(self._device, keys.secret_bytes())
        return keys

    def office_seed(self, sign: bytes | None = None) -> bytes | None:
        """The seed of the office's key with this public half (the one kept last, unless told).

        None where it does not lie on this PC.
        """
        files = [self._office(sign)] if sign else self._offices()
        found = [file for file in files if file.exists()]
        return self._read(found[-1]) if found else None

    def office(self, sign: bytes | None = None) -> Keys | None:
        """The office's key, as `office_seed` finds it."""
        seed = self.office_seed(sign)
        try:
            return None if seed is None else Keys.of_seed(seed)
        except ValueError:
            raise _unreadable(self._folder) from None

    def identities(self) -> list[str]:
        """What opens bundles here: of this PC and of every office key that lies here, also those
        before the last; an old one that is damaged opens nothing and stops nothing."""
        found = [self.device().age_identity]
        for file in self._offices():
            with suppress(AppError, ValueError):
                found.append(Keys.of_seed(self._read(file)).age_identity)
        return found

    def save_office(self, seed: bytes) -> None:
        """Keep an office's key on this PC, beside any it had before."""
        self._write(self._office(Keys.of_seed(seed).sign_public), seed)

    def _office(self, sign: bytes) -> Path:
        return self._folder / f"{_OFFICE}{sign.hex()[:16]}.key"

    def _offices(self) -> list[Path]:
        files = self._folder.glob(f"{_OFFICE}*.key")
        return sorted(files, key=lambda file: file.stat().st_mtime_ns)

    # ---- password ----------------------------------------------------------------------------

    @property
    def has_password(self) -> bool:
        """Whether the keys open only with a password."""
        return bool(self._locked())

    @property
    def is_locked(self) -> bool:
        """Whether the password is still to be given."""
        return self.has_password and not self._password

    def unlock(self, password: str) -> None:
        """Give the password for as long as the program runs.

        It is right if it opens one file: another may be damaged. Where it opens none it is
        forgotten again, else what is written next would be locked by a typing error.
        """
        self._password = password
        errors: list[Problem | AppError] = []
        locked = self._locked()
        for file in locked:
            try:
                self._read(file)
            except (Problem, AppError) as error:
                errors.append(error)
        if len(errors) == len(locked):
            self._password = ""
        if errors and not self._password:
            raise errors[0]

    def set_password(self, password: str) -> None:
        """Ask for this password from now on; an empty one takes it away."""
        if password and len(password) < LEAST_PASSWORD:
            raise Problem(f"密码至少 {LEAST_PASSWORD} 个字。")
        self.device()  # a password needs something to lock
        secrets = [(file, self._read(file)) for file in self._files()]
        before, self._password = self._password, password
        try:  # all of them aside first: a full disk leaves the old ones
            for file, secret in secrets:
                self._write(_aside(file), secret, asked=True)
            for file, _secret in secrets:
                _put(_aside(file), file)
        except AppError:
            self._password = before
            raise

    def _locked(self) -> list[Path]:
        return [file for file in self._files() if _bytes(file).startswith(_LOCKED)]

    def _files(self) -> list[Path]:
        return [file for file in (self._device, *self._offices()) if file.exists()]

    # ---- files -------------------------------------------------------------------------------

    def _write(self, path: Path, secret: bytes, asked: bool = False) -> None:
        if self.is_locked and not asked:  # a password is being taken away
            raise Problem(_ASK)
        head = _PLAIN
        if self._password:
            head, secret = _LOCKED, bytes(pyrage.passphrase.encrypt(secret, self._password))
        try:
            wrapped = self._wrapping.wrap(secret)
        except OSError:
            raise AppError(
                f"Windows 没有为这个用户保护密钥，密钥没有保存：{path}。台账没有受影响；"
                "请注销后重新登录 Windows 再试。"
            ) from None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self._folder, error) from None
        write_whole(path, head + wrapped, mode=0o600)

    def _read(self, path: Path) -> bytes:
        data = _bytes(path)
        locked = data.startswith(_LOCKED)
        head = _LOCKED if locked else _PLAIN
        if not data.startswith(head):
            raise _unreadable(path)
        try:
            secret = self._wrapping.unwrap(data[len(head) :])
        except OSError:
            raise _unreadable(path) from None
        return self._opened(secret) if locked else secret

    def _opened(self, secret: bytes) -> bytes:
        if not self._password:
            raise Problem(_ASK)
        lock = (secret, self._password)
        if lock not in self._opened_before:
            try:
                self._opened_before[lock] = bytes(pyrage.passphrase.decrypt(*lock))
            except pyrage.DecryptError:
                raise Problem(
                    "密码不对，或者密钥文件已损坏。请检查大小写和输入法后再试；"
                    "实在打不开，就换一对密钥，重新申请入网。"
                ) from None
        return self._opened_before[lock]


def _is_office(file: Path) -> bool:
    return file.name.startswith(_OFFICE)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _unreadable(path) from None


def _put(path: Path, place: Path) -> None:
    try:
        path.replace(place)
    except OSError as error:
        raise cannot_write(place.parent, error) from None


def _aside(path: Path) -> Path:
    return path.with_suffix(".new")


def _unreadable(path: Path) -> AppError:
    return AppError(
        f"这台电脑的密钥打不开：{path}。它可能属于另一个 Windows 用户，或已经损坏。"
        "台账没有受影响；请在“数据交换”里换一对密钥，重新申请入网。"
    )
