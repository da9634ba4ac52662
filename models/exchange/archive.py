"""The files that came, each exactly as it came, and those among them that have to wait.

A bundle of a newer program waits for the update: an enrolled PC signed it. One of a PC that nobody
enrolled waits for the enrolment; anybody can send such files, so there is a limit to them.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from models.exchange.format import SUFFIX, sha256_of
from models.files import write_whole
from models.ledger.ledger import Ledger

FOLDER: Final = "收到的数据包"
# The state of a file: taken, or kept until it can be.
TAKEN, STRANGE, NEWER, UNDONE = "taken", "strange", "newer", "undone"
MOST_STRANGE, MOST_STRANGE_BYTES = 200, 500 << 20
_KEPT = {
    STRANGE: "先存着；这台电脑入网办好以后会自动读入",
    NEWER: "先存着；升级本程序以后会自动读入",
}


def archive_path(ledger: Ledger, sha256: str) -> Path:
    """Where the file of a bundle that came lies."""
    return ledger.home / FOLDER / f"{sha256}{SUFFIX}"


def archive(ledger: Ledger, sha256: str, data: bytes) -> None:
    """Keep the bytes of a file that came."""
    if not (path := archive_path(ledger, sha256)).exists():
        write_whole(path, data, sure=False)


def keep_for_later(ledger: Ledger, name: str, data: bytes, state: str) -> str:
    """Keep a file that has to wait; the sentence says so, and what gave way to it."""
    sha256 = sha256_of(data)
    archive(ledger, sha256, data)
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO inbox(sha256, name, received_at, report, state) VALUES(?, ?, ?, ?, ?)"
            " ON CONFLICT(sha256) DO UPDATE SET state = excluded.state",
            (sha256, name, ledger.clock().isoformat(), "{}", state),
        )
        beyond = _beyond_the_limit(ledger, sha256)
        db.executemany("DELETE FROM inbox WHERE sha256 = ?", [(old,) for old in beyond])
    for old in beyond:  # one that stays lies there for nothing, and harms nobody
        with suppress(OSError):
            archive_path(ledger, old).unlink()
    gone = f"这样的文件太多，最早的 {len(beyond)} 个不再存着，需要时请对方再发一次。"
    return f"文件{_KEPT[state]}。{gone if beyond else ''}"


def waiting(ledger: Ledger) -> list[Path]:
    """The files that wait, in the order in which they came."""
    rows = ledger.rows(
        "SELECT sha256 FROM inbox WHERE state IN (?, ?) ORDER BY received_at", (STRANGE, NEWER)
    )
    files = [archive_path(ledger, sha256) for (sha256,) in rows]
    return [path for path in files if path.exists()]


def _beyond_the_limit(ledger: Ledger, newest: str) -> list[str]:
    """The oldest files of PCs that nobody enrolled, as far as there are too many.

    The one that just came is no old one, whatever the clock says.
    """
    rows = ledger.rows(
        "SELECT sha256 FROM inbox WHERE state = ? ORDER BY sha256 = ? DESC, received_at DESC",
        (STRANGE, newest),
    )
    kept = size = 0
    for (sha256,) in rows:
        path = archive_path(ledger, sha256)
        size += path.stat().st_size if path.exists() else 0
        if kept == MOST_STRANGE or size > MOST_STRANGE_BYTES:
            break
        kept += 1
    return [sha256 for (sha256,) in rows[kept:]]
