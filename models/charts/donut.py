"""Shares of a whole as parts of a ring, with a list of all of them beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, cos, pi, sin
from typing import NamedTuple

from models.charts.marks import (
    INK,
    LINE,
    PAPER,
    SOFT,
    Mark,
    Measure,
    Point,
    Rule,
    Shape,
    Words,
    path,
    shortened,
)
from models.charts.series import PAD, Number, said, square, stripes
from models.records.figures import NOTHING, rounded

LEAST, ENTRY = 9.0, 1.7  # times the size: the ring, a line of the list
WIDEST, SMALL = 0.4, 0.2  # of the width: the ring, and how small it grows for the names
HOLE = 0.6  # of the ring
FULL = 2 * pi
CORNER = pi / 60  # between two corners of an arc: nobody sees them
GAP = 3.0  # times a thin line, between two parts


class Share(NamedTuple):
    """One part: its name, colour and number; None is not known, and is no part of the ring."""

    name: str
    colour: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class Donut:
    """Parts of a whole, clockwise from the top in their order; the sum stands in the middle."""

    title: str
    unit: str
    shares: Sequence[Share]

    def spoken(self) -> str:
        """Every number in words, for those who cannot see it."""
        told = [f"{name} {said(value)}（{self._percent(value)}）" for name, _, value in self.shares]
        return "；".join([*told, f"合计 {self.total}"])

    @property
    def total(self) -> Number:
        """What is known, together."""
        return sum(value or 0 for _, _, value in self.shares)

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * max(LEAST, ENTRY * len(self.shares) + 0.6)

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room, in its middle."""
        columns = self._columns(width * (1 - SMALL) - 2 * size, size, measure)
        beside = sum(columns) + size * (1 + 3 * PAD)
        across = min(height, size * LEAST * 1.5, width * WIDEST, width - beside - 2 * size)
        left = max((width - across - 2 * size - beside) / 2, 0.0)
        middle = (left + across / 2, height / 2)
        yield from self._ring(middle, across / 2)
        total, hole = str(self.total), across * HOLE
        large = min(size * 1.5, size * hole * 0.8 / measure(total, size))
        yield Words(total, middle[0], middle[1] - size * 0.5, large, "C", INK)
        if self.unit:
            unit = shortened(self.unit, size, hole * 0.7, measure)
            yield Words(unit, middle[0], middle[1] + size * 0.8, size, "C", SOFT)
        room = min(size * ENTRY, height / max(len(self.shares), 1))
        y = (height - room * len(self.shares)) / 2 + room / 2
        for at, share in enumerate(self.shares):
            start = left + across + 2 * size
            yield from square(at, start, y, size, share.colour)
            start += size + size * PAD
            name = shortened(share.name, size, columns[0], measure)
            yield Words(name, start, y, size, "L", INK)
            start += columns[0] + size * PAD + columns[1]
            yield Words(said(share.value), start, y, size, "R", INK)
            yield Words(
                self._percent(share.value), start + size * PAD + columns[2], y, size, "R", SOFT
            )
            y += room

    def _columns(self, room: float, size: float, measure: Measure) -> tuple[float, float, float]:
        """How wide names, numbers and percents of the list are; names take what is left."""

        def widest(texts: list[str]) -> float:
            return max((measure(text, size) for text in texts), default=0.0)

        names = widest([share.name for share in self.shares])
        numbers = widest([said(share.value) for share in self.shares])
        percents = widest([self._percent(share.value) for share in self.shares])
        return min(names, room - numbers - percents - size * (1 + 3 * PAD)), numbers, percents

    def _percent(self, value: Number | None) -> str:
        if value is None or not self.total:
            return NOTHING
        return f"{rounded(Decimal(value) * 100 / self.total, 1)}%"

    def _ring(self, middle: Point, radius: float) -> Iterator[Mark]:
        """The parts with white gaps between them; of nothing, an empty ring."""
        if not self.total:
            yield _part(middle, radius, 0.0, FULL, LINE)
            return
        begin, ends = 0.0, []
        for at, share in enumerate(self.shares):
            end = begin + FULL * float(share.value or 0) / float(self.total)
            if end > begin:
                yield _part(middle, radius, begin, end, share.colour)
                yield from _stripes(middle, radius, begin, end, at)
                ends.append(end)
            begin = end
        if len(ends) > 1:
            for end in ends:
                yield Rule(*_at(middle, radius * HOLE, end), *_at(middle, radius, end), PAPER, GAP)


def _stripes(middle: Point, radius: float, begin: float, end: float, at: int) -> Iterator[Mark]:
    """As many white lines along a part as the square of the list has."""
    for line in stripes(at):
        far = radius * (HOLE + (1 - HOLE) * line)
        yield from path(_arc(middle, far, begin, end), PAPER)


def _part(middle: Point, radius: float, begin: float, end: float, colour: str) -> Shape:
    inner = _arc(middle, radius * HOLE, begin, end)
    return Shape([*_arc(middle, radius, begin, end), *reversed(inner)], colour)


def _arc(middle: Point, radius: float, begin: float, end: float) -> list[Point]:
    steps = ceil((end - begin) / CORNER)
    angles = (begin + (end - begin) * step / steps for step in range(steps + 1))
    return [_at(middle, radius, angle) for angle in angles]


def _at(middle: Point, radius: float, angle: float) -> Point:
    """A place on a circle, the angle clockwise from the top."""
    return middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)
