"""An inspection in hand: categories with progress, items, and a drawer for what failed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from models.ledger import inspections
from models.ledger.inspections import Progress, tally
from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.finding import Finding
from models.records.inspection import Inspection, InspectionAnswer
from models.templates.safety import FREQUENCIES, SafetyItem
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.pages.inspection_failure import FailureForm
from ui.pages.inspection_parts import CategoryList, ItemList, title_of
from ui.pages.inspection_row import ItemRow
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

TABLES = ("inspection", "inspection_answer", "finding", "photo")
KEYS_HINT = "1 合格　2 不合格　3 不适用　↑↓ 上下　N 备注　P 照片　Ctrl+Enter 结束　Esc 暂停"
PHOTO_OF_FAILED = "照片附在不合格的项目上：先按 2，再加照片。"
DRAWER_WIDTH, LIST_WIDTH, ROOM_FOR_THREE = 330, 238, 1200
STILL = "仍然结束"


class RunView(QWidget):
    """Every key is saved at once, so pausing is only walking away."""

    paused = Signal()
    finished = Signal(object)

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._icons, self._tasks = session, icons, tasks
        self.inspection = Inspection()
        self._items: list[SafetyItem] = []
        self._answers: dict[str, InspectionAnswer] = {}
        self._at = 0  # the item one stands on, in the order of the walk
        self.notice = Notice(icons)
        self.notice.acted.connect(lambda: self.finish(sure=True))
        self.title = plain_label("", "title", copied=False)
        self.count = QLabel()
        self.bar = QProgressBar()
        self.categories = CategoryList()
        self.list = ItemList()
        self.basis = plain_label("", "hint")
        self.drawer = Card()
        self.failure = FailureForm(session, icons, tasks)
        self._build()
        self.categories.chosen.connect(self._go_to_category)
        self.failure.saved.connect(self._on_described)
        self.failure.closed.connect(self._close_drawer)

    # ---- showing -----------------------------------------------------------------------------

    def start(self, inspection: Inspection, items: list[SafetyItem]) -> None:
        """Show an inspection at the first item that is not answered."""
        self.inspection, self._items = inspection, items
        self.title.setText(title_of(inspection))
        self.notice.hide()
        self._show_drawer(False)
        self._read()
        self.categories.show_items(items)
        for row in self.list.show_items(items):
            self._connect(row)
        self.refresh()
        left = [at for at, item in enumerate(items) if self._result(item) is None]
        self._go(left[0] if left else 0)

    def refresh(self) -> None:
        """Read the answers; only words and marks change, no row is made anew."""
        self._read()
        progress = self.progress
        failed = f"，不合格 {progress.failed} 项" if progress.failed else ""
        self.count.setText(f"已查 {progress.done}/{progress.total} 项{failed}")
        self.bar.setMaximum(max(progress.total, 1))
        self.bar.setValue(progress.done)
        self.categories.show_answers(self._answers)
        for row in self.list.rows.values():
            answer = self._answers.get(row.item.id)
            row.show_answer(answer, inspections.finding_of(self._session.ledger, answer))

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return tally((item.id for item in self._items), self._answers)

    @property
    def current(self) -> ItemRow:
        """The row of the item one stands on."""
        return self.list.rows[self._items[self._at].id]

    def _read(self) -> None:
        self._answers = inspections.answers(self._session.ledger, self.inspection)

    def _result(self, item: SafetyItem) -> str | None:
        answer = self._answers.get(item.id)
        return answer.result if answer else None

    # ---- walking -----------------------------------------------------------------------------

    def _go(self, at: int) -> None:
        """Stand on an item."""
        self._at = max(0, min(at, len(self._items) - 1))
        self.current.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_entered(self._items[self._at])  # a window that is not active gives no focus

    def _go_to_category(self, category: str) -> None:
        mine = [at for at, item in enumerate(self._items) if item.category == category]
        left = [at for at in mine if self._result(self._items[at]) is None]
        self._go((left or mine)[0])

    def _connect(self, row: ItemRow) -> None:
        row.answered.connect(partial(self._answer, row.item))
        row.stepped.connect(lambda step: self._go(self._at + step))
        row.noted.connect(partial(self._note, row.item))
        row.photo_asked.connect(partial(self._add_photo, row.item))
        row.entered.connect(partial(self._on_entered, row.item))

    def _on_entered(self, item: SafetyItem) -> None:
        self._at = self._items.index(item)
        self.categories.select(item.category)
        self.list.show_current(self.current)
        often = FREQUENCIES.get(item.frequency, item.frequency)
        self.basis.setText(f"依据：{item.basis}　频次：{often}　佐证：{item.evidence}")

    def _go_on(self) -> None:
        """To the next item; behind the last one, to the end."""
        if self._at + 1 < len(self._items):
            self._go(self._at + 1)
        elif not self.progress.left:
            self.notice.say("全部查完了。按回车结束检查。", Tone.GREEN)
            self.end_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- answering ---------------------------------------------------------------------------

    def _answer(self, item: SafetyItem, result: str) -> None:
        self._at = self._items.index(item)
        inspection = self.inspection
        if not self._write(
            lambda ledger: inspections.answer(ledger, inspection, item.id, result or None)
        ):
            self.refresh()  # the pressed key must not look like an answer
        elif result == "failed":
            self._open_drawer(item)
        else:
            self._show_drawer(False)
            self._go_on() if result else self.current.setFocus()

    def _note(self, item: SafetyItem, words: str) -> None:
        answer = self._answers.get(item.id)
        if words != ((answer.note if answer else None) or ""):
            self._write(
                lambda ledger: inspections.annotate(ledger, self.inspection, item.id, words or None)
            )

    def _add_photo(self, item: SafetyItem) -> None:
        if self._result(item) != "failed":
            self.notice.say(PHOTO_OF_FAILED, Tone.ORANGE)
            return
        self._open_drawer(item)
        self.failure.photos.choose()

    def _write(self, work: Callable[[Ledger], object]) -> bool:
        saved = self.notice.attempt(lambda: self._session.write(work, *TABLES))
        if saved:
            self.notice.hide()
            self.refresh()
        return saved

    # ---- the drawer --------------------------------------------------------------------------

    def _open_drawer(self, item: SafetyItem) -> None:
        """Ask where; what is known already stands in the form."""
        answer = self._answers.get(item.id)
        found = inspections.finding_of(self._session.ledger, answer)
        self._show_drawer(True)
        if found is not None:
            self.failure.edit(found)
        else:
            finding = inspections.suggested(self.inspection, item)
            self.failure.open(finding, "不合格", f"inspection:{self.inspection.id}:{item.id}")
        self.list.show_current(self.current)

    def _show_drawer(self, shown: bool) -> None:
        """Where three do not fit beside each other the categories make room."""
        self.drawer.setVisible(shown)
        self.categories.setVisible(not shown or self.width() >= ROOM_FOR_THREE)

    def _on_described(self, finding: Finding) -> None:
        self._show_drawer(False)
        self.refresh()
        self._at = next(at for at, item in enumerate(self._items) if item.id == finding.item)
        self._go_on()

    def _close_drawer(self) -> None:
        self._show_drawer(False)
        self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the end -----------------------------------------------------------------------------

    def pause(self) -> None:
        """Leave it for later: nothing waits to be saved, and a form in hand keeps its draft."""
        self._leave_fields()
        self.paused.emit()

    def finish(self, sure: bool = False) -> None:
        """End it, or say what is lacking; what was not looked at is asked about once."""
        self._leave_fields()
        left = self.progress.left
        if left and not sure:
            self.notice.say(f"还有 {left} 项没有查。", Tone.ORANGE, STILL)
            return
        ended: list[Inspection] = []
        try:
            saved = self._write(
                lambda ledger: ended.append(inspections.finish(ledger, self.inspection))
            )
        except Problem as problem:
            lacking = inspections.undescribed(self._session.ledger, self._answers)
            self._go(next(at for at, i in enumerate(self._items) if i.id in lacking))
            self._open_drawer(self._items[self._at])
            self.notice.say(str(problem), Tone.ORANGE)
            return
        if saved:
            self.finished.emit(ended[0])

    def _leave_fields(self) -> None:
        """A note is kept a moment after its last key; what has ended takes none any more."""
        for row in self.list.rows.values():
            row.keep_note()
        if self.drawer.isVisible():
            self.failure.close_form()

    # ---- laying out --------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("检查进度")
        mark(self.count, role="step")
        hint = QLabel(KEYS_HINT)
        mark(hint, role="hint")
        middle = Card()
        middle.body.addWidget(self.list, 1)
        middle.body.addWidget(self.basis)
        self.drawer.body.addWidget(self.failure)
        self.drawer.setFixedWidth(DRAWER_WIDTH)
        self.drawer.hide()
        self.categories.setFixedWidth(LIST_WIDTH)
        parts = QHBoxLayout()
        parts.setSpacing(12)
        for part, share in ((self.categories, 0), (middle, 1), (self.drawer, 0)):
            parts.addWidget(part, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addLayout(parts, 1)
        column.addWidget(hint)
        # Esc of the drawer closes the drawer only
        for keys, where, act in (
            ("Esc", self.list, self.pause),
            ("Ctrl+Return", self, self.finish),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: act())

    def _head(self) -> QHBoxLayout:
        clock = self._icons.icon("clock", PALETTE.ink_soft, SMALL)
        self.pause_button = Button("暂停", Kind.SECONDARY, clock, self.pause)
        tick = self._icons.icon("circle-check", PALETTE.card, SMALL)
        self.end_button = Button("结束检查", Kind.PRIMARY, tick, self.finish)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.title, 1)
        line.addWidget(self.count)
        line.addWidget(self.pause_button)
        line.addWidget(self.end_button)
        return line
