"""The ledger of a year: what was found in it, and what it took over from the years before."""

from models.ledger.derived import steps_by_finding
from models.ledger.ledger import Ledger
from models.ledger.rows import read
from models.records.finding import Finding, FindingStep
from models.records.workflow import state_of


def of_year(ledger: Ledger, year: int) -> list[tuple[Finding, list[FindingStep]]]:
    """The findings of a year and those it took over, oldest first, each with its steps.

    What was open when the year began is carried into it, whenever it was found; what was closed
    stays behind. Steps of later years belong to later ledgers, so that an old ledger stays as it
    was when its year ended.
    """
    args = {"unit": ledger.unit, "this": f"{year}-%", "start": f"{year}-01-01"}
    with ledger.reading() as db:
        found = read(
            db,
            Finding,
            "WHERE t.unit = :unit AND NOT t.deleted AND (t.found_on LIKE :this OR t.found_on <"
            " :start AND (t.now_closed IS NULL OR t.now_closed >= :start))"
            " ORDER BY t.found_on, t.no",
            args,
        )
        taken = steps_by_finding(db, ledger.unit)
    every = [(finding, _until(year, taken.get(finding.id, []))) for finding in found]
    return [
        (finding, steps) for finding, steps in every if not _closed_before(year, finding, steps)
    ]


def _until(year: int, steps: list[FindingStep]) -> list[FindingStep]:
    return [step for step in steps if step.taken_on is None or step.taken_on.year <= year]


def _closed_before(year: int, finding: Finding, steps: list[FindingStep]) -> bool:
    """Whether it stood closed all year: one that was reopened later belongs to that year."""
    closed = state_of(finding, steps).closed_on
    return closed is not None and closed.year < year


def carried_over(ledger: Ledger, year: int) -> int:
    """How many findings the ledger of a year took over; two counts that an index answers."""
    where = "deleted = 0 AND unit = :unit AND found_on < :start"
    args = {"unit": ledger.unit, "start": f"{year}-01-01"}
    ((still_open,),) = ledger.rows(
        "SELECT count(*) FROM finding INDEXED BY finding_state"
        f" WHERE {where} AND now_state <> 'closed'",
        args,
    )
    ((closed_since,),) = ledger.rows(
        "SELECT count(*) FROM finding INDEXED BY finding_closed"
        f" WHERE {where} AND now_closed >= :start",
        args,
    )
    return int(still_open + closed_since)


def has_older(ledger: Ledger, year: int) -> bool:
    """Whether there was a ledger before this year's: a finding of an earlier year."""
    rows = ledger.rows(
        "SELECT 1 FROM finding INDEXED BY finding_list"
        " WHERE deleted = 0 AND found_on > '' AND found_on < ? LIMIT 1",
        (f"{year}-01-01",),
    )
    return bool(rows)
