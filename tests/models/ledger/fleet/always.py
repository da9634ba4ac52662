"""What must always be so, and at the end."""

import random
from collections.abc import Mapping
from typing import Any

from models.ledger import findings
from models.ledger.conflicts import conflicts, count_conflicts
from models.ledger.ledger import Ledger
from models.ledger.rows import COLUMNS
from models.ledger.segments import Parcel
from models.records.finding import Finding
from tests.conftest import (
    OFFICE_CODE,
    an_office,
)
from tests.models.ledger.conftest import (
    fold_of,
    have,
    in_memory,
    lost_silently,
    single_lines,
)
from tests.models.ledger.fleet.post import Post
from tests.models.ledger.fleet.world import (
    PCS,
    UNITS,
    program,
)
from tests.models.ledger.oracle import lines_of, meaning_of, tables_of


class Fleet(Post):
    """All of it, and what must always be so."""

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
        rounds = 0
        while before != (before := [self.holding(who) for who in PCS]):
            rounds += 1
            assert rounds < 20, "they never have enough of each other"
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
        """What was once shown as saved, and did not die with its PC, is in everybody's history."""
        told = {(*row[:2], row[3], row[2], row[7]) for row in self.folds["o1"]["hist"]}
        assert self.said <= told

    def _whoever_comes_late_ends_alike(self) -> None:
        """A new PC of the office that is fed single lines, shuffled and twice, holds the same."""
        late = in_memory(lambda: self.world, "late", an_office(code=OFFICE_CODE))
        pieces = single_lines(self.parcels("o1", UNITS.values())) * 2
        random.Random(len(pieces)).shuffle(pieces)
        for at in range(0, len(pieces), 3):
            late.receive_many([Parcel([piece]) for piece in pieces[at : at + 3]])
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
    for finding, state, level in ledger.rows(
        "SELECT id, now_state, now_level FROM finding"
        " WHERE id IN (SELECT finding FROM finding_step)"
    ):
        standing = findings.standing(ledger, ledger.find(Finding, finding))
        assert (state, level) == (standing.state, standing.level)
    for table, rows in meant.items():
        held = plain_fold[table]
        here, meant_only = [r for r in held if r not in rows], [r for r in rows if r not in held]
        assert held == rows, f"{table}: here {here}, meant {meant_only}"


def assert_nothing_is_held_that_could_go_on(ledger: Ledger) -> None:
    """A held segment waits for lines that are really not here."""
    assert not ledger.rows(
        "SELECT * FROM held h JOIN log l ON l.log_id = h.log_id WHERE h.from_seq <= l.seq + 1"
    )
