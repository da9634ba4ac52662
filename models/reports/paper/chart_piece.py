"""A chart on paper: what models/charts describes, drawn on our canvas."""

from collections.abc import Iterator

from reportlab.lib.colors import HexColor

from models.charts.marks import Box, Chart, Mark, Rule, Shape, Words
from models.reports.paper.faces import Faces
from models.reports.paper.paper_canvas import Piece

SIZE = 9.0
TITLE_SIZE = 10.5
TITLE_ROOM = 22.0
GAP = 8.0
THIN = 0.5
HIGHEST = 420.0  # that stands on a sheet of any kind: a higher chart is drawn smaller


class ChartPiece(Piece):
    """A chart as wide as the text, under its title; never parted."""

    def __init__(self, chart: Chart, faces: Faces) -> None:
        super().__init__()
        self._chart = chart
        self._faces = faces
        self._size = SIZE * min(1.0, HIGHEST / chart.height(SIZE))

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
        self.width, self.height = width, TITLE_ROOM + self._chart.height(self._size)
        return self.width, self.height

    def draw(self) -> None:
        """Title, boxes, lines and words."""
        face, top = self._faces.table_bold, self.height - TITLE_SIZE * 1.2
        self.canv.put(self._chart.title, self.width / 2, top, face, TITLE_SIZE, "C")
        room = self.height - TITLE_ROOM
        for mark in self._chart.marks(self.width, room, self._size, self._faces.table.width):
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
        elif isinstance(mark, Rule):
            self.canv.setStrokeColor(colour)
            self.canv.setLineWidth(THIN * mark.weight)
            self.canv.setDash(list(mark.dash))
            self.canv.line(mark.x, room - mark.y, mark.to_x, room - mark.to_y)
        else:
            self._fill(mark, room)

    def _fill(self, shape: Shape, room: float) -> None:
        self.canv.setFillColor(HexColor(shape.colour))
        path = self.canv.beginPath()
        (x, y), *others = shape.points
        path.moveTo(x, room - y)
        for x, y in others:
            path.lineTo(x, room - y)
        path.close()
        self.canv.drawPath(path, stroke=0, fill=1)
