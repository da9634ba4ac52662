"""What a table is made of: rows of texts in slots, and how many lines and points each row takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.reports.paper.faces import Face, clean
from models.reports.paper.line_breaking import Ends, break_lines
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
    """Texts in their slots; a row that leads is never the last one of a page."""

    slots: tuple[Slot, ...]
    texts: Sequence[str]
    height: float = 0.0
    closings: Sequence[str] = ()  # lines at the lower right of the cells, for signature and date
    leads: bool = False
    fill: Color | None = None


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


class Sheet:
    """The rows of one table and their layout, shared by the pieces on all pages."""

    def __init__(
        self,
        header: Sequence[Row],
        rows: Sequence[Row],
        width: float,
        leading: float,
        pad: tuple[float, float],
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

    def lines(self, slot: Slot, text: str) -> list[tuple[str, float]]:
        """The lines of a cell and their widths."""
        key = (slot, text)
        if key not in self._lines:
            self._lines[key] = self._break(slot, clean(text))
        return self._lines[key]

    def count(self, row: int) -> int:
        """How many lines the row's highest cell has."""
        if row not in self._counts:
            self._counts[row] = self._count(self.rows[row])
        return self._counts[row]

    def span(self, start: Mark, end: int | None = None) -> Span:
        """The row from a line on, to its end or to another line."""
        row, count = self.rows[start.row], self.count(start.row)
        if start.line == 0 and end is None:
            return self._whole(row, count)
        end = count if end is None else end
        height = (end - start.line) * self.leading + 2 * self.pad
        return Span(row, start.line, end, count, height)

    def fitting_lines(self, start: Mark, room: float) -> int:
        """How many lines of the row may stand in the room, none where it should be moved whole."""
        rest = self.count(start.row) - start.line
        fit = int((room - 2 * self.pad) // self.leading)
        if fit >= rest or rest * self.leading < MOVED_WHOLE:
            return 0
        fit = min(fit, rest - FEWEST_LINES)
        return fit if fit >= FEWEST_LINES else 0

    def _whole(self, row: Row, count: int) -> Span:
        height = max(count * self.leading + 2 * self.pad, row.height)
        return Span(row, 0, count, count, height)

    def _count(self, row: Row) -> int:
        count = max(len(self.lines(*cell)) for cell in zip(row.slots, row.texts, strict=True))
        return count + any(row.closings)

    def _break(self, slot: Slot, text: str) -> list[tuple[str, float]]:
        room = slot.width - 2 * self.pad_x
        width = slot.face.width(text, slot.size) if "\n" not in text else room + 1
        if width <= room:
            return [(text, width)]
        advances = slot.face.advances(text, slot.size)
        ends = Ends(slot.face.blank_ends, HALF * slot.size)
        lines = break_lines(text, advances, room, room, ends)
        return [(text[line.start : line.end], line.width) for line in lines]
