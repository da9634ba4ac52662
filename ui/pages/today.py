"""今日: six figures that can be pressed, what is due, and the last six months."""

from datetime import date

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.ledger import findings
from models.records.figures import Rate
from models.records.organisation import Organisation
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.pages.page import Page
from ui.session import Session
from ui.table.row_table import ID_ROLE, Cell, Column, Row, RowView
from ui.tasks import Tasks
from ui.widgets.bar_chart import BarChart, Series
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.number_card import NumberCard
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

WEEKDAYS = "一二三四五六日"
MOST_DUE = 60  # of each kind
DUE_COLUMNS = (Column("期限", 110), Column("编号", 100), Column("隐患"))
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
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self.cards = {key: NumberCard(caption) for key, (caption, _p, _r) in CARDS.items()}
        for key, card in self.cards.items():
            _caption, page, record = CARDS[key]
            card.clicked.connect(lambda _=False, p=page, r=record: self.open_asked.emit(p, r))
        self._build(icons)
        session.changed.connect(self._on_changed)

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
        self.chart = BarChart("近六个月发现与销号", "处")
        self.chart.setMinimumHeight(LEAST_CHART)
        chart_card = Card("近六个月：发现与销号（处）")
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
        self.column.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Read the figures, the due list and the chart."""
        self._soon.stop()
        today = self.session.today()
        organisation = self.session.ledger.organisation or Organisation()
        weekday = WEEKDAYS[today.weekday()]
        self.header.set_subtitle(
            f"{organisation.name}　{today.year}年{today.month}月{today.day}日（周{weekday}）"
        )
        counts = findings.counts(self.session.ledger, today)
        waiting = delivery(self.session.ledger).waiting
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
        self.cards["waiting"].show_figure(
            waiting,
            "条",
            "请交给教育局" if waiting else "对方都已收到",
            Tone.ORANGE if waiting else Tone.GREEN,
        )
        self._show_due(today)
        if counts.total:
            self.nothing.say("今天没有到期的隐患", "逾期和七天内到期的隐患会列在这里。")
        else:
            self.nothing.say(
                "还没有登记隐患", "发现隐患时按“记一条隐患”（Ctrl+N），先写下是什么、在哪里就行。"
            )
        self._show_chart(today, counts)

    def _show(self, key: str, figure: int, note: str, tone: Tone) -> None:
        self.cards[key].show_figure(figure, "处", note, tone if figure else Tone.GREY)

    def _show_due(self, today: date) -> None:
        ledger = self.session.ledger
        rows = []
        for view, tone in (("late", Tone.RED), ("due", Tone.ORANGE)):
            found = findings.page(ledger, findings.numbers(ledger, view, today)[:MOST_DUE])
            rows += [_due_row(row, today, tone) for row in found]
        rows.sort(key=lambda row: row.cells[0].value)
        self.due.show_rows(rows)
        self.due.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _show_chart(self, today: date, counts: findings.Counts) -> None:
        months = findings.by_month(self.session.ledger, today)
        names = [f"{int(name[5:])}月" for name, _found, _closed in months]
        self.chart.show_bars(
            names,
            [
                Series("发现", Tone.BLUE, [found for _n, found, _c in months]),
                Series("销号", Tone.GREEN, [closed for _n, _f, closed in months]),
            ],
        )
        rate = Rate(counts.rectified, counts.total)
        self.rate.setText(f"整改率 {rate.percent(1)}（已整改 {rate.part} / 共 {rate.whole}）")

    def _open(self, record: str) -> None:
        self.open_asked.emit("findings", record)

    def _on_changed(self, table: str) -> None:
        if self.isVisible() and table in ("finding", "finding_step", "exchange"):
            self._soon.start(0)


def _due_row(row: findings.FindingRow, today: date, tone: Tone) -> Row:
    """A finding with its days; the colour is never the only sign, the words say the same."""
    days = (row.deadline - today).days if row.deadline else 0
    when = f"已逾期 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天到期"
    words = " ".join(f"{row.place}　{row.description}".split("\n"))
    return Row(row.id, (Cell(when, days, tone), Cell(row.number), Cell(words)))
