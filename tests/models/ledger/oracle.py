"""What the lines of a ledger mean, said a second time and as simply as possible.

The merge of the program works in SQL, batch by batch, as lines come. This works on all lines at
once and remembers nothing: whatever order they came in, the tables must be what this says.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import split_op
from models.ledger.titles import PARENTS

Op = tuple[str, int]  # stream, number
OFFICE_KEEPS = {"finding_step", "photo", "inspection", "inspection_answer", "checklist_review"}
OFFICE_CREATES = OFFICE_KEEPS | {"finding"}
OFFICE_ASKS = {"level", "deadline", "basis", "description"}


class Said(NamedTuple):
    """A line, and the stream it stands in: its unit, the role of its writer, and where it ends."""

    log_id: str
    unit: str
    role: str
    closed: int | None
    line: dict[str, Any]

    @property
    def op(self) -> Op:
        return self.log_id, self.line["s"]

    @property
    def is_void(self) -> bool:
        return self.closed is not None and self.line["s"] > self.closed


@dataclass(slots=True)
class Row:
    """A record: who created it and when, and its answers."""

    table: str
    unit: str
    op: Op
    t: int
    role: str
    deleted: int = 0
    known: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


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
    is_void: bool

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

    def sound(self, place: tuple[str, str]) -> list[Version]:
        """The versions of a field that no closed stream wrote beyond its end."""
        return [version for version in self.accepted.get(place, ()) if not version.is_void]

    def superseded(self, place: tuple[str, str]) -> set[Op]:
        return {op for version in self.sound(place) for op in (version.base, *version.merges)}

    def winner(self, place: tuple[str, str]) -> Version | None:
        return max(self.sound(place), key=lambda version: version.key, default=None)

    def losers(self, place: tuple[str, str]) -> list[Version]:
        """Versions that nobody built upon and that do not stand."""
        seen, winner = self.superseded(place), self.winner(place)
        return [v for v in self.sound(place) if v.op not in seen and v is not winner]

    def questions(self) -> set[tuple[str, str]]:
        """(record, field) that a person must decide: other values, and work on what was deleted."""
        found = set()
        for place in self.accepted:
            winner = self.winner(place)
            if any(loser.new != winner.new for loser in self.losers(place)) and (
                place[1] == "_deleted" or not self.deletion(place[0])
            ):
                found.add(place)
        return found | {(name, "_deleted") for name in self.rows if self._goes_on(name)}

    def deletion(self, record: str) -> Version | None:
        """The deletion that stands."""
        winner = self.winner((record, "_deleted"))
        return winner if winner and winner.new else None

    def _goes_on(self, record: str) -> bool:
        """Whether the record, or what belongs to it, was written on unseen by its deleter.

        What a void line created is deleted by nobody, who has seen nothing.
        """
        deletion = self.deletion(record)
        void = self.rows[record].deleted and not self.sound((record, "_deleted"))
        if deletion is None and not void:
            return False
        seen = json.loads(deletion.seen or "{}") if deletion else {}
        parts = [
            name
            for name, row in self.rows.items()
            if not row.deleted
            and any(row.known.get(link) == record for link in PARENTS.get(row.table, ()))
        ]
        written = [self.rows[part].op for part in parts] + [
            version.op
            for place in self.accepted
            if place[0] in parts or (place[0] == record and place[1] != "_deleted")
            for version in self.sound(place)
        ]
        return any(seq > seen.get(log_id, 0) for log_id, seq in written)


def right_n(known: Iterable[tuple[int, int]], t: int) -> int:
    """The smallest n that beats versions (n, t) for a writer whose clock says t."""
    return max(n + (t <= other) for n, other in known)


def meaning_of(lines: Iterable[Said], columns: Mapping[str, Sequence[str]]) -> Meaning:
    """The meaning of these lines for a program that knows these columns."""
    found, lines = Meaning(), list(lines)
    for said in lines:
        if said.line["o"] == "c":
            _create(found, said, columns)
    edits = [said for said in lines if said.line["o"] == "u" and said.line["e"] in columns]
    for said in edits:
        if said.line["i"].startswith("k."):
            _create_natural(found, said)
    held = {said.op for said in lines}
    _admit(found, [version for said in edits for version in _versions(found, said, held)])
    for place in found.accepted:
        if winner := found.winner(place):
            _write(found.rows[place[0]], place[1], winner.new, columns)
    return found


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> dict[str, Any]:
    return json.loads(text)


def _create(found: Meaning, said: Said, columns: Mapping[str, Sequence[str]]) -> None:
    line = said.line
    if line["n"] != said.unit:
        found.refused.add((*said.op, "", "scope"))
    elif line["e"] not in columns:
        return
    elif said.role == "office" and line["e"] not in OFFICE_CREATES:
        found.refused.add((*said.op, "", "rights"))
    else:
        row = Row(line["e"], said.unit, said.op, line["t"], said.role, int(said.is_void))
        for name, value in line["v"].items():
            _write(row, name, value, columns)
        found.rows[f"{said.log_id}.{line['s']}"] = row


def _create_natural(found: Meaning, said: Said) -> None:
    """It is there as soon as somebody who may speaks of it, deleted while only void lines do."""
    line = said.line
    if not _why_no_natural(said):
        row = Row(line["e"], said.unit, ("0", 0), 0, "own", 1)
        row = found.rows.setdefault(line["i"], row)
        row.deleted = int(row.deleted and said.is_void)


def _why_no_natural(said: Said) -> str:
    _k, unit, name = said.line["i"].split(".")
    if unit != said.unit:
        return "scope"
    if not name.startswith(said.line["e"] + "-"):
        return "type"
    decides = any(len(version) == 5 for version in said.line["v"].values())
    return "rights" if said.role == "office" and not decides else ""


def _versions(found: Meaning, said: Said, held: set[Op]) -> list[Version]:
    """The versions of a line that may still be accepted; the others are refused."""
    line = said.line
    seen = pack(line["k"]) if "k" in line else None
    versions = []
    for name, (old, new, n, base, *merges) in line["v"].items():
        version = Version(
            line["e"],
            said.op,
            line["t"],
            line["i"],
            name,
            n,
            old,
            new,
            split_op(base),
            tuple(split_op(op) for op in (merges[0] if merges else ())),
            seen,
            said.is_void,
        )
        if why := _why_refused(found, said, version, held):
            found.refused.add((*said.op, name, why))
        else:
            versions.append(version)
    return versions


def _why_refused(found: Meaning, said: Said, version: Version, held: set[Op]) -> str:
    """Why a version may not be, whatever it names; empty where it may, or must wait."""
    if version.id.startswith("k.") and (why := _why_no_natural(said)):
        return why
    row = found.rows.get(version.id)
    if row is None or row.table != version.table:
        creator = split_op(version.id)
        return "missing" if creator in held or creator[1] < 1 else ""
    if row.unit != said.unit:
        return "scope"
    names_more = bool(version.merges) and version.merges != (version.base,)
    answers = bool(version.merges) and version.field == "_deleted" and version.base != row.op
    decides = names_more or answers
    if said.role == "office":
        return "" if row.role == "office" or decides else "rights"
    takes_away = version.field == "_deleted" and version.new == 1
    changes = version.table == "finding" and version.field in OFFICE_ASKS
    meddles = version.table in OFFICE_KEEPS and not decides
    return "rights" if row.role == "office" and (takes_away or changes or meddles) else ""


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


def lines_of(ledger: Ledger) -> list[Said]:
    """Every line a ledger holds."""
    rows = ledger.rows(
        "SELECT l.log_id, l.unit, l.role, l.closed, o.line FROM op o"
        " JOIN log l ON l.log_no = o.log_no"
    )
    return [Said(*row, _parsed(text)) for *row, text in rows]


def tables_of(found: Meaning, columns: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """The same as `fold_of` gives of a ledger, but for what is derived from steps."""
    tables: dict[str, list[Any]] = {table: [] for table in columns}
    for record, row in sorted(found.rows.items()):
        answers = [row.known.get(name) for name in columns[row.table]]
        extra = pack(dict(sorted(row.extra.items()))) if row.extra else None
        tables[row.table].append((record, row.unit, *row.op, row.t, *answers, extra, row.deleted))
    winners = [v for place in found.accepted if (v := found.winner(place))]
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
