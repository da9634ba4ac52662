"""Control totals of an import: whatever came in must stand somewhere, counted from both sides.

It cannot fail unless the fold has a bug; then the import is undone as a whole, and the bug is told.
It counts the new lines and the rows that speak of them, never whole tables.
"""

from collections.abc import Sequence
from sqlite3 import Connection

from models.ledger.segments import Columns, Fresh, Outcome

# The versions of new lines are neighbours in each of these, by stream and number.
_PLACES = {
    "hist": "SELECT count(*) FROM hist WHERE log_no = :no AND seq BETWEEN :first AND :last",
    "pend": "SELECT count(*) FROM pend WHERE log_no = :no AND seq BETWEEN :first AND :last",
    "refused": "SELECT count(*) FROM refused WHERE log_id = :id AND seq BETWEEN :first AND :last"
    " AND field <> ''",
    "refused records": "SELECT count(*) FROM refused WHERE log_id = :id"
    " AND seq BETWEEN :first AND :last AND field = ''",
}


def check_totals(
    db: Connection, fresh: Sequence[Fresh], columns: Columns, outcome: Outcome
) -> None:
    """Raise where a line of these, or a version in it, is not accounted for."""
    lines = [line for part in fresh for _text, line in part.lines]
    edits = [line for line in lines if line["o"] == "u" and line["e"] in columns]
    found = dict.fromkeys(_PLACES, 0)
    for part in fresh:
        first, last = part.lines[0][1]["s"], part.lines[-1][1]["s"]
        args = {"no": part.log_no, "id": part.log_id, "first": first, "last": last}
        for place, sql in _PLACES.items():
            found[place] += db.execute(sql, args).fetchone()[0]
    refused = found.pop("refused records")
    bound = sum(line["o"] == "b" for line in lines)
    created, unknown = outcome.created, outcome.counts["unknown"]
    versions = sum(len(line["v"]) for line in edits)
    if len(lines) != bound + created + refused + unknown + len(edits) or versions != sum(
        found.values()
    ):
        raise RuntimeError(
            f"control totals: {len(lines)} lines, of them {bound} binds, {created} records,"
            f" {refused} refused, {unknown} unknown, {len(edits)} edits with {versions} versions:"
            f" {found}"
        )
