"""The PCs, the programs on them, the clock of the world, and how every story begins."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

from models.ledger.ledger import Ledger
from models.ledger.rows import COLUMNS
from models.ledger.segments import Segment
from models.records.finding import Finding
from models.records.person import Person
from models.records.training import TrainingSession
from tests.conftest import (
    OFFICE_CODE,
    SCHOOL_CODE,
    a_finding,
    a_school,
    an_office,
    the_initials,
)
from tests.models.ledger.conftest import (
    MIDNIGHT,
    Writer,
    have,
    in_memory,
    segments_of,
)

UNITS = {"a": SCHOOL_CODE, "b": "2137000002", "o": OFFICE_CODE}
PCS = ("a1", "a2", "b1", "b2", "o1", "o2")
FIELDS = ("place", "note", "responsible", "deadline")
VALUES = ("甲", "乙", "丙", None)
YEARS = timedelta(days=30 * 365)
SKEWS = (-YEARS, -timedelta(seconds=1), timedelta(0), timedelta(0), timedelta(hours=1), YEARS)
LINKS = {"finding", "after", "session", "person"}
NOW = dict(COLUMNS)
# The program before it knew of notes and attendance.
OLD = {
    table: tuple(name for name in names if (table, name) != ("finding", "note"))
    for table, names in COLUMNS.items()
    if table != "attendance"
}


@contextmanager
def program(columns: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Let the program know these record types and fields only; all parts share one catalogue."""
    before = dict(COLUMNS)
    COLUMNS.clear()
    COLUMNS.update(columns)
    try:
        yield
    finally:
        COLUMNS.clear()
        COLUMNS.update(before)


@dataclass
class Pc:
    """A PC, the program that runs on it, and how wrong its clock is."""

    name: str
    ledger: Ledger
    columns: Mapping[str, Sequence[str]] = field(default_factory=lambda: NOW)
    skew: timedelta = timedelta(0)
    opened: Finding | None = None

    @property
    def unit(self) -> str:
        return UNITS[self.name[0]]

    @property
    def is_office(self) -> bool:
        return self.name[0] == "o"

    @property
    def is_old(self) -> bool:
        return self.columns is OLD


class World:
    """All PCs, the clock of the world, a stranger for each school, and the post."""

    def __init__(self) -> None:
        self.world = MIDNIGHT
        self.made = 0
        self.pcs: dict[str, Pc] = {}
        self.post: list[list[Segment]] = []
        self.strangers = {who: Writer(f"stranger{who}", UNITS[who]) for who in "ab"}
        self.strangers["o"] = Writer("strangero", UNITS["a"], role="office")
        self.said: set[tuple[str, int, str, str, Any]] = set()
        self.closed: list[tuple[str, str, int]] = []
        self.copies: dict[str, bytes] = {}
        self.forked: set[str] = set()
        self.touched: set[str] = set()
        self.folds: dict[str, Any] = {}
        start = _start()
        self.world = start.world
        self.shared, self.session, self.person = start.shared, start.session, start.person
        for name, image in start.images.items():
            self.pcs[name] = Pc(name, self._copy(name, image))

    def clock_of(self, name: str) -> Callable[[], datetime]:
        def clock() -> datetime:
            self.world += timedelta(milliseconds=1)
            return self.world + self.pcs[name].skew

        return clock

    def _copy(self, name: str, image: bytes) -> Ledger:
        db = connect(":memory:", isolation_level=None)
        db.deserialize(image)
        return Ledger(
            db,
            Path("nowhere"),
            clock=self.clock_of(name),
            initials=the_initials(),
            new_name=self._namer(name),
        )

    def _namer(self, name: str) -> Callable[[], str]:
        def new_name() -> str:
            self.made += 1
            return f"{name}n{self.made}"

        return new_name

    @contextmanager
    def at(self, who: str) -> Iterator[Ledger]:
        """Sit down at a PC: its program runs."""
        self.touched.add(who)
        with program(self.pcs[who].columns):
            yield self.pcs[who].ledger

    def units_of(self, who: str) -> tuple[str, ...]:
        """The units whose streams a PC may be given: a school sees no other's."""
        return tuple(UNITS.values()) if self.pcs[who].is_office else (self.pcs[who].unit,)


def new_ledger(who: str, clock: Callable[[], datetime], name: str) -> Ledger:
    organisation = an_office() if who[0] == "o" else a_school(code=UNITS[who[0]])
    return in_memory(clock, name, organisation, f"某{who}")


@dataclass
class Start:
    """How every story begins: everybody has met once, and has some records in common."""

    world: datetime
    shared: list[str]
    session: str
    person: str
    images: dict[str, bytes]


STARTS: list[Start] = []


def _start() -> Start:
    if not STARTS:
        STARTS.append(_make_start())
    return STARTS[0]


def _make_start() -> Start:
    """Made once, then copied: it would be most of the time of a short story."""
    moment = [MIDNIGHT]

    def clock() -> datetime:
        moment[0] += timedelta(milliseconds=1)
        return moment[0]

    ledgers = {who: new_ledger(who, clock, f"{who}s") for who in PCS}
    shared = [
        ledgers["a1"].save(a_finding(number="1")).id,
        ledgers["o1"].save(a_finding(number="2", unit=UNITS["a"])).id,
        ledgers["b1"].save(a_finding(number="3")).id,
    ]
    session = ledgers["a1"].save(
        TrainingSession(
            topic="消防",
            module="project",
            form="lecture",
            starts=MIDNIGHT,
            ends=MIDNIGHT + timedelta(hours=1),
            hour_rule="m45",
        )
    )
    (person,) = ledgers["a1"].all(Person)
    for _ in range(2):
        for giver in PCS:
            for taker in PCS:
                _give(ledgers[giver], ledgers[taker], taker)
    images = {who: ledger._db.serialize() for who, ledger in ledgers.items()}
    for ledger in ledgers.values():
        ledger.close()
    return Start(moment[0], shared, session.id, person.id, images)


def _give(giver: Ledger, taker: Ledger, who: str) -> None:
    parts = segments_of(giver, have(taker))
    taker.receive([part for part in parts if who[0] == "o" or part.unit == taker.unit])
