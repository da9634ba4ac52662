import pytest

from models.records.rechecks import last_recheck, spent
from tests.conftest import a_step

RECTIFIED = ["graded", "rectifying", "submitted"]


def steps(*kinds, **changes):
    return [a_step(kind, **changes) for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ([], None),
        (RECTIFIED, None),
        ([*RECTIFIED, "recheck_failed"], "recheck_failed"),
        ([*RECTIFIED, "recheck_failed", "submitted"], None),
        ([*RECTIFIED, "recheck_passed", "closed"], "recheck_passed"),
        ([*RECTIFIED, "recheck_passed", "closed", "reopened"], None),
        (["recheck_passed"], None),  # out of turn: it changes nothing
    ],
)
def test_the_recheck_is_that_of_the_last_rectification(kinds, found):
    recheck = last_recheck(steps(*kinds))
    assert (recheck.kind if recheck else None) == found


def test_what_was_spent_is_the_sum_of_the_steps_that_count():
    assert spent(steps(*RECTIFIED)) is None
    assert spent(steps(*RECTIFIED, cost=0)) == 0
    assert spent([*steps(*RECTIFIED, cost=40), *steps("closed", cost=9)]) == 120
