"""Bytes that claim to be lines of a stream: proved to be, before anybody takes them in."""

from collections.abc import Sequence
from dataclasses import replace

from models.ledger.lines import SHORTEST_LINE, BadLine, Line, chain_all, load_many
from models.ledger.segments import Segment


class BadSegment(ValueError):
    """The bytes are not the lines that were claimed; the words are for the report."""


def prove(claim: Segment, last: int, body: bytes, held: bytes | None = None) -> Segment:
    """The claimed segment with its lines up to `last`, which are wholly checked.

    Every line is one that our writer writes and has its number, the first binds the stream as
    claimed, and the chain leads from the claimed head to the claimed head. Where that is the head
    we `held` already, the chain alone proves that these are the lines we have.
    """
    count = last - claim.first + 1
    # counted before it is split: a million line ends are no million lines
    ended = body.endswith(b"\n") and body.count(b"\n") == count
    if not ended or count * SHORTEST_LINE > len(body):
        raise BadSegment("记录的条数不对")
    raws = body.removesuffix(b"\n").split(b"\n")
    lines = () if claim.head == held else _load(raws, claim)
    if chain_all(claim.prev, raws) != claim.head:
        raise BadSegment("记录的校验链不对")
    return replace(claim, lines=tuple(body.decode()[:-1].split("\n")), loaded=lines)


def _load(raws: Sequence[bytes], claim: Segment) -> list[Line]:
    try:
        lines = load_many(raws)
    except BadLine:
        number = next(at for at, raw in enumerate(raws, start=claim.first) if _is_bad(raw))
        raise BadSegment(f"第 {number} 条记录的格式不对") from None
    for number, line in enumerate(lines, start=claim.first):
        if line["s"] != number or (line["o"] == "b") != (number == 1):
            raise BadSegment(f"第 {number} 条记录的次序不对")
    if claim.first == 1:
        bound = lines[0]
        if (bound["n"], bound["v"].get("device")) != (claim.unit, claim.device):
            raise BadSegment("记录的来源与目录不符")
    return lines


def _is_bad(raw: bytes) -> bool:
    try:
        load_many([raw])
    except BadLine:
        return True
    return False
