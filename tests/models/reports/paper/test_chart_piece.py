from collections.abc import Callable

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.charts.columns import Columns
from models.charts.donut import Donut, Share
from models.charts.lines import Lines
from models.charts.marks import BLUE, Chart
from models.charts.radar import Radar
from models.charts.rows import Rows
from models.charts.series import Series
from models.finding_charts import Standings, by_category, by_standing, trend
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from models.reports.paper.page import ledger_page
from tests.models.reports.paper.conftest import Printed


def colours_of(paper: Printed) -> set[str]:
    """Every colour on the first page."""
    document = pypdfium2.PdfDocument(paper.path)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    found = image.getcolors(1 << 20) or []
    return {"#" + bytes(colour).hex().upper() for _count, colour in found}  # type: ignore[arg-type]


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
    wanted = {row.colour for row in chart.series if row.values[0]}
    assert wanted <= colours_of(paper)


def test_the_parts_of_a_ring_have_theirs_too(printed: Callable[..., Printed], faces: Faces) -> None:
    paper = printed([ChartPiece(by_standing("办理情况", "处", [Standings(3, 1, 1, 1)]), faces)])
    assert {"办理情况", "已销号", "50.0%"} <= set(paper.text.split())
    assert {"#1F9D57", "#3B78F0", "#E5761A", "#D92D20"} <= colours_of(paper)


def test_a_chart_higher_than_a_sheet_is_drawn_smaller(
    printed: Callable[..., Printed], faces: Faces
) -> None:
    kinds = {f"第{at}类": Standings(at, 1, 0, 1) for at in range(1, 101)}
    paper = printed([ChartPiece(by_category("各类隐患", "处", kinds), faces)], ledger_page())
    assert paper.result.pages == 1
    assert {"第1类", "第100类"} <= set(paper.text.split())


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.text(), min_size=3, max_size=5), unit=st.text(max_size=5))
def test_whatever_people_wrote_can_be_printed(
    names: list[str], unit: str, printed: Callable[..., Printed], faces: Faces
) -> None:
    groups, values = [*names, "九月"], [None, 0, 100, 7, 1, 3]
    rows = [Series(name, BLUE, values[: len(groups)]) for name in names]
    charts: list[Chart] = [
        Columns(names[0], unit, groups, rows),
        Rows(names[0], unit, groups, rows),
        Lines(names[0], unit, groups, rows),
        Radar(names[0], unit, groups, [row._replace(values=[50] * len(groups)) for row in rows]),
        Donut(names[0], unit, [Share(name, BLUE, at) for at, name in enumerate(names)]),
    ]
    assert printed([ChartPiece(chart, faces) for chart in charts]).result.pages
