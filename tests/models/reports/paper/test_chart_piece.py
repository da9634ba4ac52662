from collections.abc import Callable

import pypdfium2

from models.finding_charts import Standings, by_category, trend
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from tests.models.reports.paper.conftest import Printed


def test_a_chart_is_printed_with_its_title_names_and_numbers(
    printed: Callable[..., Printed], faces: Faces
) -> None:
    charts = [
        trend("发现与销号", "处", [("2026-10", 37, 5), ("2026-11", 0, 2)]),
        by_category("各类隐患", "处", {"消防安全": Standings(41, 2, 0, 1)}),
    ]
    paper = printed([ChartPiece(chart, faces) for chart in charts])
    for word in ("发现与销号", "10月", "37", "各类隐患", "消防安全", "44", "逾期未整改"):
        assert word in paper.text


def test_the_bars_have_the_colours_of_the_screen(
    printed: Callable[..., Printed], faces: Faces
) -> None:
    chart = by_category("各类隐患", "处", {"消防安全": Standings(1, 0, 0, 1)})
    paper = printed([ChartPiece(chart, faces)])
    document = pypdfium2.PdfDocument(paper.path)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    colours = {colour for _count, colour in image.getcolors(1 << 20) or []}
    assert {
        tuple(bytes.fromhex(row.colour[1:])) for row in chart.series if row.values[0]
    } <= colours
