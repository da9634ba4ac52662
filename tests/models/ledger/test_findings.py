from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.ledger import findings
from models.ledger.finding_filter import FindingFilter
from models.ledger.findings import Counts
from models.ledger.people import people
from models.ledger.streams import lines_after, streams_of
from models.records.finding import Finding, Photo
from models.records.workflow import is_overdue
from tests.conftest import TODAY, a_finding, a_step
from tests.models.ledger.conftest import Writer, give

WAY = ("graded", "rectifying", "submitted", "recheck_passed", "closed")


def walk(ledger, finding, *kinds, **changes):
    for kind in kinds:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        findings.take_step(ledger, finding, a_step(kind, person=person, **changes))


def listed(ledger, view, words="", today=TODAY):
    rows = findings.page(ledger, findings.numbers(ledger, view, today, words))
    return [row.place for row in rows]


def test_a_finding_gets_the_next_number_of_its_year(ledger):
    numbers = [
        findings.register(ledger, a_finding(found_on=day)).number
        for day in (TODAY, TODAY, date(2025, 1, 1), TODAY)
    ]
    assert numbers == ["2026-0001", "2026-0002", "2025-0001", "2026-0003"]


def test_a_number_that_is_given_is_kept_and_the_next_goes_on_after_the_greatest(ledger):
    assert findings.register(ledger, a_finding(number="2026-0041")).number == "2026-0041"
    assert findings.register(ledger, a_finding()).number == "2026-0042"


def test_a_finding_that_cannot_be_saved_takes_no_number(ledger):
    with pytest.raises(ValueError, match="unchecked"):
        findings.register(ledger, a_finding(found_on=None))
    assert findings.register(ledger, a_finding()).number == "2026-0001"


def test_documents_are_numbered_by_kind_and_year_as_official_papers_are(ledger):
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕1号"
    finding = ledger.save(a_finding())
    walk(ledger, finding, "graded")
    walk(ledger, finding, "notice_issued", document="〔2026〕12号")
    ledger.save(a_step("notice_issued", finding=finding.id, document="〔2026〕十三号"))
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕13号"
    assert findings.next_document_number(ledger, "notice_issued", 2027) == "〔2027〕1号"
    assert findings.next_document_number(ledger, "closed", 2026) == "〔2026〕1号"


def test_the_name_before_the_year_is_kept_and_each_name_counts_for_itself(ledger):
    finding = ledger.save(a_finding())
    for document in ("〔2026〕7号", "示教安改〔2025〕31号", "示教安改〔2026〕4号"):
        ledger.save(a_step("notice_issued", finding=finding.id, document=document))
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "示教安改〔2026〕5号"
    assert findings.next_document_number(ledger, "notice_issued", 2027) == "示教安改〔2027〕1号"


def test_a_number_that_nobody_would_count_to_is_not_counted_from(ledger):
    finding = ledger.save(a_finding())
    for document in ("〔2026〕12345678901号", "〔2026〕123456789号", "收文2026-5"):
        ledger.save(a_step("notice_issued", finding=finding.id, document=document))
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕123456790号"


def test_the_offices_that_supervised_are_known_once_each(ledger):
    assert findings.supervisors(ledger) == []
    for office in ("示例县教育局", "示例市教育局", "示例县教育局"):
        finding = findings.register(ledger, a_finding())
        walk(ledger, finding, "graded")
        walk(ledger, finding, "supervised", office=office)
    assert sorted(findings.supervisors(ledger)) == sorted(["示例县教育局", "示例市教育局"])


def test_steps_follow_each_other_and_the_standing_is_derived(ledger):
    finding = findings.register(ledger, a_finding())
    walk(ledger, finding, *WAY)
    taken = findings.steps(ledger, finding)
    assert [step.kind for step in taken] == list(WAY)
    assert [step.after for step in taken] == [None, *(step.id for step in taken[:-1])]
    assert {step.unit for step in taken} == {finding.unit}
    assert findings.standing(ledger, finding).state == "closed"


