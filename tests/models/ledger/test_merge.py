"""Several ledgers that exchange their lines late, twice, in any order and with wild clocks."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.ledger import findings
from models.ledger.conflicts import conflicts, count_conflicts, decide
from models.ledger.ledger import Ledger
from models.ledger.merge import fold
from models.ledger.rows import read
from models.ledger.segments import Fresh, Outcome
from models.records.finding import Finding, FindingStep
from models.records.five_management import ChecklistAnswer
from models.records.workflow import NEXT_STEPS, step_problems
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, a_finding, a_step, an_office
from tests.models.ledger.conftest import (
    MIDNIGHT,
    Writer,
    far,
    fold_of,
    give,
    have,
    in_memory,
    lost_silently,
    segments_of,
    single_lines,
)

PCS = ("one", "two", "office")
YEARS = timedelta(days=30 * 365)
SKEWS = (
    -YEARS,
    -timedelta(days=365),
    -timedelta(seconds=1),
    timedelta(0),
    timedelta(hours=1),
    YEARS,
)
FIELDS = ("place", "note", "responsible", "deadline")


def test_two_pcs_of_a_school_share_one_organisation(ledger, second):
    give(ledger, second)
    give(second, ledger)
    assert fold_of(ledger) == fold_of(second)
    assert len(ledger.rows("SELECT * FROM organisation")) == 1
    assert len(ledger.rows("SELECT * FROM person")) == 2
    assert ledger.rows("SELECT * FROM refused") == []


def test_lines_that_are_no_creates_and_no_edits_change_no_table(ledger):
    before = fold_of(ledger)
    line = {"s": 9, "t": 0, "u": "", "o": "b", "n": "u", "v": {"device": "d"}}
    outcome = Outcome()
    with ledger.transaction() as db:
        fold(db, [Fresh(1, "x", "u", [("", line)])], {}, outcome)
    assert fold_of(ledger) == before
    assert not outcome.touched


@pytest.mark.parametrize("late", [False, True])
def test_an_edit_and_a_delete_that_did_not_know_each_other_both_stay_visible(ledger, second, late):
    finding = ledger.save(a_finding())
    give(ledger, second)
    ledger.remove(finding)
    second.save(replace(finding, place="四楼"))
    for giver, taker in ((ledger, second), (second, ledger)):
        give(giver, taker)
    assert fold_of(ledger) == fold_of(second)
    assert ledger.get(Finding, finding.id) is None
    ledger.restore(finding)
    assert ledger.get(Finding, finding.id).place == "四楼"


class Fleet(RuleBasedStateMachine):
    """Two PCs of a school and its office, a stranger, and a carrier of whom nothing is expected."""

    def __init__(self):
        super().__init__()
        self.world = MIDNIGHT
        self.skew = dict.fromkeys(PCS, timedelta(0))
        self.ledgers: dict[str, Ledger] = {
            name: in_memory(
                self.clock_of(name), name, an_office() if name == "office" else None, f"某{name}"
            )
            for name in PCS
        }
        self.post = []
        self.stranger = Writer()
        self.opened: dict[str, Finding] = {}
        self.shared = [self.ledgers["one"].save(a_finding(number=str(i))).id for i in range(2)]
        self.exchange()

    def clock_of(self, name):
        def clock():
            self.world += timedelta(milliseconds=1)
            return self.world + self.skew[name]

        return clock

    def exchange(self):
        for giver in self.ledgers.values():
            for taker in self.ledgers.values():
                if giver is not taker:
                    give(giver, taker)
        for giver in self.ledgers.values():
            for taker in self.ledgers.values():
                if giver is not taker:
                    give(giver, taker)

    def finding(self, who, pick):
        """A finding that this PC has, the shared ones more often; deleted ones too."""
        rows = self.ledgers[who].rows("SELECT id FROM finding ORDER BY id")
        known = self.shared * 2 + [row[0] for row in rows]
        return known[pick % len(known)]

    def read(self, who, record):
        ledger = self.ledgers[who]
        with ledger.reading() as db:
            return read(db, Finding, "WHERE t.id = ?", (record,))[0]

    def may(self, who, record, field, value=None):
        """Whether the rights of a school and its office let this PC write a field of it."""
        asked = field in ("level", "deadline", "basis", "description")
        if record.id.startswith("office") == (who == "office"):
            return True
        return who != "office" and not asked and (field, value) != ("_deleted", 1)

    def save(self, who, wanted, seen, field):
        """Whether it was written; what the rights forbid is not, unless nothing changes."""
        ledger = self.ledgers[who]
        if self.may(who, wanted, field):
            ledger.save(wanted, seen)
            return True
        if self.read(who, wanted.id) != wanted and (seen is None or seen != wanted):
            with pytest.raises(ValueError, match="rights"):
                ledger.save(wanted, seen)
        return False

    who = st.sampled_from(PCS)
    pick = st.integers(0, 7)
    field = st.sampled_from(FIELDS)
    value = st.sampled_from(("甲", "乙", "丙", None))

    @staticmethod
    def changed(finding, field, value):
        if field == "deadline":
            value = None if value is None else date(2026, 12, 1 + "甲乙丙".index(value))
        if field == "place" and value is None:
            value = "教学楼三楼"
        return replace(finding, **{field: value})

    @rule(who=who)
    def create(self, who):
        ledger = self.ledgers[who]
        findings.register(ledger, a_finding(unit=SCHOOL_CODE))

    @rule(who=who, pick=pick, field=field, value=value, look=st.booleans())
    def edit(self, who, pick, field, value, look):
        """What is changed with knowledge of what stood there stands, whatever the clocks say."""
        seen = self.read(who, self.finding(who, pick))
        wanted = self.changed(seen, field, value)
        if self.save(who, wanted, seen if look else None, field):
            assert self.read(who, seen.id) == wanted

    @rule(pick=pick, field=field, one=value, two=value, three=value)
    def edit_at_once(self, pick, field, one, two, three):
        """All three at the same moment, without having met."""
        record, moment = self.shared[pick % 2], self.world
        for who, value in zip(PCS, (one, two, three), strict=True):
            self.world = moment
            seen = self.read(who, record)
            self.save(who, self.changed(seen, field, value), seen, field)

    @rule(who=who, pick=pick)
    def open_form(self, who, pick):
        self.opened[who] = self.read(who, self.finding(who, pick))

    @precondition(lambda self: self.opened)
    @rule(who=who, field=field, value=value)
    def save_form_opened_long_ago(self, who, field, value):
        """Only what the person changed is written, as an answer to what they saw."""
        if (seen := self.opened.get(who)) is None:
            return
        before = self.read(who, seen.id)
        self.save(who, self.changed(seen, field, value), seen, field)
        after = self.read(who, seen.id)
        for name in set(FIELDS) - {field}:
            assert getattr(after, name) == getattr(before, name)

    @rule(who=who, pick=pick, back=st.booleans())
    def delete_or_restore(self, who, pick, back):
        ledger = self.ledgers[who]
        record = self.read(who, self.finding(who, pick))
        if (ledger.get(Finding, record.id) is not None) == back:
            return
        if not self.may(who, record, "_deleted", 0 if back else 1):
            with pytest.raises(ValueError, match="rights"):
                (ledger.restore if back else ledger.remove)(record)
            return
        (ledger.restore if back else ledger.remove)(record)
        assert (ledger.get(Finding, record.id) is not None) == back

    @rule(who=who, pick=pick, side=st.integers(0, 3))
    def decide(self, who, pick, side):
        """What is decided stands, and is no question any more, until others did otherwise."""
        ledger = self.ledgers[who]
        asked = conflicts(ledger)
        assert count_conflicts(ledger) == len(asked)
        if not asked:
            return
        question = asked[pick % len(asked)]
        sides = [question.standing, *question.others]
        value = sides[side % len(sides)].value
        if question.kind == "deleted":
            value = side % 2
        record = self.read(who, question.record)
        if who != "office" and not self.may(who, record, question.field, value):
            with pytest.raises(ValueError, match="rights"):
                decide(ledger, question, value)
            return
        decide(ledger, question, value)
        left = {(other.record, other.field) for other in conflicts(ledger)}
        assert (question.record, question.field) not in left
        found = ledger.rows(
            "SELECT val FROM cell WHERE id = ? AND field = ?", (question.record, question.field)
        )
        assert found == [(value,)]

    @rule(who=who, pick=pick, kind=st.integers(0, 2))
    def step(self, who, pick, kind):
        ledger = self.ledgers[who]
        finding = self.read(who, self.finding(who, pick))
        standing = findings.standing(ledger, finding)
        kinds = NEXT_STEPS[standing.state]
        step = a_step(kinds[kind % len(kinds)], person=f"某{who}")
        taken = findings.steps(ledger, finding)
        if step_problems(finding, taken, step):
            return
        findings.take_step(ledger, finding, step)
        after = findings.standing(ledger, finding)
        assert after.state == (standing.state if step.kind == "extended" else step.kind)

    @rule(who=st.sampled_from(PCS[:2]), line=st.integers(0, 1), value=value)
    def answer(self, who, line, value):
        """Both PCs fill the same line of the same sheet without having met."""
        ledger = self.ledgers[who]
        given = ChecklistAnswer(checklist="k.s.1", line=f"line{line}", response=value or "")
        saved = ledger.save(given)
        assert ledger.get(ChecklistAnswer, saved.id).response == value

    @rule(pick=pick, extra=st.sampled_from((-1, 1, 10**9)), who=who, ahead=st.sampled_from((-9, 9)))
    def claim_too_much(self, pick, extra, who, ahead):
        """Whoever says that they saw more, or less, than they did is refused by everybody."""
        record = self.shared[pick % 2]
        ledger = self.ledgers["one"]
        rows = ledger.rows(
            "SELECT n, t, log_id || '.' || seq FROM cell WHERE id = ? AND field = 'note'", (record,)
        )
        n, t, base = rows[0] if rows else (0, far(0), record)
        if not rows:
            ((t,),) = ledger.rows("SELECT c_t FROM finding WHERE id = ?", (record,))
        right = n + (ahead < 0)
        if right + extra < 0 or base.startswith("stranger"):
            return
        self.stranger.update("finding", record, t + ahead, note=["", "偷改", right + extra, base])
        for taker in (self.ledgers[who], ledger):
            taker.receive([self.stranger.segment()])
            assert "偷改" not in [note for (note,) in taker.rows("SELECT note FROM finding")]

    @rule(who=who, skew=st.sampled_from(SKEWS))
    def set_clock(self, who, skew):
        self.skew[who] = skew

    @rule(giver=who, taker=who)
    def hand_over(self, giver, taker):
        give(self.ledgers[giver], self.ledgers[taker])

    @rule(who=who, cut=st.integers(0, 9))
    def send(self, who, cut):
        ledger = self.ledgers[who]
        after = {log_id: max(0, seq - cut) for log_id, seq in have(ledger).items()}
        self.post.append(segments_of(ledger, after if cut else None))

    @precondition(lambda self: self.post)
    @rule(who=who, pick=st.integers(0, 99), mix=st.randoms(use_true_random=False))
    def deliver(self, who, pick, mix):
        """Any bundle ever sent may arrive, again, in pieces, and not all of them."""
        pieces = self.post[pick % len(self.post)]
        if mix.random() < 0.5:
            pieces = single_lines(pieces)
        pieces = mix.sample(pieces, mix.randint(0, len(pieces)))
        self.ledgers[who].receive(pieces)

    @invariant()
    def same_lines_same_tables(self):
        met = {}
        for ledger in self.ledgers.values():
            lines = tuple(sorted(have(ledger).items()))
            if lines in met:
                assert fold_of(ledger) == fold_of(met[lines])
            met[lines] = ledger

    def teardown(self):
        self.exchange()
        one = fold_of(self.ledgers["one"])
        for ledger in self.ledgers.values():
            assert fold_of(ledger) == one
            assert lost_silently(ledger) == []
            assert ledger.rows("SELECT * FROM held") == []
            assert ledger.rows("SELECT * FROM fork") == []
            assert ledger.rows("SELECT * FROM pend") == []
            ledger.rebuild()
            assert fold_of(ledger) == one
        self.whoever_comes_late_ends_alike(one)
        for ledger in self.ledgers.values():
            ledger.close()

    def whoever_comes_late_ends_alike(self, one):
        """A new PC that is fed single lines, shuffled and twice, holds the same."""
        late = in_memory(self.clock_of("office"), "late", an_office(code=OFFICE_CODE))
        pieces = single_lines(segments_of(self.ledgers["one"])) * 2
        random.Random(len(pieces)).shuffle(pieces)
        for piece in pieces:
            late.receive([piece])
        give(late, self.ledgers["one"])
        assert late.rows("SELECT * FROM held") == []
        assert fold_of(late) == fold_of(self.ledgers["one"])
        assert len(late.all(FindingStep)) == sum(not row[-2] for row in one["finding_step"])
        late.close()


TestFleet = Fleet.TestCase
TestFleet.settings = settings(
    settings.get_profile("house"), max_examples=40, stateful_step_count=30
)
