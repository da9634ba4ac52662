from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.finding import STATES, STEPS
from models.records.workflow import (
    ASKED,
    AWAITING_RECHECK,
    BESIDE,
    FIVE_COMMITMENTS,
    NEXT_STEPS,
    RECTIFIED_STATES,
    SOON,
    finding_problems,
    in_turn,
    is_due_soon,
    is_same_person,
    next_steps,
    rectifier_of,
    state_of,
    step_problems,
)
from tests.conftest import TODAY, a_finding, a_step

# The shortest way to each state.
WAYS = {
    "registered": (),
    "graded": ("graded",),
    "fixed_on_site": ("fixed_on_site",),
    "notice_issued": ("graded", "notice_issued"),
    "rectifying": ("graded", "rectifying"),
    "submitted": ("graded", "rectifying", "submitted"),
    "recheck_failed": ("graded", "rectifying", "submitted", "recheck_failed"),
    "recheck_passed": ("graded", "rectifying", "submitted", "recheck_passed"),
    "closed": ("graded", "rectifying", "submitted", "recheck_passed", "closed"),
    "reopened": ("graded", "rectifying", "submitted", "recheck_passed", "closed", "reopened"),
}
COMMITTED = {
    "responsible": "赵𬱖",
    "measures": "更换灭火器",
    "funding": 0,
    "deadline": date(2026, 12, 1),
    "contingency": "现场值守",
}


def steps_to(state, **changes):
    return [a_step(kind, **changes) for kind in WAYS[state]]


def step(kind, **changes):
    """A step by somebody else than whoever went before."""
    return a_step(kind, person="张㛃", **changes)


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_only_from_the_states_that_allow_it(state, kind):
    steps = steps_to(state)
    if kind == "back_in_use":  # only what was taken out of use
        steps = [step("taken_out_of_use"), *steps]
    assert state_of(a_finding(), steps).state == state
    problems = step_problems(a_finding(), steps, step(kind))
    if kind in NEXT_STEPS[state]:
        assert problems == {}
        after = state_of(a_finding(), [*steps, step(kind)]).state
        assert after == (state if kind in BESIDE else kind)
    else:
        assert list(problems) == ["kind"]
        assert STATES[state] in str(problems["kind"])
        assert STEPS[kind] in str(problems["kind"])


def test_flags_stand_beside_the_state():
    steps = [
        a_step("graded"),
        a_step("taken_out_of_use"),
        a_step("supervised", office="示例市教育局"),
        a_step("rectifying"),
        a_step("extended"),
    ]
    standing = state_of(a_finding(), steps)
    assert standing.state == "rectifying"
    assert (standing.extensions, standing.supervised_by, standing.out_of_use) == (
        1,
        "示例市教育局",
        True,
    )
    assert "taken_out_of_use" not in next_steps(standing)
    later = state_of(a_finding(), [*steps, a_step("submitted"), a_step("back_in_use")])
    assert not later.out_of_use
    assert "back_in_use" not in next_steps(later)


def test_what_is_in_use_is_not_put_back_into_use():
    assert list(step_problems(a_finding(), [], step("back_in_use"))) == ["kind"]


def test_an_unknown_step_is_refused_by_its_own_name():
    assert "升级" in str(step_problems(a_finding(), [], step("升级"))["kind"])
    assert "kind" in step_problems(a_finding(), [], step(None))


def test_a_step_out_of_turn_is_kept_and_changes_nothing():
    steps = [*steps_to("graded"), step("closed"), step("rectifying")]
    assert [allowed for _, allowed in in_turn(steps)] == [True, False, True]
    assert state_of(a_finding(), steps).state == "rectifying"


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_any_order_of_steps_gives_a_state_and_allowed_steps_only_go_along_the_table(kinds):
    steps = [a_step(kind) for kind in kinds]
    state = "registered"
    for one, allowed in in_turn(steps):
        assert allowed == (one.kind in NEXT_STEPS[state])
        if allowed and one.kind not in BESIDE:
            state = one.kind
    standing = state_of(a_finding(), steps)
    assert standing.state == state
    assert (standing.closed_on is not None) == (state == "closed")
    assert (standing.rectified_on is not None) == (state in RECTIFIED_STATES)


