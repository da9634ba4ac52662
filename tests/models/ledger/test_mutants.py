"""The proof is proven: whatever is wrong in the merge, the machine finds it.

Every mutant must die in every run, and at night upon stories that nobody knows beforehand:

    python -m pytest -m nightly tests/models/ledger/test_mutants.py
"""

import sqlite3
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.ledger.mutants import machine_upon, read_mutants

MUTANTS = read_mutants()
QUICK = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
THOROUGH = settings(QUICK, max_examples=250)
RANDOM = settings(THOROUGH, derandomize=False)
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


def killed(mutant, how):
    """Whether the machine sees that something is wrong."""
    with machine_upon(mutant.module, mutant.source) as machine:
        try:
            run_state_machine_as_test(hasty(machine.Machine), settings=how)
        except Found as found:
            assert not isinstance(found.__cause__, BROKEN), found.__cause__  # noqa: PT017
            return True
        except ValueError as told:  # the program itself found that it wrote what it refuses
            assert "refused line" in str(told)  # noqa: PT017
            return True
    return False


@each
def test_a_wrong_merge_is_found(mutant):
    assert killed(mutant, QUICK) or killed(mutant, THOROUGH), "strengthen the machine"


def test_the_right_merge_is_not():
    with machine_upon() as machine:
        run_state_machine_as_test(hasty(machine.Machine), settings=QUICK)


def test_there_are_many_mutants_and_each_is_another():
    assert len(MUTANTS) >= 15
    assert len({mutant.source for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.nightly
@pytest.mark.parametrize("again", range(3))
@each
def test_a_wrong_merge_is_found_whatever_is_drawn(mutant, again):
    assert killed(mutant, RANDOM)
