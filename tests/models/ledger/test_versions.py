"""The fold of versions, with lines that strangers wrote by hand."""

import itertools

import pytest

from models.ledger.lines import natural_id
from models.ledger.versions import version_of
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from tests.conftest import OFFICE_CODE, SCHOOL_CODE, a_finding
from tests.models.ledger.conftest import (
    Writer,
    far,
    fold_of,
    lost_silently,
    segments_of,
    single_lines,
)


@pytest.fixture
def finding(ledger, clock):
    return ledger.save(a_finding())


@pytest.fixture
def created(ledger, finding):
    """When the finding was created, as lines have it."""
    return ledger.rows("SELECT c_t FROM finding")[0][0]


def place(ledger, finding):
    return ledger.get(Finding, finding.id).place


def conflicts(ledger):
    return ledger.rows("SELECT id, field, log_id, seq FROM conflict ORDER BY log_id")


@pytest.mark.parametrize(("later", "n"), [(1, 0), (0, 1), (-(10**12), 1)])
def test_an_edit_that_saw_the_value_wins_whatever_its_clock_says(
    ledger, finding, created, stranger, later, n
):
    stranger.update(
        "finding", finding.id, created + later, place=["教学楼三楼", "四楼", n, finding.id]
    )
    assert ledger.receive([stranger.segment()]).counts["refused"] == 0
    assert place(ledger, finding) == "四楼"
    assert conflicts(ledger) == []


def test_what_answers_a_refused_version_waits_however_the_lines_come(
    ledger, second, finding, created, stranger
):
    """Whether both came together or one by one must not decide what is said of them."""
    second.receive(segments_of(ledger))
    bad = stranger.update(
        "finding", finding.id, created + 1, place=["教学楼三楼", "偷改", 5, finding.id]
    )
    stranger.update("finding", finding.id, created + 2, place=["偷改", "又改", 9, bad])
    assert ledger.receive([stranger.segment()]).counts["waiting"] == 1
    for piece in single_lines([stranger.segment()]):
        second.receive([piece])
    for one in (ledger, second):
        assert one.rows("SELECT * FROM refused") == [("stranger", 2, "place", "version")]
        assert one.rows("SELECT log_id, seq FROM pend") == [("stranger", 3)]


@pytest.mark.parametrize(("later", "n"), [(1, 1), (1, 10**9), (0, 0), (0, 2), (-1, 0)])
def test_a_claim_of_more_or_less_than_was_seen_is_refused(
    ledger, finding, created, stranger, later, n
):
    stranger.update(
        "finding", finding.id, created + later, place=["教学楼三楼", "偷改", n, finding.id]
    )
    outcome = ledger.receive([stranger.segment()])
    assert outcome.counts["refused"] == 1
    assert place(ledger, finding) == "教学楼三楼"
    assert ledger.rows("SELECT * FROM refused") == [("stranger", 2, "place", "version")]
    assert ledger.rows("SELECT * FROM hist WHERE log_id = 'stranger'") == []


@pytest.mark.parametrize(("later", "n"), [(1, 2), (-1, 0), (-1, 1), (-1, 3)])
def test_the_same_holds_for_an_answer_to_an_edit(ledger, finding, created, stranger, later, n):
    first = stranger.update(
        "finding", finding.id, created - 5, place=["教学楼三楼", "四楼", 1, finding.id]
    )
    stranger.update("finding", finding.id, created - 5 + later, place=["四楼", "偷改", n, first])
    assert ledger.receive([stranger.segment()]).counts["refused"] == 1
    assert place(ledger, finding) == "四楼"


@pytest.fixture
def rivals(finding, created):
    """Two strangers who edit the same value without knowing of each other; the later is `two`."""
    one, two = Writer("one"), Writer("two")
    one.update("finding", finding.id, created + 10, place=["教学楼三楼", "一", 0, finding.id])
    two.update("finding", finding.id, created + 20, place=["教学楼三楼", "二", 0, finding.id])
    return one, two


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_edits_that_did_not_know_each_other_the_later_stands_and_both_are_shown(
    ledger, finding, rivals, order
):
    counts = [ledger.receive([rivals[at].segment()]).counts["conflicts"] for at in order]
    assert counts == [0, 1]
    assert place(ledger, finding) == "二"
    assert conflicts(ledger) == [(finding.id, "place", "one", 2)]
    assert lost_silently(ledger) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_decision_that_names_the_loser_closes_the_conflict(
    ledger, finding, created, rivals, order
):
    judge = Writer("judge")
    judge.update("finding", finding.id, created + 5, place=["二", "一", 1, "two.2", ["one.2"]])
    for at in order:
        ledger.receive([(*rivals, judge)[at].segment()])
    assert place(ledger, finding) == "一"
    assert conflicts(ledger) == []
    assert ledger.rows("SELECT count(*) FROM pend") == [(0,)]


