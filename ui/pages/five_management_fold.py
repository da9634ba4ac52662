"""What folds out under a row: evidence, note, the source of the rule, and what was changed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from models.ledger.history import Change as LedgerChange
from models.problems import Problem
from models.records.five_management import ChecklistAnswer
from models.records.record import check_answer, fields_of
from models.templates.five_management import Line
from ui.form.typed_entry import TypedEntry
from ui.look import mark
from ui.pages.five_management_answer import LeaveWatch
from ui.widgets.history_list import Change, HistoryList
from ui.widgets.plain_label import plain_label

KINDS = fields_of(ChecklistAnswer)
LIST_HEIGHT = 174


class AnswerFold(QWidget):
    """Made when a row is first folded out; `keep` saves one field and tells whether it could."""

    def __init__(
        self, line: Line, keep: Callable[[str, str | None], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line, self._keep = line, keep
        self._dirty: set[str] = set()
        self.entries: dict[str, TypedEntry] = {}
        self.problems: dict[str, QLabel] = {}
        self.history = HistoryList()
        self.history.setFixedHeight(LIST_HEIGHT)
        self.history.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for column, name in enumerate(("evidence", "note")):
            grid.addWidget(self._entry(name), 1, column)
            grid.addWidget(self.problems[name], 2, column)
            label = QLabel(KINDS[name].label)
            label.setBuddy(self.entries[name])
            mark(label, role="hint")
            grid.addWidget(label, 0, column)
        if usual := "、".join(line.item.evidence):
            self.entries["evidence"].setPlaceholderText(f"例如 {usual}")
            self.entries["evidence"].suggest(line.item.evidence)
        grid.addWidget(plain_label(f"依据：{line.item.source}", "hint"), 3, 0, 1, 2)
        grid.addWidget(self.history, 4, 0, 1, 2)

    def show_answer(self, answer: ChecklistAnswer | None) -> None:
        """Show what is saved; what is being typed stays."""
        for name, entry in self.entries.items():
            if name not in self._dirty:
                entry.set_value(getattr(answer, name) if answer else None)

    def reset(self) -> None:
        """Forget what was typed: another month is shown."""
        for name in list(self._dirty):
            self._dirty.discard(name)
            self._complain(name, "")

    def show_history(self, changes: list[LedgerChange]) -> None:
        """List what was changed in the answer, in words."""
        hidden = {kind.label for kind in KINDS.values() if kind.hidden}
        self.history.show_changes(
            [self._in_words(change) for change in changes if change.field not in hidden]
        )

    def commit(self) -> bool:
        """Save what was typed; tell whether nothing is left unsaved."""
        unsaved = [name for name in list(self._dirty) if not self._commit(name)]
        return not unsaved

    def _entry(self, name: str) -> TypedEntry:
        entry = TypedEntry(KINDS[name])
        entry.setAccessibleName(f"{self._line.label} {KINDS[name].label}")
        entry.changed.connect(partial(self._dirty.add, name))
        LeaveWatch(entry).left.connect(partial(self._commit, name))
        problem = plain_label("", "problem")
        problem.hide()
        self.entries[name], self.problems[name] = entry, problem
        return entry

    def _commit(self, name: str) -> bool:
        if name not in self._dirty:
            return True
        try:
            value = self.entries[name].value()
            check_answer(KINDS[name], value)
        except Problem as problem:
            self._complain(name, str(problem))
            return False
        self._complain(name, "")
        saved = self._keep(name, value)
        if saved:
            self._dirty.discard(name)
        return saved

    def _complain(self, name: str, words: str) -> None:
        self.problems[name].setText(words)
        self.problems[name].setVisible(bool(words))
        mark(self.entries[name], state="error" if words else "")

    def _in_words(self, change: LedgerChange) -> Change:
        shown = [change.old, change.new]
        if change.field == KINDS["response"].label:
            shown = [self._show(plain) for plain in shown]
        when = f"{change.when.astimezone():%Y-%m-%d %H:%M}"
        return Change(when, change.who, change.field, shown[0], shown[1])

    def _show(self, plain: str) -> str:
        try:
            return self._line.field.show(self._line.field.from_plain(plain)) if plain else ""
        except (ValueError, ArithmeticError):
            return plain
