"""今日: figures that can be pressed, what is due, and the last six months."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.finding_charts import trend
from models.ledger import checklists, findings, inspections
from models.ledger.year import carried_over, has_older
from models.records.figures import Rate
from models.records.organisation import Organisation
from models.records.periods import period_of
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.moments import long_day
from ui.pages.inspection_waiting import Waiting
from ui.pages.page import Page
from ui.pages.today_due import DueList
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.chart_view import ChartView
from ui.widgets.notice import Notice
from ui.widgets.number_card import NumberCard
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

LEAST_CHART = 150
CARDS = {
    "open": ("未销号", "findings", "view:open"),
    "late": ("逾期", "findings", "view:late"),
    "due": ("7日内到期", "findings", "view:due"),
    "recheck": ("待复查", "findings", "view:recheck"),
    "major": ("重大隐患", "findings", "view:major"),
    "checks": ("本月自查", "five_management", ""),
    "waiting": ("未送达", "exchange", ""),
}


class TodayPage(Page):
    """What the officer sees first every morning."""

    follows = frozenset(
        {
            "finding",
            "finding_step",
            "checklist",
            "checklist_answer",
            "inspection",
            "inspection_answer",
            "drill",
            "safety_lesson",
            "task",
            "exchange",
            "organisation",
            "setting",
        }
    )

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("今日")
        self.header.add_secondary(
            "交数据",
            lambda: self.open_asked.emit("exchange", ""),
            icons.icon("package", PALETTE.ink_soft),
        )
        self.header.add_secondary(
            "开始检查",
            lambda: self.open_asked.emit("inspection", ""),
            icons.icon("list-checks", PALETTE.ink_soft),
        )
        self.header.add_primary(
            "记一条隐患",
            lambda: self.open_asked.emit("findings", ""),
            icons.icon("plus", PALETTE.card),
        )
        self.new_year = Notice(icons)
        self.new_year.acted.connect(self._print_last_year)
        self._year = 0  # the year whose beginning was told
        self.waiting = Waiting(icons)
        self.waiting.asked.connect(lambda record: self.open_asked.emit("inspection", record))
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
        self.due = DueList(icons)
        self.due.asked.connect(self.open_asked)
        due_card = Card("要办的事")
        due_card.body.addWidget(self.due, 1)
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
        self.column.addWidget(self.new_year)
        self.column.addWidget(self.waiting)
        self.column.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Read the figures, the due list and the chart."""
        today = self.session.today()
        organisation = self.session.ledger.organisation or Organisation()
        self.header.set_subtitle(f"{organisation.name}　{long_day(today)}")
        counts = findings.counts(self.session.ledger, today)
        self._show_counts(counts)
        self._show_checks(organisation, today)
        self._show_waiting(organisation)
        self.waiting.show_rounds(inspections.unfinished(self.session.ledger))
        self._show_new_year(today)
        self.due.show_due(self.session.ledger, today)
        if counts.total:
            self.due.nothing.say("没有要办的事", "逾期和七天内到期的事会列在这里。")
        else:
            self.due.nothing.say(
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

    def _show_checks(self, organisation: Organisation, today: date) -> None:
        """How far this month's 五项管理 sheet is filled; only where there is one to fill."""
        card, ledger = self.cards["checks"], self.session.ledger
        asked = [] if ledger.is_office else self.session.checklist.lines(organisation.scopes)
        lines = [line for line in asked if line.item.filled_by == "school"]
        card.setVisible(bool(lines))
        if lines:
            filled = checklists.progress(ledger, lines, period_of(today))
            left = filled.whole - filled.part
            note, tone = (f"还有 {left} 项", Tone.BLUE) if left else ("五项管理已填完", Tone.GREEN)
            card.show_figure(f"{filled.part}/{filled.whole}", "项", note, tone)

    def _show_waiting(self, organisation: Organisation) -> None:
        waiting = delivery(self.session.ledger).waiting
        hand_over = "请发回学校" if organisation.kind == "office" else "请交给教育局"
        note, tone = (hand_over, Tone.ORANGE) if waiting else ("对方都已收到", Tone.GREEN)
        self.cards["waiting"].show_figure(waiting, "条", note, tone)

    def _show(self, key: str, figure: int, note: str, tone: Tone) -> None:
        self.cards[key].show_figure(figure, "处", note, tone if figure else Tone.GREY)

    def _show_new_year(self, today: date) -> None:
        """In January: a new ledger is open. Told once, so that it stays closed once closed."""
        if today.month != 1 or self._year == today.year:
            return
        self._year = today.year
        ledger = self.session.ledger
        if not ledger.is_office and has_older(ledger, today.year):
            count = carried_over(ledger, today.year)
            self.new_year.say(
                f"{today.year}年台账已开启，结转未销号隐患 {count} 条。"
                f"已销号的留在{today.year - 1}年台账里。",
                Tone.BLUE,
                f"打印{today.year - 1}年台账",
            )

    def _print_last_year(self) -> None:
        self.open_asked.emit("reports", f"findings_ledger:{self._year - 1}")

    def _show_chart(self, today: date, counts: findings.Counts) -> None:
        months = findings.by_month(self.session.ledger, today)
        self.chart.show_chart(trend("近六个月发现与销号", "处", months))
        rate = Rate(counts.rectified, counts.total)
        self.rate.setText(f"整改率 {rate.percent(1)}（已整改 {rate.part} / 共 {rate.whole}）")
