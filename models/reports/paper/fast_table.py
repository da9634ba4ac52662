"""Long ledgers: columns that share the width by what they hold, a repeated header, group rows,
merged cells, sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from models.reports.paper.faces import Face, Faces, clean
from models.reports.paper.grid import Grid
from models.reports.paper.paper_canvas import Align, Color
from models.reports.paper.sheet import Row, Sheet, Slot

HEADER_FILL: Color = (0.89, 0.92, 0.95)
GROUP_FILL: Color = (0.95, 0.95, 0.95)
ZEBRA_FILL: Color = (0.97, 0.98, 0.99)
PAD_X = 3.0
SAMPLE = 400  # rows that are looked at to share out the width
FEWEST_CHARACTERS = 2  # that stand side by side in the narrowest column


@dataclass(frozen=True)
class Column:
    """A column of a ledger; without a width (in points) it is given what its texts need.

    In one that is merged, equal texts below each other become one cell, on every page anew.
    """

    title: str
    width: float | None = None
    align: Align = "L"
    merged: bool = False


@dataclass(frozen=True)
class Group:
    """A row of one bold cell over the whole width, above the rows that belong to it."""

    text: str


@dataclass(frozen=True)
class Sum:
    """A bold row: words over the first columns, then a text for each of the last ones.

    It is never the first row of a page.
    """

    words: str
    texts: Sequence[str] = ()


TableRow: TypeAlias = Sequence[str] | Group | Sum


def fast_table(
    columns: Sequence[Column],
    rows: Iterable[TableRow],
    *,
    faces: Faces,
    width: float,
    size: float = 9,
    zebra: bool = False,
) -> Grid:
    """A ledger of this width and size of text, in points; every row has a text for each column.

    With `zebra` every second row is shaded.
    """
    rows = list(rows)
    widths = _share(columns, rows, faces, width, size)
    starts = [sum(widths[:number]) for number in range(len(widths))]
    places = list(zip(columns, starts, widths, strict=True))
    titles = tuple(Slot(x, wide, faces.table_bold, size, "C") for _, x, wide in places)
    slots = tuple(Slot(x, wide, faces.table, size, column.align) for column, x, wide in places)
    group = (Slot(0, sum(widths), faces.table_bold, size),)
    header = Row(titles, [column.title for column in columns], fill=HEADER_FILL)
    sums = tuple(replace(slot, face=faces.table_bold) for slot in slots)
    body: list[Row] = []
    striped = False
    for row in rows:
        if isinstance(row, Group):
            body.append(Row(group, (row.text,), leads=True, fill=GROUP_FILL))
            striped = False
        elif isinstance(row, Sum):
            body.append(_sum(row, sums))
            striped = False
        else:
            body.append(Row(slots, row, fill=ZEBRA_FILL if zebra and striped else None))
            striped = not striped
    merged = [number for number, column in enumerate(columns) if column.merged]
    pad = (PAD_X, size * 0.3)
    return Grid(Sheet([header], body, sum(widths), size * 1.35, pad, slots, merged))


def _sum(row: Sum, slots: Sequence[Slot]) -> Row:
    """The words in the middle of the columns that have no text of their own."""
    *spanned, last = slots[: len(slots) - len(row.texts)]
    words = replace(last, x=0.0, width=last.x + last.width, align="C")
    return Row(
        (words, *slots[len(spanned) + 1 :]), (row.words, *row.texts), fill=GROUP_FILL, trails=True
    )


def _share(
    columns: Sequence[Column], rows: Sequence[TableRow], faces: Faces, width: float, size: float
) -> list[float]:
    """Given widths first; then short columns get what they need, long ones divide the rest."""
    plain = [row for row in rows if not isinstance(row, (Group, Sum))]
    sample = plain[:: len(plain) // SAMPLE + 1]
    sums = [row for row in rows if isinstance(row, Sum)]
    wanted, typical = [], []
    for number, column in enumerate(columns):
        lengths = [_longest_line(row[number], faces.table, size) for row in sample]
        title = faces.table_bold.width(column.title, size)
        spare = number - len(columns)
        bold = [row.texts[spare] for row in sums if spare + len(row.texts) >= 0]
        highest = [_longest_line(text, faces.table_bold, size) for text in bold]
        wanted.append(max([min(title, size * 6), *lengths, *highest]) + 2 * PAD_X + 1)
        typical.append(sum(lengths) / max(len(lengths), 1) + 2 * PAD_X + size)
    widths = {number: column.width for number, column in enumerate(columns) if column.width}
    rest = width - sum(widths.values())
    flexible = [number for number in range(len(columns)) if number not in widths]
    while short := [number for number in flexible if wanted[number] <= rest / len(flexible)]:
        for number in short:
            widths[number] = wanted[number]
            rest -= wanted[number]
            flexible.remove(number)
    weight = sum(typical[number] ** 0.5 for number in flexible)
    for number in flexible:
        widths[number] = rest * typical[number] ** 0.5 / weight
    narrowest = FEWEST_CHARACTERS * size + 2 * PAD_X
    shares = [max(widths[number] or 0.0, narrowest) for number in range(len(columns))]
    stretch = width / sum(shares)
    return [share * stretch for share in shares]


def _longest_line(text: str, face: Face, size: float) -> float:
    """The width of the longest line of a cell; of a very long one, of its beginning."""
    return max(face.width(line, size) for line in clean(text[:500]).split("\n"))
