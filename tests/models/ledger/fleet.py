"""Two schools with two PCs each and their office with two: ledgers in memory, and the post.

What can happen to them is a method here; `machine.py` lets Hypothesis choose what does, and
`test_properties.py` tells short stories. After each, `check` holds every ledger that was touched
against the oracle.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

from models.ledger import findings, training
from models.ledger.branches import Fork, adopt_branch, own_forks
from models.ledger.compact import unpack
from models.ledger.conflicts import conflicts, count_conflicts, decide
from models.ledger.ledger import Ledger
from models.ledger.lines import chain, dump, natural_id
from models.ledger.rows import COLUMNS, read
from models.ledger.segments import Segment
from models.ledger.streams import head_of, lines_after, own_streams, streams_of
from models.ledger.undo import mark_import, undo_import
from models.ledger.upgrade import catch_up
from models.problems import AppError
from models.records.finding import Finding, FindingStep
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from models.records.record import Record, plain_of
from models.records.training import TrainingSession
from models.records.workflow import NEXT_STEPS, step_problems
from tests.conftest import (
    OFFICE_CODE,
    SCHOOL_CODE,
    a_finding,
    a_school,
    a_step,
    an_office,
    the_initials,
)
from tests.models.ledger.conftest import (
    MIDNIGHT,
    Writer,
    fold_of,
    have,
    in_memory,
    lost_silently,
    single_lines,
)
from tests.models.ledger.oracle import OFFICE_ASKS, Op, lines_of, meaning_of, right_n, tables_of

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


class Fleet:
    """All PCs, the clock of the world, a stranger for each school, and the post."""

    def __init__(self) -> None:
        self.world = MIDNIGHT
        self.made = 0
        self.pcs: dict[str, Pc] = {}
        self.post: list[list[Segment]] = []
        self.strangers = {who: Writer(f"stranger{who}", UNITS[who]) for who in "ab"}
        self.strangers["o"] = Writer("strangero", UNITS["a"], role="office")
        self.said: set[tuple[str, int, str, str, Any]] = set()
        self.gone: set[str] = set()
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

    # ---- the world -------------------------------------------------------------------------------

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

    # ---- work ------------------------------------------------------------------------------------

    def finding(self, who: str, pick: int) -> Finding | None:
        """A finding that this PC has, the shared ones more often; deleted ones too."""
        with self.at(who) as ledger:
            rows = ledger.rows("SELECT id FROM finding ORDER BY id")
            here = [record for (record,) in rows]
            known = [record for record in self.shared if record in here] * 2 + here
            return self.read(who, known[pick % len(known)]) if known else None

    def read(self, who: str, record: str) -> Finding:
        """A finding as it stands, deleted or not."""
        with self.at(who) as ledger, ledger.reading() as db:
            return read(db, Finding, "WHERE t.id = ?", (record,))[0]

    def create(self, who: str, school: str = "a") -> Finding:
        """A finding of this school, by itself or by the office."""
        unit = UNITS[school] if self.pcs[who].is_office else self.pcs[who].unit
        with self.at(who) as ledger:
            return findings.register(ledger, a_finding(unit=unit))

    def edit(self, who: str, record: str, name: str, value: Any, look: bool = True) -> None:
        """What is changed with knowledge of what stood there stands, whatever the clocks say."""
        pc = self.pcs[who]
        if name not in pc.columns["finding"]:
            return
        with self.at(who) as ledger:
            seen, disputed = self.read(who, record), self.disputed(who, record, name)
            wanted = changed(seen, name, value)
            free = all(self.may(who, record, other) for other in ("note", "deadline"))
            look = look or pc.is_old or not free
            if plain_of(wanted) != plain_of(seen) and not self.may(who, record, name):
                self.refused(who, lambda: ledger.save(wanted, seen))
                return
            with self.written(who) as lines:
                ledger.save(wanted, seen if look else None)
            after = self.read(who, record)
            assert after == wanted
            assert self.disputed(who, record, name) == disputed, "what one saw is no conflict"
            assert not look or all(list(line["v"]) == [name] for line in lines)
            self._say(who, "finding", after, name)

    def may(self, who: str, record: str, name: str) -> bool:
        """Whether a PC has the right to change this field of a finding, or to delete it."""
        ((role,),) = self.pcs[who].ledger.rows(
            "SELECT l.role FROM finding r JOIN log l ON l.log_no = r.c_log WHERE r.id = ?",
            (record,),
        )
        if self.pcs[who].is_office:
            return bool(role == "office")
        return role != "office" or name not in OFFICE_ASKS | {"_deleted"}

    def refused(self, who: str, deed: Callable[[], object]) -> None:
        """What one has no right to is not written at all, and one is told."""
        before = self.holding(who)
        try:
            deed()
        except ValueError as error:
            assert "rights" in str(error)  # noqa: PT017
        else:
            raise AssertionError("it was written all the same")
        assert self.holding(who) == before

    @contextmanager
    def written(self, who: str) -> Iterator[list[dict[str, Any]]]:
        """The lines that are written meanwhile; each bears the time that the PC's clock says."""
        ledger, found = self.pcs[who].ledger, []
        before = have(ledger)
        start = self.world + self.pcs[who].skew
        yield found
        end = self.world + self.pcs[who].skew + timedelta(milliseconds=1)
        for log_id, seq, text in ledger.rows(
            "SELECT l.log_id, o.seq, o.line FROM op o JOIN log l ON l.log_no = o.log_no"
        ):
            line = unpack(text)
            if seq > before.get(log_id, 0) and line["o"] != "b":
                assert start.timestamp() * 1e6 <= line["t"] < end.timestamp() * 1e6
                found.append(line)

    def disputed(self, who: str, record: str, name: str) -> list[Any]:
        """The versions of a field that wait for a decision here."""
        return self.pcs[who].ledger.rows(
            "SELECT log_id, seq FROM conflict WHERE id = ? AND field = ?", (record, name)
        )

    def _say(self, who: str, table: str, record: Record, name: str) -> None:
        """A person saw this on the screen as saved: it may never be lost from history."""
        assert table == record.table
        value = plain_of(record)[name]
        ledger = self.pcs[who].ledger
        rows = ledger.rows(
            "SELECT log_id, seq FROM cell WHERE id = ? AND field = ? AND val IS ?",
            (record.id, name, value),
        )
        self.said.update((log_id, seq, record.id, name, value) for log_id, seq in rows)

    def at_once(self, record: str, name: str, values: Mapping[str, Any]) -> None:
        """Several people edit a field at the same moment, without having met."""
        moment = self.world
        for who, value in values.items():
            self.world = moment
            self.edit(who, record, name, value)

    def open_form(self, who: str, pick: int) -> None:
        self.pcs[who].opened = self.finding(who, pick)

    def save_form_opened_long_ago(self, who: str, name: str, value: Any) -> None:
        """Only what the person changed is written, as an answer to what they saw."""
        seen = self.pcs[who].opened
        if seen is None or name not in self.pcs[who].columns["finding"]:
            return
        with self.at(who) as ledger:
            before, wanted = self.read(who, seen.id), changed(seen, name, value)
            if plain_of(wanted) != plain_of(seen) and not self.may(who, seen.id, name):
                return
            with self.written(who) as lines:
                ledger.save(wanted, seen)
            after = self.read(who, seen.id)
            for other in set(FIELDS) - {name}:
                assert getattr(after, other) == getattr(before, other)
            for line in lines:
                (old, new, *_rest) = line["v"].pop(name)
                shown = plain_of(Finding.of_plain({name: old}, id="", unit=""))
                assert (shown[name], new) == (plain_of(seen)[name], plain_of(wanted)[name])
                assert not line["v"], "only what was changed is written"

    def form_overtaken(
        self, who: str, other: str, record: str, name: str, rnd: random.Random
    ) -> None:
        """While a form is open somebody else's work comes in."""
        if not (self.holds(who, record) and self.holds(other, record)):
            return
        self.pcs[who].opened = self.read(who, record)
        for changing in {name, rnd.choice(FIELDS)}:
            self.edit(other, record, changing, rnd.choice(VALUES))
        self.hand_over(other, who)
        self.save_form_opened_long_ago(who, name, rnd.choice(VALUES))

    def delete_or_restore(self, who: str, record: str, back: bool) -> None:
        with self.at(who) as ledger:
            finding = self.read(who, record)
            seen = dict(
                ledger.rows(
                    "SELECT log_id, seq FROM log WHERE unit = ? AND seq > 0", (finding.unit,)
                )
            )
            mark = ledger.restore if back else ledger.remove
            is_there = ledger.get(Finding, record) is not None
            # an office restores nothing of a school's, but a school what it deleted itself
            its_own = back and not self.pcs[who].is_office
            if is_there != back and not its_own and not self.may(who, record, "_deleted"):
                self.refused(who, lambda: mark(finding))
                return
            with self.written(who) as lines:
                mark(finding)
            assert (ledger.get(Finding, record) is not None) == back
            assert all(line.get("k") == seen for line in lines)

    def step(self, who: str, record: str, kind: int) -> None:
        """A step that the rules allow: it never competes with another's step."""
        finding = self.read(who, record)
        with self.at(who) as ledger:
            kinds = NEXT_STEPS[findings.standing(ledger, finding).state]
            step = a_step(kinds[kind % len(kinds)], person=f"某{who}")
            if step_problems(finding, findings.steps(ledger, finding), step):
                return
            taken = findings.take_step(ledger, finding, step)
            assert ledger.get(FindingStep, taken.id) == taken

    def answer(self, who: str, line: int, value: str | None) -> str:
        """Both PCs of a school fill the same line of the same sheet without having met."""
        with self.at(who) as ledger:
            given = ChecklistAnswer(checklist="k.s.1", line=f"line{line}", response=value)
            saved = ledger.save(given)
            assert ledger.get(ChecklistAnswer, saved.id) == saved
            self._say(who, "checklist_answer", saved, "response")
            return saved.id

    def attend(self, who: str, status: str) -> None:
        """Mark how somebody attended; an empty mark takes it back."""
        if who[0] != "a" or self.pcs[who].is_old:
            return
        with self.at(who) as ledger:
            session = ledger.get(TrainingSession, self.session)
            person = ledger.get(Person, self.person)
            if session is None or person is None:
                return
            training.mark_attendance(ledger, session, person, status)
            marks = training.attendance_of(ledger, session)
            assert (marks[person.id].status if person.id in marks else "") == status

    # ---- decisions -------------------------------------------------------------------------------

    def decide(self, who: str, pick: int) -> tuple[str, str] | None:
        """A person chooses one of the values, or another; the question is answered by that."""
        with self.at(who) as ledger:
            open_ = conflicts(ledger)
            if not open_:
                return None
            asked = open_[pick % len(open_)]
            values = [asked.standing.value, *(side.value for side in asked.others), "丁"]
            value = pick % 2 if asked.kind == "deleted" else values[pick % len(values)]
            before = self.holding(who)
            try:
                decide(ledger, asked, value)
            except ValueError:
                assert self.holding(who) == before
                return None
            place = asked.record, asked.field
            assert place not in {(other.record, other.field) for other in conflicts(ledger)}
            return place

    def close_stream(self, pick: int, back: int) -> None:
        """A PC is lost: what its stream holds beyond some line counts no more."""
        streams = [
            stream
            for unit in (UNITS["a"], UNITS["b"])
            for stream in streams_of(self.pcs["o1"].ledger, unit)
        ]
        again = {log_id for _unit, log_id, _last in self.closed} if pick % 3 == 0 else set()
        streams = [stream for stream in streams if stream.log_id in again] or streams
        stream = streams[pick % len(streams)]
        self.closed.append((stream.unit, stream.log_id, max(0, stream.seq - back)))

    def goes_on_after_being_closed(self, who: str, record: str, back: int) -> None:
        """Whoever is told that its stream has ended writes another one."""
        unit = UNITS["a"] if self.pcs[who].is_office else self.pcs[who].unit
        with self.at(who) as ledger:
            log_id = ledger.setting(f"stream:{unit}")
            if not log_id or not self.holds(who, record):
                return
            self.closed.append((unit, log_id, max(0, have(ledger)[log_id] - back)))
            self.hear_closed(who)
            self.check()
            self.edit(who, record, "note", "又写")
            if self.pcs[who].columns is NOW and self.may(who, record, "note"):
                assert self.read(who, record).note == "又写"

    def taken_away_and_brought_back(self, office: str, school: str) -> None:
        """An office takes back what it found; the school finds that it is still there."""
        record = self.shared[1]
        if self.holds(office, record) and self.holds(school, record):
            self.delete_or_restore(school, record, False)
            self.delete_or_restore(office, record, False)
            self.hand_over(office, school)
            self.delete_or_restore(school, record, True)

    def written_on_after_delete(self, who: str, other: str, rnd: random.Random) -> None:
        """Somebody deletes what somebody else goes on with, and is asked whether to leave it so."""
        record = self.shared[0]
        if not (self.holds(who, record) and self.holds(other, record)):
            return
        self.delete_or_restore(who, record, True)
        self.delete_or_restore(other, record, True)
        self.delete_or_restore(who, record, False)
        self.edit(other, record, rnd.choice(FIELDS), rnd.choice(VALUES))
        self.step(other, record, rnd.randint(0, 2))
        self.hand_over(other, who)
        self.check()
        for _ in range(3):
            self.decide(who, rnd.randint(0, 99))
            self.check()

    def news_travels(self, who: str, other: str, third: str, name: str, rnd: random.Random) -> None:
        """A new finding, what somebody else says of it, and whoever hears both in any order."""
        finding = self.create(who)
        self.hand_over(who, other)
        if self.holds(other, finding.id):
            self.edit(other, finding.id, name, rnd.choice(VALUES))
        self.hand_over_in_pieces(other, third, rnd)

    def both_mark_attendance(self, rnd: random.Random) -> None:
        """On two PCs of a school, one of which may take a mark back while the other changes it."""
        who, other = rnd.sample(("a1", "a2"), 2)
        self.attend(who, "present")
        self.hand_over(who, other)
        self.attend(who, "")
        self.attend(other, "late")
        self.hand_over(other, who)
        self.check()
        for _ in range(rnd.randint(0, 4)):
            who, other = rnd.sample(("a1", "a2"), 2)
            self.attend(who, rnd.choice(("present", "late", "")))
            if rnd.random() < 0.4:
                self.hand_over(who, other)
            self.check()

    def hear_closed(self, who: str) -> None:
        """The registry tells which streams end where; also before any line of them is here."""
        for unit, log_id, last in self.closed:
            if unit in self.units_of(who):
                with self.at(who) as ledger:
                    ledger.close_stream(log_id, last)
        told = dict(self.pcs[who].ledger.rows("SELECT log_id, closed FROM log"))
        for unit, log_id, _last in self.closed:
            if unit in self.units_of(who):
                assert told[log_id] == min(end for _unit, log, end in self.closed if log == log_id)

    # ---- strangers -------------------------------------------------------------------------------

    def stranger_answers(  # noqa: C901  one draw after another
        self, record: str, name: str, rnd: random.Random
    ) -> None:
        """Versions written by hand: upon any others, with any clock, honest and not."""
        for _ in range(rnd.randint(2, 6)):
            school = "b" if record == self.shared[2] else rnd.choice("aao")
            found = meaning_of(lines_of(self.pcs["o1"].ledger), NOW)
            known = {found.rows[record].op: (0, found.rows[record].t)}
            known |= {v.op: (v.n, v.t) for v in found.accepted.get((record, name), ())}
            ops = rnd.sample(sorted(known), min(rnd.choice((1, 1, 1, 2, 3)), len(known)))
            moments = [t for _n, t in known.values()]
            t = max(0, rnd.choice(moments) + rnd.choice((-(10**6), -1, 0, 0, 0, 1, 10**15)))
            right = n = right_n([known[op] for op in ops], t)
            kind = rnd.choice(("right", "right", "small", "large", "unknown", "foreign", "first"))
            if kind == "small":
                n = max(0, right - 1)
            elif kind == "large":
                n = right + rnd.choice((1, 10**9))
            elif kind == "unknown":
                ops.insert(rnd.randint(0, len(ops)), ("nobody", 5))
            elif kind == "first":
                n = right_n([known[op] for op in ops[:1]], t)
            elif kind == "foreign":
                others = [
                    version
                    for place, versions in found.accepted.items()
                    if (name in place) != (record in place)
                    for version in versions
                ]
                if others:
                    other = rnd.choice(others)
                    ops, n = [other.op], right_n([(other.n, other.t)], t)
            merges = [list(map(_op, ops[1:]))] * (len(ops) > 1)
            # the same clock and the same base a second time: the number of the line decides
            for value in ("陌", "生")[: rnd.randint(1, 2)]:
                version = [None, value, n, _op(ops[0]), *merges]
                self.strangers[school].update("finding", record, t, **{name: version})
            for who in ("o1", rnd.choice(("o2", "b1") if school == "b" else ("o2", "a1", "a2"))):
                self.hear_stranger(who, school)
            self.check()

    def quarrel(self, record: str, name: str, rnd: random.Random) -> None:
        """Those who share a finding work on one field of it, meeting now and then."""
        cast = ("b1", "b2", "o1") if record == self.shared[2] else ("a1", "a2", "o1", "o2")
        cast = tuple(who for who in cast if self.holds(who, record))
        deeds: list[Callable[[str], object]] = [
            lambda who: self.edit(who, record, name, rnd.choice(VALUES), rnd.random() < 0.5),
            lambda who: self.edit(who, record, name, rnd.choice(VALUES)),
            lambda who: self.edit(who, record, rnd.choice(FIELDS), rnd.choice(VALUES)),
            lambda who: self.hand_over(who, rnd.choice(cast)),
            lambda who: self.hand_over(who, rnd.choice(cast)),
            lambda who: self.set_clock(who, rnd.choice(SKEWS)),
            lambda who: self.decide(who, rnd.randint(0, 99)),
            lambda who: self.hear_stranger(who, "b" if cast[0][0] == "b" else "a"),
            lambda who: self.stranger_answers(record, name, rnd),
            lambda who: self.strangers_talk(rnd),
            lambda who: self.form_overtaken(who, rnd.choice(cast), record, name, rnd),
            lambda who: self.delete_or_restore(who, record, rnd.random() < 0.5),
        ]
        for _ in range(rnd.randint(3, 12) if cast else 0):
            rnd.choice(deeds)(rnd.choice(cast))
            self.check()

    def holds(self, who: str, record: str) -> bool:
        return bool(self.pcs[who].ledger.rows("SELECT 1 FROM finding WHERE id = ?", (record,)))

    def strangers_talk(self, rnd: random.Random) -> None:
        """All that a strange PC may say besides, told to an office."""
        for school in "abo":
            self.stranger_talks_of_nothing(rnd.randint(0, 5), school)
            self.newer_program(rnd.randint(0, 3), school)
        for kind in rnd.sample(range(6), 3):
            self.out_of_scope(kind)
        for school in rnd.sample("abo", 3):
            self.hear_stranger(rnd.choice(("o1", "o2")), school)

    def stranger_talks_of_nothing(self, kind: int, school: str = "a") -> None:
        """Bases and records that nobody has, or not yet."""
        writer = self.strangers[school]
        later = len(writer.texts) + 3
        record = self.shared[2] if school == "b" else self.shared[0]
        lines = (
            ("finding", record, "nobody.5"),
            ("finding", "nobody.7", "nobody.7"),
            ("finding", f"{writer.log_id}.{later}", f"{writer.log_id}.{later}"),
            ("person", record, record),
            ("finding", f"{writer.log_id}.1", f"{writer.log_id}.1"),
            ("finding", f"{writer.log_id}.0", f"{writer.log_id}.0"),
        )
        table, about, base = lines[kind % len(lines)]
        writer.update(table, about, note=[None, "空", 1, base])

    def newer_program(self, kind: int, school: str = "a") -> None:
        """Fields and record types that this program does not know yet."""
        writer = self.strangers[school]
        if kind == 0:
            writer.create("finding", **plain(a_finding()), mood="好", weather=3)
        elif kind == 1:
            writer.create("drill", topic="疏散")
        elif kind == 2:
            record = self.shared[2] if school == "b" else self.shared[0]
            row = self.pcs["o1"].ledger.rows("SELECT c_t FROM finding WHERE id = ?", (record,))
            t = row[0][0] + 5 + len(writer.texts)
            fields = {name: [None, f"好{t}", 0, record] for name in ("mood", "weather")}
            writer.update("finding", record, t, **fields)
        else:
            writer.update("drill", "k.x.1", topic=[None, "疏散", 0, "0.0"])

    def out_of_scope(self, kind: int) -> None:
        """What nobody may say: of another school's records, of another type, against the rights.

        It is refused wherever it comes to, and does no harm.
        """
        natural = natural_id(UNITS["a"], "checklist_answer", ("k.s.1", f"line{kind % 2}"))
        if kind == 0:
            line = {"o": "c", "e": "finding", "n": UNITS["a"], "v": plain(a_finding())}
            self.strangers["b"].write(line)
        elif kind == 1:
            record = self.shared[0]
            version = [None, "外校", 0, record]
            self.strangers["b"].update("finding", record, far_ahead(), note=version)
        elif kind == 2:
            version = [None, "外校", 0, "0.0"]
            self.strangers["b"].update("checklist_answer", natural, response=version)
        elif kind == 3:
            self.strangers["a"].update("person", natural, name=[None, "假", 0, "0.0"])
        elif kind == 4:
            self.strangers["o"].create("person", name="局派")
        else:
            version = [None, "局填", 0, "0.0"]
            self.strangers["o"].update("checklist_answer", natural, response=version)

    # ---- the post --------------------------------------------------------------------------------

    def parcels(
        self, who: str, units: Collection[str], after: Mapping[str, int] | None = None
    ) -> list[Segment]:
        """The lines a PC has of these units, behind these numbers."""
        ledger = self.pcs[who].ledger
        roles = dict(ledger.rows("SELECT log_id, role FROM log"))
        found = []
        for unit in units:
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

    def receive(self, who: str, segments: Sequence[Segment]) -> Any:
        """A PC takes in what concerns it, and what others have of its own streams first."""
        mine = [part for part in segments if part.unit in self.units_of(who)]
        with self.at(who) as ledger:
            if forks := own_forks(ledger, mine):
                before = said_by_itself(ledger)
                adopt_branch(ledger, mine)
                self._has_said_it_again(who, forks, before)
            return ledger.receive(mine)

    def _has_said_it_again(
        self, who: str, forks: Sequence[Fork], before: Counter[tuple[Any, ...]]
    ) -> None:
        """Nothing of the branch that gave way is lost: it stands in another stream now."""
        ledger = self.pcs[who].ledger
        gone = {
            (fork.stream.log_id, seq)
            for fork in forks
            for seq in range(fork.common + 1, fork.stream.seq + 1)
        }
        kept = ledger.rows("SELECT log_id, seq FROM replaced")
        assert gone <= set(kept)
        streams = ledger.rows("SELECT value FROM setting WHERE key LIKE 'stream:%'")
        assert not {(fork.stream.log_id,) for fork in forks} & set(streams)
        lost = before - said_by_itself(ledger)
        assert not lost, f"not said again: {lost}"
        # the numbers that were taken are somebody else's words now
        self.said = {said for said in self.said if said[:2] not in gone}

    def hand_over(self, giver: str, taker: str) -> Any:
        """Hand over what the taker lacks."""
        return self.receive(taker, self.lacking(giver, taker))

    def lacking(self, giver: str, taker: str) -> list[Segment]:
        """What the taker has not; the whole stream where it has another branch of it."""
        ours, theirs = self.pcs[giver].ledger, self.pcs[taker].ledger
        upto, lacking = have(ours), have(theirs)
        for log_id in self.forked & upto.keys() & lacking.keys():
            both = min(upto[log_id], lacking[log_id])
            if head_of(ours, log_id, both) != head_of(theirs, log_id, both):
                lacking[log_id] = 0
        return self.parcels(giver, self.units_of(taker), lacking)

    def hand_over_in_pieces(self, giver: str, taker: str, rnd: random.Random) -> None:
        """What the taker lacks, cut into pieces that overlap, in any order, one at a time."""
        pieces = []
        for part in self.lacking(giver, taker):
            singles = single_lines([part])
            for at in range(len(singles)):
                upto = min(len(singles), at + rnd.choice((1, 1, 2, 4)))
                joined = [piece.lines[0] for piece in singles[at:upto]]
                pieces.append(
                    replace(singles[at], lines=tuple(joined), head=singles[upto - 1].head)
                )
        rnd.shuffle(pieces)
        for piece in pieces:
            self.receive(taker, [piece])
            if len(pieces) < 20 or rnd.random() < 0.1:
                self.check()

    def hear_stranger(self, who: str, school: str) -> Any:
        return self.receive(who, [self.strangers[school].segment()])

    def send(self, who: str, cut: int) -> None:
        """Something for the post: everything, or the last lines of each stream."""
        after = {
            log_id: max(0, seq - cut) if cut else 0
            for log_id, seq in have(self.pcs[who].ledger).items()
        }
        self.post.append(self.parcels(who, UNITS.values(), after))

    def deliver(self, who: str, pick: int, rnd: random.Random) -> None:
        """Any bundle ever sent may arrive, again, in pieces, in any order, and not all of them."""
        pieces = self.post[pick % len(self.post)]
        if rnd.random() < 0.5:
            pieces = single_lines(pieces)
        pieces = rnd.sample(pieces, rnd.randint(0, len(pieces)))
        if rnd.random() < 0.5:
            self.receive(who, pieces)
            return
        for piece in pieces:
            self.receive(who, [piece])
            self.check()

    def deliver_forged(self, who: str, pick: int, longer: bool) -> None:
        """A copy in which a line was changed that this PC has: told, and nothing of it applied."""
        ledger = self.pcs[who].ledger
        parts = self.parcels(who, self.units_of(who))
        part = parts[pick % len(parts)]
        at = pick % len(part.lines)
        lines = [
            *part.lines[:at],
            part.lines[at].replace('"u":"', '"u":"假'),
            *part.lines[at + 1 :],
        ]
        if longer:
            lines.append(
                dump(
                    {
                        "s": len(lines) + 1,
                        "t": 0,
                        "u": "",
                        "o": "c",
                        "e": "finding",
                        "n": part.unit,
                        "v": plain(a_finding()),
                    }
                )
            )
        forged = segment_of(part, lines)
        before = have(ledger)
        outcome = ledger.receive([forged])  # unsigned: never taken for a branch of its own
        assert outcome.counts["forked"] == len(lines)
        if at < len(part.lines) - 1:
            # what follows upon the forged line does not fit upon ours either
            outcome = ledger.receive(single_lines([forged])[at + 1 :])
            assert outcome.counts["forked"]
        assert have(ledger) == before
        assert (part.log_id, forged.head) in ledger.rows("SELECT log_id, head FROM fork")

    # ---- PCs come and go -------------------------------------------------------------------------

    def make_old(self, who: str) -> None:
        """This PC has not had the program's last update: it never knew of notes."""
        self.pcs[who].columns = OLD
        with self.at(who) as ledger:
            catch_up(ledger)

    def update_program(self, who: str) -> None:
        """What was kept for the newer program is applied."""
        self.pcs[who].columns = NOW
        with self.at(who) as ledger:
            catch_up(ledger)

    def reimage(self, who: str, rnd: random.Random) -> None:
        """A PC begins anew; what it had given nobody is gone, the rest the others give back."""
        old = self.pcs[who]
        self.gone |= {
            log for (log,) in old.ledger.rows("SELECT value FROM setting WHERE key LIKE 'stream:%'")
        }
        old.ledger.close()
        self.made += 1
        self.pcs[who] = Pc(who, new_ledger(who, self.clock_of(who), f"{who}n{self.made}n"))
        self.copies.pop(who, None)
        # an office first: of a stream that was written twice it has the branch that counts
        for giver in sorted(rnd.sample(PCS, len(PCS)), key=lambda name: name[0] != "o"):
            if giver != who:
                self.hand_over_in_pieces(giver, who, rnd)

    def copy(self, who: str) -> None:
        self.copies[who] = self.pcs[who].ledger._db.serialize()

    def put_back(self, who: str) -> None:
        """An old copy takes the place of the ledger, after all was handed over, and nobody knows.

        What the PC writes from now on stands under numbers that are taken.
        """
        if who not in self.copies:
            return
        pc = self.pcs[who]
        for taker in PCS:
            if taker != who and pc.unit in self.units_of(taker):
                self.hand_over(taker, who)  # it may have been put back before
                self.hand_over(who, taker)
        with self.at(who) as ledger:
            self.forked.update(stream.log_id for stream in own_streams(ledger))
            ledger.close()
        pc.ledger, pc.opened = self._copy(who, self.copies[who]), None
        with self.at(who) as ledger:
            catch_up(ledger)

    def live_twice(self, who: str, rnd: random.Random) -> None:
        """Work, then the same time again on an old copy, as if the first had never been."""
        self.copy(who)
        self.work_a_little(who, rnd)
        self.put_back(who)
        self.work_a_little(who, rnd)
        self.check()
        for giver in rnd.sample(PCS, len(PCS)):
            if giver != who:
                self.hand_over(giver, who)

    def work_a_little(self, who: str, rnd: random.Random) -> None:
        """A new finding and what follows upon it, among other things."""
        new = self.create(who).id
        deeds: list[Callable[[], object]] = [
            lambda: self.edit(who, new, rnd.choice(FIELDS), rnd.choice(VALUES)),
            lambda: self.edit(who, new, rnd.choice(FIELDS), rnd.choice(VALUES)),
            lambda: self.step(who, new, rnd.randint(0, 2)),
            lambda: self.set_clock(who, rnd.choice(SKEWS)),
            lambda: self.delete_or_restore(who, new, rnd.random() < 0.5),
            lambda: self.answer(who, rnd.randint(0, 1), rnd.choice(VALUES)),
            lambda: self.decide(who, rnd.randint(0, 99)),
        ]
        for _ in range(rnd.randint(1, 6)):
            rnd.choice(deeds)()

    def undo(self, giver: str, taker: str) -> None:
        """An import that is taken back leaves the ledger as it was."""
        before = self._checked(taker)
        with self.at(taker) as ledger:
            mark_import(ledger)
            self.hand_over(giver, taker)
            self.check()
            self.touched.add(taker)
            # what own lines turn out to build upon stays
            with suppress(AppError):
                undo_import(ledger)
                assert fold_of(ledger) == before

    def set_clock(self, who: str, skew: timedelta) -> None:
        self.pcs[who].skew = skew

    # ---- what must always be so ------------------------------------------------------------------

    def check(self) -> None:
        """Whoever was touched holds what its lines mean; who holds the same lines is equal."""
        for who in sorted(self.touched):
            self.folds[who] = self._checked(who)
        if self.touched:
            met: dict[Any, str] = {}
            for who, fold in self.folds.items():
                lines = (self.pcs[who].is_old, *self.holding(who))
                other = met.setdefault(lines, who)
                assert fold == self.folds[other], f"{who} is not {other}"
        self.touched.clear()

    def _checked(self, who: str) -> dict[str, list[Any]]:
        with program(self.pcs[who].columns):
            ledger = self.pcs[who].ledger
            fold = fold_of(ledger)
            hold_against_oracle(ledger, fold)
            assert lost_silently(ledger) == []
            assert_nothing_is_held_that_could_go_on(ledger)
            return fold

    def holding(self, who: str) -> tuple[tuple[Any, ...], ...]:
        """Which lines a PC holds: how far each stream goes, and its head there."""
        sql = "SELECT log_id, seq, head, closed FROM log WHERE seq > 0 OR closed ORDER BY log_id"
        return tuple(self.pcs[who].ledger.rows(sql))

    def exchange(self) -> None:
        """Everybody gives everybody what they may have, until nobody lacks anything."""
        for who in PCS:
            self.hear_closed(who)
        before = None
        while before != (before := [self.holding(who) for who in PCS]):
            for giver in PCS:
                for taker in PCS:
                    if giver != taker:
                        self.hand_over(giver, taker)

    def everybody_hears_everything(self) -> None:
        """At the end all are equal, and equal to whoever comes late and hears it in any order."""
        self.exchange()
        self.check()
        for who in PCS:
            if self.pcs[who].is_old:
                self.update_program(who)
        self.check()
        for one, two in (("a1", "a2"), ("b1", "b2"), ("o1", "o2")):
            assert self.holding(one) == self.holding(two)
            assert self.folds[one] == self.folds[two]
        self._schools_hold_what_the_office_holds()
        self._nothing_said_is_lost()
        for who in ("a1", "o1"):
            with self.at(who) as ledger:
                ledger.rebuild()
                assert fold_of(ledger) == self.folds[who]
        self._whoever_comes_late_ends_alike()

    def _schools_hold_what_the_office_holds(self) -> None:
        """Of a school's records, and no word of anybody else reached a school."""
        office = self.folds["o1"]
        for who in ("a1", "b1"):
            school, unit = self.folds[who], self.pcs[who].unit
            for table in COLUMNS:
                assert school[table] == [row for row in office[table] if row[1] == unit]
            ids = {row[0] for table in COLUMNS for row in school[table]}
            for table in ("cell", "conflict", "sup"):
                assert school[table] == [row for row in office[table] if row[0] in ids]
            hist = [row for row in office["hist"] if row[3] in ids]
            assert school["hist"] == hist

    def _nothing_said_is_lost(self) -> None:
        """What a PC that still lives once showed as saved is in everybody's history."""
        told = {(*row[:2], row[3], row[2], row[7]) for row in self.folds["o1"]["hist"]}
        assert {said for said in self.said if said[0] not in self.gone} <= told

    def _whoever_comes_late_ends_alike(self) -> None:
        """A new PC of the office that is fed single lines, shuffled and twice, holds the same."""
        late = in_memory(lambda: self.world, "late", an_office(code=OFFICE_CODE))
        pieces = single_lines(self.parcels("o1", UNITS.values())) * 2
        random.Random(len(pieces)).shuffle(pieces)
        for at in range(0, len(pieces), 3):
            late.receive(pieces[at : at + 3])
            if at == len(pieces) // 6 * 3:
                for _unit, log_id, last in self.closed:
                    late.close_stream(log_id, last)
        for log_id in have(self.pcs["o1"].ledger):
            assert have(late)[log_id] == have(self.pcs["o1"].ledger)[log_id]
        fold = fold_of(late)
        hold_against_oracle(late, fold)
        own = [row for row in fold["person"] if row[2].startswith("late")]
        assert [row for row in fold["person"] if row not in own] == self.folds["o1"]["person"]
        for table in ("finding", "finding_step", "checklist_answer", "attendance"):
            assert fold[table] == self.folds["o1"][table]
        assert_nothing_is_held_that_could_go_on(late)
        late.close()

    def close(self) -> None:
        for pc in self.pcs.values():
            pc.ledger.close()


