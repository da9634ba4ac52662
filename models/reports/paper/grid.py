"""Ruled rows of cells that flow over pages: the ground of long ledgers and of forms.

A split only notes where the next page begins, so the time grows with the rows and no faster.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from models.reports.paper.faces import Face
from models.reports.paper.paper_canvas import ASCENT, PARTS, Color, PaperCanvas, Piece, shorten
from models.reports.paper.sheet import MOVED_WHOLE, TOP, Mark, Sheet, Slot, Span

RULE = 0.5
CELL = "␟"  # ends a cell in what a table says
GROUP_RANK = 9  # below every heading
# Cells whose operators are kept: most texts of a ledger come again and again.
MOST_REMEMBERED = 20_000


class Grid(Piece):
    """A table, or the part of it that stands on one page; the header is repeated on each."""

    def __init__(self, sheet: Sheet, start: Mark = TOP, spans: list[Span] | None = None) -> None:
        super().__init__()
        self._sheet = sheet
        self._start = start
        self._spans = spans  # known once the part has been cut off

    def said(self) -> Iterator[str]:
        """Its cells; what stands in one is not what stands in two."""
        for row in (*(span.row for span in self._sheet.header), *self._sheet.rows):
            yield CELL.join((*row.texts, *row.closings, ""))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of the rest, or more than there is room for."""
        spans, end = self._fill(height)
        total = self._sheet.header_height + sum(span.height for span in spans)
        finished = end is None
        self.width, self.height = self._sheet.width, total if finished else height + 1
        return self.width, self.height

    def split(self, width: float, height: float) -> list["Grid"]:
        """The part that fits and the rest; nothing where not even one row fits."""
        spans, end = self._fill(height)
        if end is None and (spans or self._sheet.header_height <= height):
            return [self]
        if end is None or not spans:
            return []
        return [Grid(self._sheet, self._start, spans), Grid(self._sheet, end)]

    def draw(self) -> None:
        """Draw the header, the rows and their rules."""
        spans, _ = self._fill(self.height)
        painter = Painter(self.canv, self._sheet, self.height)
        for span in (*self._sheet.header, *spans):
            painter.add(span)
        painter.finish()

    def _fill(self, room: float) -> tuple[list[Span], Mark | None]:
        """The rows that have room, and where the rest begins."""
        if self._spans is not None:
            return self._spans, None
        sheet, mark = self._sheet, self._start
        room -= sheet.header_height - 1e-6
        spans: list[Span] = []
        while mark.row < len(sheet.rows):
            span = sheet.span(mark)
            if span.height > room:
                return self._cut(spans, mark, room)
            spans.append(span)
            room -= span.height
            mark = Mark(mark.row + 1, 0)
        return spans, None

    def _cut(self, spans: list[Span], mark: Mark, room: float) -> tuple[list[Span], Mark]:
        lines = self._sheet.fitting_lines(mark, room)
        if lines:
            end = mark.line + lines
            return [*spans, self._sheet.span(mark, end)], Mark(mark.row, end)
        for count in range(len(spans), 0, -1):
            there = Mark(mark.row - len(spans) + count, 0)
            if self._sheet.may_end(spans[:count], there):
                return spans[:count], there
        taken = self._sheet.header_height + sum(span.height for span in spans)
        at_foot = max(taken, room) < MOVED_WHOLE  # a whole page has more than both
        return ([] if at_foot and all(span.row.leads for span in spans) else spans), mark


