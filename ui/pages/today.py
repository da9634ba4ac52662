"""今日: six figures that can be pressed, what is due, and the last six months."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.finding_charts import trend
from models.ledger import findings
from models.records.figures import Rate
from models.records.organisation import Organisation
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.moments import long_day
from ui.pages.page import Page
from ui.session import Session
from ui.table.finding_words import days_left, unit_names
from ui.table.row_table import ID_ROLE, Cell, Column, Row, RowView
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.empty_state import EmptyState
from ui.widgets.number_card import NumberCard
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

MOST_DUE = 60  # of each kind
DUE_COLUMNS = (Column("期限", 110), Column("编号", 100, spare=1), Column("隐患"))
LEAST_CHART = 150
CARDS = {
    "open": ("未销号", "findings", "view:open"),
    "late": ("逾期", "findings", "view:late"),
    "due": ("7日内到期", "findings", "view:due"),
    "recheck": ("待复查", "findings", "view:recheck"),
    "major": ("重大隐患", "findings", "view:major"),
    "waiting": ("未送达", "exchange", ""),
}


class TodayPage(Page):
    """What the officer sees first every morning."""

    follows = frozenset({"finding", "finding_step", "exchange", "organisation"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("今日")
        self.header.add_secondary(
            "交数据",
            lambda: self.open_asked.emit("exchange", ""),
            icons.icon("package", PALETTE.ink_soft),
        )
        self.header.add_primary(
            "记一条隐患",
            lambda: self.open_asked.emit("findings", ""),
            icons.icon("plus", PALETTE.card),
        )
        self.cards = {key: NumberCard(caption) for key, (caption, _p, _r) in CARDS.items()}
        for key, card in self.cards.items():
            _caption, page, record = CARDS[key]
            card.clicked.connect(lambda _=False, p=page, r=record: self.open_asked.emit(p, r))
        self._build(icons)

    def _build(self, icons: Icons) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for card in self.cards.values():
            figures.addWidget(card)
        self.due = RowView(DUE_COLUMNS, "到期事项")
        self.due.opened.connect(self._open)
        self.due.clicked.connect(lambda index: self._open(QModelIndex(index).data(ID_ROLE)))
        self.nothing = EmptyState(icons, "circle-check", "")
        due_card = Card("要办的事")
        due_card.body.addWidget(self.due, 1)
        due_card.body.addWidget(self.nothing, 1)
        self.chart = ChartView("近六个月发现与销号")
        self.chart.setMinimumHeight(LEAST_CHART)
        chart_card = Card("近六个月：发现与销号")
        chart_card.body.addWidget(self.chart, 1)
        self.rate = QLabel()
        mark(self.rate, role="hint")
        chart_card.body.addWidget(self.rate)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(due_card, 3)
        lower.addWidget(chart_card, 2)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addLayout(figures)
        body.addLayout(lower, 1)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Read the figures, the due list and the chart."""
        today = self.session.today()
        organisation = self.session.ledger.organisation or Organisation()
        self.header.set_subtitle(f"{organisation.name}　{long_day(today)}")
        counts = findings.counts(self.session.ledger, today)
        self._show_counts(counts)
        self._show_waiting(organisation)
        self._show_due(today)
        if counts.total:
            self.nothing.say("今天没有到期的隐患", "逾期和七天内到期的隐患会列在这里。")
        else:
            self.nothing.say(
                "还没有登记隐患", "发现隐患时按“记一条隐患”（Ctrl+N），先写下是什么、在哪里就行。"
            )
        self._show_chart(today, counts)

    def _show_counts(self, counts: findings.Counts) -> None:
        self._show(
            "open",
            counts.open,
            f"共登记 {counts.total} 处",
            Tone.BLUE if counts.open else Tone.GREY,
        )
        self._show("late", counts.late, "请先办理" if counts.late else "没有逾期", Tone.RED)
        self._show("due", counts.due, "请安排整改" if counts.due else "暂无到期", Tone.ORANGE)
        self._show(
            "recheck", counts.recheck, "等待复查人" if counts.recheck else "没有待复查", Tone.BLUE
        )
        self._show("major", counts.major, "尚未销号" if counts.major else "没有重大隐患", Tone.RED)

    def _show_waiting(self, organisation: Organisation) -> None:
        waiting = delivery(self.session.ledger).waiting
        hand_over = "请发回学校" if organisation.kind == "office" else "请交给教育局"
        note, tone = (hand_over, Tone.ORANGE) if waiting else ("对方都已收到", Tone.GREEN)
        self.cards["waiting"].show_figure(waiting, "条", note, tone)

    def _show(self, key: str, figure: int, note: str, tone: Tone) -> None:
        self.cards[key].show_figure(figure, "处", note, tone if figure else Tone.GREY)

    def _show_due(self, today: date) -> None:
        ledger = self.session.ledger
        names = unit_names(ledger)
        rows = []
        for view in ("late", "due"):
            found = findings.page(ledger, findings.numbers(ledger, view, today)[:MOST_DUE])
            rows += [_due_row(row, today, names) for row in found]
        rows.sort(key=lambda row: row.cells[0].value)
        self.due.show_rows(rows)
        self.due.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _show_chart(self, today: date, counts: findings.Counts) -> None:
        months = findings.by_month(self.session.ledger, today)
        self.chart.show_chart(trend("近六个月发现与销号", "处", months))
        rate = Rate(counts.rectified, counts.total)
        self.rate.setText(f"整改率 {rate.percent(1)}（已整改 {rate.part} / 共 {rate.whole}）")

    def _open(self, record: str) -> None:
        self.open_asked.emit("findings", record)


def _due_row(row: findings.FindingRow, today: date, names: Mapping[str, str]) -> Row:
    """A finding with its days; the colour is never the only sign, the words say the same.

    In an office `names` say whose finding it is.
    """
    when, tone = days_left(row.deadline, row.state, today)
    unit = [names.get(row.unit, row.unit)] if names else []
    words = "　".join([*unit, row.place, row.description]).replace("\n", " ")
    return Row(row.id, (Cell(when, row.deadline, tone), Cell(row.number), Cell(words)))