@pytest.mark.parametrize(
    ("state", "kind", "missing"),
    [
        ("registered", "graded", ["level", "opinion"]),
        ("registered", "fixed_on_site", ["opinion"]),
        ("graded", "notice_issued", ["document", "deadline"]),
        ("rectifying", "extended", ["deadline", "approver", "opinion"]),
        ("rectifying", "submitted", ["opinion"]),
        ("submitted", "recheck_failed", ["opinion", "deadline"]),
        ("closed", "reopened", ["opinion"]),
        ("rectifying", "supervised", ["office", "document"]),
        ("graded", "taken_out_of_use", ["opinion"]),
        ("graded", "rectifying", []),
        ("submitted", "recheck_passed", ["opinion"]),
        ("recheck_passed", "closed", ["approver"]),
    ],
)
def test_each_step_asks_for_what_it_needs(state, kind, missing):
    empty = dict.fromkeys(
        ("level", "opinion", "document", "deadline", "approver", "cost", "office")
    )
    problems = step_problems(a_finding(), steps_to(state), step(kind, **empty))
    assert sorted(problems) == sorted(missing)
    assert set(missing) <= set(ASKED[kind])


def test_whoever_rectified_does_not_recheck():
    steps = steps_to("submitted")
    for kind in ("recheck_passed", "recheck_failed"):
        problems = step_problems(a_finding(), steps, a_step(kind))
        assert "赵𬱖" in str(problems["person"])
    fixed = steps_to("fixed_on_site")
    assert "person" in step_problems(a_finding(), fixed, a_step("recheck_passed"))
    assert step_problems(a_finding(), fixed, step("recheck_passed")) == {}


@pytest.mark.parametrize("name", ["赵𬱖", " 赵 𬱖", "赵　𬱖 ", "张㛃、赵𬱖", "张㛃，赵𬱖"])
def test_a_name_is_the_same_however_it_is_spaced_or_joined(name):
    problems = step_problems(
        a_finding(), steps_to("submitted"), a_step("recheck_passed", person=name)
    )
    assert "不能自己复查" in str(problems["person"])


def test_people_are_the_same_by_any_name_they_share():
    assert is_same_person("ＬＩ Wei", "li wei")
    assert not is_same_person("李伟", "李伟强")
    assert not is_same_person(None, None)
    assert not is_same_person("、", "、")


def test_a_report_out_of_turn_rectifies_nothing():
    steps = [*steps_to("submitted"), step("submitted")]
    assert rectifier_of(steps) == "赵𬱖"
    assert "person" in step_problems(a_finding(), steps, a_step("recheck_passed"))
    assert step_problems(a_finding(), steps, step("recheck_passed")) == {}
    assert rectifier_of([step("submitted")]) is None


@pytest.mark.parametrize(
    ("state", "kind", "rule"),
    [
        ("registered", "closed", "复查合格以后才能销号"),
        ("submitted", "closed", "复查合格以后才能销号"),
        ("rectifying", "recheck_passed", "先报告整改完成或立行立改，再复查"),
        ("registered", "notice_issued", "先定级，再下达整改通知"),
        ("graded", "reopened", "已销号的隐患才能记为反弹"),
    ],
)
def test_a_refusal_names_its_rule_and_what_may_be_done_instead(state, kind, rule):
    told = str(step_problems(a_finding(), steps_to(state), step(kind))["kind"])
    assert rule in told
    for other in next_steps(state_of(a_finding(), steps_to(state))):
        assert STEPS[other] in told


def test_the_last_who_rectified_counts():
    steps = [*steps_to("recheck_failed"), step("submitted")]
    assert step_problems(a_finding(), steps, a_step("recheck_passed")) == {}
    assert "person" in step_problems(a_finding(), steps, step("recheck_passed"))


def test_a_recheck_of_a_step_without_a_name_is_not_refused():
    steps = [*steps_to("rectifying"), replace(a_step("submitted"), person=None)]
    assert step_problems(a_finding(), steps, replace(a_step("recheck_passed"), person=None)) == {}


