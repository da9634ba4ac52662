"""What a person must decide, as SQL: values that lost unseen, and work on what was deleted.

It is asked of the tables whenever somebody looks, so it cannot fall behind them.
"""

from models.ledger.rows import COLUMNS
from models.ledger.titles import PARENTS

# Versions that lost without having been seen, with another value than the one that stands. Of a
# deleted record only the deletion is a question.
_FIELDS = """
SELECT x.id, x.field, max(h.t) AS t, l.unit FROM conflict x
    JOIN cell c ON c.id = x.id AND c.field = x.field
    JOIN log l ON l.log_id = x.log_id
    JOIN hist h ON h.log_no = l.log_no AND h.seq = x.seq AND h.field = x.field
WHERE h.val IS NOT c.val AND (x.field = '_deleted' OR NOT EXISTS (
    SELECT 1 FROM cell d WHERE d.id = x.id AND d.field = '_deleted' AND d.val = 1))
GROUP BY x.id, x.field"""

_UNSEEN = "ifnull(json_extract(d.seen, '$.\"' || l.log_id || '\"'), 0)"
SOUND = "h.seq <= ifnull(l.closed, h.seq)"


# Lines beyond the end of their stream, and the records they speak of.
VOID = """log l CROSS JOIN op o ON o.log_no = l.log_no AND o.seq > l.closed
    AND l.closed < l.seq"""
NAMED = "ifnull(json_extract(o.line, '$.i'), l.log_id || '.' || o.seq)"


def deleted(of: str = "") -> str:
    """Deleted records, or this one, and how far whoever deleted it had seen.

    What only void lines made is deleted by nobody, so by nobody who had seen anything of it.
    """
    arms = [
        "SELECT c.id, h.seen FROM cell c JOIN log l ON l.log_id = c.log_id"
        " JOIN hist h ON h.log_no = l.log_no AND h.seq = c.seq AND h.field = '_deleted'"
        f" WHERE c.field = '_deleted' AND c.val = 1 AND c.id = {of or 'c.id'}"
    ]
    arms += [
        f"SELECT r.id, '{{}}' FROM void v CROSS JOIN {table} r ON r.id = v.id AND r.deleted"
        " WHERE NOT EXISTS (SELECT 1 FROM cell c WHERE c.id = v.id AND c.field = '_deleted')"
        for table in COLUMNS
    ]
    return (
        f"void AS MATERIALIZED (SELECT DISTINCT {NAMED} AS id FROM {VOID}"
        f" WHERE {NAMED} = {of or NAMED}),"
        f" deleted AS MATERIALIZED ({' UNION ALL '.join(arms)})"
    )


def late() -> str:
    """What stands in a deleted record, or below it, that whoever deleted it had not seen.

    (deleted record, touched record, its type or empty, stream number, line, field or empty)
    """
    parts = [
        "SELECT d.id, h.id AS part, '' AS type, h.log_no, h.seq, h.field, h.t, l.unit"
        " FROM deleted d CROSS JOIN hist h ON h.id = d.id AND h.field <> '_deleted'"
        f" JOIN log l ON l.log_no = h.log_no AND {SOUND} WHERE h.seq > {_UNSEEN}"
    ]
    for table, field in ((table, field) for table, links in PARENTS.items() for field in links):
        child = f"deleted d CROSS JOIN {table} r ON r.{field} = d.id AND NOT r.deleted"
        parts += [
            f"SELECT d.id, r.id, '{table}', r.c_log, r.c_seq, '', r.c_t, l.unit FROM {child}"
            f" JOIN log l ON l.log_no = r.c_log WHERE r.c_seq > {_UNSEEN}",
            f"SELECT d.id, r.id, '{table}', h.log_no, h.seq, h.field, h.t, l.unit FROM {child}"
            f" CROSS JOIN hist h ON h.id = r.id JOIN log l ON l.log_no = h.log_no AND {SOUND}"
            f" WHERE h.seq > {_UNSEEN}",
        ]
    return f"late AS ({' UNION ALL '.join(parts)})"


OPEN = (
    f"WITH {deleted()}, {late()}, open AS ({_FIELDS} UNION ALL"
    " SELECT id, '_deleted', max(t), unit FROM late GROUP BY id)"
)
