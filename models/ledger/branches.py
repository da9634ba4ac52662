"""One stream written twice: a backup was put back by hand, or the disk cloned, and nobody noticed.

After the last common line there are two branches. The office keeps the one it heard first and
refuses the other, and so does a school with what its office wrote. So the PC that wrote the other
takes their branch, keeps its own lines as evidence (`replaced`), and says again what they said, in
a new stream. Author and time stay those of the original: the history tells the truth. So do the
versions that the author had seen: the same edits are concurrent as before, and what both branches
changed is a conflict for a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import takewhile
from operator import attrgetter
from sqlite3 import Connection
from typing import Any, NamedTuple

from models.ledger.admission import head_at
from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import Line, chain, load, names_in, natural_id, split_op
from models.ledger.segments import Outcome, Segment
from models.ledger.streams import Stream, lines_after, own_streams
from models.records.catalogue import RECORD_TYPES


class Fork(NamedTuple):
    """An own stream, the last line both branches have, and the other branch."""

    stream: Stream
    common: int
    branch: Sequence[Segment]


class Action(NamedTuple):
    """A line to be said again, and the stream it stood in."""

    stream: Stream
    line: Line

    @property
    def op(self) -> str:
        return f"{self.stream.log_id}.{self.line['s']}"


def own_forks(ledger: Ledger, segments: Iterable[Segment]) -> list[Fork]:
    """The streams of this PC that these segments continue otherwise than it did itself.

    A branch counts only as one whole chain that starts at a line both have; the first line, which
    binds the stream, must be the same. A fork of a stranger's stream is for admission to refuse,
    and so is a branch that gave way once: else two who hold one each would change us for ever.
    """
    parts: dict[str, list[Segment]] = {}
    for segment in sorted(segments, key=attrgetter("first")):
        parts.setdefault(segment.log_id, []).append(segment)
    forks = []
    for stream in own_streams(ledger):
        branch = parts.get(stream.log_id)
        common = _last_common(ledger, stream, branch) if branch else 0
        if branch and 0 < common < min(stream.seq, branch[-1].last):
            fork = Fork(stream, common, branch)
            if not _gave_way(ledger, fork):
                forks.append(fork)
    return forks


def _gave_way(ledger: Ledger, fork: Fork) -> bool:
    """Whether the branch goes on with a line that was put aside here before."""
    seq = fork.common + 1
    part = next(part for part in fork.branch if part.last >= seq)
    args = (fork.stream.log_id, seq, part.lines[seq - part.first])
    return bool(
        ledger.rows("SELECT 1 FROM replaced WHERE log_id = ? AND seq = ? AND line = ?", args)
    )


def adopt_branch(ledger: Ledger, segments: Iterable[Segment]) -> Outcome:
    """Take the others' branch of own streams, and say again what the own branch said.

    Segments of streams that did not fork are left for `Ledger.receive`. Whoever calls has checked
    who signed them. Counts, besides what became of the branch: `replaced` lines, and `again`.
    """
    with ledger.transaction() as db:
        forks = own_forks(ledger, segments)
        if not forks:
            return Outcome()
        again, keys = _to_say_again(ledger, forks)
        for fork in forks:
            _cut(db, fork)
        ledger.rebuild()
        outcome = ledger.receive([segment for fork in forks for segment in fork.branch])
        speaker = _Speaker(ledger, db, {f.stream.log_id: f.common for f in forks}, keys)
        for action in again:
            speaker.say(action)
        speaker.tidy(again)
        outcome.counts["replaced"] = sum(f.stream.seq - f.common for f in forks)
        outcome.counts["again"] = len(again)
    return outcome


def _last_common(ledger: Ledger, stream: Stream, branch: Sequence[Segment]) -> int:
    """The last line both have; 0 where the branch is no whole chain from a line both have."""
    start, head = branch[0].first - 1, branch[0].prev
    prev, ours = lines_after(ledger, stream, start)
    at = start
    for part in branch:
        if (part.first - 1, part.prev) != (at, head):
            return 0
        at, head = part.last, reduce(chain, part.lines, head)
        if head != part.head:
            return 0
    theirs = [text for part in branch for text in part.lines]
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False))
    return start + len(list(same)) if prev == branch[0].prev else 0


def _cut(db: Connection, fork: Fork) -> None:
    """Put the own lines after the last common one aside, and with them what was said of them."""
    stream, common = fork.stream, fork.common
    log_id, head = stream.log_id, stream.head
    db.execute(
        "INSERT OR IGNORE INTO replaced SELECT ?, ?, seq, line FROM op"
        " WHERE log_no = ? AND seq > ?",
        (log_id, head, stream.log_no, common),
    )
    kept = head_at(db, stream.log_no, common)
    db.execute("DELETE FROM op WHERE log_no = ? AND seq > ?", (stream.log_no, common))
    db.execute("UPDATE log SET seq = ?, head = ? WHERE log_no = ?", (common, kept, stream.log_no))
    db.execute(
        "UPDATE log SET signed = 0, signature = NULL WHERE log_no = ? AND signed > ?",
        (stream.log_no, common),
    )
    # The stream now belongs to whoever wrote the other branch; the next line opens a new one.
    db.execute("DELETE FROM setting WHERE key LIKE 'stream:%' AND value = ?", (log_id,))
    db.execute("DELETE FROM ack WHERE log_id = ?", (log_id,))
    db.execute("DELETE FROM returned WHERE log_id = ? AND seq > ?", (log_id, common))
    db.execute("DELETE FROM fork WHERE log_id = ?", (log_id,))
    db.execute("INSERT INTO fork VALUES(?, ?, ?)", (log_id, common, head))


# ---- which lines are said again --------------------------------------------------------------


class Key(NamedTuple):
    """What a record of a natural key is named after."""

    table: str
    unit: str
    values: tuple[str, ...]


def _to_say_again(ledger: Ledger, forks: Sequence[Fork]) -> tuple[list[Action], dict[str, Key]]:
    """The own lines of the branch, then those of other own streams that build upon them.

    Also the natural keys that hold the id of a record which is made anew: its name changes with it.
    """
    again = [
        Action(fork.stream, load(text))
        for fork in forks
        for text in lines_after(ledger, fork.stream, fork.common)[1]
    ]
    gone = {action.op for action in again}
    keys = _keys_with(ledger, gone)
    gone.update(keys)
    for stream in own_streams(ledger):
        if stream.log_id in {fork.stream.log_id for fork in forks}:
            continue
        for text in lines_after(ledger, stream, 0)[1]:
            action = Action(stream, load(text))
            if gone & names_in(action.line):
                again.append(action)
                gone.add(action.op)
    return again, keys


def _keys_with(ledger: Ledger, ids: Iterable[str]) -> dict[str, Key]:
    """The records whose natural key holds one of these ids."""
    found: dict[str, Key] = {}
    for table, kind in RECORD_TYPES.items():
        if not kind.key:
            continue
        listed = pack([*ids, *found])
        holds = " OR ".join(f"{name} IN (SELECT value FROM json_each(:ids))" for name in kind.key)
        rows = ledger.rows(
            f"SELECT id, unit, {', '.join(kind.key)} FROM {table} WHERE {holds}", {"ids": listed}
        )
        found.update({row[0]: Key(table, row[1], tuple(map(str, row[2:]))) for row in rows})
    return found


# ---- saying them again -----------------------------------------------------------------------


class _Speaker:
    """Says lines again in the stream this PC writes now, with the new names of what they name."""

    def __init__(
        self, ledger: Ledger, db: Connection, cut: Mapping[str, int], keys: Mapping[str, Key]
    ) -> None:
        self._ledger, self._db = ledger, db
        self._cut, self._keys = cut, keys
        self._new: dict[str, str] = {}  # old operation or record → new one

    def say(self, action: Action) -> None:
        """Say one line again."""
        line = action.line
        if line["o"] == "c":
            values: dict[str, Any] = {name: self._named(v) for name, v in line["v"].items()}
            said: Line = {"u": line["u"], "o": "c", "e": line["e"], "n": line["n"], "v": values}
        else:
            record = self._record(line["i"])
            values = {
                name: self._version(line, record, name, version)
                for name, version in line["v"].items()
            }
            said = {"u": line["u"], "o": "u", "e": line["e"], "i": record, "v": values}
            if "k" in line:
                said["k"] = self._seen(action.stream.unit, line["k"])
        self._new[action.op] = self._ledger.append(action.stream.unit, said, line["t"])

    def tidy(self, again: Iterable[Action]) -> None:
        """Take away what stands twice: records of streams that go on; and rename the drafts."""
        for action in again:
            record = action.line.get("i", action.op)
            if action.stream.log_id not in self._cut and record in self._new:
                twice = self._ledger.get(RECORD_TYPES[action.line["e"]], record)
                if twice:
                    self._ledger.remove(twice)
        for (form,) in self._db.execute("SELECT form FROM draft").fetchall():
            renamed = ":".join(map(self._named, form.split(":")))
            self._db.execute("UPDATE draft SET form = ? WHERE form = ?", (renamed, form))

    def _named(self, value: Any) -> Any:
        return self._new.get(value, value)

    def _record(self, record: str) -> str:
        """The new id of a record: of its new creation, or of its key that holds a new id."""
        if key := self._keys.get(record):
            values = tuple(map(self._named, key.values))
            self._new[record] = natural_id(key.unit, key.table, values)
        return str(self._named(record))

    def _version(self, line: Line, record: str, name: str, version: Sequence[Any]) -> list[Any]:
        """The version with what its author saw, as far as it is still known; else the creation."""
        old, value, n, base, *more = version
        merges: Sequence[str] = more[0] if more else ()
        named = {op: self._clock_of(line["e"], record, name, op) for op in map(self._named, merges)}
        seen = {op: clock for op, clock in named.items() if clock}
        answered = str(self._named(base))
        clock = self._clock_of(line["e"], record, name, answered)
        if clock is None:
            answered = "0.0" if record.startswith("k.") else record
            clock = self._clock_of(line["e"], record, name, answered)
        clocks = [*seen.values(), *([clock] if clock else [])]
        n = max((n0 + (line["t"] <= t0) for n0, t0 in clocks), default=n)
        return [self._named(old), self._named(value), n, answered, *([[*seen]] if seen else [])]

    def _clock_of(self, table: str, record: str, name: str, op: str) -> tuple[int, int] | None:
        """(n, t) of a version of a field or of the record's creation; None where not known."""
        if op == "0.0":
            return 0, 0
        log_id, seq = split_op(op)
        row: tuple[int, int] | None = self._db.execute(
            "SELECT h.n, h.t FROM hist h JOIN log l ON l.log_no = h.log_no"
            " WHERE l.log_id = ?1 AND h.seq = ?2 AND h.field = ?3 AND h.id = ?4"
            f" UNION ALL SELECT 0, r.c_t FROM {table} r JOIN log l ON l.log_no = r.c_log"
            " WHERE r.id = ?4 AND l.log_id = ?1 AND r.c_seq = ?2",
            (log_id, seq, name, record),
        ).fetchone()
        return row

    def _seen(self, unit: str, seen: Mapping[str, int]) -> dict[str, int]:
        """How far the author had each stream: of a branch that is gone, up to the common line,
        and what of it has been said again by now."""
        kept = {log: min(seq, self._cut.get(log, seq)) for log, seq in seen.items()}
        if kept != dict(seen):
            log_id = self._ledger.setting(f"stream:{unit}")
            rows = self._ledger.rows("SELECT log_id, seq FROM log WHERE log_id = ?", (log_id,))
            kept.update(dict(rows))
        return kept