def test_a_step_is_not_dated_before_the_last_one():
    early = TODAY - timedelta(days=1)
    problems = step_problems(a_finding(), steps_to("graded"), step("rectifying", taken_on=early))
    assert list(problems) == ["taken_on"]
    assert "taken_on" in step_problems(a_finding(), [], step("graded", taken_on=early))
    undated = replace(step("graded"), taken_on=None)
    assert step_problems(a_finding(), [], undated) == {}
    assert step_problems(a_finding(found_on=None), [], step("graded")) == {}


@pytest.mark.parametrize(
    ("state", "kind"), [("graded", "notice_issued"), ("submitted", "recheck_failed")]
)
def test_a_deadline_lies_not_before_the_step_that_sets_it(state, kind):
    early = TODAY - timedelta(days=1)
    problems = step_problems(a_finding(), steps_to(state), step(kind, deadline=early))
    assert "早于这一步的日期（2026年11月23日）" in str(problems["deadline"])
    assert step_problems(a_finding(), steps_to(state), step(kind, deadline=TODAY)) == {}
    undated = step(kind, deadline=early, taken_on=None)
    assert "deadline" in step_problems(a_finding(), steps_to(state), undated)


def test_a_finding_is_not_found_after_its_first_step():
    steps = [step("graded", taken_on=None), *steps_to("graded")]
    late = a_finding(found_on=TODAY + timedelta(days=1))
    assert "2026年11月23日" in str(finding_problems(late, steps)["found_on"])
    assert finding_problems(a_finding(), steps) == {}
    assert finding_problems(a_finding(found_on=None), steps) == {}
    assert finding_problems(late, []) == {}


def test_an_extension_moves_the_deadline_on():
    steps = steps_to("notice_issued")
    same = step("extended", deadline=date(2026, 12, 1))
    assert "要晚于现在的时限（2026年12月1日）" in str(
        step_problems(a_finding(), steps, same)["deadline"]
    )
    assert step_problems(a_finding(), steps, step("extended")) == {}
    assert step_problems(a_finding(), steps_to("rectifying"), same) == {}  # had no deadline yet


def test_a_major_finding_needs_its_five_commitments_before_it_is_rectified():
    finding = a_finding(level="major")
    told = str(
        step_problems(finding, [a_step("graded", level="major")], step("rectifying"))["kind"]
    )
    assert all(word in told for word in FIVE_COMMITMENTS.values())
    whole = replace(finding, **COMMITTED)
    assert step_problems(whole, [a_step("graded", level="major")], step("rectifying")) == {}


WITHOUT_NOTICE = ("rectifying", "submitted")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (state, kind)
        for state, kinds in NEXT_STEPS.items()
        for kind in kinds
        if kind in WITHOUT_NOTICE
    ],
)
def test_no_way_to_rectify_a_major_finding_goes_round_its_five_commitments(state, kind):
    finding = a_finding(level="major")
    steps = [replace(s, level=None) for s in steps_to(state)]
    told = step_problems(finding, steps, step(kind))
    assert "五落实" in str(told["kind"])
    assert step_problems(replace(finding, **COMMITTED), steps, step(kind)) == {}
    assert step_problems(replace(finding, level="general"), steps, step(kind)) == {}


@pytest.mark.parametrize(
    "way",
    [
        ("graded", "notice_issued", "submitted"),
        ("graded", "notice_issued", "extended", "submitted"),
        ("fixed_on_site", "recheck_failed", "submitted"),
        ("fixed_on_site", "recheck_passed", "closed", "reopened", "notice_issued", "submitted"),
    ],
)
def test_no_detour_reports_a_major_finding_rectified_without_them(way):
    finding = a_finding(level="major")
    steps = [
        a_step(kind, level=None) if kind != "graded" else a_step(kind, level="major")
        for kind in way[:-1]
    ]
    assert state_of(finding, steps).level == "major"
    assert "五落实" in str(step_problems(finding, steps, step(way[-1]))["kind"])


