"""What the list shows, as charts: by state, by level, by category, and the trend by month."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.charts.marks import Chart
from models.finding_charts import by_category, by_level, by_standing, standings, trend
from models.ledger.finding_figures import FindingFigures
from models.records.finding import CATEGORIES
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.scrolled import scrolled

MONTHS = 12
LEAST_HEIGHT = 150


class FindingCharts(QWidget):
    """Shares side by side, the others below; all follow filter and search of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_standing = ChartView("办理情况")
        self.by_level = ChartView("隐患等级")
        self.by_category = ChartView("各类隐患的办理情况")
        self.trend = ChartView("近十二个月发现与销号")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        shares = QHBoxLayout()
        shares.setSpacing(12)
        shares.addWidget(_card(self.by_standing))
        shares.addWidget(_card(self.by_level))
        column.addLayout(shares)
        column.addWidget(_card(self.by_category))
        column.addWidget(_card(self.trend))
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inner))

    def show_figures(self, figures: FindingFigures, today: date) -> None:
        """Draw these."""
        kinds = {
            CATEGORIES.get(category, category or "未分类"): standings(pairs)
            for category, pairs in figures.by_category().items()
        }
        shown: tuple[tuple[ChartView, Chart], ...] = (
            (
                self.by_standing,
                by_standing(self.by_standing.accessibleName(), "处", kinds.values()),
            ),
            (self.by_level, by_level(self.by_level.accessibleName(), "处", figures.by_level())),
            (self.by_category, by_category(self.by_category.accessibleName(), "处", kinds)),
            (self.trend, trend(self.trend.accessibleName(), "处", figures.by_month(today, MONTHS))),
        )
        for view, chart in shown:
            view.show_chart(chart)
            view.setMinimumHeight(max(LEAST_HEIGHT, view.sizeHint().height()))


def _card(chart: ChartView) -> Card:
    card = Card(chart.accessibleName())
    card.body.addWidget(chart)
    return card
