"""What a table is made of: rows of texts in slots, and how many lines and points each row takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.reports.paper.faces import Face, clean
from models.reports.paper.line_breaking import Ends, break_lines
from models.reports.paper.merging import Run, Runs, find_runs
from models.reports.paper.paper_canvas import Align, Color
from models.reports.paper.squeeze import HALF

# A taller row may be cut at the foot of a page: moved whole it would leave too large a hole.
MOVED_WHOLE = 160.0
FEWEST_LINES = 2


@dataclass(frozen=True, eq=False)
class Slot:
    """Where a cell stands in its row and how its text is written."""

    x: float
    width: float
    face: Face
    size: float
    align: Align = "L"


class Row(NamedTuple):
    """Texts in their slots; one that leads never ends a page, one that trails never begins one."""

    slots: tuple[Slot, ...]
    texts: Sequence[str]
    height: float = 0.0
    closings: Sequence[str] = ()  # lines at the lower right of the cells, for signature and date
    leads: bool = False
    fill: Color | None = None
    trails: bool = False


class Mark(NamedTuple):
    """A place in the table: before a line of a row."""

    row: int
    line: int


TOP = Mark(0, 0)


class Span(NamedTuple):
    """The part of a row that stands on one page."""

    row: Row
    first: int
    end: int
    of: int
    height: float
    at: int = 0
    runs: Sequence[Run | None] = ()  # by slot: the rows it shares its cell with

    def ends(self, run: Run) -> bool:
        """Whether it is the last part of the last row of a run."""
        return run.end == self.at + 1 and self.end == self.of


class Sheet:
    """The rows of one table and their layout, shared by the pieces on all pages.

    Lengths are in points; `pad` is the room beside the text of a cell, and that above and below it.
    In the merged columns, given by number, equal texts of rows with these slots become one cell.
    """

    def __init__(
        self,
        header: Sequence[Row],
        rows: Sequence[Row],
        width: float,
        leading: float,
        pad: tuple[float, float],
        slots: tuple[Slot, ...] = (),
        merged: Sequence[int] = (),
    ) -> None:
        self.rows = rows
        self.width = width
        self.leading = leading
        self.pad_x, self.pad = pad
        self._lines: dict[tuple[Slot, str], list[tuple[str, float]]] = {}
        self._counts: dict[int, int] = {}
        self.header = [self._whole(row, self._count(row)) for row in header]
        self.header_height = sum(span.height for span in self.header)
        if self.header_height > MOVED_WHOLE:  # too tall to stand on every page
            self.rows, self.header, self.header_height = [*header, *rows], [], 0.0
        self._runs: Runs = self._find_runs(slots, merged) if merged else {}

    def lines(self, slot: Slot, text: str) -> list[tuple[str, float]]:
        """The lines of a cell and their widths."""
        key = (slot, text)
        if key not in self._lines:
            self._lines[key] = self._break(slot, clean(text))
        return self._lines[key]

    def count(self, row: int) -> int:
        """How many lines the row's highest cell has."""
        if row not in self._counts:
            runs = self._runs.get(row, ())
            own = self._count(self.rows[row], runs)
            self._counts[row] = max([own, *(self._share(run) for run in runs if run)])
        return self._counts[row]

    def span(self, start: Mark, end: int | None = None) -> Span:
        """The row from a line on, to its end or to another line."""
        at, runs = start.row, self._runs.get(start.row, ())
        row, count = self.rows[at], self.count(at)
        if start.line == 0 and end is None:
            return self._whole(row, count, at, runs)
        end = count if end is None else end
        height = (end - start.line) * self.leading + 2 * self.pad
        return Span(row, start.line, end, count, height, at, runs)

    def fitting_lines(self, start: Mark, room: float) -> int:
        """How many lines of the row may stand in the room, none where it should be moved whole."""
        rest = self.count(start.row) - start.line
        fit = int((room - 2 * self.pad) // self.leading)
        if fit >= rest or rest * self.leading < MOVED_WHOLE:
            return 0
        fit = min(fit, rest - FEWEST_LINES)
        return fit if fit >= FEWEST_LINES else 0

    def may_end(self, spans: Sequence[Span], end: Mark) -> bool:
        """Whether a page may end behind these rows: both parts of a merged cell show its text."""
        if spans[-1].row.leads or self.rows[end.row].trails:
            return False
        for run in self._runs.get(end.row, ()):
            if run and run.first < end.row:
                above = sum(span.height for span in spans if span.at >= run.first)
                rest = range(end.row, min(run.end, end.row + run.lines))
                below = sum(self.span(Mark(at, 0)).height for at in rest)
                if min(above, below) < run.lines * self.leading + 2 * self.pad:
                    return False
        return True

    def _whole(self, row: Row, count: int, at: int = 0, runs: Sequence[Run | None] = ()) -> Span:
        height = max(count * self.leading + 2 * self.pad, row.height)
        return Span(row, 0, count, count, height, at, runs)

    def _count(self, row: Row, runs: Sequence[Run | None] = ()) -> int:
        """The lines of the highest cell that stands in this row alone."""
        cells = [*zip(row.slots, row.texts, strict=True)]
        if runs:
            cells = [cell for cell, run in zip(cells, runs, strict=True) if not run]
        count = max((len(self.lines(*cell)) for cell in cells), default=1)
        return count + any(row.closings)

    def _share(self, run: Run) -> int:
        """How many lines each row of a run needs, so that all together have room for its text."""
        rows = range(run.first, min(run.end, run.first + run.lines))
        own = sum(self._count(self.rows[at], self._runs[at]) for at in rows)
        return 0 if own >= run.lines else -(-run.lines // len(rows))

    def _find_runs(self, slots: tuple[Slot, ...], merged: Sequence[int]) -> Runs:
        texts = [row.texts if row.slots is slots else () for row in self.rows]
        return find_runs(texts, merged, lambda at, text: len(self.lines(slots[at], text)))

    def _break(self, slot: Slot, text: str) -> list[tuple[str, float]]:
        room = slot.width - 2 * self.pad_x
        width = slot.face.width(text, slot.size) if "\n" not in text else room + 1
        if width <= room:
            return [(text, width)]
        advances = slot.face.advances(text, slot.size)
        ends = Ends(slot.face.blank_ends, HALF * slot.size)
        lines = break_lines(text, advances, room, room, ends)
        return [(text[line.start : line.end], line.width) for line in lines]
