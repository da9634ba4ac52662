"""班次: the register of programmes, and the line above the tabs that chooses one of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from models.ledger.programmes import arranged, programmes
from models.records.programme import Programme
from models.records.record import show_answer
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, number_cell
from ui.widgets.button import Button, Kind

EVERYBODY = "全部（不分班次）"
WORDS_WIDTH = 14


class ProgrammePanel(RegisterPanel[Programme]):
    """The programmes, the one that began last first."""

    kind = Programme
    columns = (
        Column("班次名称"),
        Column("主办单位", 130, spare=1),
        Column("开始日期", 120),
        Column("结束日期", 120, spare=2),
        Column("计划学时", 80, right=True),
    )
    named_by = "name"
    offered = ("organiser",)
    icon = "graduation-cap"
    search_words = "按班次名称、主办单位或拼音首字母查找"
    purpose = "一个班次有自己的学员、起止日期和各模块的计划学时。不分班次也可以直接登记活动和考勤。"

    def arranged(self, records: Sequence[Programme]) -> Sequence[Programme]:
        """The one that began last first."""
        return arranged(records)

    def cells(self, record: Programme) -> Sequence[Cell]:
        """One line."""
        return (
            Cell(record.name or ""),
            Cell(record.organiser or ""),
            Cell(show_answer(record, "begins"), record.begins),
            Cell(show_answer(record, "ends"), record.ends),
            number_cell(record.plan),
        )


class ProgrammeBar(QWidget):
    """Which programme the page is about; an empty id is everybody."""

    chosen = Signal()
    asked = Signal()  # the register of programmes

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.known: Mapping[str, Programme] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName("班次")
        self.choice.setMinimumContentsLength(WORDS_WIDTH)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.activated.connect(lambda _index: self.chosen.emit())
        caption = QLabel("班次(&B)")
        caption.setBuddy(self.choice)
        pencil = icons.icon("pencil", PALETTE.ink_soft, SMALL)
        self.manage = Button("管理", Kind.SECONDARY, pencil, self.asked.emit)
        self.manage.setToolTip("添加、修改或删除班次")
        self.manage.setAccessibleName("管理班次")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(caption)
        line.addWidget(self.choice)
        line.addWidget(self.manage)
        self.refresh()

    @property
    def programme(self) -> Programme | None:
        """The chosen programme; None for everybody."""
        return self.known.get(self.choice.currentData() or "")

    def refresh(self) -> None:
        """Read the programmes again; the chosen one stays while it is there."""
        found = programmes(self._session.ledger)
        if [*self.known.values()] == found and self.choice.count():
            return
        now = self.choice.currentData() or ""
        self.known = {one.id: one for one in found}
        self.choice.clear()
        self.choice.addItem(EVERYBODY, "")
        for one in found:
            self.choice.addItem(one.name or "", one.id)
        self.choose(now)

    def choose(self, programme: str) -> None:
        """Choose one by its id; one that is not here is everybody."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(programme)))
