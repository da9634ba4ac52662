"""Shares of a whole, in percent, on spokes: scores by category."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from models.charts.marks import EDGE, INK, LINE, Align, Mark, Measure, Point, Rule, Words, path
from models.charts.series import (
    GRID_LINES,
    PAD,
    SeriesChart,
    dashed,
    legend,
    point,
    said,
    stroke,
)

UPRIGHT = 0.2  # a spoke so steep has its name above or below
MOST_NAMED = 12  # spokes with room for their names


@dataclass(frozen=True, slots=True)
class Radar(SeriesChart):
    """Values of a hundred, at least three groups; a series lacks none of them."""

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * 26

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room; where names have none, their numbers stand for them."""
        head, top = legend(self.series, self.unit, width, size, measure, dashed)
        top += size
        yield from head
        spokes = [*self._spokes()]
        names = [*self._names(width, size, measure)]
        beside = max((measure(name, size) for name in names), default=0.0) + size * PAD
        radius = min((height - top) / 2 - size * 2, width / 2 - beside)
        x, y = width / 2, (top + height) / 2
        for line in range(1, GRID_LINES + 1):
            share = radius * line / GRID_LINES
            far = [(x + a * share, y + b * share) for a, b in spokes]
            yield from path(far + far[:1], EDGE if line == GRID_LINES else LINE)
        yield from (Rule(x, y, x + a * radius, y + b * radius, LINE) for a, b in spokes)
        for at, row in enumerate(self.series):
            shares = [radius * float(value or 0) / 100 for value in row.values]
            far = [(x + a * s, y + b * s) for (a, b), s in zip(spokes, shares, strict=True)]
            closed = pairwise(far + far[:1])
            yield from (stroke(at, one, other, size, row.colour) for one, other in closed)
            yield from (point(at, *place, size, row.colour) for place in far)
        for name, (a, b) in zip(names, spokes, strict=True):
            align: Align = "C" if abs(a) < UPRIGHT else "L" if a > 0 else "R"
            yield Words(
                name, x + a * (radius + size * PAD), y + b * (radius + size), size, align, INK
            )

    def _spokes(self) -> Iterator[Point]:
        """Directions from the middle, the first upwards, then clockwise."""
        for at in range(len(self.groups)):
            angle = 2 * pi * at / len(self.groups) - pi / 2
            yield cos(angle), sin(angle)

    def _names(self, width: float, size: float, measure: Measure) -> Iterator[str]:
        """Each group with its numbers: as they are, or counted where too little room is left."""
        count = len(self.groups)
        marks = ["/".join(said(row.values[at]) for row in self.series) for at in range(count)]
        whole = [f"{group} {mark}" for group, mark in zip(self.groups, marks, strict=True)]
        fits = max((measure(name, size) for name in whole), default=0.0) < width / 3
        short = [f"{at}" for at in range(1, count + 1)]
        yield from whole if fits and count <= MOST_NAMED else short
