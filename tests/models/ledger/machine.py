"""Hypothesis chooses what happens to the fleet."""

import random
import sys

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.models.ledger.fleet.always import Fleet
from tests.models.ledger.fleet.world import FIELDS, PCS, SKEWS, VALUES


class Machine(RuleBasedStateMachine):
    """Work, clocks, the post, strangers, updates and new PCs, in any order."""

    def __init__(self):
        super().__init__()
        self.fleet = Fleet()

    # the three that share most are met more often
    who = st.sampled_from(("a1", "a2", "o1", *PCS))
    school = st.sampled_from(("a", "a", "b"))
    pick = st.integers(0, 9)
    few = st.integers(0, 3)
    field = st.sampled_from(FIELDS)
    value = st.sampled_from(VALUES)
    # what happens within a quarrel or on the way is drawn from this
    chance = st.integers(0, 2**32)

    @initialize(
        old=st.sampled_from((None, "a2", "o2")), at=st.integers(0, 2), field=field, chance=chance
    )
    def they_have_quarrelled_before(self, old, at, field, chance):
        """Without a rich beginning most of what is drawn is too short to show a wrong merge."""
        if old:
            self.fleet.make_old(old)
        self.quarrel(at, field, chance)

    @rule(who=who, school=school)
    def create(self, who, school):
        self.fleet.create(who, school)

    @rule(who=who, pick=pick, field=field, value=value, look=st.booleans())
    def edit(self, who, pick, field, value, look):
        if finding := self.fleet.finding(who, pick):
            self.fleet.edit(who, finding.id, field, value, look)

    @rule(at=st.integers(0, 1), field=field, values=st.tuples(value, value, value))
    def edit_at_once(self, at, field, values):
        fleet = self.fleet
        fleet.at_once(fleet.shared[at], field, dict(zip(("a1", "a2", "o1"), values, strict=True)))

    @rule(who=who, pick=pick)
    def open_form(self, who, pick):
        self.fleet.open_form(who, pick)

    @precondition(lambda self: any(pc.opened for pc in self.fleet.pcs.values()))
    @rule(who=who, field=field, value=value)
    def save_form_opened_long_ago(self, who, field, value):
        self.fleet.save_form_opened_long_ago(who, field, value)

    @rule(who=who, other=who, at=st.integers(0, 2), field=field, chance=chance)
    def form_overtaken(self, who, other, at, field, chance):
        record = self.fleet.shared[at]
        self.fleet.form_overtaken(who, other, record, field, random.Random(chance))

    @rule(who=who, other=who, third=who, field=field, chance=chance)
    def news_travels(self, who, other, third, field, chance):
        if len({who, other, third}) == 3:
            self.fleet.news_travels(who, other, third, field, random.Random(chance))

    @rule(who=who, pick=pick, back=st.booleans())
    def delete_or_restore(self, who, pick, back):
        if finding := self.fleet.finding(who, pick):
            self.fleet.delete_or_restore(who, finding.id, back)

    @rule(who=who, pick=pick, kind=st.integers(0, 2))
    def step(self, who, pick, kind):
        if finding := self.fleet.finding(who, pick):
            self.fleet.step(who, finding.id, kind)

    @rule(who=who, pick=pick)
    def step_taken_back(self, who, pick):
        if finding := self.fleet.finding(who, pick):
            self.fleet.step_taken_back(who, finding.id)

    @rule(who=st.sampled_from(("a1", "a2", "b1")), line=st.integers(0, 1), value=value)
    def answer(self, who, line, value):
        self.fleet.answer(who, line, value)

    @rule(who=st.sampled_from(("a1", "a2")), status=st.sampled_from(("present", "late", "")))
    def attend(self, who, status):
        self.fleet.attend(who, status)

    @rule(who=who, pick=pick)
    def decide(self, who, pick):
        self.fleet.decide(who, pick)

    @rule(who=who, at=st.integers(0, 2), field=field, chance=chance)
    def stranger_answers(self, who, at, field, chance):
        fleet = self.fleet
        fleet.stranger_answers(fleet.shared[at], field, random.Random(chance))
        fleet.hear_stranger(who, "b" if at == 2 else "a")

    @rule(who=st.sampled_from(("a1", "a2")), chance=chance)
    def step_of_the_office(self, who, chance):
        self.fleet.step_of_the_office(who, random.Random(chance))

    @rule(at=st.integers(0, 2), field=field, chance=chance)
    def quarrel(self, at, field, chance):
        self.fleet.quarrel(self.fleet.shared[at], field, random.Random(chance))

    @rule(who=who, kind=st.integers(0, 5), school=school)
    def stranger_talks_of_nothing(self, who, kind, school):
        self.fleet.stranger_talks_of_nothing(kind, school)
        self.fleet.hear_stranger(who, school)

    @rule(who=who, kind=few, school=school)
    def newer_program(self, who, kind, school):
        self.fleet.newer_program(kind, school)
        self.fleet.hear_stranger(who, school)

    @rule(who=st.sampled_from(("o1", "o2", "b1")), kind=st.integers(0, 5))
    def out_of_scope(self, who, kind):
        self.fleet.out_of_scope(kind)
        for stranger in "abo":
            self.fleet.hear_stranger(who, stranger)

    @rule(who=who, skew=st.sampled_from(SKEWS))
    def set_clock(self, who, skew):
        self.fleet.set_clock(who, skew)

    @rule(giver=who, taker=who)
    def hand_over(self, giver, taker):
        if giver != taker:
            self.fleet.hand_over(giver, taker)

    @rule(giver=who, taker=who, chance=chance)
    def hand_over_in_pieces(self, giver, taker, chance):
        if giver != taker:
            self.fleet.hand_over_in_pieces(giver, taker, random.Random(chance))

    @rule(who=who, cut=st.integers(0, 9))
    def send(self, who, cut):
        self.fleet.send(who, cut)

    @precondition(lambda self: self.fleet.post)
    @rule(who=who, pick=st.integers(0, 99), chance=chance)
    def deliver(self, who, pick, chance):
        self.fleet.deliver(who, pick, random.Random(chance))

    @rule(who=who, pick=st.integers(0, 99), longer=st.booleans())
    def deliver_forged(self, who, pick, longer):
        self.fleet.deliver_forged(who, pick, longer)

    @rule(who=who)
    def update_program(self, who):
        if self.fleet.pcs[who].is_old:
            self.fleet.update_program(who)

    @rule(who=who, chance=chance)
    def reimage(self, who, chance):
        self.fleet.reimage(who, random.Random(chance))

    @rule(pick=st.integers(0, 99), back=st.integers(0, 5))
    def close_stream(self, pick, back):
        self.fleet.close_stream(pick, back)

    @precondition(lambda self: self.fleet.closed)
    @rule(who=who)
    def hear_closed(self, who):
        self.fleet.hear_closed(who)

    @rule(who=who, at=st.integers(0, 1), back=st.integers(0, 2))
    def goes_on_after_being_closed(self, who, at, back):
        fleet = self.fleet
        fleet.goes_on_after_being_closed(who, fleet.shared[at], back)

    @rule(who=st.sampled_from(("o1", "o2")), other=st.sampled_from(("a1", "a2")))
    def taken_away_and_brought_back(self, who, other):
        self.fleet.taken_away_and_brought_back(who, other)

    @rule(chance=chance)
    def written_on_after_delete(self, chance):
        self.fleet.written_on_after_delete("a1", "a2", random.Random(chance))

    @rule(chance=chance)
    def both_mark_attendance(self, chance):
        self.fleet.both_mark_attendance(random.Random(chance))

    @rule(who=who)
    def copy(self, who):
        self.fleet.copy(who)

    @precondition(lambda self: self.fleet.copies)
    @rule(pick=pick)
    def put_back(self, pick):
        self.fleet.put_back(sorted(self.fleet.copies)[pick % len(self.fleet.copies)])

    @rule(who=who, chance=chance)
    def live_twice(self, who, chance):
        self.fleet.live_twice(who, random.Random(chance))

    @rule(giver=who, taker=who)
    def undo(self, giver, taker):
        if giver != taker:
            self.fleet.undo(giver, taker)

    @invariant()
    def the_tables_are_what_the_lines_mean(self):
        self.fleet.check()

    def teardown(self):
        if sys.exc_info()[0] is None:  # else the story was broken off, and its end proves nothing
            self.fleet.everybody_hears_everything()
        self.fleet.close()
