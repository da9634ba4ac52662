"""A chart looks the same on the screen and on paper: both are drawn and held against each other."""

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QFont, QFontDatabase

from models.charts.columns import Columns
from models.charts.donut import Donut, Share
from models.charts.lines import Lines
from models.charts.marks import BLUE, GREEN, ORANGE, RED
from models.charts.radar import Radar
from models.charts.rows import Rows
from models.charts.series import Series
from models.reports.paper import chart_piece
from models.reports.paper.faces import find_faces
from models.reports.paper.paper_canvas import PaperCanvas
from tests.conftest import RESOURCES
from ui.widgets import chart_view

WIDTH = 420.0  # points
SCALE = chart_view.SIZE / chart_piece.SIZE  # pixels of the screen for one point of paper
# Letters and thin lines are smoothed in two ways; a bar of another height differs by far more.
ALIKE = 5.0  # of 255
MONTHS = ["9月", "10月", "11月", "12月", "1月"]
TWO = [Series("发现", BLUE, [3, 5, 9, 0, 4]), Series("销号", GREEN, [1, 4, 8, 2, 2])]
RATES = [
    Series("作业", BLUE, [67, None, 100, 90, 95]),
    Series("睡眠", ORANGE, [80, Decimal("82.5"), 85, 86, 90]),
]
SHARES = [Share("一般隐患", BLUE, 12), Share("较大隐患", ORANGE, 4), Share("重大隐患", RED, 1)]
CHARTS = {
    "columns": Columns("发现与销号", "处", MONTHS, TWO),
    "rows": Rows("办理情况", "处", MONTHS, TWO),
    "lines": Lines("达标率", "%", MONTHS, RATES, highest=100),
    "radar": Radar("得分率", "%", ["一", "二", "三"], [Series("自评", BLUE, [80, 40, 60])]),
    "donut": Donut("等级", "处", SHARES),
}


@pytest.fixture(scope="module")
def faces():
    return find_faces(RESOURCES / "fonts")


@pytest.fixture(scope="module")
def font(qapp, faces):
    """The face of the paper, for the screen."""
    added = QFontDatabase.addApplicationFont(str(faces.files()["table"]))
    yield QFont(QFontDatabase.applicationFontFamilies(added))
    QFontDatabase.removeApplicationFont(added)


@pytest.fixture
def on_screen(qtbot, font):
    def draw(chart):
        view = chart_view.ChartView(chart.title)
        qtbot.addWidget(view)
        view.setFont(font)
        view.setStyleSheet("background: white")
        view.setMinimumSize(1, 1)
        view.show_chart(chart)
        view.resize(round(WIDTH * SCALE) + 1, round(chart.height(chart_view.SIZE)))
        buffer = QBuffer()
        view.grab().save(buffer, "PNG")
        return Image.open(BytesIO(buffer.data().data())).convert("RGB")

    return draw


@pytest.fixture
def on_paper(faces):
    def draw(chart):
        piece, data = chart_piece.ChartPiece(chart, faces), BytesIO()
        width, height = piece.wrap(WIDTH, 1000.0)
        size = (width, height - chart_piece.TITLE_ROOM)  # the title is cut off
        canvas = PaperCanvas(data, pagesize=size, invariant=1)
        piece.drawOn(canvas, 0, 0)
        canvas.save()
        document = pypdfium2.PdfDocument(data.getvalue())
        image = document[0].render(scale=SCALE).to_pil().convert("RGB")
        document.close()
        return image

    return draw


def difference(one, other):
    """How far two pictures are apart on the average, from 0 to 255, hairs left aside."""
    size = min(one.width, other.width), min(one.height, other.height)
    pair = [each.crop((0, 0, *size)).filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)]
    rms = ImageStat.Stat(ImageChops.difference(*pair)).rms
    return sum(rms) / len(rms)


@pytest.mark.parametrize("kind", CHARTS)
def test_screen_and_paper_show_the_same(kind, on_screen, on_paper):
    screen, paper = on_screen(CHARTS[kind]), on_paper(CHARTS[kind])
    assert difference(screen, paper) < ALIKE


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (
            "columns",
            Columns("发现与销号", "处", MONTHS, [TWO[0], TWO[1]._replace(values=[1, 4, 8, 2, 5])]),
        ),
        ("donut", Donut("等级", "处", [*SHARES[:2], SHARES[2]._replace(value=3)])),
        ("lines", CHARTS["columns"]),
    ],
)
def test_a_chart_with_other_numbers_is_seen_to_differ(kind, changed, on_screen, on_paper):
    assert difference(on_screen(CHARTS[kind]), on_paper(changed)) > ALIKE
