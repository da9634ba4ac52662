"""What the lines of a ledger mean, said a second time and as simply as possible.

The merge of the program works in SQL, batch by batch, as lines come. This works on all lines at
once and remembers nothing: whatever order they came in, the tables must be what this says.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import split_op

Op = tuple[str, int]  # stream, number


@dataclass(slots=True)
class Row:
    """A record: who created it and when, and its answers."""

    table: str
    unit: str
    op: Op
    t: int
    known: dict[str, Any]
    extra: dict[str, Any]
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """What one line says of one field."""

    table: str
    op: Op
    t: int
    id: str
    field: str
    n: int
    old: Any
    new: Any
    base: Op
    merges: tuple[Op, ...]
    seen: str | None

    @property
    def key(self) -> tuple[Any, ...]:
        return self.n, self.t, *self.op

    @property
    def place(self) -> tuple[str, str]:
        return self.id, self.field


@dataclass(slots=True)
class Meaning:
    """Everything that follows from a set of lines."""

    rows: dict[str, Row] = field(default_factory=dict)
    accepted: dict[tuple[str, str], list[Version]] = field(default_factory=dict)
    waiting: list[Version] = field(default_factory=list)
    refused: set[tuple[str, int, str, str]] = field(default_factory=set)

    def superseded(self, place: tuple[str, str]) -> set[Op]:
        return {op for version in self.accepted[place] for op in (version.base, *version.merges)}

    def winner(self, place: tuple[str, str]) -> Version:
        return max(self.accepted[place], key=lambda version: version.key)

    def losers(self, place: tuple[str, str]) -> list[Version]:
        """Versions that nobody built upon and that do not stand."""
        seen, winner = self.superseded(place), self.winner(place)
        return [v for v in self.accepted[place] if v.op not in seen and v is not winner]


def right_n(known: Iterable[tuple[int, int]], t: int) -> int:
    """The smallest n that beats versions (n, t) for a writer whose clock says t."""
    return max(n + (t <= other) for n, other in known)


def meaning_of(
    lines: Iterable[tuple[str, str, str]], columns: Mapping[str, Sequence[str]]
) -> Meaning:
    """The meaning of (stream, its unit, line) for a program that knows these columns."""
    found = Meaning()
    parsed = [(log_id, unit, _parsed(text)) for log_id, unit, text in lines]
    for log_id, unit, line in parsed:
        if line["o"] == "c":
            _create(found, log_id, unit, line, columns)
    versions = []
    for log_id, unit, line in parsed:
        if line["o"] == "u" and line["e"] in columns:
            versions += _versions(found, log_id, unit, line)
    _admit(found, versions)
    for place in found.accepted:
        _write(found.rows[place[0]], place[1], found.winner(place).new, columns)
    return found


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> dict[str, Any]:
    return json.loads(text)


def _create(
    found: Meaning,
    log_id: str,
    unit: str,
    line: dict[str, Any],
    columns: Mapping[str, Sequence[str]],
) -> None:
    if line["n"] != unit:
        found.refused.add((log_id, line["s"], "", "scope"))
    elif line["e"] in columns:
        row = Row(line["e"], unit, (log_id, line["s"]), line["t"], {}, {})
        for name, value in line["v"].items():
            _write(row, name, value, columns)
        found.rows[f"{log_id}.{line['s']}"] = row


def _versions(found: Meaning, log_id: str, unit: str, line: dict[str, Any]) -> list[Version]:
    """The versions of a line; a natural record is there as soon as its unit speaks of it."""
    record = line["i"]
    if record.startswith("k."):
        if record.split(".")[1] != unit:
            found.refused.update((log_id, line["s"], name, "scope") for name in line["v"])
            return []
        found.rows.setdefault(record, Row(line["e"], unit, ("0", 0), 0, {}, {}))
    seen = pack(line["k"]) if "k" in line else None
    return [
        Version(
            line["e"],
            (log_id, line["s"]),
            line["t"],
            record,
            name,
            n,
            old,
            new,
            split_op(base),
            tuple(split_op(op) for op in (merges[0] if merges else ())),
            seen,
        )
        for name, (old, new, n, base, *merges) in line["v"].items()
        if _in_scope(found, log_id, unit, line, name)
    ]


def _in_scope(found: Meaning, log_id: str, unit: str, line: dict[str, Any], name: str) -> bool:
    row = found.rows.get(line["i"])
    if row is None or row.table != line["e"] or row.unit == unit:
        return True
    found.refused.add((log_id, line["s"], name, "scope"))
    return False


def _admit(found: Meaning, versions: list[Version]) -> None:
    """A version is judged when all that it names is accepted; until then it waits."""
    known: dict[tuple[str, str, Op], tuple[int, int]] = {}
    todo = versions
    while True:
        waiting = []
        for version in todo:
            row = found.rows.get(version.id)
            if row is None or row.table != version.table:
                waiting.append(version)
                continue
            named = [
                (0, row.t) if op == row.op else known.get((*version.place, op))
                for op in (version.base, *version.merges)
            ]
            if None in named:
                waiting.append(version)
            elif version.n == right_n(named, version.t):
                known[*version.place, version.op] = version.n, version.t
                found.accepted.setdefault(version.place, []).append(version)
            else:
                found.refused.add((*version.op, version.field, "version"))
        if len(waiting) == len(todo):
            break
        todo = waiting
    found.waiting = waiting


def _write(row: Row, name: str, value: Any, columns: Mapping[str, Sequence[str]]) -> None:
    if name == "_deleted":
        row.deleted = value
    elif name in columns[row.table]:
        row.known[name] = value
    else:
        row.extra[name] = value


def lines_of(ledger: Ledger) -> list[tuple[str, str, str]]:
    """(stream, its unit, line) of every line a ledger holds."""
    return ledger.rows(
        "SELECT l.log_id, l.unit, o.line FROM op o JOIN log l ON l.log_no = o.log_no"
    )


def tables_of(found: Meaning, columns: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """The same as `fold_of` gives of a ledger, but for what is derived from steps."""
    tables: dict[str, list[Any]] = {table: [] for table in columns}
    for record, row in sorted(found.rows.items()):
        answers = [row.known.get(name) for name in columns[row.table]]
        extra = pack(dict(sorted(row.extra.items()))) if row.extra else None
        tables[row.table].append((record, row.unit, *row.op, row.t, *answers, extra, row.deleted))
    winners = [found.winner(place) for place in found.accepted]
    losers = [loser for place in found.accepted for loser in found.losers(place)]
    versions = [version for accepted in found.accepted.values() for version in accepted]
    more: dict[str, Iterable[Any]] = {
        "cell": ((v.id, v.field, v.n, v.t, *v.op, v.new) for v in winners),
        "conflict": ((v.id, v.field, *v.op) for v in losers),
        "refused": found.refused,
        "sup": ((*place, *op) for place in found.accepted for op in found.superseded(place)),
        "hist": (
            (v.op[0], v.op[1], v.field, v.id, v.n, v.t, v.old, v.new, *v.base, v.seen)
            for v in versions
        ),
        "pend": (
            (v.table, *v.op, v.t, v.id, v.field, v.n, v.old, v.new, *v.base, _named(v), v.seen)
            for v in found.waiting
        ),
    }
    return tables | {name: sorted(rows, key=repr) for name, rows in more.items()}


def _named(version: Version) -> str | None:
    return pack([f"{log_id}.{seq}" for log_id, seq in version.merges]) if version.merges else None
