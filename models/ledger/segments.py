"""What the merge is handed, and what it answers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from models.ledger.lines import Line

# The fields of each record type that this program knows, as its table has them.
Columns: TypeAlias = Mapping[str, Sequence[str]]
# A number that no row has.
ABOVE_ALL: Final = 2**62
# How far somebody had each stream.
Heard: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive lines of one stream, with the head before and after them.

    `role` says whether its writer belongs to the unit (own) or to its office; `signature` is the
    writer's word for the head (64 bytes, empty where there is none), kept so that it can travel on.
    `loaded` are the lines as values, where whoever read them has checked them already.
    """

    log_id: str
    unit: str
    device: str
    first: int
    prev: bytes
    head: bytes
    lines: Sequence[str]
    role: str = "own"
    signature: bytes = b""
    loaded: Sequence[Line] = field(default=(), compare=False, repr=False)

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


class Parcel(NamedTuple):
    """The segments of one bundle; `heard` is how far its sender had each stream."""

    segments: Sequence[Segment]
    heard: Heard | None = None


class Fresh(NamedTuple):
    """Lines of one stream that this file did not have, in their order.

    Lines beyond `closed` are void: kept, but they change nothing that stands.
    """

    log_no: int
    log_id: str
    unit: str
    lines: Sequence[tuple[str, Line]]
    role: str = "own"
    closed: int | None = None

    def is_void(self, seq: int) -> bool:
        """Whether the stream was closed before this line."""
        return self.closed is not None and seq > self.closed


@dataclass(slots=True)
class Outcome:
    """What became of the lines, in all and stream by stream, and which rows are not as they were.

    By record type, `made_after` is the number of the last row before those that were created,
    `touched` are the ids of records that were changed.
    """

    counts: Counter[str] = field(default_factory=Counter)
    by_log: dict[str, Counter[str]] = field(default_factory=dict)
    made_after: dict[str, int] = field(default_factory=dict)
    created: int = 0
    touched: dict[str, set[str]] = field(default_factory=dict)

    def count(self, what: str, log_id: str, number: int = 1) -> None:
        """Something became of so many lines of this stream."""
        self.counts[what] += number
        self.by_log.setdefault(log_id, Counter())[what] += number

    def part(self, log_ids: Iterable[str]) -> "Outcome":
        """What became of the lines of these streams."""
        parts = (self.by_log.get(log_id, Counter()) for log_id in log_ids)
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(part)
        return Outcome(counts)

    def touch(self, table: str, ids: Iterable[str]) -> None:
        self.touched.setdefault(table, set()).update(ids)
