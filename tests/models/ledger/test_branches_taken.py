"""Which branch of a stream is taken in place of one's own, and which never is."""

from dataclasses import replace

import pytest

from models.ledger.branches import adopt_branch, own_forks
from models.ledger.lines import GENESIS, chain
from tests.models.ledger.branching import School, stream_of, work
from tests.models.ledger.conftest import Writer, fold_of, give, segments_of, single_lines


@pytest.fixture
def school():
    return School()


def test_streams_that_did_not_fork_are_left_to_the_ordinary_way(school):
    work(school.pc, ("edit", 0, "甲"))
    school.meet(school.pc)
    assert own_forks(school.back, segments_of(school.office)) == []
    assert school.adopt().counts == {}
    assert give(school.office, school.back).counts["new"] == 1
    work(school.back, ("find", 0, "乙"))
    assert own_forks(school.back, segments_of(school.office)) == []


def test_a_strangers_fork_stays_refused(school):
    one, two = Writer(), Writer()
    one.create("finding", note="甲")
    two.create("finding", note="乙")
    school.back.receive([one.segment()])
    assert adopt_branch(school.back, [two.segment()]).counts == {}
    assert school.back.receive([two.segment()]).counts["forked"] == 2


@pytest.fixture
def forked(school):
    """The branch of the office in single lines, from its first."""
    work(school.pc, ("edit twice", 0, "甲"))
    work(school.back, ("edit", 0, "乙"))
    school.meet(school.pc)
    school.lines = single_lines(stream_of(school.office, school.stream))
    return school


def test_a_branch_may_begin_at_the_last_common_line(forked):
    branch = forked.lines[forked.common :]
    assert [fork.common for fork in own_forks(forked.back, branch[::-1])] == [forked.common]
    assert adopt_branch(forked.back, branch).counts["replaced"] == 1


def test_a_branch_that_gave_way_is_not_taken_again(forked):
    """Else two who hold one branch each would make the writer change for ever."""
    gave_way = stream_of(forked.back, forked.stream)
    forked.adopt()
    before = fold_of(forked.back)
    assert own_forks(forked.back, gave_way) == []
    assert adopt_branch(forked.back, single_lines(gave_way)).counts == {}
    assert forked.back.receive(gave_way).counts["forked"]
    assert fold_of(forked.back) == before


HOW = ("gap", "late", "other start", "other past", "wrong head", "other first line")


@pytest.mark.parametrize("how", HOW)
def test_a_branch_that_is_no_whole_chain_is_not_taken(forked, how):
    lines, common = forked.lines, forked.common
    match how:
        case "gap":
            lines = [line for line in lines if line.first != common]
        case "late":
            lines = lines[common + 1 :]
        case "other start":
            lines = [replace(lines[common], prev=GENESIS), *lines[common + 1 :]]
        case "other past":
            lines, head = [], GENESIS
            for line in forked.lines[common - 1 :]:
                lines.append(replace(line, prev=head, head=chain(head, line.lines[0])))
                head = lines[-1].head
        case "wrong head":
            lines = [*lines[:-1], replace(lines[-1], head=GENESIS)]
        case "other first line":
            writer = Writer(forked.stream)
            writer.create("finding", note="甲")
            lines = [writer.segment()]
    before = fold_of(forked.back)
    assert adopt_branch(forked.back, lines).counts == {}
    assert fold_of(forked.back) == before
