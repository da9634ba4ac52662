"""Notices that findings were issued with: their numbers, and the findings of one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from models.ledger.derived import steps_of_all
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.ledger.sides import THIS_SIDE, this_side
from models.records.finding import Finding, FindingStep

_NOTICES = (
    "FROM finding_step t JOIN log l ON l.log_no = t.c_log"
    " WHERE t.unit IN (SELECT unit FROM log) AND t.kind = 'notice_issued' AND t.deleted = 0"
)


class IssuedNotice(NamedTuple):
    """A number, how many findings were issued with it, one of them, and the office whose notice to
    this school it is; empty where it was issued here."""

    number: str
    findings: int
    finding: str
    office: str


def newest(ledger: Ledger, most: int) -> list[IssuedNotice]:
    """The notices that were issued last, by us or to us."""
    rows = ledger.rows(
        "SELECT t.document, count(DISTINCT t.finding), min(t.finding),"
        f" iif({THIS_SIDE}, '', max(ifnull(t.office, ''))) {_NOTICES} AND t.document <> ''"
        f" AND (t.unit = :own OR :office AND {THIS_SIDE}) GROUP BY t.document, {THIS_SIDE}"
        " ORDER BY max(t.taken_on) DESC, max(t.no) DESC LIMIT :most",
        {"most": most, **this_side(ledger)},
    )
    return [IssuedNotice(*row) for row in rows]


def units_with(ledger: Ledger, number: str) -> list[str]:
    """The units that a notice of ours with this number went to."""
    rows = ledger.rows(
        f"SELECT DISTINCT t.unit {_NOTICES} AND t.document = :number AND {THIS_SIDE} ORDER BY 1",
        {"number": number, **this_side(ledger)},
    )
    return [unit for (unit,) in rows]


def with_number(
    ledger: Ledger, unit: str, number: str
) -> list[tuple[Finding, Sequence[FindingStep]]]:
    """The findings of a unit that were ever issued with this number, each with its steps."""
    where = (
        "WHERE NOT t.deleted AND t.id IN (SELECT finding FROM finding_step WHERE unit = ?"
        " AND kind = 'notice_issued' AND deleted = 0 AND document = ?) ORDER BY t.number, t.no"
    )
    with ledger.reading() as db:
        found = read(db, Finding, where, (unit, number))
        taken = steps_of_all(db, [finding.id for finding in found])
    return [(finding, taken.get(finding.id, [])) for finding in found]
