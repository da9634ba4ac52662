"""What a PC may say that is not ours: newer, mistaken, or hostile."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.ledger.lines import natural_id
from models.records.finding import FindingStep
from models.records.record import Record, plain_of
from tests.conftest import (
    a_finding,
    a_step,
)
from tests.models.ledger.conftest import (
    MIDNIGHT,
)
from tests.models.ledger.fleet.work import Work
from tests.models.ledger.fleet.world import (
    FIELDS,
    NOW,
    SKEWS,
    UNITS,
    VALUES,
)
from tests.models.ledger.oracle import (
    Meaning,
    Op,
    Version,
    lines_of,
    meaning_of,
    right_n,
)


class Strangers(Work):
    """Lines written by hand."""

    def stranger_answers(
        self, record: str, name: str, rnd: random.Random, table: str = "finding"
    ) -> None:
        """Versions written by hand: upon any others, with any clock, honest and not."""
        for _ in range(rnd.randint(4, 9)):
            school = "b" if record == self.shared[2] else rnd.choice("aao")
            found = meaning_of(lines_of(self.pcs["o1"].ledger), NOW)
            ops, n, t = _any_version(found, record, name, rnd)
            merges = [list(map(_op, ops[1:]))] * (len(ops) > 1)
            # the same clock and the same base a second time: the number of the line decides
            for value in ("陌", "生")[: rnd.randint(1, 2)]:
                version = [None, value, n, _op(ops[0]), *merges]
                self.strangers[school].update(table, record, t, **{name: version})
            for who in ("o1", rnd.choice(("o2", "b1") if school == "b" else ("o2", "a1", "a2"))):
                self.hear_stranger(who, school)
        self.check()

    def step_of_the_office(self, who: str, rnd: random.Random) -> None:
        """A school changes nothing in what its office wrote there; it may decide between values."""
        made = a_step("graded", finding=self.shared[1])
        step = self.strangers["o"].create("finding_step", **plain(made))
        for pc in ("o1", who):
            self.hear_stranger(pc, "o")
        self.check()
        with self.at(who) as ledger:
            seen = ledger.find(FindingStep, step)
            assert seen
            self.refused(who, lambda: ledger.save(replace(seen, opinion="改")))
        self.stranger_answers(step, "opinion", rnd, "finding_step")

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
            writer.create("outing", topic="疏散")
        elif kind == 2:
            record = self.shared[2] if school == "b" else self.shared[0]
            row = self.pcs["o1"].ledger.rows("SELECT c_t FROM finding WHERE id = ?", (record,))
            t = row[0][0] + 5 + len(writer.texts)
            fields = {name: [None, f"好{t}", 0, record] for name in ("mood", "weather")}
            writer.update("finding", record, t, **fields)
        else:
            writer.update("outing", "k.x.1", topic=[None, "疏散", 0, "0.0"])

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


def plain(record: Record) -> dict[str, Any]:
    """The answers that are given, as lines have them."""
    return {name: value for name, value in plain_of(record).items() if value is not None}


def far_ahead() -> int:
    return int((MIDNIGHT + timedelta(days=3)).timestamp() * 1_000_000)


def _op(op: Op) -> str:
    return f"{op[0]}.{op[1]}"


def _any_version(
    found: Meaning, record: str, name: str, rnd: random.Random
) -> tuple[list[Op], int, int]:
    """What a version names, its n and its time: right, or wrong in one way."""
    known = {found.rows[record].op: (0, found.rows[record].t)}
    known |= {v.op: (v.n, v.t) for v in found.accepted.get((record, name), ())}
    ops = rnd.sample(sorted(known), min(rnd.choice((1, 1, 1, 2, 3)), len(known)))
    beside = rnd.choice([t for _n, t in known.values()])
    t = max(0, beside + rnd.choice((-(10**6), -1, 0, 0, 0, 1, 10**15)))
    n = right_n([known[op] for op in ops], t)
    kinds = ("right", "right", "small", "large", "unknown", "foreign", "first", "itself")
    kind = rnd.choice(kinds)
    if kind == "small":
        t = max(0, min(known[op][1] for op in ops) - 1)
        n = right_n([known[op] for op in ops], t) - 1
    elif kind == "itself":  # a decision between one value
        ops = ops[:1] * 2
        n = right_n([known[ops[0]]], t)
    elif kind == "large":
        n += rnd.choice((1, 10**9))
    elif kind == "first":  # as if the others were not named
        n = right_n([known[op] for op in ops[:1]], t)
    elif kind == "unknown":
        ops.insert(rnd.randint(0, len(ops)), ("nobody", 5))
    elif kind == "foreign" and (others := _beside(found, record, name)):
        other = rnd.choice(others)
        ops, n = [other.op], right_n([(other.n, other.t)], t)
    return ops, n, t


def _beside(found: Meaning, record: str, name: str) -> list[Version]:
    """Versions of another field of the record, and of the field in another record."""
    return [
        version
        for place, versions in found.accepted.items()
        if (name in place) != (record in place)
        for version in versions
    ]