class Painter:
    """Draws the rows of one page, collecting fills, rules and text so that each is set up once."""

    def __init__(self, canvas: PaperCanvas, sheet: Sheet, top: float) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._y = top
        self._fills: list[str] = []
        self._rules = [f"0 {top:.2f} m {sheet.width:.2f} {top:.2f} l"]
        self._texts: list[str] = []
        self._slots: tuple[Slot, ...] = ()
        self._slots_top = top
        self._active: tuple[Face, float] | None = None
        self._open: dict[int, tuple[str, float, int]] = {}  # merged cells by slot

    def add(self, span: Span) -> None:
        """Draw a row below the last one."""
        row = span.row
        if row.leads and not span.first:
            self._canvas.add_bookmark(row.texts[0], GROUP_RANK, self._y)
        if row.slots is not self._slots:
            self._rule_columns()
            self._slots, self._slots_top = row.slots, self._y
        if row.fill:
            self._fill(row.fill, span)
        self._write_all(span)
        if row.closings and span.end == span.of:
            for slot, closing in zip(row.slots, row.closings, strict=False):
                self._close(slot, closing, span)
        self._y -= span.height
        if span.runs:
            self._end(span)
        else:
            self._rules.append(f"0 {self._y:.2f} m {self._sheet.width:.2f} {self._y:.2f} l")

    def finish(self) -> None:
        """Put everything on the page: fills under rules under text."""
        if self._open:
            self._finish_merged([*self._open])
            self._rules.append(f"0 {self._y:.2f} m {self._sheet.width:.2f} {self._y:.2f} l")
        self._rule_columns()
        self._canvas.emit("\n".join(["q", *self._fills, f"{RULE} w 0 G", *self._rules, "S Q"]))
        self._canvas.emit("\n".join(["BT 0 g", *self._texts, "ET"]))

    def _fill(self, fill: Color, span: Span) -> None:
        """Colour a row, but for its merged cells, which lie at the left."""
        shared = [slot for slot, run in zip(span.row.slots, span.runs, strict=False) if run]
        left = shared[-1].x + shared[-1].width if shared else 0.0
        red, green, blue = fill
        width = self._sheet.width - left
        box = f"{left:g} {self._y - span.height:.2f} {width:.2f} {span.height:.2f} re f"
        self._fills.append(f"{red:g} {green:g} {blue:g} rg {box}")

    def _write_all(self, span: Span) -> None:
        """Write the cells of a row, those of their own at once."""
        cells = zip(span.row.slots, span.row.texts, strict=True)
        for at, (slot, text) in enumerate(cells):
            if span.runs and span.runs[at]:
                self._begin(at, text)
            elif text:
                self._write(slot, text, span)

    def _begin(self, at: int, text: str) -> None:
        """Open the merged cell of a slot, if it is not open: what it holds, and where it begins.

        Its place among what is written is kept, so that it is read before the rows beside it.
        """
        if at not in self._open:
            self._select(self._slots[at])
            self._open[at] = (text, self._y, len(self._texts))
            self._texts.append("")

    def _end(self, span: Span) -> None:
        """Close the merged cells that end with a row, and rule the others below it."""
        self._finish_merged([at for at, run in enumerate(span.runs) if run and span.ends(run)])
        for is_open, columns in groupby(range(len(self._slots)), self._open.__contains__):
            if not is_open:
                first, *others = (self._slots[at] for at in columns)
                last = others[-1] if others else first
                end = last.x + last.width
                self._rules.append(f"{first.x:.2f} {self._y:.2f} m {end:.2f} {self._y:.2f} l")

    def _finish_merged(self, columns: Iterable[int]) -> None:
        """Write the texts of merged cells that end here in the middle of their height."""
        for at in columns:
            text, top, place = self._open.pop(at)
            slot, sheet = self._slots[at], self._sheet
            lines = sheet.lines(slot, text)[: int((top - self._y) / sheet.leading)]
            y = (top + self._y + len(lines) * sheet.leading) / 2 - self._drop(slot)
            operators = self._operators(slot, lines)
            self._texts[place] = f"1 0 0 1 {slot.x:.2f} {y:.2f} Tm {operators}"

    def _write(self, slot: Slot, text: str, span: Span) -> None:
        """Write a cell, in the middle of its height if the row is whole, else from the top."""
        sheet = self._sheet
        lines = sheet.lines(slot, text)
        room = 0.0
        if span.first or span.end < span.of:
            lines = lines[span.first : span.end]
            operators = self._operators(slot, lines)
        else:
            room = (
                span.height - 2 * sheet.pad - (len(lines) + any(span.row.closings)) * sheet.leading
            )
            operators = self._canvas.shown.get((slot, text)) or self._remember(slot, text, lines)
        if lines:
            self._select(slot)
            y = self._y - sheet.pad - room / 2 - self._drop(slot)
            self._texts.append(f"1 0 0 1 {slot.x:.2f} {y:.2f} Tm {operators}")

    def _remember(self, slot: Slot, text: str, lines: list[tuple[str, float]]) -> str:
        operators = self._operators(slot, lines)
        if len(self._canvas.shown) < MOST_REMEMBERED:
            self._canvas.shown[slot, text] = operators
        return operators

    def _operators(self, slot: Slot, lines: list[tuple[str, float]]) -> str:
        """Show the lines, each relative to the one before."""
        show = self._canvas.pen(slot.face).show
        part, pad = PARTS[slot.align], self._sheet.pad_x
        out = []
        at = fall = 0.0
        for text, width in lines:
            x = pad + (slot.width - 2 * pad - width) * part
            out.append(f"{x - at:.2f} {fall:g} Td {show(text, slot.size)}")
            at, fall = x, -self._sheet.leading
        return "\n".join(out)

    def _close(self, slot: Slot, closing: str, span: Span) -> None:
        """Write a closing line at the lower right of the cell."""
        if closing:
            self._select(slot)
            right = slot.x + slot.width - self._sheet.pad_x - slot.size
            closing = shorten(closing, slot.face, slot.size, right - slot.x)
            x = right - slot.face.width(closing, slot.size)
            y = self._y - span.height + self._sheet.pad + self._sheet.leading - self._drop(slot)
            shown = self._canvas.pen(slot.face).show(closing, slot.size)
            self._texts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown}")

    def _drop(self, slot: Slot) -> float:
        """From the top of a line to its base line."""
        return (self._sheet.leading - slot.size) / 2 + slot.size * ASCENT

    def _select(self, slot: Slot) -> None:
        if self._active != (slot.face, slot.size):
            self._active = (slot.face, slot.size)
            self._texts.append(self._canvas.pen(slot.face).select(slot.size))

    def _rule_columns(self) -> None:
        edges = {slot.x for slot in self._slots} | {slot.x + slot.width for slot in self._slots}
        for x in sorted(edges):
            self._rules.append(f"{x:.2f} {self._slots_top:.2f} m {x:.2f} {self._y:.2f} l")
