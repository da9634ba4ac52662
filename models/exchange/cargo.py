"""What goes into a bundle: the lines behind what the receiver holds, and what belongs to them."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from models.exchange.format import (
    MOST_REFUSED,
    RESTORED,
    Position,
    Refusal,
    head_bytes,
    sha256_of,
)
from models.exchange.keys import Keys
from models.exchange.members import Directory, pinned_office
from models.exchange.parts import Parts, Piece
from models.exchange.photos import may_have, missing_photos, wanted_by
from models.exchange.registry import Chain
from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.streams import (
    Stream,
    all_streams,
    gaps,
    head_of,
    raw_lines,
    size_between,
    streams_of,
)


@dataclass
class Cargo:
    """What a bundle is to hold, part by part, and what its maker says of itself.

    `signed` are the ends of own streams that their author signs by it.
    """

    ledger: Ledger
    parts: Parts
    signed: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    have: dict[str, Position] = field(default_factory=dict)
    need: dict[str, int] = field(default_factory=dict)
    want: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    registries: dict[str, bytes] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)  # photos that its lines create records of
    left: int = 0
    stuck: int = 0
    came: int = 0
    has_news: bool = False

    @property
    def upto(self) -> dict[str, int]:
        """How far it goes: stream → line, reg:<unit> → entries, a sum over what is lacking, and
        how many bundles with lines had come: whoever sends lines again waits for a receipt."""
        told = {log: at.seq for log, at in self.have.items()}
        told |= {f"reg:{unit}": body.count(b"\n") for unit, body in self.registries.items()}
        lacks = pack([self.need, self.want, self.refused]).encode()
        return told | {"lacks:": zlib.crc32(lacks), "came:": self.came}

    @property
    def lines(self) -> int:
        entries = (entry for part in self.parts.all for entry in part.entries)
        return sum(entry.last - entry.first + 1 for entry in entries)

    @property
    def photos(self) -> int:
        return sum(len(part.photos) for part in self.parts.all)


def load_cargo(
    ledger: Ledger, keys: Keys, known: Directory, receiver: str, complete: bool, part_bytes: int
) -> Cargo:
    """What this receiver is to get, read in one moment."""
    cargo = Cargo(ledger, Parts(part_bytes))
    with ledger.transaction():
        streams = _concerning(ledger, receiver)
        held = {} if complete else _held_by(ledger, known, receiver)
        for stream in streams:
            cargo.have[stream.log_id] = Position(stream.seq, stream.head)
            _load(cargo, keys, stream, held.get(stream.log_id, 0))
        units = {_unit_of(ledger, receiver)} | {stream.unit for stream in streams}
        cargo.need = _given_up(ledger, receiver) | {
            log: first for unit, log, first, _last in gaps(ledger) if unit in units
        }
        if _asks_anew(ledger, known, receiver):
            cargo.need[RESTORED] = 1
        cargo.refused = _refused(ledger, set(cargo.have))
        cargo.registries = {
            chain.unit: "".join(f"{line}\n" for line in chain.lines).encode()
            for chain in known.chains
            if chain.lines
        }
        _load_photos(cargo, receiver)
        cargo.want = missing_photos(ledger, units)
        cargo.came = _came_from(ledger, receiver)
        cargo.has_news = _has_news(cargo, receiver)
    return cargo


def _given_up(ledger: Ledger, receiver: str) -> dict[str, int]:
    """Where streams end now that we told this receiver went further: an import was undone."""
    rows = ledger.rows(
        "SELECT u.key, ifnull(l.seq, 0) + 1 FROM outbox o, json_each(o.upto) u"
        " LEFT JOIN log l ON l.log_id = u.key WHERE o.receiver = ? AND u.key NOT LIKE '%:%'"
        " GROUP BY u.key HAVING max(u.value) > ifnull(l.seq, 0)",
        (receiver,),
    )
    return dict(rows)


def _asks_anew(ledger: Ledger, known: Directory, receiver: str) -> bool:
    """Whether an old copy took the place of this ledger, and not every PC of the receiver has
    answered since it was told."""
    mark = ledger.setting("restored")
    if not mark:
        return False
    chain = known.chain(receiver) or Chain(receiver)
    answered = ledger.rows(
        "SELECT DISTINCT device FROM inbox WHERE unit = ?1 AND state = 'taken' AND received_at >"
        " (SELECT min(made_at) FROM outbox WHERE receiver = ?1 AND no > ?2)",
        (receiver, int(mark)),
    )
    return bool(chain.members.keys() - {ledger.setting("device")} - {pc for (pc,) in answered})


def _unit_of(ledger: Ledger, receiver: str) -> str:
    """The school that a bundle for this receiver speaks of."""
    return receiver if _is_office(ledger) else ledger.unit


def _concerning(ledger: Ledger, receiver: str) -> list[Stream]:
    """The streams of the school in question; two PCs of an office share all of them."""
    if _is_office(ledger) and receiver == ledger.unit:
        return all_streams(ledger)
    return streams_of(ledger, _unit_of(ledger, receiver))


def _is_office(ledger: Ledger) -> bool:
    office = pinned_office(ledger)
    return office is not None and office.unit == ledger.unit


def _held_by(ledger: Ledger, known: Directory, receiver: str) -> dict[str, int]:
    """How far the receiver has each stream by its own word.

    An office shares among its PCs, so the one that has most speaks for it; of a school, or of our
    own unit, every PC must have heard, and one that never said anything has nothing.
    """
    said: dict[str, dict[str, int]] = {}
    for device, log, seq in ledger.rows(
        "SELECT device, log_id, seq FROM ack WHERE unit = ?", (receiver,)
    ):
        said.setdefault(device, {})[log] = seq
    chain = known.chain(receiver) or Chain(receiver)
    for device in chain.closed:  # what a lost PC had is lost with it
        said.pop(device, None)
    if chain.office and chain.office.unit == receiver != ledger.unit:
        return {
            log: max(logs.get(log, 0) for logs in said.values())
            for log in {log for logs in said.values() for log in logs}
        }
    others = [device for device in chain.members if device != ledger.setting("device")]
    heard = [said.get(device, {}) for device in others]
    logs = set.intersection(*map(set, heard)) if heard else set[str]()
    return {log: min(one[log] for one in heard) for log in logs}


def _load(cargo: Cargo, keys: Keys, stream: Stream, held: int) -> None:
    """Our own stream as far as it goes; another's as far as its author signed it."""
    ledger = cargo.ledger
    own = stream.device == ledger.setting("device")
    if own and stream.signed < stream.seq:
        signature = keys.sign(head_bytes(stream.log_id, stream.seq, stream.head))
        cargo.signed[stream.log_id] = (stream.seq, signature)
    upto = stream.seq if own else stream.signed
    if held >= upto:
        return
    piece = Piece(held, head_of(ledger, stream.log_id, held) or b"")
    raws = _noting_photos(cargo, raw_lines(ledger, stream.log_id, held, upto))
    if own:
        cargo.parts.add_own(stream, piece, raws, keys)
    elif not cargo.parts.add_whole(stream, piece, raws, size_between(ledger, stream, held, upto)):
        cargo.stuck += upto - held


