"""安全检查: what was inspected, a new inspection, the one in hand, and how one ended."""

from functools import cached_property, partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.ledger import inspections
from models.ledger.inspections import Round
from models.records.inspection import Inspection
from models.records.record import show_answer
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.pages.inspection_end import EndView
from ui.pages.inspection_run import RunView
from ui.pages.inspection_start import StartForm
from ui.pages.inspection_waiting import Waiting
from ui.pages.page import Page
from ui.session import Session
from ui.table.finding_words import unit_names
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

COLUMNS = (
    Column("时间", 170),
    Column("学校", 190),
    Column("检查类型", 100),
    Column("检查人员"),
    Column("项数", 60, right=True, spare=1),
    Column("不合格", 70, right=True),
    Column("情况", 150),
)
SCHOOL_COLUMN = 1
OFFICE_EMPTY = (
    "还没有可以检查的学校",
    "学校交来数据包以后，这里就能选它开始督导检查。请先到“区县汇总”读入数据包。",
)
FORM_WIDTH = 720


class InspectionPage(Page):
    """The list of inspections; a form, the run or the end take its place."""

    follows = frozenset({"inspection", "inspection_answer", "finding", "organisation", "exchange"})

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self.waiting = Waiting(icons)
        self.waiting.asked.connect(self.open_record)
        self.header = PageHeader("安全检查", "按检查表逐项检查，每按一键就已保存")
        plus = icons.icon("plus", PALETTE.card, SMALL)
        self.start_button = self.header.add_primary("开始检查", self.new_inspection, plus)
        self.table = RowView(COLUMNS, "检查记录")
        self.table.opened.connect(self.open_record)
        self.table.doubleClicked.connect(lambda _index: self.open_record(self.table.current()))
        self.empty = EmptyState(
            icons,
            "list-checks",
            "还没有检查记录",
            "按“开始检查”，选检查类型；只列本校有的项目，用 1、2、3 键回答，随时可以暂停。",
            "开始检查",
        )
        self.empty.asked.connect(self.new_inspection)
        self.home = QStackedWidget()
        self._stack = QStackedWidget()
        card = Card()
        for part in (self.table, self.empty):
            self.home.addWidget(part)
        card.body.addWidget(self.home)
        self._home = card
        self._stack.addWidget(card)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.waiting)
        self.column.addWidget(self._stack, 1)

    # The parts are made when first asked for: looking at the list costs none of them.

    @cached_property
    def form(self) -> StartForm:
        """The form that begins an inspection."""
        form = StartForm(self.session, self.icons)
        form.saved.connect(self.show_inspection)
        form.closed.connect(self.show_list)
        card = Card()
        card.body.addWidget(form)
        card.setMaximumWidth(FORM_WIDTH)
        self._stack.addWidget(card)
        self._form_card = card
        return form

    @cached_property
    def run(self) -> RunView:
        """The inspection in hand."""
        run = RunView(self.session, self.icons, self.tasks)
        run.paused.connect(self.show_list)
        run.finished.connect(self.show_inspection)
        self._stack.addWidget(run)
        return run

    @cached_property
    def end(self) -> EndView:
        """One that has ended."""
        end = EndView(self.session, self.icons)
        end.closed.connect(self.show_list)
        end.resumed.connect(self.show_inspection)
        end.print_asked.connect(partial(self.open_asked.emit, "reports"))
        end.finding_asked.connect(lambda finding: self.open_asked.emit("findings", finding))
        self._stack.addWidget(end)
        return end

    # ---- what the window and other pages ask -------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew, and the answers of the inspection in hand."""
        shown = self._stack.currentWidget()
        if shown is self._home:
            self._show_rows()
        elif shown is self.__dict__.get("run"):
            standing = self.session.ledger.get(Inspection, self.run.inspection.id)
            if standing is None or standing.ended is not None:  # by another PC, meanwhile
                self.open_record(self.run.inspection.id)
            else:
                self.run.refresh()

    def open_record(self, record: str) -> None:
        """Show an inspection; an empty id begins a new one, new:special:fire one of that kind."""
        start, _, about = record.partition(":")
        if start in ("", "new"):
            kind, _, category = about.partition(":")
            self.new_inspection(kind, category)
            return
        inspection = self.session.ledger.get(Inspection, record)
        if inspection is None:
            self.show_list()
            self.notice.say("这次检查已删除，或者还没有收到。", Tone.ORANGE)
            return
        self.show_inspection(inspection)

    def new_inspection(self, kind: str = "", category: str = "") -> None:
        """Ask what is to be inspected; what is due says of which kind."""
        self.notice.hide()
        self.form.start(kind, category)
        if not self.form.has_school():
            self.show_list()
            return
        self._bring(self._form_card)

    def show_inspection(self, inspection: Inspection) -> None:
        """Go on with it, or look at it where it has ended or is not ours."""
        self.notice.hide()
        ledger = self.session.ledger
        template = self.session.safety_of(inspection.template or "", inspection.version or "")
        items = template.of(inspections.item_ids(inspection)) if template else []
        if inspection.ended is None and items and inspections.is_ours(ledger, inspection):
            self._bring(self.run)
            self.run.start(inspection, items)
            return
        self.end.show_inspection(inspection)
        self._bring(self.end)

    def show_list(self) -> None:
        """Back to the list."""
        self._bring(self._home)
        self._show_rows()

    # ---- the list ----------------------------------------------------------------------------

    def _bring(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self.header.setVisible(part in (self._home, self.__dict__.get("_form_card")))
        self.start_button.setVisible(part is self._home)
        if part is not self._home:
            self.waiting.hide()

    def _show_rows(self) -> None:
        ledger = self.session.ledger
        rounds, names = inspections.recent(ledger), unit_names(ledger)
        self.table.setColumnHidden(SCHOOL_COLUMN, not names)
        self.table.show_rows([_row(one, names.get(one.inspection.unit, "")) for one in rounds])
        self.home.setCurrentWidget(self.table if rounds else self.empty)
        without = ledger.is_office and len(names) < 2
        if without:
            self.empty.say(*OFFICE_EMPTY)
        self.empty.button.setHidden(without)
        self.waiting.show_rounds(inspections.unfinished(ledger))


def _row(one: Round, school: str) -> Row:
    inspection, progress = one
    if inspection.ended is None:
        words, tone = f"未完成 {progress.done}/{progress.total}", Tone.ORANGE
    elif one.is_zero_report:
        words, tone = "零报告", Tone.GREEN
    else:
        words, tone = "已结束", Tone.GREY
    return Row(
        inspection.id,
        (
            Cell(show_answer(inspection, "started"), str(inspection.started)),
            Cell(school),
            Cell(show_answer(inspection, "kind")),
            Cell(inspection.inspectors or ""),
            number_cell(progress.total),
            number_cell(progress.failed, tone=Tone.RED if progress.failed else None),
            Cell(words, None, tone),
        ),
    )