@pytest.mark.parametrize(("later", "n"), [(5, 0), (5, 2), (30, 1), (15, 0)])
def test_a_decision_with_a_wrong_n_is_refused(ledger, finding, created, rivals, later, n):
    judge = Writer("judge")
    judge.update("finding", finding.id, created + later, place=["二", "一", n, "two.2", ["one.2"]])
    ledger.receive([writer.segment() for writer in (*rivals, judge)])
    assert place(ledger, finding) == "二"
    assert ledger.rows("SELECT why FROM refused") == [("version",)]


def test_a_decision_waits_for_the_version_it_names(ledger, finding, created, rivals):
    judge = Writer("judge")
    judge.update("finding", finding.id, created + 30, place=["二", "三", 0, "two.2", ["one.2"]])
    outcome = ledger.receive([rivals[1].segment(), judge.segment()])
    assert outcome.counts["waiting"] == 1
    assert place(ledger, finding) == "二"
    assert ledger.receive([rivals[0].segment()]).counts["waiting"] == 0
    assert place(ledger, finding) == "三"


def test_an_edit_waits_for_its_record_and_its_base(ledger, stranger, finding):
    other = Writer("other")
    record = other.create("person", t=far(0), name="甲")
    base = other.update("person", record, far(1), name=["甲", "乙", 0, record])
    stranger.update("person", record, far(2), name=["乙", "丙", 0, base])
    pieces = single_lines([other.segment()])
    assert ledger.receive([stranger.segment()]).counts["waiting"] == 1
    assert ledger.get(Person, record) is None
    # what still waits came with the first segment, and is not counted of these
    assert ledger.receive(pieces[:2]).counts["waiting"] == 0
    assert ledger.rows("SELECT log_id FROM pend") == [("stranger",)]
    assert ledger.get(Person, record).name == "甲"
    assert ledger.receive(pieces[2:]).counts["waiting"] == 0
    assert ledger.get(Person, record).name == "丙"


def test_a_chain_whose_first_link_is_missing_waits_as_a_whole(ledger, finding, created, stranger):
    far_off = "missing.7"
    one = stranger.update("finding", finding.id, created + 1, place=["?", "一", 0, far_off])
    stranger.update("finding", finding.id, created + 2, place=["一", "二", 0, one])
    assert ledger.receive([stranger.segment()]).counts["waiting"] == 2
    assert ledger.rows("SELECT * FROM hist WHERE log_id = 'stranger'") == []
    ledger.rebuild()
    assert ledger.rows("SELECT count(*) FROM pend") == [(2,)]


def test_an_edit_of_another_kind_of_record_waits_for_ever(ledger, finding, stranger):
    stranger.update("person", finding.id, name=["", "x", 0, finding.id])
    counts = ledger.receive([stranger.segment()]).counts
    assert (counts["waiting"], counts["refused"]) == (0, 1)


def test_a_stream_writes_only_records_of_its_own_unit(ledger, finding, created):
    foreign = Writer("foreign", OFFICE_CODE)
    foreign.update("finding", finding.id, created + 1, place=["教学楼三楼", "偷改", 0, finding.id])
    foreign.write({"o": "c", "e": "person", "n": SCHOOL_CODE, "v": {"name": "冒名"}})
    natural = natural_id(SCHOOL_CODE, "checklist_answer", ("k.u.1", "x"))
    foreign.update(
        "checklist_answer", natural, response=[None, "yes", 0, "0.0"], line=[None, "x", 0, "0.0"]
    )
    outcome = ledger.receive([foreign.segment()])
    assert outcome.counts["refused"] == 4
    assert {why for (why,) in ledger.rows("SELECT why FROM refused")} == {"scope"}
    assert place(ledger, finding) == "教学楼三楼"
    assert [p.name for p in ledger.all(Person)] == ["李安全"]
    assert ledger.rows("SELECT * FROM checklist_answer") == []


def test_a_foreign_edit_that_came_before_its_record_is_refused_when_the_record_comes(ledger):
    writer, foreign = Writer(), Writer("foreign", OFFICE_CODE)
    record = writer.create("person", t=far(0), name="甲")
    foreign.update("person", record, far(1), name=["甲", "偷改", 0, record])
    assert ledger.receive([foreign.segment()]).counts["refused"] == 0
    assert ledger.receive([writer.segment()]).counts["refused"] == 1
    assert ledger.get(Person, record).name == "甲"


def test_fields_of_a_newer_program_are_kept_beside_the_record(ledger, stranger):
    record = stranger.create("person", t=far(0), name="甲", badge="A1", pool=3)
    stranger.update("person", record, far(1), badge=["A1", "A2", 0, record])
    stranger.update("person", record, far(2), hat=[None, "红", 0, record])
    ledger.receive(single_lines([stranger.segment()]))
    wanted = [('{"badge":"A2","hat":"红","pool":3}',)]
    assert ledger.rows("SELECT extra FROM person WHERE id = ?", (record,)) == wanted
    ledger.save(Person(id=record, unit=SCHOOL_CODE, name="甲乙"))
    ledger.rebuild()
    assert ledger.rows("SELECT extra FROM person WHERE id = ?", (record,)) == wanted
    plain = Writer("plain")
    other = plain.create("person", name="乙")
    plain.update("person", other, far(9), hat=[None, "红", 0, other])
    ledger.receive([plain.segment()])
    assert ledger.rows("SELECT extra FROM person WHERE id = ?", (other,)) == [('{"hat":"红"}',)]


