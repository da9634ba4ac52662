"""One process per ledger: a lock of the operating system, which ends with the process."""

import os
import sys
from pathlib import Path

from models.files import cannot_write
from models.problems import AppError


class AlreadyOpen(AppError):
    """Another process has this ledger open."""


class Lock:
    """Held from `take_lock` until `release`, or until the process ends, however it ends."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def release(self) -> None:
        """Let others in."""
        os.close(self._handle)


def take_lock(home: Path) -> Lock:
    """Keep every other process away from the ledger of this folder."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(home / "ledger.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(home, error) from None
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        words = "校园安全台账已经打开了。请在任务栏找到它的窗口，不要重复打开。"
        raise AlreadyOpen(words) from None
    return Lock(handle)


if sys.platform == "win32":  # pragma: no cover  only one of the two exists on a system

    def _lock(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _lock(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
