"""A register of records of one type: the list at the left, one of them at the right."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.ledger.registers import find_records
from models.records.record import Record, show_answer
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.kept_splitter import KeptSplitter
from ui.record_history import RecordHistory
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.search_field import SearchField

R = TypeVar("R", bound=Record)
NARROWEST = 320


class RegisterPanel(QWidget, Generic[R]):
    """What a heir says: the record type and its words, the columns, and the cells of a record."""

    kind: type[R]
    form_type: ClassVar[type[FormPanel[Any]]] = FormPanel
    columns: ClassVar[Sequence[Column]]
    named_by: ClassVar[str]  # the field that names a record
    offered: ClassVar[Sequence[str]] = ()  # fields that offer what stands in them already
    names: ClassVar[Sequence[str]] = ()  # the fields of the form; empty means all
    icon: ClassVar[str]
    search_words: ClassVar[str]
    purpose: ClassVar[str]  # what an empty register is for

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self._icons = session, icons
        self._records: dict[str, R] = {}
        self._opened = ""
        self._gone: R | None = None
        name = self.kind.title
        self.notice = Notice(icons)
        self.search = SearchField(self.search_words, icons)
        self.list = RowView(self.columns, f"{name}列表")
        self.panel: FormPanel[R] = self.form_type(
            session, icons, self.kind, self._save, names=self.names
        )
        self.history = RecordHistory(session, icons)
        trash = icons.icon("trash-2", PALETTE.red_ink, SMALL)
        self.remove_button = Button("删除", Kind.DANGER, trash, self.remove)
        self.nothing = EmptyState(icons, self.icon, f"还没有{name}", self.purpose, f"添加{name}")
        self.none_found = EmptyState(icons, "search", f"没有符合条件的{name}", "请换一个词。")
        self.hint = EmptyState(
            icons, self.icon, f"请选择一条{name}", "在左边选一条来查看或修改，或者添加新的。"
        )
        self.left, self.right = QStackedWidget(), QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        for part in (self.list, self.nothing, self.none_found):
            self.left.addWidget(part)
        self.panel.buttons.insertWidget(0, self.remove_button)
        self.panel.below.addWidget(self.history)
        self.right.addWidget(self.hint)
        self.right.addWidget(self.panel)
        card = Card()
        card.body.addWidget(self.right)
        card.setMinimumWidth(NARROWEST)
        self.left.setMinimumWidth(NARROWEST)
        split = KeptSplitter(self.session.ledger, f"{self.kind.table}.split", (600, 420))
        split.addWidget(self.left)
        split.addWidget(card)
        split.restore()
        plus = self._icons.icon("plus", PALETTE.card, SMALL)
        self.add_button = Button(f"添加{self.kind.title}", Kind.PRIMARY, plus, self.add)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        self.bar.addWidget(self.search, 1)
        self.bar.addWidget(self.add_button)
        self.head = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.bar)
        column.addLayout(self.head)  # what an heir says of all records
        column.addWidget(self.notice)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self.refresh())
        self.list.current_changed.connect(self._show_record)
        self.list.opened.connect(lambda _id: self._focus_first())
        self.panel.saved.connect(self._on_saved)
        self.panel.closed.connect(self._rest)
        self.nothing.asked.connect(self.add)
        self.notice.acted.connect(self._restore)

    # ---- what a heir says --------------------------------------------------------------------

    def cells(self, record: R) -> Sequence[Cell]:
        """One cell for each column."""
        raise NotImplementedError

    def looked_up(self, words: str) -> Sequence[R]:
        """The records that the words find."""
        return find_records(self.session.ledger, self.kind, self.session.ledger.initials, words)

    def named(self, record: R) -> str:
        """What a record is called."""
        return show_answer(record, self.named_by)

    def arranged(self, records: Sequence[R]) -> Sequence[R]:
        """The records as they are listed."""
        return records

    def blank(self) -> R:
        """A new record, with what is known already."""
        return self.kind()

    def show_more(self, record: R) -> None:
        """Show below the form what belongs to a record."""

    @property
    def opened(self) -> R | None:
        """The record in hand; None where it is new, or there is none."""
        return self._records.get(self._opened)

    # ---- what is asked of the panel ----------------------------------------------------------

    def refresh(self) -> None:
        """Read the records again, by what is searched; a form in hand is left alone."""
        words = self.search.text()
        found = self.looked_up(words)
        arranged = self.arranged(found)
        self._records = {record.id: record for record in arranged}
        self.list.show_rows([Row(record.id, self.cells(record)) for record in arranged])
        empty = self.none_found if words.strip() or found else self.nothing
        self.left.setCurrentWidget(self.list if arranged else empty)

    def open_record(self, record: str) -> None:
        """Show one record; one that is not here is told of."""
        self.search.clear()
        self.refresh()
        if not self.list.select(record):
            self.notice.say(f"没有找到这条{self.kind.title}，可能已经删除。", Tone.ORANGE)

    def add(self) -> None:
        """Start a new record; a started one goes on where it was left."""
        self._leave_form()
        self.list.deselect()
        self._open(self.blank(), f"添加{self.kind.title}", f"{self.kind.table}:new")
        self._focus_first()

    def remove(self) -> None:
        """Delete the record in hand; it can be taken back."""
        record = self.opened
        if record is None or not self._write(lambda ledger: ledger.remove(record)):
            return
        self._gone = record
        self.refresh()
        self._rest()
        self.notice.say(f"已删除：{self.named(record)}。", Tone.BLUE, "撤销")

    # ---- what happens ------------------------------------------------------------------------

    def _open(self, record: R, title: str, draft: str) -> None:
        self._opened = record.id
        self.notice.hide()
        self._offer_words()
        self.panel.open(record, title, draft)
        self.remove_button.setVisible(bool(record.id))
        self.history.show_record(self.kind.table, record.id)
        self.show_more(record)
        self.right.setCurrentWidget(self.panel)

    def _offer_words(self) -> None:
        for name in self.offered:
            known = (show_answer(record, name) for record in self._records.values())
            self.panel.form.suggest(name, [words for words in known if words])

    def _show_record(self, record_id: str) -> None:
        record = self._records.get(record_id)
        typing = self.right.currentWidget() is self.panel
        if record is None or (typing and record_id == self._opened):
            return
        self._leave_form()
        self._open(record, self.named(record), f"{self.kind.table}:{record_id}")

    def _leave_form(self) -> None:
        """What was typed for another record stays as a draft."""
        with QSignalBlocker(self.panel):
            self.panel.close_form()

    def _focus_first(self) -> None:
        first = next(iter(self.panel.form.rows))
        self.panel.form.entry(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, typed: R, seen: R) -> R:
        return self.session.save(typed, seen if seen.id else None)

    def _on_saved(self, record: R) -> None:
        self.refresh()
        self._rest()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.notice.say(f"已保存：{self.named(record)}。", Tone.GREEN)

    def _restore(self) -> None:
        gone, self._gone = self._gone, None
        if gone is not None and self._write(lambda ledger: ledger.restore(gone)):
            self.notice.hide()
            self.open_record(gone.id)

    def _write(self, work: Callable[[Ledger], object]) -> bool:
        return self.notice.attempt(lambda: self.session.write(work, self.kind.table))

    def _rest(self) -> None:
        self._opened = ""
        self.right.setCurrentWidget(self.hint)
        self.list.deselect()
