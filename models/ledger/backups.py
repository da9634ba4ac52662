"""Rolling copies of the ledger, made with SQLite's own backup so that a copy is always whole."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models.files import cannot_write
from models.ledger.database import FILE_NAME, check_file, explain, reading
from models.problems import AppError

KEPT = 10


def backups_of(home: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted((home / "backups").glob("ledger-*.db"), reverse=True)


def newest_whole(home: Path) -> Path | None:
    """The newest copy that can be restored, None where none is whole."""
    return next((copy for copy in backups_of(home) if _is_whole(copy)), None)


def back_up(home: Path, now: datetime) -> Path | None:
    """Copy the ledger unless the newest copy already holds the same lines; keep the newest ten.

    A ledger that nobody founded yet is not copied: it would only push older copies out.
    """
    folder = home / "backups"
    path = folder / f"ledger-{now:%Y%m%d-%H%M%S}.db"
    try:
        folder.mkdir(exist_ok=True)
        kept = backups_of(home)
        if not _lines(home / FILE_NAME):
            return None
        if kept and _same_lines(kept[0], home / FILE_NAME):
            return None
        # Else every look at the copy would leave a -wal and a -shm file beside it.
        part = _copy(home / FILE_NAME, path, "PRAGMA journal_mode = DELETE")
        part.replace(path)
        # The new copy stays even where a wrong clock gave it the oldest name.
        others = [old for old in backups_of(home) if old != path]
        for old in others[KEPT - 1 :]:
            old.unlink()
    except OSError as error:
        raise cannot_write(folder, error) from None
    except sqlite3.Error as error:
        raise explain(error, home / FILE_NAME) from None
    return path


def restore(home: Path, backup: Path, now: datetime) -> Path | None:
    """Put a copy in the ledger's place; the file that stood there is moved aside, never deleted.

    The restored ledger opens a new stream: lines written after the backup may already be elsewhere,
    and writing the old stream again would be a fork of it.
    """
    path = home / FILE_NAME
    if not _is_whole(backup):
        raise AppError(f"{backup.name} 不是完整的备份，没有恢复。请换一个备份。")
    try:
        part = _copy(backup, path, "DELETE FROM setting WHERE key LIKE 'stream:%'")
        aside = _move_aside(path, now)
        part.replace(path)
    except OSError as error:
        raise cannot_write(home, error) from None
    except sqlite3.Error as error:
        raise explain(error, path) from None
    return aside


def _copy(source: Path, path: Path, then: str) -> Path:
    """A copy beside `path`, ready to take its place once `then` was done to it."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with (
            closing(reading(source)) as db,
            closing(sqlite3.connect(part, isolation_level=None)) as copy,
        ):
            db.backup(copy)
            copy.execute(then)
    except sqlite3.Error:
        part.unlink(missing_ok=True)  # on a full disk half a copy would keep it full
        raise
    return part


def _is_whole(backup: Path) -> bool:
    try:
        _lines(backup)
    except sqlite3.Error:
        return False
    return not check_file(backup)


def _move_aside(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f"ledger-replaced-{now:%Y%m%d-%H%M%S}.db")
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.replace(aside.with_name(aside.name + suffix))
    return aside


def _same_lines(copy: Path, ledger: Path) -> bool:
    """Whether the copy can be read and holds what the ledger holds."""
    try:
        return _lines(copy) == _lines(ledger)
    except sqlite3.Error:
        return False


def _lines(path: Path) -> list[tuple[str, int]]:
    """How far each stream goes."""
    with closing(reading(path)) as db:
        return db.execute("SELECT log_id, seq FROM log WHERE seq > 0 ORDER BY log_id").fetchall()
