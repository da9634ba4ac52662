"""Notices that findings were issued with: their numbers, and the findings of one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from models.ledger.derived import steps_of_all
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.records.finding import Finding, FindingStep

_NOTICES = "FROM finding_step WHERE unit = ? AND kind = 'notice_issued' AND deleted = 0"


class IssuedNotice(NamedTuple):
    """A number, and how many findings were issued with it."""

    number: str
    findings: int


def newest(ledger: Ledger, most: int) -> list[IssuedNotice]:
    """The notices of this unit that were issued last."""
    rows = ledger.rows(
        f"SELECT document, count(DISTINCT finding) {_NOTICES} AND document <> ''"
        " GROUP BY document ORDER BY max(taken_on) DESC, max(no) DESC LIMIT ?",
        (ledger.unit, most),
    )
    return [IssuedNotice(*row) for row in rows]


def with_number(
    ledger: Ledger, unit: str, number: str
) -> list[tuple[Finding, Sequence[FindingStep]]]:
    """The findings of a unit that were ever issued with this number, each with its steps."""
    where = (
        f"WHERE NOT t.deleted AND t.id IN (SELECT finding {_NOTICES} AND document = ?)"
        " ORDER BY t.number, t.no"
    )
    with ledger.reading() as db:
        found = read(db, Finding, where, (unit, number))
        taken = steps_of_all(db, [finding.id for finding in found])
    return [(finding, taken.get(finding.id, [])) for finding in found]
