"""Upright bars side by side in each group, as found against closed by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from models.charts.marks import EDGE, INK, LINE, SOFT, Box, Mark, Measure, Rule, Words
from models.charts.series import (
    GRID_LINES,
    PAD,
    SMALLEST,
    SeriesChart,
    fitting,
    in_slots,
    legend,
    said,
    scale_end,
    striped,
)


@dataclass(frozen=True, slots=True)
class Columns(SeriesChart):
    """Counts by group, each series a bar with its number above it."""

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * 15

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""
        head, top = legend(self.series, self.unit, width, size, measure)
        top += size * 2.4
        known = [value or 0 for row in self.series for value in row.values]
        end = scale_end(ceil(max(known, default=0)))
        left = measure(str(end), size) + size * PAD
        bottom = height - size * 1.8
        yield from head
        for line in range(GRID_LINES + 1):
            y = bottom - (bottom - top) * line / GRID_LINES
            yield Rule(left, y, width, y, LINE if line else EDGE)
            yield Words(str(end * line // GRID_LINES), left - size * PAD, y, size, "R", SOFT)
        slot = (width - left) / max(len(self.groups), 1)
        every = fitting(self.groups, slot, size, measure)
        names = (left, bottom + size)
        yield from in_slots(self.groups, names, slot, size, measure, every=every)
        bar = min(size * 2.4, slot * 0.8 / max(len(self.series), 1))
        widest = max((measure(str(value), size) for value in known), default=size)
        number = size * max(SMALLEST, min(1.0, bar / widest))
        unit = (bottom - top) / end
        for at in range(len(self.groups)):
            x = left + (at + 0.5) * slot - bar * len(self.series) / 2
            for place, row in enumerate(self.series):
                text, high = said(row.values[at]), float(row.values[at] or 0) * unit
                box = Box(x + bar * 0.06, bottom - high, bar * 0.88, high, row.colour)
                yield from striped(box, place, upright=True)
                if measure(text, number) <= bar:
                    middle = bottom - high - size * 0.7
                    yield Words(text, x + bar / 2, middle, number, "C", INK)
                x += bar
