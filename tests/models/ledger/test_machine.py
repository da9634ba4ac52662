"""The machine: whatever Hypothesis lets happen to the fleet, it ends as it should.

Short in every run, long at night (MACHINE_EXAMPLES says how many stories, 3000 unless told):

    python -m pytest -m nightly tests/models/ledger/test_machine.py

The properties of the exchange, and where each has its test beside the machine:

 1  same lines, same tables      test_properties.py::test_who_holds_the_same_lines_shows_the_same
 2  full exchange, all equal     test_properties.py::test_after_a_full_exchange_all_that_may_know_the_same_are_equal
 3  any order, any pieces        test_properties.py::test_single_lines_shuffled_and_twice_make_the_same
 4  idempotent                   test_properties.py::test_the_same_lines_again_change_nothing
 5  informed edits stand         test_properties.py::test_an_edit_stands_at_once_and_wherever_it_is_heard_whatever_clocks_say
 6  nothing lost silently        test_properties.py::test_no_version_is_lost_silently
 7  decisions empty conflicts    test_properties.py::test_a_decision_empties_the_question_everywhere
 8  scope, type and rights       test_properties.py::test_what_nobody_may_say_is_refused_and_makes_no_row
 9  n is exact                   test_properties.py::test_an_n_that_is_not_exact_is_refused_by_all
10  no changed segment           test_properties.py::test_a_changed_segment_never_advances_a_stream
11  gaps are held, then none     test_properties.py::test_a_gap_is_held_and_at_the_end_nothing_is
12  unknown fields survive       test_properties.py::test_what_a_newer_program_says_is_kept_and_passed_on
12  work after a delete          test_properties.py::test_deleted_and_written_on_is_asked_everywhere_and_decided_once
13  receipts, lossy carrier      ../exchange/test_carrier.py::test_receipts_heal_what_a_carrier_does
14  forks are said again         test_branches.py::test_nothing_of_either_branch_is_lost_and_all_end_alike
14  an old copy in the fleet     test_properties.py::test_an_old_copy_put_back_loses_nothing
15  old and new programs         test_properties.py::test_a_fleet_of_old_and_new_programs_ends_alike_once_all_are_new
16  ends of streams              test_properties.py::test_lines_beyond_the_end_of_a_stream_count_nowhere_whichever_is_heard_first
17  killed in an import          test_killed.py::test_an_import_that_is_killed_is_whole_or_never_was
18  one by one, or many at once  test_taking.py::test_many_bundles_at_once_come_to_the_same_as_one_by_one
19  another database             not built: there is one merge, in SQLite
20  photos late, wanted, twice   ../exchange/test_export.py::test_a_photo_that_got_lost_is_asked_for_and_sent_again
20  photos that are not here     ../exchange/test_export.py::test_photos_that_are_not_here_do_not_hold_up_their_lines
21  whatever a stranger sends    ../exchange/test_hostile.py::test_no_change_inside_the_envelope_is_taken
21  what fuzzing found           ../exchange/test_corpus.py::test_nothing_that_was_found_is_more_than_refused
21  lines of anything            test_hostile_lines.py::test_a_line_of_anything_is_refused_and_never_crashes
"""  # noqa: E501  the names are as long as they are

import ast
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.ledger import stories
from tests.models.ledger.machine import Machine

HERE = Path(__file__).parent
TestMachine = Machine.TestCase
TestMachine.settings = settings(
    settings.get_profile("house"),
    max_examples=15,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow],
)
LONG = settings(
    TestMachine.settings,
    max_examples=int(os.environ.get("MACHINE_EXAMPLES", "3000")),
    stateful_step_count=60,
    derandomize=False,
    print_blob=True,
)


@pytest.mark.parametrize("number", range(5))
def test_a_dense_story_ends_well(number):
    stories.tell(number)


@pytest.mark.nightly
def test_long_stories_end_well():
    run_state_machine_as_test(Machine, settings=LONG)


@pytest.mark.nightly
@pytest.mark.parametrize("hundred", range(20))
def test_many_dense_stories_end_well(hundred):
    for number in range(100 * hundred, 100 * hundred + 100):
        stories.tell(number)


def test_each_property_has_its_test():
    rows = re.findall(r"^ ?(\d+)  .{27}  ?(.+)$", __doc__, re.MULTILINE)
    assert {int(number) for number, _where in rows} == set(range(1, 22))
    for _number, where in rows:
        if where.startswith("not built: "):
            continue
        file, name = where.split("::")
        tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name
