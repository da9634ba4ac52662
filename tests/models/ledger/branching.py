"""A school whose PC writes one stream twice, and what its people do meanwhile."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import strategies as st

from models.ledger import findings
from models.ledger.branches import adopt_branch
from models.ledger.compact import unpack
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.records.finding import Finding, Photo
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from models.records.training import Attendance, TrainingSession
from models.records.workflow import NEXT_STEPS, step_problems
from tests.conftest import Clock, a_finding, a_person, a_step, an_office, the_initials
from tests.models.ledger.conftest import (
    MIDNIGHT,
    give,
    have,
    in_memory,
    segments_of,
)

NO_SKEW = timedelta(0)
SKEWS = (NO_SKEW, timedelta(days=-400), timedelta(days=400))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def put_back(ledger, name, clock):
    """The ledger as an old copy has it; streams that it opens are called after the name."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with ledger.reading() as source:
        source.backup(db)
    names = count()
    return Ledger(
        db,
        Path("nowhere"),
        clock=clock,
        initials=the_initials(),
        new_name=lambda: f"{name}{next(names)}",
    )


def stream_of(ledger, log_id):
    """All that a ledger holds of one stream, as the office's reply brings it."""
    return [part for part in segments_of(ledger) if part.log_id == log_id]


def lines_of(ledger, log_id, after=0):
    rows = ledger.rows(
        "SELECT o.line FROM op o JOIN log l ON l.log_no = o.log_no WHERE l.log_id = ?"
        " AND o.seq > ? ORDER BY o.seq",
        (log_id, after),
    )
    return [unpack(text) for (text,) in rows]


def a_session():
    return TrainingSession(
        topic="微分享",
        module="development",
        form="lecture",
        starts=NOON,
        ends=NOON + timedelta(hours=2),
        hour_rule="m45",
    )


def anything(db, kind, pick):
    """Some record of the kind, deleted ones too."""
    found = read(db, kind, "ORDER BY t.id")
    return found[pick % len(found)]


def edit_twice(ledger, finding, _pick, value):
    for last in ("甲", value):
        ledger.save(replace(finding, place=last or "楼顶", note=last))


def step_on(ledger, finding, pick, _value):
    taken = findings.steps(ledger, finding)
    kinds = NEXT_STEPS[findings.standing(ledger, finding).state]
    step = a_step(kinds[pick % len(kinds)])
    if not step_problems(finding, taken, step):
        findings.take_step(ledger, finding, step)


def photograph(ledger, finding, _pick, value):
    ledger.save(Photo(finding=finding.id, stage="before", sha256="ab" * 32, caption=value))


def attend(ledger, _finding, pick, value):
    with ledger.transaction() as db:
        session, person = anything(db, TrainingSession, pick), anything(db, Person, pick)
    ledger.save(Attendance(session=session.id, person=person.id, status="late", reason=value))


def fill(ledger, _finding, pick, value):
    ledger.save(ChecklistAnswer(checklist="k.s.1", line=f"line{pick}", response=value))


# What a person does, as the program lets them: ledger, a finding, a number, a value.
DEEDS = {
    "find": lambda ledger, _f, _p, value: findings.register(ledger, a_finding(note=value)),
    "edit": lambda ledger, f, _p, value: ledger.save(replace(f, note=value), f),
    "edit twice": edit_twice,
    "delete": lambda ledger, f, _p, _v: ledger.remove(f),
    "restore": lambda ledger, f, _p, _v: ledger.restore(f),
    "step": step_on,
    "photo": photograph,
    "person": lambda ledger, _f, _p, value: ledger.save(a_person(value or "无名")),
    "train": lambda ledger, _f, _p, _v: ledger.save(a_session()),
    "attend": attend,
    "answer": fill,
}


def work(ledger, deed):
    """One deed of a person."""
    what, pick, value = deed
    with ledger.transaction() as db:
        finding = anything(db, Finding, pick)
    DEEDS[what](ledger, finding, pick, value)


deeds = st.lists(
    st.tuples(
        st.sampled_from(tuple(DEEDS)), st.integers(0, 5), st.sampled_from(("甲", "乙", "丙", None))
    ),
    min_size=1,
    max_size=8,
)


class School:
    """Two PCs of a school and its office; the first PC's disk comes twice, and one is `lost`."""

    def __init__(self, skew=timedelta(0)):
        self.clock = Clock(MIDNIGHT)
        self.pc = in_memory(self.clock, "pc")
        self.other = in_memory(self.clock, "other", user="赵𬱖")
        self.office = in_memory(self.clock, "office", an_office(), "王局安")
        self.pc.save_all([a_finding(number="1"), a_finding(number="2"), a_session()])
        self.stream = self.pc.setting("stream:2137000001")
        self.meet(self.pc)
        self.common = have(self.pc)[self.stream]
        self.back = put_back(self.pc, "back", lambda: self.clock() + skew)

    def meet(self, pc):
        """Everybody hands over everything, as bundles that pass by the office do."""
        for giver, taker in (
            (pc, self.office),
            (self.other, self.office),
            (self.office, pc),
            (self.office, self.other),
        ):
            give(giver, taker)

    def adopt(self):
        return adopt_branch(self.back, stream_of(self.office, self.stream))
