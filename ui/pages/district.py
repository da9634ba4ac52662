"""区县汇总: every school with its last bundle, its open and late findings, and what is missing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QTableWidget, QTableWidgetItem

from models.ledger.district import UnitRow, units
from models.records.figures import Rate
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

COLUMNS = (
    "学校",
    "最近数据包",
    "记录",
    "隐患",
    "未销号",
    "逾期",
    "重大",
    "整改率",
    "五项自查",
    "培训活动",
    "缺数据",
)


class DistrictPage(Page):
    """One row a school."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("区县汇总")
        self.header.add_primary(
            "读入数据包",
            lambda: self.open_asked.emit("exchange", ""),
            icons.icon("inbox", PALETTE.card),
        )
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.setAccessibleName("学校汇总")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setColumnWidth(0, 220)
        self.table.setColumnWidth(1, 140)
        for column in range(2, len(COLUMNS)):
            self.table.setColumnWidth(column, 76)
        empty = EmptyState(
            icons,
            "inbox",
            "还没有收到学校的数据包",
            "把学校送来的 .aqb 文件拖到“数据交换”页，学校就会出现在这里。",
            "去读入数据包",
        )
        empty.asked.connect(lambda: self.open_asked.emit("exchange", ""))
        self.stack = QStackedWidget()
        self.stack.addWidget(empty)
        self.stack.addWidget(self.table)
        self.column.addWidget(self.header)
        self.column.addWidget(self.stack, 1)
        session.changed.connect(self._on_changed)

    def _on_changed(self, _table: str) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the rows anew."""
        rows = units(self.session.ledger, self.session.today())
        self.header.set_subtitle(f"已收到 {len(rows)} 所学校的数据" if rows else "")
        self.stack.setCurrentIndex(1 if rows else 0)
        self.table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            self._show(line, row)

    def _show(self, line: int, row: UnitRow) -> None:
        counts = row.counts
        rate = Rate(counts.rectified, counts.total)
        last = row.last_bundle[:16].replace("T", " ")
        figures = (row.lines, counts.total, counts.open, counts.late, counts.major)
        texts = [row.name, last, *map(str, figures), rate.percent(1)]
        texts += [
            str(row.checklists),
            str(row.sessions),
            f"{row.missing} 段" if row.missing else "—",
        ]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column > 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if COLUMNS[column] in ("逾期", "重大") and text != "0":
                item.setForeground(QColor(Tone.RED.ink))
            self.table.setItem(line, column, item)
