"""A lying bar for each group, made of one piece a series, as categories by state."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.charts.marks import EDGE, INK, PAPER, Box, Mark, Measure, Rule, Words
from models.charts.series import PAD, SeriesChart, legend, said, striped


@dataclass(frozen=True, slots=True)
class Rows(SeriesChart):
    """Counts that add up, the sum behind each bar."""

    def height(self, size: float) -> float:
        """How high it likes to be with words of this size."""
        return size * (3 + 1.9 * max(len(self.groups), 1))

    def marks(self, width: float, height: float, size: float, measure: Measure) -> Iterator[Mark]:
        """The chart within this room."""
        head, top = legend(self.series, self.unit, width, size, measure)
        top += size * 1.2
        yield from head
        totals = [sum(row.values[at] or 0 for row in self.series) for at in range(len(self.groups))]
        most = max([1, *totals])
        left = max((measure(group, size) for group in self.groups), default=0.0) + size * PAD
        right = width - measure(str(most), size) - size * PAD
        slot = (height - top) / max(len(self.groups), 1)
        yield Rule(left, top, left, height, EDGE)
        for at, group in enumerate(self.groups):
            y = top + slot * (at + 0.5)
            yield Words(group, left - size * PAD, y, size, "R", INK)
            x = left
            for place, row in enumerate(self.series):
                piece = (right - left) * float(row.values[at] or 0) / float(most)
                box = Box(x, y - slot * 0.36, piece, slot * 0.72, row.colour)
                yield from _piece(box, place, said(row.values[at]), size, measure)
                x += piece
            yield Words(str(totals[at]), x + size * PAD, y, size, "L", INK)


def _piece(box: Box, place: int, number: str, size: float, measure: Measure) -> Iterator[Mark]:
    """A piece of a bar, its end, and its number where that has room; no stripe crosses it."""
    x, y, width, height, colour = box
    yield from striped(box, place)
    yield Rule(x + width, y, x + width, y + height, PAPER)
    room = measure(number, size) + 2
    if room < width:
        yield Box(x + (width - room) / 2, y, room, height, colour)
        yield Words(number, x + width / 2, y + height / 2, size, "C", PAPER)
