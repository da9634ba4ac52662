"""What an office sees of its schools: who reported, how much, what is open and late."""

from dataclasses import dataclass
from datetime import date

from models.ledger import findings
from models.ledger.ledger import Ledger
from models.records.organisation import Organisation


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One school, as far as its bundles have told."""

    unit: str
    name: str
    last_bundle: str
    lines: int
    missing: int
    counts: findings.Counts
    checklists: int
    sessions: int


def units(ledger: Ledger, today: date) -> list[UnitRow]:
    """Every school whose lines are here, by name."""
    last = dict(ledger.rows("SELECT unit, max(received_at) FROM inbox GROUP BY unit"))
    lines = dict(ledger.rows("SELECT unit, sum(seq) FROM log WHERE seq > 0 GROUP BY unit"))
    held = dict(
        ledger.rows(
            "SELECT l.unit, count(*) FROM held h JOIN log l ON l.log_id = h.log_id GROUP BY l.unit"
        )
    )
    counted = findings.counts_by_unit(ledger, today)
    checklists = _count(ledger, "checklist")
    sessions = _count(ledger, "training_session")
    rows = [
        UnitRow(
            unit=school.unit,
            name=school.name or school.unit,
            last_bundle=last.get(school.unit, ""),
            lines=lines.get(school.unit, 0),
            missing=held.get(school.unit, 0),
            counts=counted.get(school.unit, findings.NONE),
            checklists=checklists.get(school.unit, 0),
            sessions=sessions.get(school.unit, 0),
        )
        for school in ledger.all(Organisation, kind="school")
    ]
    return sorted(rows, key=lambda row: row.name)


def _count(ledger: Ledger, table: str) -> dict[str, int]:
    return dict(ledger.rows(f"SELECT unit, count(*) FROM {table} WHERE NOT deleted GROUP BY unit"))