def hold_against_oracle(ledger: Ledger, fold: Mapping[str, list[Any]]) -> None:
    """The tables are what the lines mean."""
    meaning = meaning_of(lines_of(ledger), COLUMNS)
    meant = tables_of(meaning, COLUMNS)
    plain_fold = {**fold, "finding": [row[:-5] for row in fold["finding"]]}
    asked = {(conflict.record, conflict.field) for conflict in conflicts(ledger, most=10**6)}
    assert asked == meaning.questions()
    assert count_conflicts(ledger) == len(asked)
    for table, rows in meant.items():
        held = plain_fold[table]
        here, meant_only = [r for r in held if r not in rows], [r for r in rows if r not in held]
        assert held == rows, f"{table}: here {here}, meant {meant_only}"


def assert_nothing_is_held_that_could_go_on(ledger: Ledger) -> None:
    """A held segment waits for lines that are really not here."""
    assert not ledger.rows(
        "SELECT * FROM held h JOIN log l ON l.log_id = h.log_id WHERE h.from_seq <= l.seq + 1"
    )


def changed(finding: Finding, name: str, value: str | None) -> Finding:
    """The finding with another answer."""
    given: Any = value
    if name == "deadline":
        given = None if value is None else date(2026, 12, 1 + "甲乙丙".index(value))
    if name == "place" and value is None:
        given = "教学楼三楼"
    return replace(finding, **{name: given})


