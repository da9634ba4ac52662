"""Which records were worked on by both sides at once, in different fields: nothing to decide, but
good to know, for together the fields may say what neither side meant."""

from collections.abc import Sequence
from sqlite3 import Connection

from models.ledger.compact import pack
from models.ledger.segments import Fresh, Heard


def count_parallel(db: Connection, taken: Sequence[Fresh], heard: Heard) -> int:
    """Records of which these lines touch one field, and lines that the sender had not heard of,
    from streams it did not send, another.

    It starts from what the sender had not heard of these units, which is usually little; of other
    units a sender hears nothing, so their streams are not looked at.
    """
    sent = pack([[part.log_no, part.lines[0][1]["s"], part.lines[-1][1]["s"]] for part in taken])
    ours = {part.log_no for part in taken}
    streams = db.execute(
        "SELECT log_no, log_id, seq FROM log WHERE unit IN (SELECT value FROM json_each(?))",
        (pack(sorted({part.unit for part in taken})),),
    )
    unheard = pack(
        [
            [log_no, heard.get(log_id, 0)]
            for log_no, log_id, seq in streams
            if seq > heard.get(log_id, 0) and log_no not in ours
        ]
    )
    ((found,),) = db.execute(
        """SELECT count(DISTINCT o.id) FROM json_each(?) u
           CROSS JOIN log ol ON ol.log_no = u.value ->> 0
           CROSS JOIN hist o ON o.log_no = ol.log_no AND o.seq > u.value ->> 1
               AND o.seq <= ifnull(ol.closed, o.seq)
           CROSS JOIN hist h ON h.id = o.id AND h.field <> o.field
           JOIN log hl ON hl.log_no = h.log_no AND h.seq <= ifnull(hl.closed, h.seq)
           JOIN json_each(?) s ON s.value ->> 0 = h.log_no
               AND h.seq BETWEEN s.value ->> 1 AND s.value ->> 2""",
        (unheard, sent),
    )
    return int(found)
