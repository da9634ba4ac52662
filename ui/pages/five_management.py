"""五项管理: the monthly self-check, answered line by line and saved with every answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.ledger import checklists
from models.ledger.history import Change, history_of
from models.ledger.ledger import Ledger
from models.records.five_management import Checklist, ChecklistAnswer
from models.records.organisation import Organisation
from models.records.periods import is_period, period_of
from models.records.task import Task
from models.templates.five_management import Line
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.five_management_areas import AreaTabs
from ui.pages.five_management_month import MonthChooser
from ui.pages.five_management_more import MoreMenu
from ui.pages.five_management_search import LineSearch
from ui.pages.five_management_sheet import SheetPanel, SummaryButton, summary_of
from ui.pages.five_management_spots import SpotOffer
from ui.pages.five_management_state import READ, Month, read_month, wanted_tasks
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

KEY = "five_management"
UNSAVED = "有答案还没有保存：请按红字提示改正，或把它清空。"
OFFICE = ("教育局不填自查表", "自查表由学校每月填写。各校交来的数据在“区县汇总”里查看。")
NO_LINES = (
    "本校没有需要填写的五项管理项目",
    "幼儿园、中职学校不填。学段或年级不对，请到“设置”修改。",
)


class FiveManagementPage(Page):
    """A month above, five cards to choose the area, its rows below."""

    follows = READ

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self._period = period_of(session.today())
        self._shown_period = ""
        self._lines: list[Line] = []
        self._month: Month | None = None
        self._build()

    # ---- showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the month as it stands; only words and marks change, no row is made anew."""
        self._following.stop()  # what was written here is shown at once, and not again
        organisation = self.session.ledger.organisation or Organisation()
        is_office = self.session.ledger.is_office
        sheet = checklists.sheet(self.session.ledger, self._period)
        template = self.session.checklist.as_of((sheet.version if sheet else None) or "")
        lines = [] if is_office else template.lines(organisation.scopes)
        if lines != self._lines:
            self._lines, self._month, self._shown_period = lines, None, ""
            self.areas.set_lines(lines)
            self.search.set_lines(lines)
        self.empty.say(*(OFFICE if is_office else NO_LINES))
        self.empty.setVisible(not lines)
        self.empty.button.setVisible(not is_office)
        self.sheet_part.setVisible(bool(lines))
        for button in (self.print_button, self.more_button):
            button.setVisible(bool(lines))
        self.search.setVisible(bool(lines))
        if lines:
            self._show_month()

    def open_record(self, record: str) -> None:
        """Show the sheet of a month, or a line of it (2026-11:fm.ph.03); else of this month."""
        period, _, line = record.partition(":")
        self._show_period(period if is_period(period) else period_of(self.session.today()))
        self.areas.show_found(line if period == self._period else "")

    def _show_period(self, period: str) -> None:
        if self.commit() and self.sheet_panel.commit():
            self._period = period
            self.refresh()
        self.chooser.show_month(self._period, period_of(self.session.today()))

    def _show_month(self) -> None:
        month = read_month(self.session, self._lines, self._period)
        anew = self._period != self._shown_period
        self._month, self._shown_period = month, self._period
        self.chooser.show_month(self._period, period_of(self.session.today()))
        self.settings.say(summary_of(month.sheet))
        self.sheet_panel.show_sheet(month.sheet, anew)
        self.spots.show_month(self.session.ledger, self._lines, month)
        self.more.tasks.setEnabled(bool(month.fallen(self._lines)))
        self.areas.show_month(month, anew)
        self.doubtful.setText(f"还有 {len(month.doubtful)} 项待核对")
        self.doubtful.setVisible(bool(month.doubtful))
        if anew:
            self.saved.setText("")

    def _go_to_doubt(self) -> None:
        assert self._month is not None  # the button waits for a month that was read
        self.areas.show_found(self._month.doubtful[0])
        self.areas.go_to_found()

    def _history(self, record: str) -> list[Change]:
        return history_of(self.session.ledger, ChecklistAnswer.table, record)

    # ---- saving ------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Save whatever is typed and not saved, or show the first row that could not be."""
        unsaved = self.areas.commit()
        if unsaved is None:
            self.notice.hide()
            return True
        self.areas.reveal(unsaved)
        if self.notice.isHidden():
            self.notice.say(UNSAVED, Tone.ORANGE)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page is a way to finish an answer, too."""
        self.areas.commit()
        self.sheet_panel.commit()
        super().hideEvent(event)

    def _save(self, changes: Mapping[str, Mapping[str, str | None]]) -> bool:
        month = self._month
        assert month is not None  # rows are made for a month that was read
        answers = []
        for line, fields in changes.items():
            seen = month.answers.get(line)
            shown = seen or ChecklistAnswer(line=line)
            answer = replace(shown, **fields)  # type: ignore[arg-type]
            if answer != shown:
                answers.append((answer, seen))
        if not answers:
            return True
        return self._write(
            lambda ledger: [
                checklists.save_answer(ledger, month.sheet, answer, seen)
                for answer, seen in answers
            ]
        )

    def _make_tasks(self) -> None:
        """A task for each line that fell short and has none; they are looked at next."""
        assert self._month is not None  # the button waits for a month that was read
        wanted = wanted_tasks(self.session, self._month, self._lines)
        if self.attempt(lambda: self.session.write(lambda to: to.save_all(wanted), Task.table)):
            self.open_asked.emit("tasks", "list")

    def _save_sheet(self, sheet: Checklist) -> bool:
        seen = self._month.sheet if self._month and self._month.sheet.id else None
        return self._write(lambda ledger: ledger.save(sheet, seen))

    def _write(self, work: Callable[[Ledger], object]) -> bool:
        tables = (Checklist.table, ChecklistAnswer.table)
        if not self.attempt(lambda: self.session.write(work, *tables)):
            return False
        self.notice.hide()
        self.saved.setText(f"已保存 {self.session.ledger.clock().astimezone():%H:%M}")
        self.refresh()
        return True

    # ---- laying out --------------------------------------------------------------------------

    def _build(self) -> None:
        header = PageHeader("五项管理", "每月自查一次，每答一项自动保存")
        self.more_button, self.more = header.add_secondary("更多", lambda: None), MoreMenu(self)
        self.more.asked.connect(self.open_asked)
        self.more.tasks.triggered.connect(self._make_tasks)
        self.more_button.setMenu(self.more)
        printer = self.icons.icon("printer", PALETTE.card, SMALL)
        self.print_button = header.add_primary(
            "打印自查表", lambda: self.open_asked.emit("reports", f"{KEY}:{self._period}"), printer
        )
        self.empty = EmptyState(self.icons, "clipboard-check", *NO_LINES, "打开设置")
        self.empty.asked.connect(lambda: self.open_asked.emit("settings", ""))
        self.sheet_panel = SheetPanel(self.session, self._save_sheet)
        self.spots = SpotOffer(self.icons, self._save)
        self.areas = AreaTabs(self.icons, self._save, self._history)
        self.sheet_part = QWidget()
        column = QVBoxLayout(self.sheet_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._month_line())
        column.addWidget(self.sheet_panel)
        column.addWidget(self.spots)
        column.addWidget(self.areas, 1)
        self.column.addWidget(self._beside_search(header))
        self.column.addWidget(self.notice)
        self.column.addWidget(self.sheet_part, 1)
        self.column.addWidget(self.empty, 1)
        for keys, act in (
            ("Ctrl+S", self.commit),
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+PgDown", lambda: self.areas.go(1)),
            ("Ctrl+PgUp", lambda: self.areas.go(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _beside_search(self, header: PageHeader) -> PageHeader:
        initials = self.session.ledger.initials
        self.search = LineSearch(initials, self.icons)
        self.search.went.connect(self.areas.show_found)
        self.search.entered.connect(self.areas.go_to_found)
        line = header.layout()
        if isinstance(line, QHBoxLayout):
            line.insertWidget(1, self.search)
        return header

    def _month_line(self) -> QHBoxLayout:
        self.chooser = MonthChooser(self.icons)
        self.chooser.chosen.connect(self._show_period)
        self.saved = QLabel()
        mark(self.saved, role="hint")
        self.doubtful = Button("", Kind.FLAT, on_click=self._go_to_doubt)
        self.doubtful.setToolTip("到下一项：改正答案，或在“说明”里写明原因。")
        self.settings = SummaryButton(
            self.icons.icon("settings", PALETTE.accent_dark, SMALL),
            lambda: self.sheet_panel.setVisible(self.sheet_panel.isHidden()),
        )
        self.settings.setToolTip("修改执行标准、填表日期和填表人")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.chooser)
        line.addWidget(self.saved)
        line.addWidget(self.doubtful)
        line.addStretch(1)
        line.addWidget(self.settings)
        return line
