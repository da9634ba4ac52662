"""Opening the file: one process, nothing newer than we know, a copy before it changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.problems import AppError, Damaged

# The number of the newest migration; a file that says more was written by a newer program.
SCHEMA = 4
FILE_NAME = "ledger.db"
# We write nothing but text that can be decoded.
_DAMAGE = ("malformed", "not a database", "disk i/o error", "could not decode")


def open_database(home: Path) -> sqlite3.Connection:
    """The connection to the ledger of this folder, brought up to the newest schema."""
    path = home / FILE_NAME
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    except sqlite3.Error as error:
        raise explain(error, path) from None
    try:
        _bring_up(db, path)
    except BaseException as error:
        # An open handle would keep Windows from moving the file aside.
        db.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from None
        raise
    return db


def _bring_up(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise AppError("这个台账是用更新版本的程序建立的，现在的程序打不开。请安装新版本后再打开。")
    if not version and any((path.parent / "backups").glob("ledger-*.db")):
        raise Damaged(f"台账文件不见了，或者是空的：{path}。这个文件夹里有以前的备份，可以恢复。")
    if version < SCHEMA:
        _migrate(db, path, version)
    _tune(db)


def explain(error: sqlite3.Error, path: Path) -> Exception:
    """What went wrong with the file, in words, with the way out; a bug of ours stays what it is."""
    text = str(error).lower()
    if "disk is full" in text or "disk full" in text:
        return AppError(f"磁盘已满，没有写入 {path}。请清理磁盘后再试，已有的记录没有受影响。")
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return AppError(f"不能写入 {path}。请检查文件夹是否只读，或换一个位置。")
    if "locked" in text or "busy" in text:
        return AppError(f"{path} 正被别的程序占用，这一次没有写入。请关闭占用它的程序后再试。")
    if not any(words in text for words in _DAMAGE):
        return error
    return Damaged(
        f"台账文件已损坏：{path}。请不要删除它；可以从“backups”文件夹里最近的备份恢复"
        "（见说明书“恢复备份”）。"
    )


def _tune(db: sqlite3.Connection) -> None:
    """WAL and FULL: a power cut loses nothing that was reported as saved."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("PRAGMA cache_size = -16384")
    db.execute("PRAGMA trusted_schema = OFF")


def _migrate(db: sqlite3.Connection, path: Path, version: int) -> None:
    """All missing steps in one transaction, with a copy of the file before it changes."""
    # sqlite-utils takes a tenth of a second to import; an up-to-date ledger needs none of it.
    from sqlite_utils import Database

    from models.ledger.migrations import schema

    if version:
        copy = path.with_name(f"{path.stem}.before-{SCHEMA}.db")
        with closing(sqlite3.connect(copy)) as target:
            db.backup(target)
    utils = Database(db)
    with utils.atomic():
        schema.apply(utils)
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def reading(path: Path) -> sqlite3.Connection:
    """A connection of its own that changes nothing."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def check_integrity(home: Path) -> str:
    """Empty where the ledger of this folder is whole, else what SQLite says of it."""
    return check_file(home / FILE_NAME)


def check_file(path: Path) -> str:
    """Empty where the file is whole, else what SQLite says of it."""
    try:
        with closing(reading(path)) as db:
            (answer,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if answer == "ok" else str(answer)
