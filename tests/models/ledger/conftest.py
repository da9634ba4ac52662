"""What the tests of the ledger share: ledgers in memory, lines of strangers, and the whole fold."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from models.ledger import checklists
from models.ledger.ledger import Ledger
from models.ledger.lines import GENESIS, chain, dump, load
from models.ledger.migrations import schema
from models.ledger.rows import COLUMNS
from models.ledger.segments import Outcome, Segment
from models.ledger.streams import lines_after, streams_of
from models.records.person import Person
from models.templates.five_management import load_template
from tests.conftest import RESOURCES, SCHOOL_CODE, a_finding, a_person, a_school, the_initials

MONTH = "2026-11"
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


class Writer:
    """Writes a stream by hand, line by line, also lines that our program would never write."""

    def __init__(
        self, log_id: str = "stranger", unit: str = SCHOOL_CODE, role: str = "own"
    ) -> None:
        self.log_id, self.unit, self.device, self.role = log_id, unit, "stick", role
        self.texts: list[str] = []
        self.heads = [GENESIS]
        self.write({"o": "b", "n": unit, "v": {"device": self.device}})

    def write(self, line: Mapping[str, Any], t: int | None = None) -> str:
        number = len(self.texts) + 1
        moment = int(MIDNIGHT.timestamp() * 1_000_000) + number if t is None else t
        text = dump({"s": number, "t": moment, "u": "陌生人", **line})
        load(text)
        self.texts.append(text)
        self.heads.append(chain(self.heads[-1], text))
        return f"{self.log_id}.{number}"

    def create(self, table: str, t: int | None = None, **answers: Any) -> str:
        return self.write({"o": "c", "e": table, "n": self.unit, "v": answers}, t)

    def update(self, table: str, record: str, t: int | None = None, **versions: Any) -> str:
        return self.write({"o": "u", "e": table, "i": record, "v": versions}, t)

    def segment(self, first: int = 1, last: int | None = None) -> Segment:
        last = last or len(self.texts)
        return Segment(
            self.log_id,
            self.unit,
            self.device,
            first,
            self.heads[first - 1],
            self.heads[last],
            tuple(self.texts[first - 1 : last]),
            self.role,
        )


def far(seconds: int) -> int:
    """A moment as lines have it, so many seconds after midnight."""
    return int((MIDNIGHT + timedelta(seconds=seconds)).timestamp() * 1_000_000)


def have(ledger: Ledger) -> dict[str, int]:
    """How far the ledger has come with each stream."""
    return dict(ledger.rows("SELECT log_id, seq FROM log WHERE seq > 0"))


def segments_of(ledger: Ledger, after: Mapping[str, int] | None = None) -> list[Segment]:
    """All lines of all streams behind these numbers."""
    found = []
    roles = dict(ledger.rows("SELECT log_id, role FROM log"))
    for (unit,) in ledger.rows("SELECT DISTINCT unit FROM log WHERE seq > 0 ORDER BY unit"):
        for stream in streams_of(ledger, unit):
            seq = (after or {}).get(stream.log_id, 0)
            if seq < stream.seq:
                prev, lines = lines_after(ledger, stream, seq)
                found.append(
                    Segment(
                        stream.log_id,
                        unit,
                        stream.device,
                        seq + 1,
                        prev,
                        stream.head,
                        lines,
                        roles[stream.log_id],
                    )
                )
    return found


def give(giver: Ledger, taker: Ledger) -> Outcome:
    """Hand over what the taker lacks."""
    return taker.receive(segments_of(giver, have(taker)))


def single_lines(segments: Iterable[Segment]) -> list[Segment]:
    """The same lines, each as a segment of its own."""
    pieces = []
    for part in segments:
        head = part.prev
        for number, text in enumerate(part.lines, start=part.first):
            after = chain(head, text)
            pieces.append(
                Segment(
                    part.log_id, part.unit, part.device, number, head, after, (text,), part.role
                )
            )
            head = after
    return pieces


def fold_of(ledger: Ledger) -> dict[str, list[Any]]:
    """Everything that is derived from the log, without the row numbers of this file."""
    derived = ", r.now_state, r.now_level, r.now_deadline, r.now_rectified, r.now_closed"
    found = {
        table: ledger.rows(
            f"SELECT r.id, r.unit, l.log_id, r.c_seq, r.c_t, {', '.join(f'r.{n}' for n in names)},"
            f" r.extra, r.deleted{derived if table == 'finding' else ''}"
            f" FROM {table} r JOIN log l ON l.log_no = r.c_log ORDER BY r.id"
        )
        for table, names in COLUMNS.items()
    }
    for table, columns in {
        "cell": "*",
        "conflict": "*",
        "refused": "*",
        "sup": "*",
        "hist": "log_id, seq, field, id, n, t, old, val, base_log, base_seq, seen",
        "pend": "type, log_id, seq, t, id, field, n, old, val, base_log, base_seq, merges, seen",
    }.items():
        rows = ledger.rows(f"SELECT {columns} FROM {table}")
        found[table] = sorted(rows, key=repr)
    return found


def lost_silently(ledger: Ledger) -> list[Any]:
    """Accepted versions that neither stand, nor were seen by a later author, nor are shown."""
    same = "x.id = h.id AND x.field = h.field AND x.log_id = h.log_id AND x.seq = h.seq"
    nowhere = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} x WHERE {same})"
        for table in ("sup", "cell", "conflict")
    )
    return ledger.rows(
        "SELECT h.id, h.field, h.log_id, h.seq FROM hist h JOIN log l USING(log_no)"
        f" WHERE h.seq <= ifnull(l.closed, h.seq) AND {nowhere}"
    )


def _blank() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply(Database(db))
    return db


_TEMPLATE: list[sqlite3.Connection] = []


def in_memory(
    clock: Callable[[], datetime], name: str, organisation: Any = None, user: str = "李安全"
) -> Ledger:
    """A founded ledger without a file; its streams are called name0, name1 and so on."""
    if not _TEMPLATE:
        _TEMPLATE.append(_blank())
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _TEMPLATE[0].backup(db)
    names = iter(range(1000))
    ledger = Ledger(
        db,
        Path("nowhere"),
        clock=clock,
        initials=the_initials(),
        new_name=lambda: f"{name}{next(names)}",
    )
    ledger.found(organisation or a_school(), a_person(user))
    return ledger


def meet(*pcs: Ledger) -> None:
    """Everybody gives everybody what they have, until all have heard all."""
    for _again in range(2):
        for giver in pcs:
            for taker in pcs:
                if giver is not taker:
                    give(giver, taker)


@pytest.fixture
def stranger() -> Writer:
    return Writer()


@pytest.fixture(scope="module")
def template():
    return load_template(RESOURCES / "checklists" / "five_management.json")


@pytest.fixture
def blank(ledger, template):
    return checklists.new_sheet(ledger, template, MONTH)


@pytest.fixture
def lines(ledger, template):
    return {line.id: line for line in template.lines(ledger.organisation.stages)}


@pytest.fixture
def kept(ledger):
    """Who stands for both once two of one name are merged."""
    return ledger.save(Person(name="张伟", department="教务处", state="active"))


@pytest.fixture
def gone(ledger):
    """Who is merged into `kept`."""
    roles = frozenset({"trainee"})
    return ledger.save(Person(name="张　伟", post="干事", roles=roles, state="active"))


@pytest.fixture
def pcs(clock):
    """Three PCs of a school that all have the same finding."""
    made = [in_memory(clock, name, user=f"某{name}") for name in ("one", "two", "three")]
    made[0].finding = made[0].save(a_finding(number="2026-0012", note="旧"))
    meet(*made)
    yield made
    for ledger in made:
        ledger.close()
