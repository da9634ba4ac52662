"""Rolling copies of the ledger, made with SQLite's own backup so that a copy is always whole."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models.ledger.database import FILE_NAME, cannot_write
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
        if kept and _lines(kept[0]) == _lines(home / FILE_NAME):
            return None
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        source = home / FILE_NAME
        with closing(sqlite3.connect(source)) as db, closing(sqlite3.connect(part)) as copy:
            db.backup(copy)
        part.replace(path)
        for old in backups_of(home)[KEPT:]:
            old.unlink()
    except OSError as error:
        raise cannot_write(folder, error) from None
    except sqlite3.Error:
        raise AppError(f"没有做成备份：{folder} 写不进去。请检查磁盘空间。") from None
    return path


def restore(home: Path, backup: Path, now: datetime) -> Path | None:
    """Put a copy in the ledger's place; the file that stood there is moved aside, never deleted.

    The restored ledger opens a new stream: lines written after the backup may already be elsewhere,
    and writing the old stream again would be a fork of it.
    """
    path = home / FILE_NAME
    try:
        with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as db:
            db.execute("SELECT count(*) FROM op").fetchone()
    except sqlite3.Error:
        raise AppError(f"{backup.name} 不是完整的备份，没有恢复。请换一个备份。") from None
    aside = None
    if path.exists():
        aside = path.with_name(f"ledger-replaced-{now:%Y%m%d-%H%M%S}.db")
        for suffix in ("", "-wal", "-shm"):
            old = path.with_name(path.name + suffix)
            if old.exists():
                old.replace(aside.with_name(aside.name + suffix))
    with closing(sqlite3.connect(backup)) as db, closing(sqlite3.connect(path)) as copy:
        db.backup(copy)
        copy.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
        copy.commit()
    return aside


def _lines(path: Path) -> list[tuple[str, int]]:
    """How far each stream goes, which tells whether two files hold the same lines."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return db.execute("SELECT log_id, seq FROM log ORDER BY log_id").fetchall()
