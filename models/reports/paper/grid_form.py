"""Forms for one record: boxed label and value cells, as on a notice of rectification."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.reports.paper.faces import Faces
from models.reports.paper.grid import Grid
from models.reports.paper.paper_canvas import Align
from models.reports.paper.sheet import Row, Sheet, Slot


@dataclass(frozen=True)
class Cell:
    """A value, or a label; it may span columns and close with a line for signature and date."""

    text: str
    span: int = 1
    label: bool = False
    align: Align | None = None
    closing: str = ""


@dataclass(frozen=True)
class FormRow:
    """The cells of one row and the height it has at least."""

    cells: Sequence[Cell]
    height: float = 0.0


def pair_row(
    left: str, words: str, right: str, others: str, *, height: float = 0, closing: str = ""
) -> FormRow:
    """Two labels with their values, in a form of four columns; both may close with a line."""
    cells = [
        Cell(left, label=True),
        Cell(words, closing=closing),
        Cell(right, label=True),
        Cell(others, closing=closing),
    ]
    return FormRow(cells, height)


def wide_row(label: str, words: str, *, height: float = 0, closing: str = "") -> FormRow:
    """One label and a value over the other three columns."""
    return FormRow([Cell(label, label=True), Cell(words, 3, closing=closing)], height)


def grid_form(
    columns: Sequence[float],
    rows: Sequence[FormRow],
    *,
    faces: Faces,
    width: float,
    size: float = 12,
) -> Grid:
    """A form whose columns have the given parts of the width; the cells of a row fill them all."""
    unit = width / sum(columns)
    edges = [sum(columns[:number]) * unit for number in range(len(columns) + 1)]
    known: dict[tuple[tuple[int, bool, Align | None], ...], tuple[Slot, ...]] = {}
    body = []
    for row in rows:
        shape = tuple((cell.span, cell.label, cell.align) for cell in row.cells)
        if shape not in known:
            known[shape] = _slots(row.cells, edges, faces, size)
        texts = [cell.text for cell in row.cells]
        body.append(Row(known[shape], texts, row.height, [cell.closing for cell in row.cells]))
    return Grid(Sheet([], body, width, leading=size * 1.5, pad=(size * 0.45, size * 0.45)))


def _slots(
    cells: Sequence[Cell], edges: Sequence[float], faces: Faces, size: float
) -> tuple[Slot, ...]:
    slots = []
    column = 0
    for cell in cells:
        left, right = edges[column], edges[column + cell.span]
        face = faces.hei if cell.label else faces.body
        slots.append(
            Slot(left, right - left, face, size, cell.align or ("C" if cell.label else "L"))
        )
        column += cell.span
    if column != len(edges) - 1:
        raise ValueError("the cells of a row must fill the form")
    return tuple(slots)
