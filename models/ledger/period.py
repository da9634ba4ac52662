"""The findings of a period: those that were open in it, with their steps, in few queries."""

from collections.abc import Sequence

from models.ledger.compact import pack
from models.ledger.derived import steps_of_all
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.records.finding import Finding, Photo
from models.records.period_figures import Found
from models.records.periods import Period

# What stood closed all the time is left out. A step within or after the period brings it back; a
# step before the day of discovery is a contradiction, which is told and not hidden.
_OF_PERIOD = """
WHERE NOT t.deleted AND (t.now_state <> 'closed' OR t.found_on >= :start OR EXISTS (
    SELECT 1 FROM finding_step s WHERE s.finding = t.id AND s.taken_on >= :start))
AND (ifnull(t.found_on, '') <= :end OR EXISTS (
    SELECT 1 FROM finding_step s WHERE s.finding = t.id AND s.taken_on <= :end))
"""


def during(ledger: Ledger, period: Period, unit: str | None = None) -> list[Found]:
    """The findings that were open at any time of the period, oldest first, each with its steps.

    Of one unit, or of all that are in this ledger.
    """
    args = {"unit": unit, "start": period.start.isoformat(), "end": period.end.isoformat()}
    mine = " AND t.unit = :unit" if unit else ""
    with ledger.reading() as db:
        found = read(db, Finding, f"{_OF_PERIOD}{mine} ORDER BY t.found_on, t.no", args)
        taken = steps_of_all(db, [finding.id for finding in found])
    return [(finding, taken.get(finding.id, [])) for finding in found]


def photos_of(ledger: Ledger, findings: Sequence[str]) -> dict[str, list[Photo]]:
    """The photos of these findings by the finding's id, oldest first, in one query."""
    by_finding: dict[str, list[Photo]] = {}
    with ledger.reading() as db:
        where = (
            "WHERE NOT t.deleted AND t.finding IN (SELECT value FROM json_each(?)) ORDER BY t.no"
        )
        for photo in read(db, Photo, where, (pack([*findings]),)):
            by_finding.setdefault(photo.finding or "", []).append(photo)
    return by_finding


def checks(
    ledger: Ledger, period: Period, unit: str | None = None
) -> list[tuple[str, str | None, int]]:
    """(unit, kind, how many): the finished inspections that began in the period."""
    args = {"unit": unit, "start": period.start.isoformat(), "end": f"{period.end.isoformat()} 24"}
    mine = " AND unit = :unit" if unit else ""
    return ledger.rows(
        "SELECT unit, kind, count(*) FROM inspection WHERE deleted = 0 AND ended IS NOT NULL"
        f" AND started BETWEEN :start AND :end{mine} GROUP BY unit, kind",
        args,
    )
