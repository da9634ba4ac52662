"""Columns derived from other records, kept beside a row so that long lists can sort and filter.

They are a cache of `workflow.state_of`: never synced, made anew whenever the finding or a step of
it is touched, and the same on every PC that holds the same lines.
"""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from models.ledger.compact import pack
from models.ledger.rows import Args, read
from models.records.finding import Finding, FindingStep
from models.records.workflow import state_of


def refresh_findings(db: Connection, touched: Mapping[str, Iterable[str]]) -> None:
    """Derive the standing of every finding that was touched, or whose steps were."""
    ids = set(touched.get("finding", ()))
    for step in touched.get("finding_step", ()):
        ids.update(
            row[0]
            for row in db.execute(
                "SELECT finding FROM finding_step WHERE id = ? AND typeof(finding) = 'text'",
                (step,),
            )
        )
    listed = pack(sorted(ids))
    db.execute(
        "UPDATE finding SET now_state = 'registered', now_level = level, now_deadline = deadline,"
        " now_rectified = NULL, now_closed = NULL WHERE id IN (SELECT value FROM json_each(?))",
        (listed,),
    )
    stepped = db.execute(
        "SELECT DISTINCT finding FROM finding_step"
        " WHERE finding IN (SELECT value FROM json_each(?)) AND NOT deleted",
        (listed,),
    ).fetchall()
    for (finding,) in stepped:
        _derive(db, finding)


def _derive(db: Connection, finding_id: str) -> None:
    for finding in read(db, Finding, "WHERE t.id = ?", (finding_id,)):
        standing = state_of(finding, steps_of(db, finding_id))
        db.execute(
            "UPDATE finding SET now_state = ?, now_level = ?, now_deadline = ?, now_rectified = ?,"
            " now_closed = ? WHERE id = ?",
            (
                standing.state,
                standing.level,
                standing.deadline and standing.deadline.isoformat(),
                standing.rectified_on and standing.rectified_on.isoformat(),
                standing.closed_on and standing.closed_on.isoformat(),
                finding_id,
            ),
        )


def steps_of(db: Connection, finding_id: str) -> list[FindingStep]:
    """The steps of a finding in the order they were written, the same on every PC."""
    return in_causal_order(_written(db, "t.finding = ?", (finding_id,)))


def steps_by_finding(db: Connection, unit: str) -> dict[str, list[FindingStep]]:
    """The same of every finding of a unit, by the finding's id, in one query."""
    found: dict[str, list[FindingStep]] = {}
    for step in _written(db, "t.unit = ?", (unit,)):
        found.setdefault(step.finding or "", []).append(step)
    return {finding: in_causal_order(steps) for finding, steps in found.items()}


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
