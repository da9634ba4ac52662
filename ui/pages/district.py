"""区县汇总: every school with its last bundle, its open and late findings, and what is missing."""

from PySide6.QtWidgets import QStackedWidget

from models.ledger.district import UnitRow, units
from models.records.catalogue import RECORD_TYPES
from models.records.figures import Rate
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.moments import local_time
from ui.pages.page import Page
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.tasks import Tasks
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

COLUMNS = (
    Column("学校"),
    Column("最近数据包", 140),
    Column("记录", 70, right=True, spare=True, tip="已收到的记录条数"),
    Column("隐患", 64, right=True, tip="登记的隐患处数"),
    Column("未销号", 70, right=True),
    Column("逾期", 64, right=True),
    Column("重大", 64, right=True, tip="未销号的重大隐患处数"),
    Column("整改率", 76, right=True),
    Column("五项自查", 80, right=True, spare=True, tip="已填写的自查表份数"),
    Column("培训活动", 80, right=True, spare=True),
    Column("缺数据", 76, right=True, tip="中间缺了数据包，后面的暂存着；请向学校要完整数据包"),
)


class DistrictPage(Page):
    """One row a school."""

    follows = frozenset({*RECORD_TYPES, "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("区县汇总")
        self.header.add_primary(
            "读入数据包",
            lambda: self.open_asked.emit("exchange", ""),
            icons.icon("inbox", PALETTE.card),
        )
        self.table = RowView(COLUMNS, "学校汇总")
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
        self.column.addWidget(self.notice)
        self.column.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Read the rows anew."""
        rows = units(self.session.ledger, self.session.today())
        self.header.set_subtitle(f"已收到 {len(rows)} 所学校的数据" if rows else "")
        self.stack.setCurrentIndex(1 if rows else 0)
        self.table.show_rows([_row(row) for row in rows])


def _row(row: UnitRow) -> Row:
    counts = row.counts
    rate = Rate(counts.rectified, counts.total)
    return Row(
        row.unit,
        (
            Cell(row.name),
            Cell(local_time(row.last_bundle), row.last_bundle),
            number_cell(row.lines),
            number_cell(counts.total),
            number_cell(counts.open),
            number_cell(counts.late, tone=Tone.RED if counts.late else None),
            number_cell(counts.major, tone=Tone.RED if counts.major else None),
            Cell(rate.percent(1), rate.part / rate.whole if rate.whole else -1.0),
            number_cell(row.checklists),
            number_cell(row.sessions),
            Cell(f"{row.missing} 段" if row.missing else "—", row.missing),
        ),
    )
