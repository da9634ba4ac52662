"""A term in four folders: school A, school B with two PCs, and their office; files go by stick.

They enrol, work and exchange; one bundle is lost, one tampered with, one thing is changed by both,
one PC is set up anew, one is stolen. At the end everybody has everything that is theirs.
"""

from dataclasses import replace

import pytest

from models.exchange.delivery import delivery
from models.exchange.enrolment import close_device
from models.exchange.receive import receive_files
from models.ledger.conflicts import conflicts, decide
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import a_finding, a_ledger, a_person, a_school, a_step, an_office
from tests.models.exchange.enrolling import enrol, hand_back, hand_over, send, store_of, take
from tests.models.ledger.conftest import fold_of, lost_silently

B = a_school(code="2137000002", name="示例县第二小学")


@pytest.fixture
def term(tmp_path, clock):
    """(school A, school B's first PC, its second PC, the office), enrolled."""
    pcs = {
        "a": a_ledger(tmp_path / "甲校", clock=clock),
        "b1": a_ledger(tmp_path / "乙校一号机", B, clock=clock, person=a_person("钱一")),
        "b2": a_ledger(tmp_path / "乙校二号机", B, clock=clock, person=a_person("孙二")),
        "office": a_ledger(tmp_path / "教育局", an_office(), clock=clock, person=a_person("王局")),
    }
    enrol(pcs["office"], pcs["a"], pcs["b1"], pcs["b2"])
    yield pcs
    for ledger in pcs.values():
        ledger.close()


def places(ledger):
    return {finding.place for finding in ledger.all(Finding)}


def post(sender, folder, *receivers, unit=""):
    """A bundle for these PCs, unless there is nothing to say."""
    try:
        path = send(sender, folder, unit).path
    except AppError as error:
        assert "没有新的内容" in str(error)  # noqa: PT017
        return
    for receiver in receivers:
        take(receiver, path)


def round_of(term, folder, *names):
    """Each of these PCs hands over, and gets the office's answer to its school."""
    office, pcs = term["office"], [term[name] for name in names]
    for name in names:
        post(term[name], folder / name, office)
    for unit in {pc.unit for pc in pcs}:
        post(office, folder / unit, *(pc for pc in pcs if pc.unit == unit), unit=unit)


def test_a_term_by_stick(term, tmp_path, clock):
    a, b1, b2, office = (term[name] for name in ("a", "b1", "b2", "office"))
    stick = tmp_path / "U盘"

    # Both schools work; all of it arrives, and nobody sees another school's.
    mine = a.save(a_finding(place="甲校食堂"))
    theirs = b1.save(a_finding(place="乙校操场"))
    b2.save(a_finding(place="乙校宿舍"))
    round_of(term, stick / "1", "a", "b1", "b2")
    round_of(term, stick / "2", "b1", "b2")
    assert places(office) == {"甲校食堂", "乙校操场", "乙校宿舍"}
    assert places(a) == {"甲校食堂"}
    assert places(b1) == places(b2) == {"乙校操场", "乙校宿舍"}
    assert delivery(a).waiting == 0

    # A stick is lost; the next bundle heals it without anybody thinking.
    a.save(a_finding(place="甲校车棚"))
    send(a, stick / "lost")
    a.save(a_finding(place="甲校围墙"))
    hand_over(a, office, stick / "after")
    assert {"甲校车棚", "甲校围墙"} <= places(office)

    # One is tampered with; the others of the batch go in.
    good, bad = send(a, stick / "good").path, stick / "坏.aqb"
    bad.write_bytes(good.read_bytes().replace(b"\n", b"\r", 1))
    results = receive_files(office, store_of(office), [bad, good], lambda *_: None, lambda: False)
    assert [result.clean for result in results] == [False, True]

    # Both PCs of B change the same thing, and the office adds a step meanwhile.
    b1.save(replace(theirs, place="乙校东操场"), theirs)
    b2.save(replace(theirs, place="乙校西操场"), theirs)
    office.save(a_step("graded", finding=theirs.id, unit=b1.unit))
    round_of(term, stick / "3", "b1", "b2")
    round_of(term, stick / "4", "b1", "b2")
    (question,) = conflicts(b1)
    assert {question.standing.shown, *(side.shown for side in question.others)} == {
        "乙校东操场",
        "乙校西操场",
    }
    loser = question.others[0]
    decide(b1, question, loser.value)
    round_of(term, stick / "5", "b1", "b2")
    round_of(term, stick / "6", "b1", "b2")
    for ledger in (b1, b2, office):
        assert conflicts(ledger) == []
        assert ledger.get(Finding, theirs.id).place == loser.value
        assert fold_of(ledger)["finding_step"]

    # B's second PC is set up anew: all that was handed over comes back.
    b2.save(a_finding(place="没有交出去的"))
    anew = a_ledger(tmp_path / "乙校新二号机", B, clock=clock, person=a_person("孙二"))
    enrol(office, anew)
    take(anew, send(office, stick / "complete", B.code, complete=True).path)
    assert places(anew) == {loser.value, "乙校宿舍"}

    # The old one turns out to be stolen: what was handed over stays, anything later is void.
    close_device(office, store_of(office), B.code, b2.setting("device"))
    with pytest.raises(AppError, match="已经停用"):
        hand_over(b2, office, stick / "stolen")
    hand_back(office, b1, stick / "7")
    assert "没有交出去的" not in places(b1) | places(office)

    # At the end all that belong together are equal, and nothing was lost.
    term["b2"] = anew
    round_of(term, stick / "8", "a", "b1", "b2")
    round_of(term, stick / "9", "b1", "b2")
    of_b = [{k: v for k, v in fold_of(pc).items() if k == "finding"} for pc in (b1, anew)]
    assert of_b[0] == of_b[1]
    for ledger in (a, b1, anew, office):
        assert lost_silently(ledger) == []
        before = fold_of(ledger)
        ledger.rebuild()
        assert fold_of(ledger) == before
    assert delivery(a).waiting == delivery(b1).waiting == 0
    assert mine.place in places(office)
    b2.close()
