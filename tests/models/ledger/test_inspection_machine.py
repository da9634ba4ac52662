"""Inspections as anybody may walk through them: answers in any order, taken back, gone on with.

A dictionary says a second time what every answer and every finding must be.
"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.ledger import findings, inspections
from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.finding import Finding
from models.records.inspection import RESULTS, Inspection
from models.templates.safety import load_safety
from tests.conftest import RESOURCES, Clock, a_step
from tests.models.ledger.conftest import fold_of, in_memory

TEMPLATE = load_safety(RESOURCES / "checklists" / "safety_items.json")
ITEMS = TEMPLATE.items[:4]


class Rounds(RuleBasedStateMachine):
    """One inspection of four items."""

    item = st.sampled_from(ITEMS)

    @initialize()
    def begin(self):
        self.ledger: Ledger = in_memory(Clock(), "pc")
        opened = inspections.blank(self.ledger)
        self.round: Inspection = inspections.begin(self.ledger, opened, TEMPLATE, ITEMS)
        self.results: dict[str, str | None] = {}
        self.findings: dict[str, str] = {}  # item -> the finding that its answer names
        self.stepped: set[str] = set()
        self.ended = False

    @property
    def lacking(self):
        """The failed items that nobody has described."""
        failed = {item for item, result in self.results.items() if result == "failed"}
        return failed - self.findings.keys()

    @rule(item=item, result=st.sampled_from([*RESULTS, None]))
    def answer(self, item, result):
        if self.ended:
            with pytest.raises(ValueError, match="ended"):
                inspections.answer(self.ledger, self.round, item.id, result)
            return
        inspections.answer(self.ledger, self.round, item.id, result)
        self.results[item.id] = result

    @precondition(lambda self: not self.ended)
    @rule(item=item)
    def describe(self, item):
        typed = replace(inspections.suggested(self.round, item), place="教学楼三楼")
        if item.id in self.findings and self.stands(item.id):
            with pytest.raises(ValueError, match="already"):
                inspections.describe(self.ledger, typed)
            return
        self.findings[item.id] = inspections.describe(self.ledger, typed).id
        self.results[item.id] = "failed"

    def stands(self, item):
        """A finding stands while its item fails, and once somebody has begun to deal with it."""
        return self.results.get(item) == "failed" or self.findings[item] in self.stepped

    @rule(item=item)
    def deal_with(self, item):
        finding = self.ledger.get(Finding, self.findings.get(item.id, ""))
        if finding and finding.id not in self.stepped:
            findings.take_step(self.ledger, finding, a_step("graded"))
            self.stepped.add(finding.id)

    @precondition(lambda self: not self.ended)
    @rule()
    def finish(self):
        if self.lacking:
            with pytest.raises(Problem, match=f"还有 {len(self.lacking)} 项"):
                inspections.finish(self.ledger, self.round)
            return
        inspections.finish(self.ledger, self.round)
        self.ended = True

    @precondition(lambda self: self.ended)
    @rule()
    def resume(self):
        inspections.resume(self.ledger, self.round)
        self.ended = False

    @invariant()
    def the_answers_are_the_last_ones(self):
        filled = inspections.answers(self.ledger, self.round)
        assert {item: a.result for item, a in filled.items()} == self.results
        assert set(inspections.undescribed(self.ledger, filled)) == self.lacking

    @invariant()
    def the_counts_add_up(self):
        (found,) = inspections.recent(self.ledger)
        counted = Counter(self.results.values())
        assert found.progress.total == len(ITEMS)
        assert found.progress.failed == counted["failed"]
        assert found.progress.done + found.progress.left == found.progress.total
        assert found.is_zero_report == (
            self.ended and not counted["failed"] and not found.progress.left
        )
        assert bool(inspections.unfinished(self.ledger)) != self.ended

    @invariant()
    def a_finding_stands_where_it_should(self):
        standing = {finding.id for finding in self.ledger.all(Finding)}
        wanted = {self.findings[item] for item in self.findings if self.stands(item)}
        assert standing == wanted

    def teardown(self):
        before = fold_of(self.ledger)
        self.ledger.rebuild()
        assert fold_of(self.ledger) == before
        self.ledger.close()


TestRounds = Rounds.TestCase
TestRounds.settings = settings(max_examples=25, stateful_step_count=20)