def test_record_types_of_a_newer_program_are_kept_as_lines_and_told(ledger, stranger):
    record = stranger.create("outing", kind="疏散")
    stranger.update("outing", record, kind=["疏散", "防震", 0, record])
    before = fold_of(ledger)
    outcome = ledger.receive([stranger.segment()])
    assert outcome.counts["unknown"] == 2
    assert outcome.counts["new"] == 3
    assert fold_of(ledger) == before
    assert len(ledger.rows("SELECT line FROM op WHERE line LIKE '%outing%'")) == 2


def test_two_pcs_that_fill_the_same_line_write_one_record(ledger):
    natural = natural_id(SCHOOL_CODE, "checklist_answer", ("k.u.1", "x"))
    one, two = Writer("one"), Writer("two")
    one.update("checklist_answer", natural, far(1), response=[None, "yes", 0, "0.0"])
    two.update("checklist_answer", natural, far(2), response=[None, "no", 0, "0.0"])
    assert ledger.receive([two.segment(), one.segment()]).counts["conflicts"] == 1
    assert [a.response for a in ledger.all(ChecklistAnswer)] == ["no"]


def test_values_that_no_field_can_hold_are_kept_in_the_log_and_read_as_missing(ledger, stranger):
    strange = stranger.create(
        "finding", description=7, found_on="昨天", deadline=5, funding="很多", level="extreme"
    )
    stranger.create("finding_step", finding=None, kind="graded")
    stranger.create("finding_step", finding=5, kind=5)
    stranger.create("finding_step", finding=strange, kind="graded", taken_on="某日", deadline="x")
    assert ledger.receive([stranger.segment()]).counts["refused"] == 0
    (found,) = ledger.all(Finding)
    assert (found.description, found.found_on, found.funding) == ("7", None, None)
    assert ledger.rows("SELECT now_state FROM finding") == [("graded",)]
    before = fold_of(ledger)
    ledger.rebuild()
    assert fold_of(ledger) == before


def test_a_version_is_known_by_its_number_or_by_the_creation(ledger, finding, created, rivals):
    ledger.receive([writer.segment() for writer in rivals])
    stream, seq = finding.id.split(".")
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO target VALUES(?, 'finding', ?, ?, ?, ?)",
            (finding.id, SCHOOL_CODE, stream, int(seq), created),
        )
        assert version_of(db, finding.id, "place", "one", 2) == (0, created + 10)
        assert version_of(db, finding.id, "place", stream, int(seq)) == (0, created)
        assert version_of(db, finding.id, "place", "one", 3) is None
        db.execute("DELETE FROM target")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_edit_of_a_record_that_its_line_did_not_make_is_refused_in_any_order(
    ledger, stranger, order
):
    other = Writer("other")
    other.create("person", name="甲")
    # a binding line, a record of another type, an edit, a refused create, and no name at all
    named = ["other.1", "other.2", "stranger.2", "foreign.2", "foreign.x", "a.b.c"]
    for record in named:
        stranger.update("finding", record, far(9), note=[None, "偷改", 0, "other.2"])
    foreign = Writer("foreign")
    foreign.write({"o": "c", "e": "finding", "n": OFFICE_CODE, "v": {"place": "别处"}})
    for at in order:
        for piece in single_lines([(stranger, other, foreign)[at].segment()]):
            ledger.receive([piece])
    assert ledger.rows("SELECT * FROM pend") == []
    refused = ledger.rows("SELECT seq, why FROM refused WHERE log_id = 'stranger'")
    assert refused == [(seq, "missing") for seq in range(2, 2 + len(named))]
    before = fold_of(ledger)
    ledger.rebuild()
    assert fold_of(ledger) == before


def test_an_edit_waits_only_while_the_line_of_its_record_is_not_here(ledger, stranger):
    other = Writer("other")
    for name in "甲乙":
        other.create("person", far(0), name=name)
    stranger.update("person", "other.3", far(9), name=["乙", "丙", 0, "other.3"])
    assert ledger.receive([stranger.segment()]).counts["waiting"] == 1
    ledger.receive([other.segment(1, 2)])
    assert ledger.rows("SELECT count(*) FROM pend") == [(1,)]
    ledger.receive([other.segment(3)])
    assert ledger.get(Person, "other.3").name == "丙"


@pytest.mark.parametrize("name", ["k", "person-", "checklist-0123456789abcdef", "checklist_answer"])
def test_a_natural_record_is_of_the_type_that_its_name_says(ledger, stranger, name):
    record = f"k.{SCHOOL_CODE}.{name}"
    stranger.update("checklist_answer", record, note=[None, "偷改", 0, "0.0"])
    stranger.update("checklist_answer", f"k.{SCHOOL_CODE}", note=[None, "偷改", 0, "0.0"])
    ledger.receive([stranger.segment()])
    assert ledger.rows("SELECT why FROM refused") == [("type",)] * 2
    assert ledger.all(ChecklistAnswer) == []