@pytest.mark.parametrize("state", ["registered", "graded"])
def test_what_is_fixed_at_once_needs_no_commitments(state):
    finding = a_finding(level="major")
    assert step_problems(finding, steps_to(state), step("fixed_on_site")) == {}


@pytest.mark.parametrize("name", FIVE_COMMITMENTS)
def test_each_missing_commitment_is_named(name):
    finding = replace(a_finding(), **{**COMMITTED, name: None})
    graded = a_step("graded", level="major")
    told = str(step_problems(finding, [graded], step("rectifying"))["kind"])
    assert told.count("、") == 0
    assert FIVE_COMMITMENTS[name] in told


def test_the_deadline_of_a_notice_is_the_commitment_of_time():
    finding = replace(a_finding(), **{**COMMITTED, "deadline": None})
    steps = [a_step("graded", level="major"), a_step("notice_issued")]
    assert step_problems(finding, steps, step("rectifying")) == {}
    step_with_deadline = step("rectifying", deadline=date(2026, 12, 2))
    assert step_problems(finding, steps[:1], step_with_deadline) == {}


def test_closing_a_major_finding_needs_who_approved_it():
    finding = replace(a_finding(), **COMMITTED)
    steps = [
        replace(s, level="major") if s.kind == "graded" else s for s in steps_to("recheck_passed")
    ]
    assert list(step_problems(finding, steps, step("closed", approver=None))) == ["approver"]
    assert step_problems(finding, steps, step("closed")) == {}


def test_the_standing_keeps_level_deadline_days_and_failed_rechecks():
    steps = [
        a_step("graded", level="major"),
        a_step("notice_issued", deadline=date(2026, 12, 1)),
        a_step("extended", deadline=date(2026, 12, 5)),
        a_step("submitted", taken_on=date(2026, 12, 2)),
        a_step("recheck_failed", deadline=date(2026, 12, 9)),
    ]
    standing = state_of(a_finding(), steps)
    assert (standing.level, standing.deadline) == ("major", date(2026, 12, 9))
    assert (standing.rectified_on, standing.closed_on, standing.failed_rechecks) == (None, None, 1)
    steps += [
        a_step("submitted", taken_on=date(2026, 12, 8)),
        a_step("recheck_passed"),
        a_step("closed", taken_on=date(2026, 12, 10)),
    ]
    standing = state_of(a_finding(), steps)
    assert standing.rectified_on == date(2026, 12, 8)
    assert standing.closed_on == date(2026, 12, 10)
    reopened = state_of(a_finding(), [*steps, a_step("reopened")])
    assert reopened.closed_on is None
    assert (
        state_of(a_finding(), [*steps, a_step("extended", deadline=date(2027, 1, 1))]) == standing
    )


@pytest.mark.parametrize(
    ("state", "late"),
    [("rectifying", True), ("recheck_failed", True), ("submitted", False), ("closed", False)],
)
def test_overdue_is_derived_from_the_day_it_is_asked_on(state, late):
    finding = a_finding(deadline=date(2026, 12, 1))
    standing = state_of(finding, steps_to(state))
    assert not standing.is_overdue(date(2026, 12, 1))
    assert standing.is_overdue(date(2026, 12, 2)) is late
    assert not state_of(a_finding(), []).is_overdue(date(2099, 1, 1))


def test_soon_is_from_today_to_the_last_of_its_days():
    day = date(2026, 12, 1)
    assert is_due_soon("rectifying", day, day)
    assert is_due_soon("rectifying", day, day - SOON)
    assert not is_due_soon("rectifying", day, day - SOON - timedelta(days=1))
    assert not is_due_soon("rectifying", day, day + timedelta(days=1))
    assert not is_due_soon("rectifying", None, day)
    assert not any(is_due_soon(state, day, day) for state in RECTIFIED_STATES)


def test_what_awaits_its_recheck_counts_as_rectified_and_can_fail():
    assert AWAITING_RECHECK < RECTIFIED_STATES
    assert {
        state for state, kinds in NEXT_STEPS.items() if "recheck_failed" in kinds
    } == AWAITING_RECHECK
