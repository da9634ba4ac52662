"""What people do: they write, delete, take steps, fill sheets and decide."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from models.ledger import findings, training
from models.ledger.compact import unpack
from models.ledger.conflicts import conflicts, decide
from models.ledger.rows import read
from models.ledger.streams import streams_of
from models.records.finding import Finding, FindingStep
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from models.records.record import Record, plain_of
from models.records.training import TrainingSession
from models.records.workflow import NEXT_STEPS, step_problems
from tests.conftest import (
    a_finding,
    a_step,
)
from tests.models.ledger.conftest import have, single_lines
from tests.models.ledger.fleet.world import (
    FIELDS,
    NOW,
    UNITS,
    VALUES,
    World,
)
from tests.models.ledger.oracle import OFFICE_ASKS


class Work(World):
    """Every deed checks what its author may expect of it."""

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

    def step_taken_back(self, who: str, record: str) -> None:
        """A step that was a mistake: it counts no more."""
        with self.at(who) as ledger:
            for step in ledger.all(FindingStep, finding=record)[-1:]:
                ((by,),) = ledger.rows(
                    "SELECT l.role FROM finding_step r JOIN log l ON l.log_no = r.c_log"
                    " WHERE r.id = ?",
                    (step.id,),
                )
                if (by == "office") == self.pcs[who].is_office:
                    ledger.remove(step)
                    assert ledger.get(FindingStep, step.id) is None

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
            stands = "SELECT val FROM cell WHERE id = ? AND field = ?"
            assert ledger.rows(stands, place) == [(value,)]
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
            if not self.pcs[who].is_office:
                self.answer(who, 2, "甲")
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
            self.step(other, finding.id, 0)
        if rnd.random() < 0.5:
            self.hand_over_in_pieces(other, third, rnd)
            return
        # all but the creation first, and that by itself
        pieces = single_lines(self.lacking(other, third))
        made = [f"{piece.log_id}.{piece.first}" == finding.id for piece in pieces]
        for last in (False, True):
            now = [piece for piece, is_it in zip(pieces, made, strict=True) if is_it == last]
            self.receive(third, now)
            self.check()

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


def changed(finding: Finding, name: str, value: str | None) -> Finding:
    """The finding with another answer."""
    given: Any = value
    if name == "deadline":
        given = None if value is None else date(2026, 12, 1 + "甲乙丙".index(value))
    if name == "place" and value is None:
        given = "教学楼三楼"
    return replace(finding, **{name: given})
