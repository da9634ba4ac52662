"""The proof is proven: whatever is wrong in the merge, stories and machine find it.

Every mutant must die in every run, of a story as a rule, for that is quickest; some also of the
machine. At night all must die of the machine, upon stories that nobody knows beforehand:

    python -m pytest -m nightly tests/models/ledger/test_mutants.py
"""

import sqlite3
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.ledger.mutants import machine_upon, read_mutants, stories_upon

MUTANTS = read_mutants()
MOST_STORIES = 40
# What was wrong in merges of others, or in ours before it was built.
CLASSICS = (
    "last arrival wins",
    "the clock alone decides",
    "no tie break by stream",
    "n is not checked",
    "what waits waits for ever",
    "superseded versions are conflicts",
    "anybody edits anything",
    "a gap is no gap",
    "other lines are no fork",
)
QUICK = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
RANDOM = settings(QUICK, max_examples=400, derandomize=False)
# These say that the mutant is no wrong merge, but no program at all.
BROKEN = (sqlite3.OperationalError, NameError, TypeError, AttributeError, ImportError)
each = pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])


class Found(BaseException):
    """Something is wrong: no need to tell the story again, nor to make it short."""


def hasty(machine):
    """The machine that stops at once when it has found something."""

    class Hasty(machine):
        def teardown(self):
            error = sys.exc_info()[1]
            if not isinstance(error, Exception):
                try:
                    super().teardown()
                except Exception as late:
                    error = late
            if isinstance(error, Exception):
                raise Found from error

    return Hasty


def check_broken(error):
    assert not isinstance(error, BROKEN), f"broken, not wrong: {error}"


def dies_of_a_story(mutant):
    with stories_upon(mutant.module, mutant.source) as stories:
        # hardly anything comes out at the end only
        for number in range(MOST_STORIES):
            try:
                stories.tell(number, to_the_end=number % 4 == 3)
            except Exception as error:
                check_broken(error)
                return True
    return False


def dies_of_the_machine(mutant, how):
    with machine_upon(mutant.module, mutant.source) as machine:
        try:
            run_state_machine_as_test(hasty(machine.Machine), settings=how)
        except Found as found:
            check_broken(found.__cause__)
            return True
        except ValueError as told:  # the program itself found that it wrote what it refuses
            assert "refused line" in str(told)  # noqa: PT017
            return True
    return False


@each
def test_a_wrong_merge_is_found(mutant):
    assert dies_of_a_story(mutant), "strengthen the stories, and the machine"


@pytest.mark.parametrize("name", CLASSICS)
def test_the_machine_finds_it_too(name):
    (mutant,) = (mutant for mutant in MUTANTS if mutant.name == name)
    assert dies_of_the_machine(mutant, QUICK)


def test_the_right_merge_is_not_found_wrong():
    with stories_upon() as stories:
        for number in range(5):
            stories.tell(number)


def test_there_are_many_mutants_and_each_is_another():
    assert len(MUTANTS) >= 15
    assert len({(mutant.file, mutant.source) for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.nightly
@each
def test_the_machine_finds_it_whatever_is_drawn(mutant):
    assert dies_of_the_machine(mutant, RANDOM)
