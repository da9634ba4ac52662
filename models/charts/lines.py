"""Lines over months or terms, with all their numbers in a small table below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from math import ceil, floor

from models.charts.marks import (
    EDGE,
    INK,
    LINE,
    SOFT,
    Mark,
    Measure,
    Point,
    Rule,
    Words,
    shortened,
)
from models.charts.series import (
    GRID_LINES,
    PAD,
    SMALLEST,
    SeriesChart,
    dashed,
    fitting,
    in_slots,
    point,
    said,
    scale_end,
    stroke,
)

PLOT = 11.0  # times the size: how high lines like to be
LINE_ROOM = 1.5  # times the size: one line of the table
KEY_ROOM = 2.0  # times the size: the piece of line before a name
MOST_NAME = 0.3  # of the width: names of series
STEPS = (1, 2, 5, 10, 20, 25, 50)  # and 100 times as much, of a scale that begins anywhere


@dataclass(frozen=True, slots=True)
class Lines(SeriesChart):
    """How values went: a gap where one is not known, a point where it stands alone.

    The scale goes from zero to `highest`, without it to above the highest value; one that is
    `fitted` begins near the lowest value, for what changes by little.
    """

    highest: int = 0
    fitted: bool = False

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * (PLOT + LINE_ROOM * (len(self.series) + 1))

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""
        start, step = self._scale()
        grid = [str(start + step * line) for line in range(GRID_LINES + 1)]
        names = self._names(width, size, measure)
        beside = max(
            (measure(name, size) + size * KEY_ROOM + size * PAD for name in names), default=0.0
        )
        left = max(beside, *(measure(text, size) for text in grid)) + size * PAD
        top, bottom = size * 2.4, height - size * LINE_ROOM * (len(self.series) + 1)
        if self.unit:
            yield Words(f"单位：{self.unit}", width, size, size, "R", SOFT)
        for line, text in enumerate(grid):
            y = bottom - (bottom - top) * line / GRID_LINES
            yield Rule(left, y, width, y, LINE if line else EDGE)
            yield Words(text, left - size * PAD, y, size, "R", SOFT)
        slot = (width - left) / max(len(self.groups), 1)
        unit = (bottom - top) / (step * GRID_LINES)
        for at, row in enumerate(self.series):
            far = [
                (left + (n + 0.5) * slot, bottom - (float(value) - start) * unit)
                if value is not None
                else None
                for n, value in enumerate(row.values)
            ]
            yield from _line(at, far, size, row.colour)
        yield from self._table((left, bottom), slot, names, size, measure)

    def _scale(self) -> tuple[int, int]:
        """Where the scale begins, and how much lies between two lines of the grid."""
        known = [value for row in self.series for value in row.values if value is not None]
        lowest, highest = floor(min(known, default=0)), ceil(max(known, default=0))
        if not self.fitted:
            return 0, (self.highest or scale_end(highest)) // GRID_LINES
        steps = (part * 100**power for power in count() for part in STEPS)
        step = next(step for step in steps if highest <= (lowest // step + GRID_LINES) * step)
        start = lowest // step * step
        beyond = start + GRID_LINES * step - self.highest if self.highest else 0
        return start - max(beyond, 0), step

    def _names(self, width: float, size: float, measure: Measure) -> list[str]:
        room = width * MOST_NAME - size * KEY_ROOM
        return [shortened(row.name, size, room, measure) for row in self.series]

    def _table(
        self, corner: Point, slot: float, names: Sequence[str], size: float, measure: Measure
    ) -> Iterator[Mark]:
        """Below each group its name and its numbers; the table is the legend, too."""
        left, y = corner[0], corner[1] + size * 0.9
        numbers = [said(value) for row in self.series for value in row.values]
        widest = max((measure(text, size) for text in numbers), default=size)
        small = size * max(SMALLEST, min(1.0, (slot - 2) / widest))
        every = max(
            fitting(self.groups, slot, size, measure),
            fitting(numbers, slot, small, measure, gap=0.1),
        )
        yield from in_slots(self.groups, (left, y), slot, size, measure, every=every)
        for at, (row, name) in enumerate(zip(self.series, names, strict=True)):
            y += size * LINE_ROOM
            yield from dashed(at, 0.0, y, size, row.colour)
            yield Words(name, size * KEY_ROOM + size * PAD, y, size, "L", INK)
            texts = [said(value) for value in row.values]
            yield from in_slots(texts, (left, y), slot, small, measure, INK, every)


def _line(at: int, points: Sequence[Point | None], size: float, colour: str) -> Iterator[Mark]:
    """What joins two values that are known, then the points upon it."""
    for one, other in pairwise(points):
        if one and other:
            yield stroke(at, one, other, size, colour)
    yield from (point(at, *place, size, colour) for place in points if place)
