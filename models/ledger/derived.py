"""Columns derived from other records, kept beside a row so that long lists can sort and filter.

They are a cache of `workflow.state_of`: never synced, made anew whenever the finding or a step of
it is touched, and the same on every PC that holds the same lines.
"""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Final

from models.ledger.compact import pack
from models.ledger.rows import Args, read
from models.ledger.segments import ABOVE_ALL, Outcome
from models.records.finding import Finding, FindingStep
from models.records.workflow import state_of

# What a finding without steps derives from itself, as SQL over its own columns: so it is created.
AT_FIRST: Final = {
    "finding": {"now_state": "'registered'", "now_level": "level", "now_deadline": "deadline"}
}
_DERIVED = "(now_state, now_level, now_deadline, now_rectified, now_closed)"
_TOUCHED = """
SELECT value FROM json_each(:findings)
UNION SELECT f.id FROM finding f JOIN finding_step s ON s.finding = f.id WHERE f.no > :last_finding
UNION SELECT finding FROM finding_step WHERE no > :last_step AND typeof(finding) = 'text'
UNION SELECT finding FROM finding_step WHERE id IN (SELECT value FROM json_each(:steps))
    AND typeof(finding) = 'text'
"""


def refresh_findings(db: Connection, outcome: Outcome) -> None:
    """Derive the standing of every finding that was touched, or whose steps were made or touched.

    A finding that was created stands already as it should, unless its steps came before it.
    """
    rows = db.execute(
        _TOUCHED,
        {
            "findings": pack(sorted(outcome.touched.get("finding", ()))),
            "steps": pack(sorted(outcome.touched.get("finding_step", ()))),
            "last_finding": outcome.made_after.get("finding", ABOVE_ALL),
            "last_step": outcome.made_after.get("finding_step", ABOVE_ALL),
        },
    )
    listed = pack([finding for (finding,) in rows])
    within = "IN (SELECT value FROM json_each(?))"
    stepped = _by_finding(_written(db, f"t.finding {within}", (listed,)))
    plain = "('registered', level, deadline, NULL, NULL)"
    db.execute(
        f"UPDATE finding SET {_DERIVED} = {plain} WHERE id {within} AND {_DERIVED} IS NOT {plain}"
        " AND NOT EXISTS (SELECT 1 FROM finding_step s WHERE s.finding = finding.id"
        " AND NOT s.deleted)",
        (listed,),
    )
    found = read(db, Finding, f"WHERE t.id {within}", (pack([*stepped]),))
    db.executemany(
        f"UPDATE finding SET {_DERIVED} = (?, ?, ?, ?, ?) WHERE id = ?",
        [(*_standing(f, stepped[f.id]), f.id) for f in found],
    )


def _standing(finding: Finding, steps: Sequence[FindingStep]) -> tuple[str | None, ...]:
    state, level, deadline, rectified, closed, *_rest = state_of(finding, steps)
    days = [day.isoformat() if day else None for day in (deadline, rectified, closed)]
    return (state, level, *days)


def steps_of(db: Connection, finding_id: str) -> list[FindingStep]:
    """The steps of a finding in the order they were written, the same on every PC."""
    return in_causal_order(_written(db, "t.finding = ?", (finding_id,)))


def steps_by_finding(db: Connection, unit: str) -> dict[str, list[FindingStep]]:
    """The same of every finding of a unit, by the finding's id, in one query."""
    return _by_finding(_written(db, "t.unit = ?", (unit,)))


def steps_of_all(db: Connection, findings: Sequence[str]) -> dict[str, list[FindingStep]]:
    """The same of these findings, by their ids, in one query."""
    return _by_finding(
        _written(db, "t.finding IN (SELECT value FROM json_each(?))", (pack([*findings]),))
    )


def _by_finding(steps: Iterable[FindingStep]) -> dict[str, list[FindingStep]]:
    found: dict[str, list[FindingStep]] = {}
    for step in steps:
        found.setdefault(step.finding or "", []).append(step)
    return {finding: in_causal_order(taken) for finding, taken in found.items()}


def _written(db: Connection, where: str, args: Args) -> list[FindingStep]:
    rest = f"JOIN log l ON l.log_no = t.c_log WHERE {where} AND NOT t.deleted"
    return read(db, FindingStep, f"{rest} ORDER BY t.c_t, l.log_id, t.c_seq", args)


def in_causal_order(steps: list[FindingStep]) -> list[FindingStep]:
    """Each step behind the one its author saw last; clocks decide only between concurrent ones."""
    before = {step.id: step.after for step in steps}

    def depth(step: FindingStep) -> int:
        seen: set[str] = set()
        at = step.after
        while at in before and at not in seen:
            seen.add(at)
            at = before[at]
        return len(seen)

    return sorted(steps, key=depth)
