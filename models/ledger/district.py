"""What an office sees of its schools: who reported, how much, what is open and late."""

from dataclasses import dataclass
from datetime import date

from models.ledger import findings
from models.ledger.ledger import Ledger
from models.ledger.registered import ENROLLED_NAME, registered_units
from models.records.organisation import Organisation


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One school, as far as its bundles have told."""

    unit: str
    name: str
    last_bundle: str
    lines: int
    missing: int
    refused: int
    found_now: bool  # a finding of this month is registered
    counts: findings.Counts
    checklists: int
    sessions: int


def units(ledger: Ledger, today: date) -> list[UnitRow]:
    """Every school that was enrolled or whose lines are here, by name."""
    last = dict(
        ledger.rows("SELECT unit, max(received_at) FROM inbox WHERE state = 'taken' GROUP BY unit")
    )
    lines = dict(ledger.rows("SELECT unit, sum(seq) FROM log WHERE seq > 0 GROUP BY unit"))
    held = dict(
        ledger.rows(
            "SELECT l.unit, count(*) FROM held h JOIN log l ON l.log_id = h.log_id GROUP BY l.unit"
        )
    )
    refused = dict(
        ledger.rows(
            "SELECT l.unit, count(*) FROM refused r JOIN log l ON l.log_id = r.log_id"
            " GROUP BY l.unit"
        )
    )
    finding = _units_with_findings(ledger, today)
    counted = findings.counts_by_unit(ledger, today)
    checklists = _count(ledger, "checklist")
    sessions = _count(ledger, "training_session")
    rows = [
        UnitRow(
            unit=unit,
            name=name,
            last_bundle=last.get(unit, ""),
            lines=lines.get(unit, 0),
            missing=held.get(unit, 0),
            refused=refused.get(unit, 0),
            found_now=unit in finding,
            counts=counted.get(unit, findings.NONE),
            checklists=checklists.get(unit, 0),
            sessions=sessions.get(unit, 0),
        )
        for unit, name in _schools(ledger).items()
    ]
    return sorted(rows, key=lambda row: row.name)


def _schools(ledger: Ledger) -> dict[str, str]:
    """Code → name of every school that is here or was enrolled and has sent nothing yet."""
    enrolled = [unit for unit in registered_units(ledger) if unit != ledger.unit]
    known = {school.unit: school.name for school in ledger.all(Organisation, kind="school")}
    return {
        unit: known.get(unit) or ledger.setting(f"{ENROLLED_NAME}{unit}") or unit
        for unit in dict.fromkeys([*enrolled, *known])
    }


def _units_with_findings(ledger: Ledger, today: date) -> set[str]:
    """The units with a finding that was found in this month; the others reported 零报告."""
    rows = ledger.rows(
        "SELECT DISTINCT unit FROM finding WHERE NOT deleted AND found_on LIKE ?",
        (f"{today:%Y-%m}-%",),
    )
    return {unit for (unit,) in rows}


def _count(ledger: Ledger, table: str) -> dict[str, int]:
    return dict(ledger.rows(f"SELECT unit, count(*) FROM {table} WHERE NOT deleted GROUP BY unit"))