def plain(record: Record) -> dict[str, Any]:
    """The answers that are given, as lines have them."""
    return {name: value for name, value in plain_of(record).items() if value is not None}


def segment_of(part: Segment, lines: Sequence[str]) -> Segment:
    """A segment with other lines, its head reckoned anew."""
    head = part.prev
    for text in lines:
        head = chain(head, text)
    return replace(part, lines=tuple(lines), head=head)


def said_by_itself(ledger: Ledger) -> Counter[tuple[Any, ...]]:
    """What stands in the streams of a PC, whatever they and its records are called.

    A record is known by the time of its creation, for its name changes when it is said again.
    """
    own = "(SELECT log_id FROM log WHERE device = (SELECT value FROM setting WHERE key = 'device'))"
    said: Counter[tuple[Any, ...]] = Counter()
    for table in COLUMNS:
        made = f"SELECT r.c_t FROM {table} r JOIN log l ON l.log_no = r.c_log"
        said.update((table, *row) for row in ledger.rows(f"{made} WHERE l.log_id IN {own}"))
        versions = f"SELECT r.c_t, h.t, h.field, h.old, h.val FROM hist h JOIN {table} r USING(id)"
        said.update(
            (table, *row)
            for row in ledger.rows(f"{versions} WHERE h.log_id IN {own}")
            if row[2] not in LINKS
        )
    for link, table in (("finding", "finding"), ("after", "finding_step")):
        linked = f"SELECT s.c_t, x.c_t FROM finding_step s JOIN {table} x ON x.id = s.{link}"
        said.update((link, *row) for row in ledger.rows(linked))
    return said


def far_ahead() -> int:
    return int((MIDNIGHT + timedelta(days=3)).timestamp() * 1_000_000)


def _op(op: Op) -> str:
    return f"{op[0]}.{op[1]}"


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
            hour_rule=next(iter(_hour_rules())),
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


def _hour_rules() -> Mapping[str, Any]:
    from models.records.figures import HOUR_RULES

    return HOUR_RULES


def _give(giver: Ledger, taker: Ledger, who: str) -> None:
    from tests.models.ledger.conftest import segments_of

    roles = dict(giver.rows("SELECT log_id, role FROM log"))
    parts = [replace(part, role=roles[part.log_id]) for part in segments_of(giver, have(taker))]
    taker.receive([part for part in parts if who[0] == "o" or part.unit == taker.unit])