def test_a_step_that_the_rules_do_not_allow_is_a_bug_of_the_caller(ledger):
    finding = findings.register(ledger, a_finding())
    with pytest.raises(ValueError, match="unchecked step"):
        findings.take_step(ledger, finding, a_step("closed"))
    assert findings.steps(ledger, finding) == []


@pytest.fixture
def many(ledger):
    """One finding for each place where a finding may stand; the place tells which."""
    soon, gone = TODAY + timedelta(days=7), TODAY - timedelta(days=1)
    ways = {
        "new": ((), {}),
        "due": (("graded", "rectifying"), {"deadline": soon}),
        "today": ((), {"deadline": TODAY}),
        "late": (("graded",), {"deadline": gone, "found_on": gone, "level": "major"}),
        "recheck": (WAY[:3], {"deadline": gone, "found_on": gone}),
        "fixed": (("fixed_on_site",), {}),
        "failed": ((*WAY[:3], "recheck_failed"), {}),
        "closed": (WAY, {}),
    }
    for place, (kinds, changes) in ways.items():
        walk(ledger, findings.register(ledger, a_finding(place=place, **changes)), *kinds)
    ledger.remove(findings.register(ledger, a_finding(place="deleted", level="major")))


@pytest.mark.parametrize(
    ("view", "places"),
    [
        ("all", "closed failed fixed today due new recheck late"),
        ("open", "failed fixed today due new recheck late"),
        ("late", "late"),
        ("due", "today due"),
        ("recheck", "fixed recheck"),
        ("closed", "closed"),
    ],
)
def test_each_view_lists_what_its_name_says_newest_first(ledger, many, view, places):
    assert listed(ledger, view) == places.split()


def test_the_level_that_stands_is_the_one_that_was_graded(ledger, many):
    assert listed(ledger, "major") == []
    walk(ledger, findings.register(ledger, a_finding(place="big")), "graded", level="major")
    assert listed(ledger, "major") == ["big"]


def test_the_figures_of_the_day(ledger, many):
    wanted = Counts(total=8, open=7, late=1, due=2, recheck=2, closed=1, rectified=3, major=0)
    assert findings.counts(ledger, TODAY) == wanted


def test_an_empty_ledger_has_figures_of_zero(ledger):
    assert findings.counts(ledger, TODAY) == Counts(0, 0, 0, 0, 0, 0, 0, 0)
    assert findings.page(ledger, findings.numbers(ledger, "all", TODAY)) == []


def test_what_is_late_depends_on_the_day_it_is_asked_on(ledger, many):
    tomorrow = TODAY + timedelta(days=1)
    assert listed(ledger, "late", today=tomorrow) == ["today", "late"]
    assert findings.counts(ledger, tomorrow).late == 2


@pytest.mark.parametrize("days", [-8, -1, 0, 1, 6, 7, 8, 9])
def test_figures_and_filters_tell_the_same_on_every_day(ledger, many, days):
    day = TODAY + timedelta(days)
    counted = findings.counts(ledger, day)
    assert counted.late == len(listed(ledger, "late", today=day))
    assert counted.due == len(listed(ledger, "due", today=day))
    assert counted.recheck == len(listed(ledger, "recheck", today=day))
    rows = findings.page(ledger, findings.numbers(ledger, "all", TODAY))
    late = {row.place for row in rows if is_overdue(row.state, row.deadline, day)}
    assert late == set(listed(ledger, "late", today=day))


def test_the_newest_findings_are_those_the_list_begins_with(ledger, many):
    assert [row.place for row in findings.newest(ledger, 3)] == listed(ledger, "all")[:3]
    assert len(findings.newest(ledger, 100)) == 8


def test_looking_at_steps_and_searching_write_nothing(ledger, many):
    asked = []
    (finding, *_) = ledger.all(Finding)
    with ledger.reading() as db:
        db.set_trace_callback(asked.append)
    findings.steps(ledger, finding)
    listed(ledger, "all", "closed")
    people(ledger, "李")
    lines_after(ledger, streams_of(ledger, ledger.unit)[0], 1)
    assert asked
    assert not any(words.startswith("BEGIN") for words in asked)


