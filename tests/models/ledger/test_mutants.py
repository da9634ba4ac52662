"""The proof is proven: whatever is wrong in the merge, the machine finds it.

Every mutant must die in every run. Each upon the machine as long and as random as at night:

    python -m pytest -m nightly tests/models/ledger/test_mutants.py
"""

from sqlite3 import IntegrityError

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.ledger.mutants import machine_upon, read_mutants

MUTANTS = read_mutants()
# Finding a failure is enough; making it small would take most of the time.
QUICK = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
THOROUGH = settings(QUICK, max_examples=250)
RANDOM = settings(THOROUGH, derandomize=False)
each = pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])


def killed(mutant, how):
    """Whether the machine sees that something is wrong; broken SQL or Python would prove nothing."""
    with machine_upon(mutant.module, mutant.source) as machine:
        try:
            run_state_machine_as_test(machine.Machine, settings=how)
        except (AssertionError, IntegrityError, RuntimeError):
            return True
    return False


@each
def test_a_wrong_merge_is_found(mutant):
    assert killed(mutant, QUICK) or killed(mutant, THOROUGH), "strengthen the machine"


def test_the_right_merge_is_not():
    with machine_upon() as machine:
        run_state_machine_as_test(machine.Machine, settings=QUICK)


def test_there_are_many_mutants_and_each_is_another():
    assert len(MUTANTS) >= 15
    assert len({mutant.source for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.nightly
@pytest.mark.parametrize("again", range(3))
@each
def test_a_wrong_merge_is_found_whatever_is_drawn(mutant, again):
    assert killed(mutant, RANDOM)
