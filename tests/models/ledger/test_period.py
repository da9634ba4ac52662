from dataclasses import replace
from datetime import date, datetime

from models.ledger import findings
from models.ledger.period import checks, during, photos_of
from models.records.finding import Photo
from models.records.inspection import Inspection
from models.records.period_figures import courses_of, tally
from models.records.periods import months
from tests.conftest import TODAY, a_finding
from tests.models.ledger.conftest import Writer
from tests.models.ledger.test_findings import WAY, walk

NOVEMBER = months("2026-11")
OTHER = "2137000002"


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
    wrong = found(ledger, 11, *WAY, on=date(2026, 11, 6), place="矛盾")
    ledger.save(replace(wrong, found_on=date(2026, 12, 5)), wrong)
    assert places(ledger) == ["反弹", "矛盾"]
    courses = courses_of(during(ledger, NOVEMBER), NOVEMBER, TODAY)
    assert [course.balances for course in courses] == [False]
    assert (
        tally(courses_of(during(ledger, months("2026-12")), months("2026-12"), TODAY)).closed == 1
    )


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
