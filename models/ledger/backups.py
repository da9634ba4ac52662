"""Rolling copies of the ledger, made with SQLite's own backup so that a copy is always whole."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models.ledger.database import FILE_NAME, explain
from models.ledger.lock import cannot_write
from models.problems import AppError

KEPT = 10


def backups_of(home: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted((home / "backups").glob("ledger-*.db"), reverse=True)


def back_up(home: Path, now: datetime) -> Path | None:
    """Copy the ledger unless the newest copy already holds the same lines; keep the newest ten."""
    folder = home / "backups"
    path = folder / f"ledger-{now:%Y%m%d-%H%M%S}.db"
    try:
        folder.mkdir(exist_ok=True)
        kept = backups_of(home)
        if kept and _same_lines(kept[0], home / FILE_NAME):
            return None
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        source = home / FILE_NAME
        with closing(sqlite3.connect(source)) as db, closing(sqlite3.connect(part)) as copy:
            db.backup(copy)
            # Else every look at the copy would leave a -wal and a -shm file beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
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
    part = path.with_suffix(".part")
    if not _is_whole(backup):
        raise AppError(f"{backup.name} 不是完整的备份，没有恢复。请换一个备份。")
    try:
        part.unlink(missing_ok=True)
        with closing(_reading(backup)) as db, closing(sqlite3.connect(part)) as copy:
            db.backup(copy)
            copy.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
            copy.commit()
        aside = _move_aside(path, now)
        part.replace(path)
    except OSError as error:
        raise cannot_write(home, error) from None
    except sqlite3.Error as error:
        raise explain(error, path) from None
    return aside


def _is_whole(backup: Path) -> bool:
    try:
        with closing(_reading(backup)) as db:
            db.execute("SELECT count(*) FROM op")
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


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
    with closing(_reading(path)) as db:
        return db.execute("SELECT log_id, seq FROM log ORDER BY log_id").fetchall()


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
