"""The ledger of one unit: every write is a line of the log, then its fold; reads are plain SQL."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from models.ledger import attachments, folding
from models.ledger.database import FILE_NAME, explain
from models.ledger.lines import GENESIS, Line, chain, dump_strict, natural_id, random_name
from models.ledger.rows import Args, read
from models.ledger.search import Initials, behind, catch_up, hits
from models.ledger.segments import ABOVE_ALL, Fresh, Heard, Outcome, Parcel, Segment
from models.ledger.taking import take_line, take_parcels
from models.ledger.versions import ROOMS
from models.ledger.writing import check_taken, line_of, marking, named, time_of_line
from models.records.organisation import Organisation
from models.records.person import Person
from models.records.record import Record, problems_of

R = TypeVar("R", bound=Record)


class Ledger:
    """One open ledger file. It may be used from several threads; a lock lets one in at a time."""

    def __init__(
        self,
        db: sqlite3.Connection,
        home: Path,
        *,
        clock: Callable[[], datetime],
        initials: Initials,
        new_name: Callable[[], str] = random_name,
    ) -> None:
        self._db = db
        self.home = home
        self.clock = clock
        self.initials = initials
        self._new_name = new_name
        self._lock = threading.RLock()
        self._depth = 0
        self._last_t = 0
        db.executescript(ROOMS)

    # ---- who and where -----------------------------------------------------------------------

    @property
    def unit(self) -> str:
        """The code of the unit whose ledger this is; empty before the first run is done."""
        return self.setting("unit")

    @property
    def user(self) -> str:
        """The name of who is working now; it stands in every line."""
        return self.setting("user")

    @property
    def organisation(self) -> Organisation | None:
        """The unit as it describes itself."""
        return self.get(Organisation, natural_id(self.unit, "organisation", (self.unit,)))

    @property
    def is_office(self) -> bool:
        """Whether the unit is an education office, not a school."""
        organisation = self.organisation
        return organisation is not None and organisation.kind == "office"

    def found(self, organisation: Organisation, person: Person) -> None:
        """The first run: this PC, its unit and who works here, in one transaction."""
        code = organisation.code or ""
        with self.transaction():
            kept = {"device": self._new_name(), "unit": code, "user": person.name or ""}
            for key, value in kept.items():
                self.set_setting(key, value)
            self.save(replace(organisation, unit=code))
            self.save(replace(person, unit=code))

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this PC; settings are not synced."""
        row = self.rows("SELECT value FROM setting WHERE key = ?", (key,))
        return str(row[0][0]) if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this PC."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES(?, ?)", (key, value))

    # ---- transactions ------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing of it; may be nested, then the outermost decides."""
        with self._lock:
            if self._depth:
                yield self._db
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._depth += 1
                try:
                    yield self._db
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
                    raise
                finally:
                    self._depth -= 1
            except sqlite3.Error as error:
                raise explain(error, self.home / FILE_NAME) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several queries with no write of ours between them; they wait for no disk."""
        with self._lock:
            try:
                yield self._db
            except sqlite3.DatabaseError as error:
                raise explain(error, self.home / FILE_NAME) from error

    def rows(self, sql: str, args: Args = ()) -> list[Any]:
        """The rows of a query."""
        with self.reading() as db:
            return db.execute(sql, args).fetchall()

    def close(self) -> None:
        """Close the file; nothing is pending, every write was one transaction."""
        with self._lock:
            self._db.close()

    # ---- reading -----------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of this id, or None where there is none or it was deleted."""
        return self.find(kind, id, " AND NOT t.deleted")

    def find(self, kind: type[R], id: str, more: str = "") -> R | None:
        """The record of this id, also where it was deleted."""
        with self.reading() as db:
            found = read(db, kind, f"WHERE t.id = ?{more}", (id,))
        return found[0] if found else None

    def all(self, kind: type[R], /, **equal: str) -> list[R]:
        """The records whose fields equal these, oldest first."""
        where = " AND ".join(["NOT t.deleted", *(f"t.{name} = ?" for name in equal)])
        with self.reading() as db:
            return read(db, kind, f"WHERE {where} ORDER BY t.no", [*equal.values()])

    def hits(self, table: str, words: str, most: int = 500) -> list[int]:
        """Row numbers of the newest records of a type that the words find, newest first."""
        with self.reading() as db:
            if behind(db, table):
                self.catch_up()
            return hits(db, table, words, most)

    def catch_up(self, most: int = ABOVE_ALL) -> int:
        """Index so many rows that imports brought; how many are left. A search does all of it."""
        with self.transaction() as db:
            catch_up(db, self.initials, most)
            return behind(db)

    # ---- writing -----------------------------------------------------------------------------

    def save(self, record: R, seen: R | None = None) -> R:
        """Save the record and return it as it now stands.

        `seen` is the record as the person opened it: only what they changed is written, and it is
        written as an answer to what they saw, not to what may have been merged in meanwhile.
        """
        if problems := problems_of(record):
            raise ValueError(f"unchecked record: {problems}")
        with self.transaction() as db:
            record = named(record, self.unit)
            now = self.tick()
            line = line_of(db, record, seen, now)
            if line is not None:
                op = self.write(record.unit, line, now)
                record = record if record.id else replace(record, id=op)
        return record

    def save_all(self, records: Sequence[R]) -> list[R]:
        """Save them in one transaction."""
        with self.transaction():
            return [self.save(record) for record in records]

    def remove(self, record: Record) -> None:
        """Mark a record as deleted; its history stays, and it can be restored."""
        self._mark(record, 1)

    def restore(self, record: Record) -> None:
        """Bring a deleted record back."""
        self._mark(record, 0)

    def _mark(self, record: Record, deleted: int) -> None:
        with self.transaction() as db:
            now = self.tick()
            line = marking(db, record, deleted, now)
            if line is not None:
                self.write(record.unit, line, now)

    def tick(self) -> int:
        """This PC's clock for the next line; unique within a millisecond, else simply the clock.

        AppError where the clock cannot be right.
        """
        wall = time_of_line(self.clock())
        again = wall <= self._last_t < wall + 999
        self._last_t = self._last_t + 1 if again else wall
        return self._last_t

    def write(self, unit: str, line: Line, now: int) -> str:
        """Append a line of a person's own; RefusedLine where every receiver would refuse it."""
        op = self.append(unit, line, now)
        check_taken(self._db, op, line["e"])
        return op

    def append(self, unit: str, line: Line, now: int) -> str:
        """Write one line to this PC's stream for the unit and fold it; return `stream.seq`.

        In a transaction of the caller. A line that brings its own `u` keeps that author.
        """
        db = self._db
        log_no, log_id, seq, head, role = self._stream(unit)
        whole: Line = {"s": seq + 1, "t": now, "u": self.user, **line}
        text = dump_strict(whole)
        db.execute(
            "UPDATE log SET seq = ?, head = ? WHERE log_no = ?",
            (seq + 1, chain(head, text), log_no),
        )
        part = Fresh(log_no, log_id, unit, [(text, whole)], role)
        take_line(db, self.initials, part)
        return f"{log_id}.{seq + 1}"

    def _stream(self, unit: str) -> tuple[int, str, int, bytes, str]:
        """(number, id, last line, head, role) of this PC's stream for the unit, made at need.

        A stream that was closed is not written any more: what stood there would be void.
        """
        find = (
            "SELECT log_no, log_id, seq, head, role FROM setting JOIN log ON log_id = value"
            " WHERE key = ? AND closed IS NULL"
        )
        row = self._db.execute(find, (f"stream:{unit}",)).fetchone()
        if row is None:
            name, device = self._new_name(), self.setting("device")
            self.set_setting(f"stream:{unit}", name)
            role = "own" if unit == self.unit else "office"
            self._db.execute(
                "INSERT INTO log(log_id, unit, device, role, head) VALUES(?, ?, ?, ?, ?)",
                (name, unit, device, role, GENESIS),
            )
            self.append(unit, {"o": "b", "n": unit, "v": {"device": device}}, self.tick())
            row = self._db.execute(find, (f"stream:{unit}",)).fetchone()
        return row[0], row[1], row[2], bytes(row[3]), row[4]

    # ---- taking in lines of others -----------------------------------------------------------

    def receive(self, segments: Sequence[Segment], heard: Heard | None = None) -> Outcome:
        """Take in segments of streams, in one transaction; the same ones again change nothing.

        `heard` is how far their sender had each stream; then what both sides worked on is counted.
        """
        return self.receive_many([Parcel(segments, heard)])[0]

    def receive_many(self, parcels: Sequence[Parcel]) -> list[Outcome]:
        """The same of several bundles, all or none of them; what became of each."""
        with self.transaction() as db:
            return take_parcels(db, parcels)

    def rebuild(self) -> None:
        """Make every table anew from the log; the result equals what stood there."""
        with self.transaction() as db:
            folding.fold_anew(db)

    def close_stream(self, log_id: str, last: int) -> None:
        """A stream ends at this line: whatever it holds beyond, now or later, is void."""
        with self.transaction() as db:
            if folding.close(db, log_id, last):
                self.rebuild()

    # ---- photos ------------------------------------------------------------------------------

    def attach(self, data: bytes) -> str:
        """Keep a photo made small, and return its SHA-256."""
        small = attachments.shrink(data)
        return self.keep_attachment(small)

    def keep_attachment(self, data: bytes) -> str:
        """Keep these bytes as they are, and return their SHA-256."""
        return attachments.store(self.home, data)

    def photo(self, sha256: str) -> bytes | None:
        """The bytes of a photo, or None where it has not arrived yet."""
        return attachments.fetch(self.home, sha256)
