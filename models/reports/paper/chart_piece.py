"""A chart on paper: what models/chart.py describes, drawn on our canvas."""

from collections.abc import Iterator

from reportlab.lib.colors import HexColor

from models.chart import Box, Chart, Mark, Words
from models.reports.paper.faces import Faces
from models.reports.paper.paper_canvas import Piece

SIZE = 9.0
TITLE_SIZE = 10.5
TITLE_ROOM = 22.0
GAP = 8.0


class ChartPiece(Piece):
    """A chart as wide as the text, under its title; never parted."""

    def __init__(self, chart: Chart, faces: Faces) -> None:
        super().__init__()
        self._chart = chart
        self._faces = faces

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """The room above."""
        return GAP

    def getSpaceAfter(self) -> float:  # noqa: N802  reportlab's name
        """The room below."""
        return GAP

    def said(self) -> Iterator[str]:
        """Its title and every number in words."""
        yield self._chart.title
        yield self._chart.spoken()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole width, and as high as the chart likes to be."""
        self.width, self.height = width, TITLE_ROOM + self._chart.height(SIZE)
        return self.width, self.height

    def draw(self) -> None:
        """Title, boxes, lines and words."""
        face, top = self._faces.table_bold, self.height - TITLE_SIZE * 1.2
        self.canv.put(self._chart.title, self.width / 2, top, face, TITLE_SIZE, "C")
        room = self.height - TITLE_ROOM
        for mark in self._chart.marks(self.width, room, SIZE, self._faces.table.width):
            self._draw(mark, room)

    def _draw(self, mark: Mark, room: float) -> None:
        colour = HexColor(mark.colour)
        if isinstance(mark, Box):
            self.canv.setFillColor(colour)
            below = room - mark.y - mark.height
            self.canv.rect(mark.x, below, mark.width, mark.height, stroke=0, fill=1)
        elif isinstance(mark, Words):
            self.canv.setFillColor(colour)
            y = room - mark.y - mark.size * 0.36
            self.canv.put(mark.text, mark.x, y, self._faces.table, mark.size, mark.align)
        else:
            self.canv.setStrokeColor(colour)
            self.canv.setLineWidth(0.5)
            self.canv.line(mark.x, room - mark.y, mark.to_x, room - mark.to_y)
