"""督评与佐证: beside each answer its photos, and what the inspector or the office says of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from models.ledger import checklists
from models.ledger.evidence import evidence, save_evidence
from models.ledger.ledger import Ledger
from models.ledger.reviews import Opinions, opinions, save_review
from models.ledger.sides import written_here
from models.ledger.titles import unit_names
from models.records.finding import Photo
from models.records.five_management import AREAS, Checklist, ChecklistAnswer, ChecklistReview
from models.records.organisation import Organisation
from models.records.periods import show_period
from models.records.record import show_answer
from models.templates.compliance import Verdict, judge
from models.templates.five_management import Line
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.pages.findings_photos import PhotoField
from ui.pages.five_management_remarks import DIFFERS, differs
from ui.pages.page import Page
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.chooser import offer
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader

COLUMNS = (
    Column("领域", 84, spare=2),
    Column("检查项"),
    Column("自评", 150),
    Column("督评", 152),
    Column("督评意见", 150, spare=1),
    Column("佐证", 110, spare=2),
)
KEYS = {"1": "met", "2": "unmet", "3": "na"}
HOW = "选中一项，按 1 达标、2 不达标、3 不适用，随按随存；写意见、加照片按回车。自评不会被改动。"


class ReviewsPage(Page):
    """A school writes as its responsible inspector, an office as the office; each its own."""

    follows = frozenset(
        kind.table for kind in (Checklist, ChecklistAnswer, ChecklistReview, Organisation)
    ) | {"exchange"}

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self._sheet, self._at = Checklist(), ""  # the line in hand
        self._lines: dict[str, Line] = {}
        self._said: Mapping[str, Opinions] = {}
        self._photos: Mapping[str, Sequence[Photo]] = {}
        self.header = PageHeader("督评与佐证", HOW)
        home = "district" if session.ledger.is_office else "five_management"
        back = icons.icon("chevron-left", PALETTE.ink_soft, SMALL)
        self.header.add_secondary("返回", partial(self.open_asked.emit, home, ""), back)
        self.units, self.sheets = QComboBox(), QComboBox()
        self.units.setAccessibleName("学校")
        self.units.setVisible(session.ledger.is_office)
        self.sheets.setAccessibleName("自查表")
        self.list = RowView(COLUMNS, "督评")
        self.panel: FormPanel[ChecklistReview] = FormPanel(
            session, icons, ChecklistReview, self._keep, names=("result", "note")
        )
        self.photos = PhotoField("佐证照片", session, icons, tasks)
        self.panel.below.addWidget(self.photos)
        self.nothing = EmptyState(icons, "clipboard-check", "还没有自查表可以督评")
        self.stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        choosers = QHBoxLayout()
        choosers.addWidget(self.units)
        choosers.addWidget(self.sheets)
        choosers.addStretch()
        card = Card()
        card.body.addWidget(self.panel)
        self.side = card
        card.hide()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list, 3)
        row.addWidget(card, 2)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(content)
        self.column.addWidget(self.header)
        self.column.addWidget(self.notice)
        self.column.addLayout(choosers)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.units.activated.connect(lambda _at: self.attempt(self.refresh))
        self.sheets.activated.connect(lambda _at: self.attempt(self.refresh))
        self.list.opened.connect(self._open)
        self.photos.added.connect(self._add_photos)
        self.photos.removed.connect(self._remove_photo)
        self.photos.failed.connect(lambda words: self.notice.say(words, Tone.RED))
        self.panel.closed.connect(self._close)
        self.panel.saved.connect(lambda _saved: self._close())
        for key, result in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._press, result))

    def open_record(self, record: str) -> None:
        """Show the newest sheet of a school, by its code; a school has only its own."""
        self._offer_units()
        at = self.units.findData(record)
        if at >= 0:
            self.units.setCurrentIndex(at)
        if self.attempt(self.refresh):
            self.list.setFocus()  # the digits are for it

    # ---- showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the chosen sheet with both sides' opinions."""
        self._offer_units()
        self._offer_sheets()
        found = self.session.ledger.get(Checklist, str(self.sheets.currentData() or ""))
        self.stack.setCurrentIndex(1 if found else 0)
        if found:
            self._show(found)

    def _offer_units(self) -> None:
        ledger = self.session.ledger
        filled = {sheet.unit for sheet in ledger.all(Checklist)}
        names = {unit: name for unit, name in unit_names(ledger).items() if unit in filled}
        offer(self.units, names)

    def _offer_sheets(self) -> None:
        ledger = self.session.ledger
        unit = str(self.units.currentData() or "") if ledger.is_office else ledger.unit
        sheets = ledger.all(Checklist, unit=unit) if unit else []
        sheets.sort(key=lambda one: (str(one.filled_on or ""), one.period or ""), reverse=True)
        offer(self.sheets, {one.id: show_period(one.period or "") for one in sheets})

    def _show(self, filled: Checklist) -> None:
        ledger = self.session.ledger
        if filled.id != self._sheet.id and not self.side.isHidden():
            self.panel.close_form()  # its words are about the sheet that was shown
        self._sheet, self._said = filled, opinions(ledger, filled)
        school = next(iter(ledger.all(Organisation, unit=filled.unit)), Organisation())
        lines = self.session.checklist.as_of(filled.version or "").lines(school.scopes)
        answers = checklists.answers(ledger, filled)
        given = checklists.given_of(lines, answers)
        day = filled.filled_on or self.session.today()
        self._lines = {line.id: line for line in lines}
        self._photos = evidence(ledger, filled, self._lines)
        self.list.show_rows(
            [
                Row(
                    line.id,
                    self._cells(
                        line,
                        answers.get(line.id),
                        judge(line, given, filled.rule_sets or (), day),
                    ),
                )
                for line in lines
            ]
        )

    def _cells(
        self, line: Line, answer: ChecklistAnswer | None, verdict: Verdict
    ) -> tuple[Cell, ...]:
        mine = self._mine(line.id)
        value = checklists.value_of(line, answer)
        own = "学校不填" if line.item.filled_by != "school" else "未答"
        if value is not None:
            own = f"{line.field.show(value)}（{verdict.value}）"
        apart = differs(mine, verdict)
        result = show_answer(mine, "result")
        return (
            Cell(AREAS[line.item.area]),
            Cell(line.label, tip=line.label),
            Cell(own),
            Cell(f"{result}，{DIFFERS}" if apart else result, tone=Tone.RED if apart else None),
            Cell(mine.note or "", tip=mine.note or ""),
            Cell(self._shown_evidence(line.id, answer)),
        )

    def _shown_evidence(self, line: str, answer: ChecklistAnswer | None) -> str:
        count = len(self._photos.get(line, ()))
        words = answer.evidence if answer else None
        return "，".join(filter(None, (f"照片 {count} 张" if count else "", words)))

    def _mine(self, line: str) -> ChecklistReview:
        """What this side says of a line; an empty one where it says nothing yet."""
        said = self._said.get(line, Opinions()).of(self.session.ledger.is_office)
        return said.review if said else ChecklistReview(checklist=self._sheet.id, line=line)

    # ---- writing -----------------------------------------------------------------------------

    def _press(self, result: str) -> None:
        """Keep a result at once, and go on with the next line."""
        line = self.list.current()
        if line:
            mine = self._mine(line)
            if self.attempt(lambda: self._write(replace(mine, result=result), mine)):
                at = self.list.currentIndex()
                below = at.sibling(at.row() + 1, at.column())
                if below.isValid():
                    self.list.setCurrentIndex(below)

    def _keep(self, typed: ChecklistReview, opened: ChecklistReview) -> ChecklistReview:
        seen = opened
        if not opened.id:  # a digit in the list may have said something meanwhile
            seen = self._mine(opened.line or "")
            typed = replace(typed, result=typed.result or seen.result)
        self._write(replace(seen, result=typed.result, note=typed.note), seen)
        return self._mine(opened.line or "")

    def _write(self, said: ChecklistReview, seen: ChecklistReview) -> None:
        known = seen if seen.id else None
        self.session.write(
            lambda ledger: save_review(ledger, self._sheet, said, known), ChecklistReview.table
        )
        self._show(self._sheet)

    def _open(self, line: str) -> None:
        if line in self._lines:
            draft = f"checklist_review:{self._sheet.id}:{line}"
            self.panel.open(self._mine(line), self._lines[line].label, draft)
            self._at, self.photos.owner = line, (self._sheet, line)
            self._show_photos()
            self.side.show()
            self.panel.form.entry("result").setFocus()

    # ---- evidence ----------------------------------------------------------------------------

    def _show_photos(self) -> None:
        shown = self._photos.get(self._at, [])
        ours = written_here(self.session.ledger, Photo.table, [photo.id for photo in shown])
        kept = {at for at, photo in enumerate(shown) if photo.id not in ours}
        self.photos.show_photos([photo.sha256 or "" for photo in shown], kept=kept)

    def _add_photos(self, owner: tuple[Checklist, str], hashes: list[str]) -> None:
        """Photos arrive a moment after they were given: another line may be shown by then."""
        self._keep_photos(lambda ledger: save_evidence(ledger, *owner, hashes))

    def _remove_photo(self, at: int) -> None:
        photo = self._photos[self._at][at]
        self._keep_photos(lambda ledger: ledger.remove(photo))

    def _keep_photos(self, work: Callable[[Ledger], object]) -> None:
        if self.attempt(lambda: self.session.write(work, Photo.table)):
            self._show(self._sheet)
            self._show_photos()

    def _close(self) -> None:
        self.side.hide()
        self.list.setFocus()
