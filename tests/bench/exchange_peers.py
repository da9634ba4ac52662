"""The peers of bench_exchange: plain inserts, SQLite sessions, geodiff.

Their tables have our columns of a finding and our indexes; the key of the last two is the record's
id. What they carry is deflated as ours is, but neither sealed, signed nor chained.
"""

import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from models.ledger.database import open_database
from tests.bench.exchange_data import FIELDS

Row = tuple[Any, ...]
Figures = dict[str, Any]
COLUMNS = ("id", "unit", *FIELDS, "deleted", "now_state", "now_level", "now_deadline", "now_closed")
MARKS = ", ".join("?" * len(COLUMNS))
INSERT = f"INSERT INTO finding({', '.join(COLUMNS)}) VALUES({MARKS})"
RIVAL = "另有安排"
EDIT = "UPDATE finding SET measures = ? WHERE id = ?"


def row_of(unit: str, record: str, values: dict[str, Any]) -> Row:
    """A new finding as its row is."""
    derived = (0, "registered", values["level"], values["deadline"], None)
    return (record, unit, *(values[name] for name in FIELDS), *derived)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_memory() -> float:
    """The most memory this process ever had, in MB; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def raw(home: Path, rows: Sequence[Sequence[Row]], _edits: object, batch: int) -> Figures:
    """The limit: rows that are tuples already, into the ledger's own table, as many at once."""
    home.mkdir()
    with closing(open_database(home)) as db:

        def insert() -> None:
            for at in range(0, len(rows), batch):
                db.execute("BEGIN IMMEDIATE")
                for part in rows[at : at + batch]:
                    db.executemany(INSERT, part)
                db.execute("COMMIT")

        return {"import": timed(insert), "kept": "no edits"}


def session(
    home: Path, rows: Sequence[Sequence[Row]], edits: Sequence[Sequence[Row]], _batch: int
) -> Figures:
    """A school's table and the office's, changesets between them."""
    import apsw

    home.mkdir()
    told: Counter[int] = Counter()

    def table(name: str) -> apsw.Connection:
        db = apsw.Connection(str(home / name))
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16384"):
            db.execute(f"PRAGMA {pragma}")
        db.execute(_schema(home))
        return db

    def record(db: apsw.Connection, sql: str, part: Sequence[Row]) -> tuple[float, bytes]:
        """(seconds to read and pack what was done, the packed changeset)."""
        watch = apsw.Session(db, "main")
        watch.attach()
        with db:
            db.executemany(sql, part)
        start = time.perf_counter()
        packed = zlib.compress(watch.changeset(), 6)
        watch.close()
        return time.perf_counter() - start, packed

    def conflict(reason: int, _change: object) -> int:
        told[reason] += 1
        return int(apsw.SQLITE_CHANGESET_OMIT)

    def apply(changesets: Sequence[tuple[float, bytes]]) -> None:
        for _seconds, packed in changesets:
            apsw.Changeset.apply(zlib.decompress(packed), office, conflict=conflict)

    school, office = table("school.db"), table("office.db")
    first = [record(school, INSERT, part) for part in rows]
    later = [record(school, EDIT, part) for part in edits]
    found: Figures = {
        "export": sum(seconds for seconds, _packed in first),
        "bytes": sum(len(packed) for _seconds, packed in first) / sum(map(len, rows)),
        "import": timed(lambda: apply(first)),
        "again": timed(lambda: apply(first)),
    }
    told.clear()
    with office:
        office.executemany(EDIT, _disputed(edits))
    found["edits"] = timed(lambda: apply(later))
    found["kept"] = f"{told.total()} callbacks, the losing value is gone"
    return found


def geodiff(  # noqa: C901  a peer's whole story in one place
    home: Path, rows: Sequence[Sequence[Row]], edits: Sequence[Sequence[Row]], _batch: int
) -> Figures:
    """The same by files: a base, a school's copy, the office's copy."""
    import pygeodiff

    home.mkdir()
    diff = pygeodiff.GeoDiff()
    diff.set_maximum_logger_level(0)
    schema = _schema(home)

    def written(name: str, *steps: tuple[str, Sequence[Row]]) -> str:
        with closing(sqlite3.connect(home / name)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
                db.executescript(schema)
            for sql, part in steps:
                db.executemany(sql, part)
            db.commit()
        return str(home / name)

    def pack(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
        """A changeset for each (before, after), and it deflated beside it."""
        files = [str(home / f"{name}{at}.diff") for at in range(len(pairs))]
        for (before, after), file in zip(pairs, files, strict=True):
            diff.create_changeset(before, after, file)
            Path(f"{file}.z").write_bytes(zlib.compress(Path(file).read_bytes(), 6))
        return files

    def apply(files: Sequence[str]) -> int:
        """How many of them fail."""
        failed = 0
        for file in files:
            try:
                diff.apply_changeset(office, file)
            except pygeodiff.GeoDiffLibError:
                failed += 1
        return failed

    empty, office = written("empty.db"), written("office.db")
    schools = [written(f"school{at}.db", (INSERT, part)) for at, part in enumerate(rows)]
    found: Figures = {"export": timed(lambda: pack([(empty, one) for one in schools], "first"))}
    first = [str(home / f"first{at}.diff") for at in range(len(rows))]
    found["bytes"] = sum(Path(f"{file}.z").stat().st_size for file in first) / sum(map(len, rows))
    failed: list[int] = []
    found["import"] = timed(lambda: failed.append(apply(first)))
    found["again"] = timed(lambda: failed.append(apply(first)))
    changed = [
        written(f"changed{at}.db", (INSERT, part), (EDIT, edits[at]))
        for at, part in enumerate(rows)
    ]
    later = pack([*zip(schools, changed, strict=True)], "later")
    written("office.db", (EDIT, _disputed(edits)))
    found["edits"] = timed(lambda: failed.append(apply(later)))
    found["kept"] = f"{failed[1]} of {len(rows)} fail again, {failed[2]} of {len(rows)} edits fail"
    return found


def _disputed(edits: Sequence[Sequence[Row]]) -> list[Row]:
    """What the office wrote into the first fifth of the edited cells."""
    return [(RIVAL, row[1]) for part in edits for row in part[: len(part) // 5]]


def _schema(home: Path) -> str:
    """Our table of findings with our indexes, as far as its rows are carried; its key is the id."""
    ours = home / "ours"
    if not ours.exists():
        ours.mkdir()
        open_database(ours).close()
    with closing(sqlite3.connect(ours / "ledger.db")) as db:
        indexes = db.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'finding'"
            " AND sql IS NOT NULL"
        ).fetchall()
    columns = ", ".join(COLUMNS[1:])
    statements = [
        f"CREATE TABLE finding(no INTEGER, id TEXT PRIMARY KEY NOT NULL, {columns})",
        *(sql for (sql,) in indexes),
    ]
    return "; ".join(statements)


PEERS = {"raw": raw, "session": session, "geodiff": geodiff}
