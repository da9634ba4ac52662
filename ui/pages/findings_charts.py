"""What the list shows, as charts: by category and state, and the trend by month."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.finding_charts import by_category, standings, trend
from models.ledger.finding_figures import FindingFigures
from models.records.finding import CATEGORIES
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.scrolled import scrolled

MONTHS = 12
LEAST_HEIGHT = 180


class FindingCharts(QWidget):
    """Two charts one below the other; they follow filter and search of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_category = ChartView("各类隐患的办理情况")
        self.trend = ChartView("近十二个月发现与销号")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for chart in (self.by_category, self.trend):
            card = Card(chart.accessibleName())
            card.body.addWidget(chart)
            column.addWidget(card)
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
        rows = by_category(self.by_category.accessibleName(), "处", kinds)
        columns = trend(self.trend.accessibleName(), "处", figures.by_month(today, MONTHS))
        for view, chart in ((self.by_category, rows), (self.trend, columns)):
            view.show_chart(chart)
            view.setMinimumHeight(max(LEAST_HEIGHT, view.sizeHint().height()))
