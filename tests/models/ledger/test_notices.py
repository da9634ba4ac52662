from dataclasses import replace
from datetime import date

from models.ledger import findings, notices
from models.ledger.ledger import Ledger
from models.records.finding import Finding
from tests.conftest import SCHOOL_CODE, a_finding, a_step


def issued(ledger: Ledger, number: str | None, day: int) -> Finding:
    finding = findings.register(ledger, a_finding(found_on=date(2026, 11, 1)))
    taken_on = date(2026, 11, day)
    findings.take_step(ledger, finding, a_step("graded", taken_on=taken_on))
    step = a_step("notice_issued", taken_on=taken_on, document=number or "〔2026〕1号")
    taken = findings.take_step(ledger, finding, step)
    if number is None:
        ledger.save(replace(taken, document=None), taken)
    return finding


def test_the_newest_notices_come_first_each_with_its_findings_counted(ledger: Ledger) -> None:
    given = (("〔2026〕1号", 2), ("〔2026〕2号", 5), ("〔2026〕1号", 2), (None, 9))
    first, second, third, _none = (issued(ledger, number, day) for number, day in given)
    ledger.save(a_step("notice_issued", unit="2137000002", document="〔2026〕7号"))
    one = ("〔2026〕2号", 1, second.id, "")
    assert notices.newest(ledger, 5) == [one, ("〔2026〕1号", 2, min(first.id, third.id), "")]
    assert notices.newest(ledger, 1) == [one]


def test_a_number_brings_its_findings_and_their_steps(ledger: Ledger) -> None:
    first, second = issued(ledger, "〔2026〕1号", 2), issued(ledger, "〔2026〕1号", 3)
    gone = issued(ledger, "〔2026〕1号", 4)
    ledger.remove(gone)
    found = notices.with_number(ledger, SCHOOL_CODE, "〔2026〕1号")
    assert [(finding.id, len(steps)) for finding, steps in found] == [(first.id, 2), (second.id, 2)]
    assert notices.with_number(ledger, "2137000002", "〔2026〕1号") == []
