"""学期趋势: the rates of the five areas by month, and 近视率 and 优良率 by themselves."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.five_management_charts import area_trend, health_trend
from models.ledger.checklist_months import filled_months
from models.records.organisation import Organisation
from models.records.periods import latest_terms, period_of, show_term, term
from models.templates.five_management import Line
from models.templates.trend import HEALTH, MonthFigures, show_percent
from ui.icons import Icons
from ui.session import Session
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

TERMS = 8
LEAST_HEIGHT = 180
NOTHING = ("这个学期还没有自查表", "请先填写每月的自查表，这里就按月画出各项的达标率。")


class TrendPanel(QWidget):
    """Two charts of a term; the same are printed in the letter of the term."""

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.choice = QComboBox()
        self.choice.setAccessibleName("学期")
        self.choice.setMinimumWidth(240)
        for name in latest_terms(session.today(), TERMS):
            self.choice.addItem(show_term(name), name)
        self.choice.activated.connect(lambda _index: self.refresh())
        self.areas = ChartView("各月五项达标率")
        self.health = ChartView("各月近视率和体质健康优良率")
        self.figures = plain_label("", "hint")
        self.empty = EmptyState(icons, "clipboard-check", *NOTHING)
        self.stack = QStackedWidget()
        self._build()

    @property
    def term(self) -> str:
        """The chosen term, 2026-1."""
        return str(self.choice.currentData())

    def refresh(self) -> None:
        """Read the months of the term again."""
        days, ledger = term(self.term), self._session.ledger
        organisation = ledger.organisation or Organisation()
        template = self._session.checklist

        def asked(version: str) -> list[Line]:
            return template.as_of(version).lines(organisation.scopes)

        months = filled_months(ledger, asked, period_of(days.start), period_of(days.end))
        self.stack.setCurrentIndex(0 if months else 1)
        if months:
            self.figures.setText(_said(months[-1]))
            for view, chart in (
                (self.areas, area_trend(self.areas.accessibleName(), months)),
                (self.health, health_trend(self.health.accessibleName(), months)),
            ):
                view.show_chart(chart)
                view.setMinimumHeight(max(LEAST_HEIGHT, view.sizeHint().height()))

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for chart in (self.areas, self.health):
            card = Card(chart.accessibleName())
            card.body.addWidget(chart)
            column.addWidget(card)
        card.body.insertWidget(card.body.count() - 1, self.figures)
        column.addStretch()
        self.stack.addWidget(scrolled(inner))
        self.stack.addWidget(self.empty)
        line = QHBoxLayout()
        line.addWidget(self.choice)
        line.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(line)
        layout.addWidget(self.stack, 1)


def _said(month: MonthFigures) -> str:
    """The exact figures of the last month; the chart has one decimal."""
    told = "，".join(f"{name} {show_percent(month.health[line])}" for line, name in HEALTH.items())
    return f"{int(month.period[5:])}月：{told}"
