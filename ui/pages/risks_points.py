"""风险点: places and activities where something may happen, by category, each with its colour."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from models.ledger.risks import MOST_FINDINGS, Pointed, by_category, findings_at, pointed_at
from models.records.finding import STATES
from models.records.record import show_answer
from models.records.risk import RiskPoint
from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.finding_words import state_tone
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.widgets.chip_bar import ChipBar

SWATCHES = {
    "red": PALETTE.red,
    "orange": PALETTE.orange,
    "yellow": PALETTE.yellow,
    "blue": PALETTE.blue,
}
CHIPS = (("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝"))
FINDINGS_HEIGHT = 150


class RiskPanel(RegisterPanel[RiskPoint]):
    """Each risk point knows the findings that point to it."""

    kind = RiskPoint
    columns = (
        Column("类别", 120),
        Column("风险点"),
        Column("风险等级", 156),
        Column("部位", 100, spare=2),
        Column("责任人", 80, spare=1),
        Column("隐患", 56, right=True, tip="指向这个风险点的隐患：未销号的条数"),
    )
    named_by = "name"
    icon = "shield-check"
    search_words = "按名称、部位、类别、事故、责任人或拼音首字母查找"
    purpose = "把容易出事的部位和活动登记下来，写明可能的事故和管控措施，隐患就可以指向它。"

    finding_opened = Signal(str)

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        self._pointed: dict[str, Pointed] = {}
        super().__init__(session, icons, parent)
        self.chips = ChipBar(CHIPS, name="按风险等级筛选")
        self.chips.changed.connect(lambda _keys: self.refresh())
        self.bar.insertWidget(1, self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self.heading = QLabel()
        mark(self.heading, role="heading")
        columns = (Column("编号", 96), Column("隐患描述"), Column("状态", 96, spare=1))
        self.findings = RowView(columns, "指向这个风险点的隐患")
        self.findings.setFixedHeight(FINDINGS_HEIGHT)
        self.findings.opened.connect(self.finding_opened)
        for at, part in enumerate((self.heading, self.findings)):
            self.panel.below.insertWidget(at, part)

    def refresh(self) -> None:
        """Read the records and the figures again."""
        self._pointed = pointed_at(self.session.ledger)
        super().refresh()
        if self.opened is not None:
            self.show_more(self.opened)

    def arranged(self, records: Sequence[RiskPoint]) -> Sequence[RiskPoint]:
        """Those of the chosen colours, by category."""
        colours = self.chips.chosen()
        return by_category([p for p in records if not colours or p.colour in colours])

    def cells(self, record: RiskPoint) -> Sequence[Cell]:
        """The colour as a mark and in words."""
        pointed = self._pointed.get(record.id, Pointed(0, 0))
        return (
            Cell(show_answer(record, "category")),
            Cell(record.name or "", tip=f"{record.name}\n可能事故：{record.accident}"),
            _colour_cell(record),
            Cell(record.place or ""),
            Cell(record.responsible or ""),
            number_cell(pointed.open, f"未销号 {pointed.open} 条，一共 {pointed.total} 条"),
        )

    def show_more(self, record: RiskPoint) -> None:
        """The findings that point to it, newest first."""
        rows = findings_at(self.session.ledger, record.id) if record.id else []
        more = f"（只列最近 {MOST_FINDINGS} 条）" if len(rows) == MOST_FINDINGS else ""
        self.heading.setText(f"指向它的隐患 {len(rows)} 条{more}，按回车打开")
        for part in (self.heading, self.findings):
            part.setVisible(bool(rows))
        self.findings.show_rows(
            [
                Row(
                    row.id,
                    (
                        Cell(row.number),
                        Cell(row.description),
                        Cell(STATES.get(row.state, row.state), tone=state_tone(row.state)),
                    ),
                )
                for row in rows
            ]
        )


def _colour_cell(record: RiskPoint) -> Cell:
    """Sorted by how grave it is, not by the word."""
    codes = [*SWATCHES]
    grave = codes.index(record.colour) if record.colour in codes else len(codes)
    swatch = SWATCHES.get(record.colour or "", "")
    return Cell(show_answer(record, "colour"), grave, swatch=swatch)
