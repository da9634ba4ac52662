"""A form for a record type: a labelled entry for each field, its problem beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.ledger.suggestions import Offers
from models.problems import Problem
from models.records.fields import Field, Flags, Text
from models.records.record import Record, check_answer, fields_of, problems_of
from ui.form.entries import Entry, entry_for
from ui.form.typed_entry import TypedEntry
from ui.look import mark
from ui.widgets.scrolled import reveal

R = TypeVar("R", bound=Record)
COLUMNS = 2


class FieldRow(QWidget):
    """A label, its entry, and the complaint under it."""

    def __init__(self, name: str, kind: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.widget = entry_for(kind)
        self.entry = cast("Entry", self.widget)
        self.widget.setObjectName(name)
        self.widget.setAccessibleName(kind.label)
        star = " <span style='color:#B42318'>*</span>" if kind.required else ""
        label = QLabel(f"{kind.label}{star}")
        label.setBuddy(self.widget)
        self.complaint = QLabel()
        self.complaint.setObjectName(f"{name}_problem")
        self.complaint.setWordWrap(True)
        self.complaint.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what was typed
        mark(self.complaint, role="problem")
        self.complaint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (label, self.widget, self.complaint):
            layout.addWidget(widget)
        layout.addStretch()

    def complain(self, words: str) -> None:
        """Show what is wrong, or nothing any more."""
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))
        boxes = self.widget.findChildren(QLineEdit) + self.widget.findChildren(QCheckBox)
        for part in (self.widget, *boxes):
            mark(part, state="error" if words else "")
        (self.widget.focusProxy() or self.widget).setAccessibleDescription(words)

    def read(self) -> Any:
        """The checked answer; raises its Problem."""
        value = self.entry.value()
        check_answer(self.kind, value)
        return value

    @property
    def is_wide(self) -> bool:
        """Long texts and check boxes take both columns."""
        return isinstance(self.kind, Flags) or (isinstance(self.kind, Text) and self.kind.lines > 1)


class RecordForm(QWidget, Generic[R]):
    """Shows a record, and gives back the one that was typed; one column where two do not fit."""

    edited = Signal()

    def __init__(
        self,
        record_type: type[R],
        names: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`names` are the fields to show, all that are not hidden if empty, in this order."""
        super().__init__(parent)
        self._shown = record_type()
        self.other_problems: list[Problem] = []  # of answers that are not in the form
        kinds = fields_of(record_type)
        self.rows: dict[str, FieldRow] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(16)
        self._layout.setVerticalSpacing(12)
        for name in names or [name for name, kind in kinds.items() if not kind.hidden]:
            row = FieldRow(name, kinds[name])
            row.entry.changed.connect(partial(self._on_edited, row))
            self.rows[name] = row
        self._place(COLUMNS)

    def _place(self, columns: int) -> None:
        self._columns = columns
        line, column = 0, 0
        for row in self.rows.values():
            if row.is_wide and column:
                line, column = line + 1, 0
            width = columns if row.is_wide else 1
            self._layout.addWidget(row, line, column, 1, width)
            column += width
            if column >= columns:
                line, column = line + 1, 0
        for index in range(COLUMNS):
            self._layout.setColumnStretch(index, 1 if index < columns else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = COLUMNS * self._widest() + self._layout.horizontalSpacing()
        columns = COLUMNS if self.width() >= two else 1
        if columns != self._columns:  # not at once: the layout is at work on these very rows
            QTimer.singleShot(0, self, lambda: self._place(columns))

    def _widest(self) -> int:
        """What one column needs."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        return max((row.minimumSizeHint().width() for row in shown), default=0)

    def entry(self, name: str) -> Any:
        """The entry widget of a field."""
        return self.rows[name].widget

    def suggest(self, name: str, words: Sequence[str]) -> None:
        """Offer words used before in a typed field."""
        entry = self.rows[name].widget
        if isinstance(entry, TypedEntry):
            entry.suggest(words)

    def offer_from(self, ledger: Ledger, offers: Callable[[str], Offers]) -> None:
        """Offer in each field its shared list, and find all that is offered by 拼音首字母."""
        for row in self.rows.values():
            if not isinstance(row.widget, TypedEntry):
                continue
            row.widget.initials = ledger.initials
            if isinstance(row.kind, Text) and row.kind.suggest:
                row.widget.offer_from(partial(offers, row.kind.suggest))

    def show_record(self, record: R) -> None:
        """Show this record; complaints of the last one go."""
        self._shown, self.other_problems = record, []
        for name, row in self.rows.items():
            row.entry.set_value(getattr(record, name))
            row.complain("")

    def record(self, check: Callable[[R], Mapping[str, Problem]] = problems_of) -> R | None:
        """The record as typed, or None once each problem shows or is in `other_problems`."""
        answers, problems = {}, {}
        for name, row in self.rows.items():
            try:
                answers[name] = row.read()
            except Problem as problem:
                problems[name] = problem
        typed = None
        if not problems:
            typed = replace(self._shown, **answers)
            problems = dict(check(typed))
        self.show_problems(problems)
        return None if problems else typed

    def show_problems(self, problems: Mapping[str, Problem]) -> None:
        """Show each problem beside its field; the first field gets the focus.

        `other_problems` keeps those that have no field here: whoever holds the form says them.
        """
        self.other_problems = [problems[name] for name in problems if name not in self.rows]
        first = None
        for name, row in self.rows.items():
            row.complain(str(problems.get(name, "")))
            if name in problems and first is None:
                first = row
        if first is not None:
            first.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(first)

    def raw(self) -> dict[str, str]:
        """Everything as typed, for a draft."""
        return {name: row.entry.raw() for name, row in self.rows.items()}

    def set_raw(self, answers: Mapping[str, str]) -> None:
        """Put a draft back."""
        for name, text in answers.items():
            if name in self.rows:
                self.rows[name].entry.set_raw(text)

    def _on_edited(self, row: FieldRow) -> None:
        row.complain("")
        self.edited.emit()
