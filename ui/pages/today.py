"""今日: six figures that can be pressed, what is due, and the last six months."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from models.exchange.delivery import delivery
from models.ledger import findings
from models.records.figures import Rate
from models.records.organisation import Organisation
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.badge import Badge
from ui.widgets.bar_chart import BarChart, Series
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.number_card import NumberCard
from ui.widgets.page_header import PageHeader

WEEKDAYS = "一二三四五六日"
MOST_DUE = 60
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
        self.due = QListWidget()
        self.due.setAccessibleName("到期事项")
        self.due.itemActivated.connect(self._open)
        self.due.itemClicked.connect(self._open)
        self.nothing = EmptyState(
            icons, "circle-check", "今天没有到期的隐患", "逾期和七天内到期的隐患会列在这里。"
        )
        due_card = Card("要办的事")
        due_card.body.addWidget(self.due, 1)
        due_card.body.addWidget(self.nothing, 1)
        self.chart = BarChart("近六个月发现与销号", "处")
        self.chart.setMinimumHeight(220)
        chart_card = Card("近六个月：发现与销号（处）")
        chart_card.body.addWidget(self.chart, 1)
        self.rate = QLabel()
        mark(self.rate, role="hint")
        chart_card.body.addWidget(self.rate)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(due_card, 3)
        lower.addWidget(chart_card, 2)
        self.column.addWidget(self.header)
        self.column.addLayout(figures)
        self.column.addLayout(lower, 1)

    def refresh(self) -> None:
        """Read the figures, the due list and the chart."""
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
        self._show("major", counts.major, "未销号的重大隐患", Tone.RED)
        self.cards["waiting"].show_figure(
            waiting,
            "条",
            "点这里交给教育局" if waiting else "对方都已收到",
            Tone.ORANGE if waiting else Tone.GREEN,
        )
        self._show_due(today)
        self._show_chart(today, counts)

    def _show(self, key: str, figure: int, note: str, tone: Tone) -> None:
        self.cards[key].show_figure(figure, "处", note, tone if figure else Tone.GREY)

    def _show_due(self, today: date) -> None:
        ledger = self.session.ledger
        self.due.clear()
        self.due.ensurePolished()
        for view, heading in (("late", "逾期"), ("due", "七天内")):
            rows = findings.page(ledger, findings.numbers(ledger, view, today)[:MOST_DUE])
            rows.sort(key=lambda row: row.deadline or today)
            for row in rows:
                days = (row.deadline - today).days if row.deadline else 0
                when = (
                    f"已逾期 {-days} 天"
                    if days < 0
                    else "今天到期"
                    if not days
                    else f"还有 {days} 天"
                )
                self._add_due(
                    row.id, f"{row.number}　{row.place}　{row.description}", when, heading
                )
        self.due.setVisible(self.due.count() > 0)
        self.nothing.setVisible(self.due.count() == 0)

    def _add_due(self, record: str, words: str, when: str, heading: str) -> None:
        """A row of two lines; its colour is never the only sign, the word stands beside it."""
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, record)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{when}，{words}")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 6, 10, 6)
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(words.replace("\n", " "))
        label.setMinimumWidth(80)
        due = Badge(when, Tone.RED if heading == "逾期" else Tone.ORANGE)
        line.addWidget(label, 1)
        line.addWidget(due)
        item.setSizeHint(row.sizeHint())
        self.due.addItem(item)
        self.due.setItemWidget(item, row)

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

    def _open(self, item: QListWidgetItem) -> None:
        self.open_asked.emit("findings", item.data(Qt.ItemDataRole.UserRole))

    def _on_changed(self, table: str) -> None:
        if self.isVisible() and table in ("finding", "finding_step", "exchange"):
            self.refresh()
