"""整改与办实事: the tasks with who does them until when, and how many of them are done."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal

from models.ledger.tasks import arranged, blank_task
from models.records.five_management import Checklist
from models.records.periods import show_period
from models.records.person import Person
from models.records.record import show_answer
from models.records.task import Task, completion
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.pages.page import Page
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.page_header import PageHeader


class TaskPanel(RegisterPanel[Task]):
    """What is open stands first, the most urgent above."""

    kind = Task
    columns = (
        Column("时限", 104),
        Column("事项"),
        Column("领域", 84, spare=2),
        Column("责任人", 84, spare=1),
        Column("状态", 96),
    )
    named_by = "name"
    icon = "list-checks"
    search_words = "按事项、领域、责任人或拼音首字母查找"
    purpose = "不达标的自查项、要为师生办的实事，写明谁来办、什么时候办好。"

    sheet_asked = Signal(str)  # a line of a month's sheet, 2026-11:fm.ph.03

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__(session, icons)
        self._from = ""
        look = icons.icon("clipboard-check", PALETTE.ink_soft, SMALL)
        self.sheet_button = Button(
            "", Kind.SECONDARY, look, lambda: self.sheet_asked.emit(self._from)
        )
        self.panel.below.insertWidget(0, self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)

    def arranged(self, records: Sequence[Task]) -> Sequence[Task]:
        """What is open first."""
        return arranged(records)

    def cells(self, record: Task) -> Sequence[Cell]:
        """What one looks a task up by; one that is late says so in words, too."""
        late = record.is_late(self.session.today())
        name = record.name or ""
        return (
            Cell(f"{record.due:%Y-%m-%d}" if record.due else ""),
            Cell(name.replace("\n", " "), tip=name),
            Cell(show_answer(record, "area")),
            Cell(record.person or ""),
            Cell("逾期" if late else show_answer(record, "state"), tone=Tone.RED if late else None),
        )

    def blank(self) -> Task:
        """A good deed, by who works here."""
        return blank_task(self.session.ledger)

    def show_more(self, record: Task) -> None:
        """The way back to the line of the sheet that it arose from."""
        sheet = self.session.ledger.find(Checklist, record.checklist or "")
        self._from = f"{sheet.period}:{record.line}" if sheet else ""
        self.sheet_button.setVisible(bool(sheet))
        if sheet and sheet.period:
            self.sheet_button.setText(f"查看{show_period(sheet.period)}自查表中的这一项")


class TasksPage(Page):
    """The register of tasks; above it how many are done."""

    follows = frozenset({Task.table, Person.table, "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.header = PageHeader("整改与办实事")
        go_back = partial(self.open_asked.emit, "five_management", "")
        back = icons.icon("chevron-left", PALETTE.ink_soft, SMALL)
        self.back_button = self.header.add_secondary("自查表", go_back, back)
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        to_print = partial(self.open_asked.emit, "reports", "tasks_ledger:now")
        self.print_button = self.header.add_secondary("打印台账", to_print, printer)
        self.panel = TaskPanel(session, icons)
        self.panel.sheet_asked.connect(partial(self.open_asked.emit, "five_management"))
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.panel, 1)

    def refresh(self) -> None:
        """Read the tasks and their rate anew."""
        ledger = self.session.ledger
        rate = completion(ledger.all(Task, unit=ledger.unit))
        words = f"办结率 {rate.percent()}（{rate.counts()}）" if rate.whole else ""
        self.header.set_subtitle(words)
        self.panel.refresh()

    def open_record(self, record: str) -> None:
        """Show a task; an empty id starts a new one, and `list` shows all of them."""
        if not record:
            self.panel.add()
        elif record != "list":
            self.panel.open_record(record)
