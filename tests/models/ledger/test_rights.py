"""What an office may write about a school, and a school of what its office wrote."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from models.ledger import findings
from models.ledger.conflicts import conflicts, decide, may_decide
from models.ledger.lines import natural_id
from models.records.finding import Finding, FindingStep, Photo
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from tests.conftest import SCHOOL_CODE, Clock, a_finding, a_person, a_step, an_office
from tests.models.ledger.conftest import Writer, far, fold_of, give, in_memory, single_lines

NATURAL = natural_id(SCHOOL_CODE, "checklist_answer", ("a checklist", "x"))


@pytest.fixture
def school(clock):
    ledger = in_memory(clock, "school")
    yield ledger
    ledger.close()


@pytest.fixture
def office(clock):
    ledger = in_memory(clock, "office", an_office())
    yield ledger
    ledger.close()


def test_an_office_adds_findings_steps_and_photos_and_edits_them(school, office):
    finding = office.save(a_finding(unit=SCHOOL_CODE))
    findings.take_step(office, finding, a_step("graded"))
    photo = office.save(
        Photo(finding=finding.id, stage="before", sha256="0" * 64, unit=SCHOOL_CODE)
    )
    office.save(replace(finding, deadline=date(2026, 12, 9)))
    office.remove(photo)
    give(office, school)
    assert school.rows("SELECT * FROM refused") == []
    assert school.get(Finding, finding.id).deadline == date(2026, 12, 9)


def test_an_office_writes_nothing_else_about_a_school(school, office):
    finding, person = school.save(a_finding()), school.all(Person)[0]
    give(school, office)
    before = fold_of(office)
    for record in (
        replace(a_person("乙"), unit=SCHOOL_CODE),
        replace(finding, place="四楼"),
        replace(person, post="校长"),
        ChecklistAnswer(checklist="a checklist", line="x", response="yes", unit=SCHOOL_CODE),
    ):
        with pytest.raises(ValueError, match="rights"):
            office.save(record)
    with pytest.raises(ValueError, match="rights"):
        office.remove(finding)
    assert fold_of(office) == before


def test_an_office_decides_between_values_of_a_school(school, office, clock):
    finding = school.save(a_finding())
    second = in_memory(clock, "second")
    give(school, second)
    school.save(replace(finding, place="四楼"))
    second.save(replace(finding, place="五楼"))
    for giver, taker in ((second, school), (school, office)):
        give(giver, taker)
    decide(office, conflicts(office)[0], "四楼")
    give(office, school)
    assert school.get(Finding, finding.id).place == "四楼"
    assert conflicts(school) == []
    second.close()


def test_a_school_does_not_take_away_or_change_what_the_office_asks(school, office):
    finding = office.save(a_finding(unit=SCHOOL_CODE))
    step = findings.take_step(office, finding, a_step("graded"))
    give(office, school)
    for changes in (
        {"level": "general"},
        {"deadline": date(2026, 12, 9)},
        {"basis": "无"},
        {"description": "没事"},
    ):
        with pytest.raises(ValueError, match="rights"):
            school.save(replace(finding, **changes))
    for record in (finding, step):
        with pytest.raises(ValueError, match="rights"):
            school.remove(record)
    with pytest.raises(ValueError, match="rights"):
        school.save(replace(step, opinion="没事"))
    school.save(replace(finding, measures="已更换", responsible="李安全"))
    office.remove(finding)
    give(office, school)
    school.restore(finding)
    assert school.get(Finding, finding.id).measures == "已更换"


def test_a_school_keeps_the_steps_and_photos_that_its_office_added_as_they_are(school, office):
    finding = school.save(a_finding())
    give(school, office)
    step = findings.take_step(office, office.get(Finding, finding.id), a_step("graded"))
    shot = Photo(finding=finding.id, stage="before", sha256="0" * 64, unit=SCHOOL_CODE)
    kept, gone = office.save(shot), office.save(shot)
    office.remove(gone)
    give(office, school)
    before = fold_of(school)
    for record in (replace(step, opinion="没事"), replace(kept, sha256="1" * 64)):
        with pytest.raises(ValueError, match="rights"):
            school.save(record)
    with pytest.raises(ValueError, match="rights"):
        school.restore(gone)
    assert fold_of(school) == before
    own = school.save(replace(shot, unit=""))
    assert school.save(replace(own, caption="三楼")).caption == "三楼"


def test_a_school_decides_between_values_of_its_offices_step(school, office, clock):
    finding = school.save(a_finding())
    colleague = in_memory(clock, "colleague", an_office())
    give(school, office)
    step = findings.take_step(office, office.get(Finding, finding.id), a_step("graded"))
    give(office, colleague)
    office.save(replace(step, opinion="甲"))
    colleague.save(replace(step, opinion="乙"))
    for giver in (office, colleague):
        give(giver, school)
    decide(school, conflicts(school)[0], "甲")
    assert school.get(FindingStep, step.id).opinion == "甲"
    assert give(school, office).counts["refused"] == 0
    colleague.close()


def test_what_a_lost_pc_of_the_office_added_is_for_the_office_to_bring_back(school):
    lost, other = Writer("lost", role="office"), Writer("other", role="office")
    finding = school.save(a_finding())
    step = lost.create("finding_step", far(0), finding=finding.id, kind="graded", opinion="甲")
    other.update("finding_step", step, far(1), opinion=["甲", "乙", 0, step])
    school.close_stream("lost", 1)
    school.receive([lost.segment(), other.segment()])
    (question,) = conflicts(school)
    assert not may_decide(school, question, 0)
    with pytest.raises(ValueError, match="rights"):
        decide(school, question, 0)


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_every_receiver_refuses_it_in_whatever_order(order):
    ledger = in_memory(Clock(), "pc")
    own, office = Writer("own"), Writer("office", role="office")
    mine = own.create("finding", far(0), place="一楼")
    asked = office.create("finding", far(0), place="二楼", level="major")
    office.create("person", far(1), name="冒名")  # 3
    office.update("finding", mine, far(2), place=["一楼", "偷改", 0, mine])
    office.update("checklist_answer", NATURAL, far(3), response=[None, "yes", 0, "0.0"])
    office.update("finding", mine, far(4), place=["一楼", "偷改", 0, mine, [mine]])
    own.update("finding", asked, far(4), level=["major", "general", 0, asked])  # 3
    own.update("finding", asked, far(5), _deleted=[0, 1, 0, asked])
    own.update("finding", asked, far(6), place=["二楼", "三楼", 0, asked])
    for at in order:
        for piece in single_lines([(own, office)[at].segment()]):
            ledger.receive([piece])
    assert sorted(ledger.rows("SELECT log_id, seq, field, why FROM refused")) == [
        ("office", 3, "", "rights"),
        ("office", 4, "place", "rights"),
        ("office", 5, "response", "rights"),
        ("office", 6, "place", "rights"),
        ("own", 3, "level", "rights"),
        ("own", 4, "_deleted", "rights"),
    ]
    assert ledger.rows("SELECT * FROM checklist_answer") == []
    assert [(f.place, f.level) for f in ledger.all(Finding)] in (
        [("一楼", None), ("三楼", "major")],
        [("三楼", "major"), ("一楼", None)],
    )
    before = fold_of(ledger)
    ledger.rebuild()
    assert fold_of(ledger) == before
    ledger.close()


def test_a_decision_about_a_natural_record_is_the_offices_too(ledger):
    one, two, office = Writer("one"), Writer("two"), Writer("office", role="office")
    one.update("checklist_answer", NATURAL, far(1), response=[None, "yes", 0, "0.0"])
    two.update("checklist_answer", NATURAL, far(2), response=[None, "no", 0, "0.0"])
    office.update(
        "checklist_answer", NATURAL, far(3), response=["no", "yes", 0, "two.2", ["one.2"]]
    )
    ledger.receive([one.segment(), two.segment(), office.segment()])
    assert [answer.response for answer in ledger.all(ChecklistAnswer)] == ["yes"]


def test_an_office_answers_a_deletion_and_makes_none(school, office):
    """It may restore, or delete again, what somebody of the school had deleted."""
    finding = school.save(a_finding())
    ((t,),) = school.rows("SELECT c_t FROM finding")
    far_office = Writer("office", role="office")
    mark = {"_deleted": [0, 1, 0, finding.id, [finding.id]]}
    far_office.write({"o": "u", "e": "finding", "i": finding.id, "v": mark, "k": {}}, t + 1)
    assert school.receive([far_office.segment()]).counts["refused"] == 1
    assert school.get(Finding, finding.id)
    school.remove(finding)
    ((op, t),) = school.rows("SELECT log_id || '.' || seq, t FROM cell WHERE field = '_deleted'")
    mark = {"_deleted": [1, 0, 0, op, [op]]}
    far_office.write({"o": "u", "e": "finding", "i": finding.id, "v": mark, "k": {}}, t + 1)
    assert school.receive([far_office.segment()]).counts["refused"] == 0
    assert school.get(Finding, finding.id)


def test_whoever_does_not_know_a_type_says_nothing_of_rights_to_it(school):
    """A newer office may create what an older school does not know: kept, and not called wrong."""
    newer = Writer("newer", role="office")
    newer.create("outing", kind="疏散")
    counts = school.receive([newer.segment()]).counts
    assert (counts["unknown"], counts["refused"]) == (1, 0)


def questions_of(creator, void):
    """A finding of the school or its office, with two questions; or work on what is void."""
    maker = Writer("maker", role=creator)
    one, two = Writer("one", role=creator), Writer("two", role=creator)
    made = maker.create("finding", far(0), level="general", note="旧", place="一楼")
    if void:
        one.create("finding_step", far(1), finding=made, kind="graded")
        return [maker, one], {"maker": 1}
    for at, writer in enumerate((one, two), 1):
        new = ("major", None)[at - 1]
        writer.update("finding", made, far(at), level=["general", new, 0, made])
        writer.update("finding", made, far(at + 9), note=["旧", f"新{at}", 0, made])
    other = maker.create("finding", far(0), place="二楼")
    mark = {"o": "u", "e": "finding", "i": other, "v": {"_deleted": [0, 1, 0, other]}, "k": {}}
    one.write(mark, far(3))
    two.create("finding_step", far(4), finding=other, kind="graded")
    return [maker, one, two], {}


@pytest.mark.parametrize("creator", ["own", "office"])
@pytest.mark.parametrize("void", [False, True])
@pytest.mark.parametrize("at_office", [False, True])
def test_who_may_decide_is_known_before(clock, creator, void, at_office):
    writers, closed = questions_of(creator, void)
    told = {}
    for value in (0, 1, "major", "general"):
        ledger = in_memory(clock, "pc", an_office() if at_office else None)
        for log_id, last in closed.items():
            ledger.close_stream(log_id, last)
        ledger.receive([writer.segment() for writer in writers])
        for question in conflicts(ledger):
            if (question.kind == "deleted") != (value in (0, 1)):
                continue
            told[question.field, value] = may_decide(ledger, question, value)
            if told[question.field, value]:
                decide(ledger, question, value)
            else:
                with pytest.raises(ValueError, match="rights"):
                    decide(ledger, question, value)
        ledger.close()
    assert {field for field, _value in told} == (
        {"_deleted"} if void else {"_deleted", "level", "note"}
    )
    forbidden = {what for what, may in told.items() if not may}
    if at_office:
        assert forbidden == (
            {("_deleted", 0), ("_deleted", 1)} if void and creator == "own" else set()
        )
    elif creator == "office":
        asks = {("level", "major"), ("level", "general")}
        assert forbidden == {("_deleted", 1)} | (set() if void else asks)
    else:
        assert forbidden == set()
