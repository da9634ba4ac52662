from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.records.five_management import REVIEWS, ChecklistReview, in_force
from models.records.record import problems_of
from models.records.task import Task, completion
from models.templates.compliance import Verdict
from tests.conftest import TODAY


def a_task(**changes):
    task = Task(
        name="添置手机保管柜",
        kind="rectify",
        area="phone",
        person="李安全",
        due=TODAY,
        state="open",
    )
    return replace(task, **changes)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, None),
        ({"state": "done", "done_on": TODAY, "outcome": "已添置"}, None),
        ({"state": "done", "outcome": "已添置"}, "done_on"),
        ({"state": "done", "done_on": TODAY}, "outcome"),
        ({"done_on": TODAY}, "state"),
        ({"state": "dropped"}, None),
    ],
)
def test_a_task_is_done_on_a_day_with_an_outcome(changes, wrong):
    assert list(problems_of(a_task(**changes))) == ([wrong] if wrong else [])


def test_a_task_is_late_behind_its_day_while_it_is_open():
    yesterday = TODAY - timedelta(days=1)
    assert a_task(due=yesterday).is_late(TODAY)
    assert not a_task().is_late(TODAY)
    assert not a_task(due=yesterday, state="dropped").is_late(TODAY)
    assert not a_task(due=None).is_late(TODAY)


def test_the_rate_of_completion_leaves_out_what_was_dropped():
    tasks = [a_task(state=state) for state in ("done", "done", "open", "dropped")]
    assert (completion(tasks).counts(), completion(tasks).percent()) == ("2/3", "66.67%")
    assert completion([]).percent() == "—"
    golden = [a_task(state="done")] * 126 + [a_task()] * 68  # domain A.4: 194 items, 65 %
    assert completion(golden).percent(0) == "65%"


def test_a_rule_set_is_in_force_from_its_day():
    both = {"national", "shandong_2025", "of a newer program"}
    assert in_force(both, date(2021, 4, 18)) == set()
    assert in_force(both, date(2025, 5, 16)) == {"national"}
    assert in_force(both, date(2025, 5, 17)) == {"national", "shandong_2025"}
    assert in_force({"national"}, TODAY) == {"national"}


def test_a_review_says_the_same_words_as_a_verdict_and_may_be_a_note_only():
    assert set(REVIEWS.values()) <= {verdict.value for verdict in Verdict}
    assert problems_of(ChecklistReview(checklist="k", line="fm.hw.01", note="看了作业本")) == {}
