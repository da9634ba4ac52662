"""How lines travel: lost, twice, in pieces, forged; and PCs that begin anew or begin again."""

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.ledger.branches import Fork, adopt_branch, own_forks
from models.ledger.compact import unpack
from models.ledger.ledger import Ledger
from models.ledger.lines import chain, dump
from models.ledger.rows import COLUMNS
from models.ledger.segments import Segment
from models.ledger.streams import head_of, own_streams, raw_lines
from models.ledger.undo import mark_import, undo_import
from models.ledger.upgrade import catch_up
from models.problems import AppError
from tests.conftest import (
    a_finding,
)
from tests.models.ledger.conftest import (
    fold_of,
    have,
    segments_of,
    single_lines,
)
from tests.models.ledger.fleet.strangers import Strangers, plain
from tests.models.ledger.fleet.world import (
    FIELDS,
    LINKS,
    NOW,
    OLD,
    PCS,
    SKEWS,
    UNITS,
    VALUES,
    Pc,
    new_ledger,
)


class Post(Strangers):
    """A school PC only ever gets streams of its own unit."""

    def parcels(
        self, who: str, units: Collection[str], after: Mapping[str, int] | None = None
    ) -> list[Segment]:
        """The lines a PC has of these units, behind these numbers."""
        found = segments_of(self.pcs[who].ledger, after)
        return [part for part in found if part.unit in units]

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

    def hand_over_in_pieces(
        self, giver: str, taker: str, rnd: random.Random, without: Collection[str] = ()
    ) -> None:
        """What the taker lacks, cut into pieces that overlap, in any order, one at a time."""
        pieces = []
        for part in self.lacking(giver, taker):
            if part.log_id in without:
                continue
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
        # its former streams, too: one that was closed under its hands it may have given nobody
        own = self.written_by(who)
        others = [pc.ledger for name, pc in self.pcs.items() if name != who]
        self.said = {
            said
            for said in self.said
            if said[0] not in own or any(stands_in(ledger, said) for ledger in others)
        }
        old.ledger.close()
        self.made += 1
        self.pcs[who] = Pc(who, new_ledger(who, self.clock_of(who), f"{who}n{self.made}n"))
        self.copies.pop(who, None)
        # of a stream that was written twice its author may have the branch that gives way, the
        # others have the one that counts
        for all_of_it in (False, True):
            for giver in rnd.sample(PCS, len(PCS)):
                if giver != who:
                    twice = set() if all_of_it else self.forked & self.written_by(giver)
                    self.hand_over_in_pieces(giver, who, rnd, twice)

    def written_by(self, who: str) -> set[str]:
        return {stream.log_id for stream in own_streams(self.pcs[who].ledger)}

    def copy(self, who: str) -> None:
        self.copies[who] = self.pcs[who].ledger._db.serialize()

    def put_back(self, who: str) -> None:
        """An old copy takes the place of the ledger, after all was handed over, and nobody knows.

        What the PC writes from now on stands under numbers that are taken. All who may read it,
        an office's schools too, have what stood there, and of others' streams it hears at once
        what it had, so that nobody but the writer ever holds the branch that gives way: who does
        keeps it, and refuses the other (a limit of the design, see `branches`).
        """
        if who not in self.copies:
            return
        pc = self.pcs[who]
        for taker in PCS:
            if taker != who and set(self.units_of(who)) & set(self.units_of(taker)):
                self.hand_over(taker, who)  # it may have been put back before
                self.hand_over(who, taker)
        with self.at(who) as ledger:
            self.forked |= self.written_by(who)
            ledger.close()
        pc.ledger, pc.opened = self._copy(who, self.copies[who]), None
        with self.at(who) as ledger:
            catch_up(ledger)
        own = self.written_by(who)
        for giver in sorted(PCS, key=lambda name: name[0] != "o"):
            if giver != who:
                parts = self.lacking(giver, who)
                self.receive(who, [part for part in parts if part.log_id not in own])

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


def segment_of(part: Segment, lines: Sequence[str]) -> Segment:
    """A segment with other lines, its head reckoned anew."""
    head = part.prev
    for text in lines:
        head = chain(head, text)
    return replace(part, lines=tuple(lines), head=head)


def stands_in(ledger: Ledger, said: tuple[str, int, str, str, Any]) -> bool:
    """Whether this line is here and says so; in another branch its number says something else."""
    log_id, seq, record, name, value = said
    lines = [unpack(raw.decode()) for raw in raw_lines(ledger, log_id, seq - 1, seq)]
    return any(
        line.get("i") == record and line["v"].get(name, [])[1:2] == [value] for line in lines
    )


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