def _refused(ledger: Ledger, logs: set[str]) -> list[Refusal]:
    rows = ledger.rows(
        "SELECT log_id, seq, field, why FROM refused"
        " WHERE log_id IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?",
        (pack(sorted(logs)), MOST_REFUSED),
    )
    return [Refusal(*row) for row in rows]


def _came_from(ledger: Ledger, receiver: str) -> int:
    """Bundles with lines that came from the receiver; each asks for a receipt."""
    ((count,),) = ledger.rows(
        "SELECT count(*) FROM inbox WHERE unit = ? AND state = 'taken'"
        " AND ifnull(report ->> '$.new', 0) + ifnull(report ->> '$.had', 0) > 0",
        (receiver,),
    )
    return int(count)


def _has_news(cargo: Cargo, receiver: str) -> bool:
    """Whether our own word for what we hold has changed since the receiver was last told."""
    rows = cargo.ledger.rows(
        "SELECT upto FROM outbox WHERE receiver = ? ORDER BY no DESC LIMIT 1", (receiver,)
    )
    told = orjson.loads(rows[0][0]) if rows else {}
    return told != cargo.upto or cargo.photos > 0 or _awaits_answer(cargo.ledger, receiver)


def _awaits_answer(ledger: Ledger, receiver: str) -> bool:
    """Whether the receiver sent lines since it was last answered: the same again say that our
    answer got lost."""
    rows = ledger.rows(
        "SELECT 1 FROM inbox WHERE unit = ?1 AND state = 'taken' AND received_at >"
        " (SELECT max(made_at) FROM outbox WHERE receiver = ?1)"
        " AND json_extract(report, '$.new') + json_extract(report, '$.had')"
        " + json_extract(report, '$.held') > 0 LIMIT 1",
        (receiver,),
    )
    return bool(rows)


# ---- photos ------------------------------------------------------------------------------------


def _load_photos(cargo: Cargo, receiver: str) -> None:
    """What these lines name and the receiver asked for, as far as it is here and may be had.

    One that rotted on this disk stays: its wrong hash would make the whole bundle unreadable.
    """
    ledger = cargo.ledger
    found = list(dict.fromkeys([*cargo.named, *wanted_by(ledger, receiver)]))
    for sha256 in may_have(ledger, receiver, _unit_of(ledger, receiver), found):
        data = ledger.photo(sha256)
        if data is None:
            continue
        if sha256_of(data) == sha256:
            cargo.parts.add_photo(sha256, len(data))
        else:
            cargo.left += 1


def _noting_photos(cargo: Cargo, raws: Iterable[bytes]) -> Iterator[bytes]:
    """These lines; the hashes of the photos that they create records of are noted."""
    for raw in raws:
        if b'"e":"photo"' in raw:
            line = orjson.loads(raw)
            if line["o"] == "c":
                cargo.named.append(str(line["v"].get("sha256", "")))
        yield raw
