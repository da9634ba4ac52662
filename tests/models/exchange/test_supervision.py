"""督导: what an office finds in a school goes down, is rectified, and comes back closed."""

from dataclasses import replace

import pytest
from PIL import Image

from models.exchange.delivery import delivery
from models.ledger import findings, inspections, recurrence
from models.ledger.conflicts import conflicts, decide
from models.records.finding import Finding, Photo
from models.records.inspection import Inspection, InspectionAnswer
from models.templates.safety import load_safety
from tests.conftest import RESOURCES, SCHOOL_CODE, a_finding, a_step
from tests.models.exchange.enrolling import hand_back, hand_over
from tests.models.ledger.conftest import fold_of

FAILED, PASSED = "sf.fire.05", "sf.fire.06"


@pytest.fixture
def inspected(allied, tmp_path):
    """(the school, its office, the finding), the office having come back from the school."""
    school, office = allied
    findings.register(school, a_finding())
    hand_over(school, office, tmp_path / "first")
    template = load_safety(RESOURCES / "checklists" / "safety_items.json")
    opened = replace(inspections.blank(office, SCHOOL_CODE), accompanied="李安全")
    inspection = inspections.begin(office, opened, template, template.of([FAILED, PASSED]))
    inspections.answer(office, inspection, FAILED, "failed")
    inspections.answer(office, inspection, PASSED, "passed")
    (item,) = template.of([FAILED])
    typed = replace(inspections.suggested(inspection, item), place="综合楼二层", level="general")
    finding = inspections.describe(office, typed)
    picture = tmp_path / "现场.png"
    Image.new("RGB", (40, 30), "red").save(picture)
    photo = Photo(
        unit=SCHOOL_CODE,
        finding=finding.id,
        stage="before",
        sha256=office.attach(picture.read_bytes()),
    )
    office.save(photo)
    inspections.finish(office, inspection)
    return school, office, finding


def test_what_the_office_found_is_rectified_by_the_school_and_closed_on_both(inspected, tmp_path):
    school, office, finding = inspected

    assert hand_back(office, school, tmp_path / "down").clean
    arrived = school.get(Finding, finding.id)
    assert (arrived.source, arrived.number) == ("supervision", "2026-0002")
    assert (arrived.place, arrived.item, arrived.finder) == ("综合楼二层", FAILED, "王局安")
    (round_,) = inspections.recent(school)
    assert round_.inspection.id == arrived.inspection
    assert (round_.progress.passed, round_.progress.failed) == (1, 1)
    (photo,) = school.all(Photo, finding=finding.id)
    assert school.photo(photo.sha256) is not None

    school.save(replace(arrived, measures="更换灭火器", responsible="李安全"), arrived)
    for kind, who in (
        ("graded", "李安全"),
        ("fixed_on_site", "李安全"),
        ("recheck_passed", "张㛃"),
        ("closed", "李安全"),
    ):
        findings.take_step(school, arrived, a_step(kind, person=who))

    assert hand_over(school, office, tmp_path / "up").clean
    seen = office.get(Finding, finding.id)
    assert findings.standing(office, seen).state == "closed"
    assert seen.measures == "更换灭火器"
    assert office.rows("SELECT now_state FROM finding WHERE id = ?", (finding.id,)) == [("closed",)]

    hand_back(office, school, tmp_path / "receipt")
    assert delivery(school).waiting == 0
    for ledger in (school, office):
        assert ledger.rows("SELECT * FROM refused") == []
        assert conflicts(ledger) == []
    for table in ("finding", "finding_step", "photo", "inspection", "inspection_answer"):
        assert fold_of(school)[table] == fold_of(office)[table], table


def test_the_school_changes_nothing_of_what_the_office_found(inspected, tmp_path):
    school, office, finding = inspected
    hand_back(office, school, tmp_path / "down")
    for kind in (Finding, Inspection, InspectionAnswer):
        record = school.all(kind, unit=SCHOOL_CODE)[-1]
        with pytest.raises(ValueError, match="rights"):
            school.remove(record)
    arrived = school.get(Finding, finding.id)
    with pytest.raises(ValueError, match="rights"):
        school.save(replace(arrived, description="没有问题"), arrived)


def test_a_fault_that_comes_back_is_linked_across_both_sides(inspected, tmp_path):
    """What the school had closed, the office finds again at the same place."""
    school, office, finding = inspected
    hand_back(office, school, tmp_path / "down")
    for kind, who in (("graded", "甲"), ("fixed_on_site", "甲"), ("recheck_passed", "乙")):
        findings.take_step(school, finding, a_step(kind, person=who))
    findings.take_step(school, finding, a_step("closed"))
    hand_over(school, office, tmp_path / "up")

    again = a_finding(unit=SCHOOL_CODE, item=FAILED, place="综合楼 二层")
    old = recurrence.earlier(office, again)
    assert old is not None
    assert old.id == finding.id
    new = findings.register(office, replace(again, recurs=old.id))
    hand_back(office, school, tmp_path / "again")
    assert [one.id for one in recurrence.later(school, finding)] == [new.id]
    assert findings.standing(school, finding).state == "closed"


def test_what_the_office_takes_back_while_the_school_works_on_it_is_a_question(inspected, tmp_path):
    """Neither the school's work nor the office's word is lost: a person decides."""
    school, office, finding = inspected
    hand_back(office, school, tmp_path / "down")
    findings.take_step(school, finding, a_step("graded", person="李安全"))
    findings.take_step(school, finding, a_step("fixed_on_site", person="李安全"))

    (held,) = (r.inspection for r in inspections.recent(office))
    open_again = inspections.resume(office, held)
    inspections.answer(office, open_again, FAILED, "passed")
    inspections.finish(office, open_again)
    hand_over(school, office, tmp_path / "up")
    hand_back(office, school, tmp_path / "answer")

    for ledger in (school, office):
        (asked,) = conflicts(ledger)
        assert (asked.record, asked.kind) == (finding.id, "deleted")
        told = [side.shown for side in asked.others]
        assert told == ["新增办理步骤 定级", "新增办理步骤 立行立改"]
    decide(office, conflicts(office)[0], 0)
    hand_back(office, school, tmp_path / "decided")
    for ledger in (school, office):
        assert conflicts(ledger) == []
        assert findings.standing(ledger, finding).state == "fixed_on_site"
        assert fold_of(school)["finding"] == fold_of(office)["finding"]


def test_what_the_school_has_begun_on_is_not_taken_back_once_the_office_knows(inspected, tmp_path):
    school, office, finding = inspected
    hand_back(office, school, tmp_path / "down")
    findings.take_step(school, finding, a_step("graded", person="李安全"))
    hand_over(school, office, tmp_path / "up")
    (held,) = (r.inspection for r in inspections.recent(office))
    open_again = inspections.resume(office, held)
    inspections.answer(office, open_again, FAILED, "passed")
    hand_back(office, school, tmp_path / "answer")
    for ledger in (school, office):
        assert ledger.get(Finding, finding.id) is not None
        assert conflicts(ledger) == []
