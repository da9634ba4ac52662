from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.ledger import findings
from models.ledger.period import checks, during, photos_of
from models.records.finding import Finding, Photo
from models.records.inspection import Inspection
from models.records.period_figures import by_month, courses_of, tally
from models.records.periods import Period, months
from tests.conftest import TODAY, Clock, a_finding
from tests.models.ledger.conftest import Writer, in_memory
from tests.models.ledger.test_findings import WAY, walk
from tests.models.records.test_period_figures import FIRST, walks

NOVEMBER = months("2026-11")
OTHER = "2137000002"
NAMES = [f"2026-{month:02}" for month in range(8, 13)]


def found(ledger, month, *kinds, on=None, **changes):
    finding = findings.register(ledger, a_finding(found_on=date(2026, month, 5), **changes))
    walk(ledger, finding, *kinds, taken_on=on, deadline=None)
    return finding


def places(ledger, period=NOVEMBER, unit=None):
    return [finding.place for finding, _steps in during(ledger, period, unit)]


def test_what_was_open_in_the_period_is_read_with_its_steps(ledger):
    found(ledger, 9, place="开着")
    found(ledger, 9, *WAY, on=date(2026, 10, 31), place="早已销号")
    found(ledger, 9, *WAY, on=date(2026, 11, 1), place="本月销号")
    found(ledger, 11, place="本月发现")
    found(ledger, 12, place="下月发现")
    assert places(ledger) == ["开着", "本月销号", "本月发现"]
    steps = dict(during(ledger, NOVEMBER)[1:2])
    assert [[step.kind for step in taken] for taken in steps.values()] == [list(WAY)]


def test_what_was_reopened_later_is_read_and_so_is_a_contradiction(ledger):
    back = found(ledger, 9, *WAY, on=date(2026, 10, 1), place="反弹")
    walk(ledger, back, "reopened", *WAY[1:], taken_on=date(2026, 12, 1), deadline=None)
    wrong = found(ledger, 11, *WAY, on=date(2026, 11, 30), place="矛盾")
    ledger.save(replace(wrong, found_on=date(2026, 12, 5)), wrong)
    assert places(ledger) == ["反弹", "矛盾"]
    courses = courses_of(during(ledger, NOVEMBER), NOVEMBER, TODAY)
    assert [course.balances for course in courses] == [False]
    december = months("2026-12")
    assert places(ledger, december) == ["反弹", "矛盾"]
    courses = courses_of(during(ledger, december), december, TODAY)
    assert [course.balances for course in courses] == [True, False]


def test_deleted_findings_and_steps_count_no_more(ledger):
    ledger.remove(found(ledger, 11, place="误记"))
    closed = found(ledger, 11, *WAY, on=date(2026, 11, 20))
    ledger.remove(findings.steps(ledger, closed)[-1])
    figures = tally(courses_of(during(ledger, NOVEMBER), NOVEMBER, TODAY))
    assert (figures.found, figures.closed, figures.closing) == (1, 0, 1)


def test_of_one_unit_or_of_all(ledger):
    theirs = Writer(unit=OTHER)
    theirs.create("finding", description="灭火器过期", found_on="2026-11-20", place="别校")
    ledger.receive([theirs.segment()])
    found(ledger, 11, place="本校")
    assert places(ledger, unit=ledger.unit) == ["本校"]
    assert places(ledger) == ["本校", "别校"]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(walks(), st.sampled_from((0, 0, 0, -40, 40, 90))), max_size=5),
    st.integers(0, 120),
    st.integers(0, 90),
)
def test_nothing_that_belongs_to_a_period_is_left_unread(found, start, length):
    ledger = in_memory(Clock(), "pc")
    for (finding, steps), moved in found:  # where moved, its dates contradict each other
        late = finding.found_on + timedelta(days=moved)
        after, saved = None, findings.register(ledger, replace(finding, found_on=late))
        for step in steps:
            after = ledger.save(replace(step, finding=saved.id, after=after)).id
    first = FIRST + timedelta(days=start)
    period = Period(first, first + timedelta(days=length))
    everything = [(kept, findings.steps(ledger, kept)) for kept in ledger.all(Finding)]
    wanted = {c.finding.id: c for c in courses_of(everything, period, TODAY)}
    courses = courses_of(during(ledger, period), period, TODAY)
    assert {course.finding.id: course for course in courses} == wanted
    whole = [
        name for name in NAMES if first <= months(name).start <= months(name).end <= period.end
    ]
    assert by_month(during(ledger, period), whole) == by_month(everything, whole)


def test_photos_are_read_by_finding_in_one_query(ledger):
    one, other = found(ledger, 11), found(ledger, 11)
    for finding, caption in ((one, "甲"), (other, "乙"), (one, "丙")):
        ledger.save(Photo(finding=finding.id, stage="before", sha256="0" * 64, caption=caption))
    ledger.remove(ledger.save(Photo(finding=one.id, stage="after", sha256="0" * 64)))
    taken = photos_of(ledger, [one.id, other.id])
    assert {key: [photo.caption for photo in photos] for key, photos in taken.items()} == {
        one.id: ["甲", "丙"],
        other.id: ["乙"],
    }
    assert photos_of(ledger, []) == {}


def an_inspection(started, ended=None, kind="daily", unit=""):
    return Inspection(
        unit=unit,
        kind=kind,
        started=started,
        ended=ended or started,
        inspectors="李安全",
        template="safety",
        version="1",
        items="sf.fire.01",
    )


def test_finished_inspections_are_counted_by_kind_and_unit(ledger):
    first, last = datetime(2026, 11, 1, 0, 0), datetime(2026, 11, 30, 23, 59)
    for started in (first, last, datetime(2026, 10, 31, 23, 59), datetime(2026, 12, 1, 0, 0)):
        ledger.save(an_inspection(started))
    ledger.save(replace(an_inspection(first), ended=None))
    ledger.save(an_inspection(first, kind="monthly", unit=OTHER))
    mine = (ledger.unit, "daily", 2)
    assert checks(ledger, NOVEMBER) == [mine, (OTHER, "monthly", 1)]
    assert checks(ledger, NOVEMBER, ledger.unit) == [mine]
