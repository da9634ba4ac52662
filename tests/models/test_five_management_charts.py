from decimal import Decimal

from models.five_management_charts import area_trend, health_trend
from models.records.figures import Rate
from models.templates.compliance import AreaFigures
from models.templates.trend import FITNESS, MYOPIA, MonthFigures


def a_month(period, homework, myopia=None, fitness=None):
    areas = {"homework": AreaFigures(homework, 0), "sleep": AreaFigures(Rate(0, 0), 0)}
    return MonthFigures(period, areas, {MYOPIA: myopia, FITNESS: fitness})


MONTHS = [
    a_month("2026-09", Rate(2, 3), Decimal("40.25")),
    a_month("2026-10", Rate(0, 0)),
    a_month("2026-11", Rate(3, 3), Decimal("41.3"), Decimal("50")),
]


def test_each_area_has_its_rate_by_month_and_one_without_any_is_left_out():
    chart = area_trend("各月", MONTHS)
    assert chart.groups == ["9月", "10月", "11月"]
    assert [(row.name, row.values) for row in chart.series] == [("作业", [67, None, 100])]
    assert chart.spoken() == "9月：作业 67；10月：作业 —；11月：作业 100"
    assert chart.highest == 100


def test_myopia_and_fitness_have_a_chart_of_their_own_with_one_decimal():
    chart = health_trend("各月", MONTHS)
    assert [(row.name, row.values) for row in chart.series] == [
        ("近视率", [Decimal("40.3"), None, Decimal("41.3")]),
        ("体质健康优良率", [None, None, Decimal("50.0")]),
    ]
