"""Taking the last import back: the lines of others that came with it go, all else is folded anew.

Until the next import. What others said of themselves meanwhile (receipts, photos they want, what
they returned) stays: it is true whether or not we keep their lines. We claim to hold only what the
log holds, so the lines that were given up come again with the next bundle.
"""

import re
from collections.abc import Iterator

from models.ledger.admission import head_at
from models.ledger.ledger import Ledger
from models.ledger.lines import GENESIS, Line, load, names_in
from models.ledger.streams import lines_after, own_streams
from models.problems import AppError

_OPERATION = re.compile(r"([a-z0-9]{1,16})\.(\d{1,15})")
_SINCE = "import:since"  # setting: when the last import began
_NOTHING = "没有可以撤销的读入。"
_REPLACED = "那次读入换过本机自己的记录，不能撤销。以前的内容在备份里，需要时请恢复备份。"
_NOTHING_NEW = "上次读入没有带来新内容，不用撤销。"
_BUILT_UPON = (
    "读入以后，本机又有 {} 条记录是接着读入的内容写的，撤销会让它们没有着落，所以没有撤销。"
    "需要回到读入以前时，请恢复读入以前的备份。"
)


def mark_import(ledger: Ledger) -> None:
    """Remember how far every stream goes; called in the transaction of the import, before it."""
    with ledger.transaction() as db:
        ledger.set_setting(_SINCE, ledger.clock().isoformat())
        db.execute("DELETE FROM undo")
        db.execute(
            "INSERT INTO undo SELECT log_id, seq, head, signed, signature FROM log WHERE seq > 0"
        )


def can_undo(ledger: Ledger) -> str:
    """Empty where the last import can be undone, else the reason in words."""
    with ledger.reading() as db:
        marks: dict[str, tuple[int, bytes]] = {
            log_id: (seq, head)
            for log_id, seq, head in db.execute("SELECT log_id, seq, head FROM undo")
        }
        if not marks:
            return _NOTHING
        for stream in own_streams(ledger):
            seq, head = marks.get(stream.log_id, (0, GENESIS))
            if head_at(db, stream.log_no, seq) != head:
                return _REPLACED
        going = _going(ledger)
        if not going:
            return _NOTHING_NEW
        built = sum(_builds_on(line, going) for line in _own_lines_since(ledger, marks))
    return _BUILT_UPON.format(built) if built else ""


def undo_import(ledger: Ledger) -> int:
    """Take the last import back; how many lines went. Raises AppError where that cannot be."""
    with ledger.transaction() as db:
        if reason := can_undo(ledger):
            raise AppError(reason)
        lost = _own_without_ground(ledger)
        going = _going(ledger)
        for log_no, seq, _last in going.values():
            db.execute("DELETE FROM op WHERE log_no = ? AND seq > ?", (log_no, seq))
            db.execute(
                "UPDATE log SET (seq, head, signed, signature) = (SELECT seq, head, signed,"
                " signature FROM undo u WHERE u.log_id = log.log_id) WHERE log_no = ?"
                if seq
                else "UPDATE log SET seq = 0, head = zeroblob(32), signed = 0, signature = NULL"
                " WHERE log_no = ?",
                (log_no,),
            )
        # Nobody was told that we hold what waits for a gap; it comes again too.
        db.execute("DELETE FROM held")
        # A closed stream stays known, so that its lines stay void when they come again.
        db.execute("DELETE FROM log WHERE seq = 0 AND log_id <> '0' AND closed IS NULL")
        ledger.rebuild()
        # What an own line names may itself have waited for what goes now.
        if new := _own_without_ground(ledger) - lost:
            raise AppError(_BUILT_UPON.format(len(new)))
        db.execute("DELETE FROM undo")
        db.execute(
            "UPDATE inbox SET state = 'undone' WHERE state = 'taken' AND received_at >= ?",
            (ledger.setting(_SINCE),),
        )
    return sum(last - seq for _log_no, seq, last in going.values())


def _going(ledger: Ledger) -> dict[str, tuple[int, int, int]]:
    """(number, mark, last line) of the streams of others that have lines behind their mark."""
    own = {stream.log_id for stream in own_streams(ledger)}
    rows = ledger.rows(
        "SELECT l.log_id, l.log_no, ifnull(u.seq, 0), l.seq FROM log l"
        " LEFT JOIN undo u ON u.log_id = l.log_id WHERE l.seq > ifnull(u.seq, 0)"
    )
    return {row[0]: tuple(row[1:]) for row in rows if row[0] not in own}


def _own_lines_since(ledger: Ledger, marks: dict[str, tuple[int, bytes]]) -> Iterator[Line]:
    for stream in own_streams(ledger):
        seq, _head = marks.get(stream.log_id, (0, GENESIS))
        yield from map(load, lines_after(ledger, stream, seq)[1])


def _builds_on(line: Line, going: dict[str, tuple[int, int, int]]) -> bool:
    """Whether the line names a record or a version that goes."""
    found = filter(None, map(_OPERATION.fullmatch, names_in(line)))
    return any(op[1] in going and int(op[2]) > going[op[1]][1] for op in found)


def _own_without_ground(ledger: Ledger) -> set[tuple[str, int, str]]:
    """The versions of own lines that wait or were refused."""
    own = {stream.log_id for stream in own_streams(ledger)}
    rows = ledger.rows(
        "SELECT log_id, seq, field FROM pend UNION SELECT log_id, seq, field FROM refused"
    )
    return {tuple(row) for row in rows if row[0] in own}