def test_a_list_is_searched_by_words_within_its_view(ledger, many):
    assert listed(ledger, "all", "closed") == ["closed"]
    assert listed(ledger, "open", "closed") == []
    assert listed(ledger, "open", "mhq failed") == ["failed"]
    assert listed(ledger, "all", "没有") == []


def test_the_findings_of_one_unit_are_listed_by_the_same_filters(ledger, office):
    theirs = findings.register(ledger, a_finding(level="major"))
    give(ledger, office)
    mine = findings.register(office, a_finding(place="局里"))

    def found(view, words="", unit=""):
        wanted = FindingFilter(view=view, unit=unit)
        rows = findings.page(office, findings.numbers(office, wanted, TODAY, words))
        return [row.id for row in rows]

    assert found("all", unit=ledger.unit) == [theirs.id]
    assert found("all", unit=office.unit) == [mine.id]
    assert found("all", "mhq", ledger.unit) == [theirs.id]
    assert found("major", unit=office.unit) == []
    assert found("all", unit="2137000009") == []
    assert set(found("all")) == {mine.id, theirs.id}


def test_a_row_shows_what_stands_now(ledger):
    finding = findings.register(ledger, a_finding(responsible="赵𬱖"))
    walk(ledger, finding, "graded", "notice_issued")
    (row,) = findings.page(ledger, findings.numbers(ledger, "all", TODAY))
    assert (row.id, row.number, row.unit) == (finding.id, "2026-0001", ledger.unit)
    assert (row.state, row.level, row.deadline) == ("notice_issued", "general", date(2026, 12, 1))
    assert (row.found_on, row.category, row.responsible) == (TODAY, "fire", "赵𬱖")
    assert row.description == finding.description


def test_rows_come_in_the_order_that_was_asked_for_and_gone_ones_are_left_out(ledger, many):
    numbers = findings.numbers(ledger, "all", TODAY)
    assert [r.id for r in findings.page(ledger, numbers[::-1])] == [
        r.id for r in reversed(findings.page(ledger, numbers))
    ]
    assert findings.page(ledger, [10**6]) == []


def test_a_finding_is_found_in_the_list_by_its_id(ledger):
    finding = ledger.save(a_finding())
    assert [findings.number_of(ledger, finding.id)] == [*findings.numbers(ledger, "all", TODAY)]
    ledger.remove(finding)
    assert findings.number_of(ledger, finding.id) is None
    assert findings.number_of(ledger, "nobody.1") is None


def test_a_row_that_a_stranger_filled_with_nonsense_can_still_be_shown(ledger, stranger: Writer):
    stranger.create("finding", found_on="昨天", deadline=5, place=7)
    ledger.receive([stranger.segment()])
    (row,) = findings.page(ledger, findings.numbers(ledger, "all", TODAY))
    assert (row.found_on, row.deadline, row.place) == (date(1990, 1, 1), None, "7")


def test_photos_come_with_their_finding_oldest_first(ledger):
    finding = ledger.save(a_finding())
    for stage in ("before", "after"):
        ledger.save(Photo(finding=finding.id, stage=stage, sha256="0" * 64))
    ledger.save(Photo(finding="other.1", stage="before", sha256="0" * 64))
    assert [photo.stage for photo in findings.photos(ledger, finding)] == ["before", "after"]


def test_findings_are_counted_by_the_month_they_were_found_and_closed(ledger):
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 1, 31)):
        found = findings.register(ledger, a_finding(found_on=day))
    walk(ledger, replace(found, found_on=date(2026, 1, 31)), *WAY)
    assert findings.by_month(ledger, TODAY, 3) == [
        ("2026-09", 0, 0),
        ("2026-10", 1, 0),
        ("2026-11", 1, 1),
    ]
    assert [name for name, *_ in findings.by_month(ledger, date(2026, 1, 31), 2)] == [
        "2025-12",
        "2026-01",
    ]


def test_ledgers_of_other_units_do_not_lend_their_numbers(ledger, stranger: Writer):
    other = Writer("other", "2137000002")
    other.create("finding", number="2026-0500", place="别处")
    ledger.receive([other.segment()])
    assert findings.register(ledger, a_finding()).number == "2026-0001"
    assert len(ledger.all(Finding)) == 2
