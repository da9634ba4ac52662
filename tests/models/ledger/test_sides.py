"""What is offered to a school and to its office, of findings that either of them made."""

from dataclasses import replace

import pytest

from models.ledger import findings, notices
from models.ledger.many_steps import refused_of
from models.ledger.sides import is_at_work, office_name, refusal, steps_here, written_here
from models.records.finding import Photo
from models.records.workflow import next_steps
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, a_finding, a_step
from tests.models.ledger.conftest import give

WHOLE = {"measures": "更换", "responsible": "李安全", "funding": 0, "contingency": "值守"}


def take(ledger, finding, *kinds, **changes):
    for kind in kinds:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        findings.take_step(ledger, finding, a_step(kind, person=person, **changes))


def offered(ledger, finding):
    return steps_here(ledger, finding, findings.standing(ledger, finding))


@pytest.fixture
def theirs(ledger, office):
    """A finding of the school, as its office got it."""
    finding = findings.register(ledger, a_finding(**WHOLE))
    give(ledger, office)
    return finding


@pytest.fixture
def found(ledger, office):
    """A finding that the office made in the school, as both have it."""
    give(ledger, office)
    finding = findings.register(office, a_finding(unit=SCHOOL_CODE, source="supervision"))
    give(office, ledger)
    return finding


def test_a_school_takes_every_step_of_what_is_found_in_it(ledger, found, theirs):
    for finding in (found, theirs):
        assert is_at_work(ledger, finding)
        assert offered(ledger, finding) == next_steps(findings.standing(ledger, finding))


def test_an_office_takes_every_step_of_what_it_found_but_rectifying(office, ledger, found):
    assert is_at_work(office, found)
    take(office, found, "graded", "notice_issued")
    assert set(next_steps(findings.standing(office, found))) - set(offered(office, found)) == {
        "rectifying",
        "submitted",
    }
    give(office, ledger)
    take(ledger, found, "rectifying", "submitted")
    give(ledger, office)
    take(office, found, "recheck_passed", "closed", "reopened")
    give(office, ledger)
    assert ledger.rows("SELECT * FROM refused") == []
    assert findings.standing(ledger, found).state == "reopened"


def test_a_step_of_an_office_bears_its_name_wherever_it_travels(office, ledger, found):
    take(office, found, "graded")
    give(office, ledger)
    take(ledger, found, "fixed_on_site")
    assert [step.office for step in findings.steps(ledger, found)] == ["示例县教育局", None]
    assert office_name(ledger) is None


def test_of_what_a_school_found_an_office_supervises_the_major_ones(office, ledger, theirs):
    assert not is_at_work(office, theirs)
    assert offered(office, theirs) == ()
    take(ledger, theirs, "graded", level="major")
    give(ledger, office)
    assert offered(office, theirs) == ("supervised",)
    take(office, theirs, "supervised")
    give(office, ledger)
    take(ledger, theirs, "notice_issued")
    give(ledger, office)
    assert offered(office, theirs) == ("extended",)
    take(ledger, theirs, "submitted")
    give(ledger, office)
    assert offered(office, theirs) == ("recheck_passed", "recheck_failed")
    # what the rules refuse anyhow is not refused twice
    assert refusal(office, theirs, findings.standing(office, theirs), "back_in_use") == {}


def test_what_is_the_schools_to_do_is_refused_with_the_reason(office, ledger, theirs, found):
    take(office, found, "graded")
    (one,) = refused_of(office, [found], a_step("rectifying"))
    assert "由学校办理" in str(one.problems["kind"])
    (other,) = refused_of(office, [theirs], a_step("graded"))
    assert "只办理重大隐患的挂牌督办" in str(other.problems["kind"])
    assert refused_of(ledger, [theirs], a_step("graded")) == []


def test_its_own_house_is_the_office_s_own(office):
    finding = findings.register(office, a_finding())
    assert finding.unit == OFFICE_CODE
    assert offered(office, finding) == next_steps(findings.standing(office, finding))


def test_another_unit_s_finding_is_nothing_to_a_school(ledger):
    assert offered(ledger, a_finding(id="x.1", unit=OFFICE_CODE)) == ()


def test_each_side_knows_the_photos_it_wrote(office, ledger, found):
    mine = ledger.save(Photo(finding=found.id, stage="after", sha256="0" * 64))
    asked = replace(mine, id="", unit=SCHOOL_CODE, stage="before")
    theirs = office.save(asked)
    give(office, ledger)
    give(ledger, office)
    both = [mine.id, theirs.id]
    assert written_here(ledger, "photo", both) == {mine.id}
    assert written_here(office, "photo", both) == {theirs.id}


def test_school_and_office_number_their_notices_each_for_itself(office, ledger, found):
    take(office, found, "graded")
    take(office, found, "notice_issued", document="示教安督〔2026〕41号")
    give(office, ledger)
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕1号"
    own = findings.register(ledger, a_finding())
    take(ledger, own, "graded")
    take(ledger, own, "notice_issued", document="〔2026〕7号")
    give(ledger, office)
    assert findings.next_document_number(ledger, "notice_issued", 2026) == "〔2026〕8号"
    number = findings.next_document_number(office, "notice_issued", 2026)
    assert number == "示教安督〔2026〕42号"
    assert notices.newest(office, 5) == [("示教安督〔2026〕41号", 1, found.id, "")]
    assert sorted(notices.newest(ledger, 5)) == [
        ("〔2026〕7号", 1, own.id, ""),
        ("示教安督〔2026〕41号", 1, found.id, "示例县教育局"),
    ]


def test_a_notice_goes_to_one_school(office, ledger, found):
    elsewhere = findings.register(office, a_finding(unit="2137000002"))
    for finding in (found, elsewhere):
        take(office, finding, "graded")
    (one,) = refused_of(office, [found, elsewhere], a_step("notice_issued"))
    assert one.finding == elsewhere
    assert "只发给一个学校" in str(one.problems["kind"])
    assert refused_of(office, [found, elsewhere], a_step("taken_out_of_use")) == []
