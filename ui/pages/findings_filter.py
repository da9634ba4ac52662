"""The conditions of the list of findings: a panel to set them, and their words for the tags."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.ledger.finding_filter import CONDITIONS, UNGRADED, FindingFilter, persons, places
from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.fields import Choice, Day, Field, Text, show_day
from models.records.finding import CATEGORIES, LEVELS, STATES
from ui.form.entries import ChoiceEntry
from ui.form.record_form import FieldRow
from ui.form.typed_entry import TypedEntry
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

GRADES = {**LEVELS, UNGRADED: "未定级"}
FIELDS: dict[str, Field] = {
    "state": Choice(label="状态", options=STATES),
    "level": Choice(label="等级", options=GRADES),
    "category": Choice(label="类别", options=CATEGORIES),
    "place": Text(label="部位", help="部位中的字", suggest="place"),
    "person": Text(label="人员", help="排查人或责任人", suggest="person"),
    "since": Day(label="排查日期从"),
    "until": Day(label="排查日期到"),
}
ROW_WIDTH = 200


def words_of(chosen: FindingFilter, units: Mapping[str, str]) -> dict[str, str]:
    """What each condition says: name → 类别：消防安全; `units` are the names of the units."""
    words = {
        name: f"{FIELDS[name].label}{_shown(name, value)}"
        for name, value in chosen.conditions.items()
        if name in FIELDS
    }
    if chosen.unit:
        words["unit"] = f"单位：{units.get(chosen.unit, chosen.unit)}"
    return words


def _shown(name: str, value: str) -> str:
    kind = FIELDS[name]
    if isinstance(kind, Choice):
        return f"：{kind.options.get(value, value)}"
    try:
        return f" {show_day(kind.parse(value))}" if isinstance(kind, Day) else f"：{value}"
    except Problem:
        return f" {value}"


class FilterPanel(Card):
    """Takes the place of the list while conditions are set; each holds as soon as it is typed."""

    changed = Signal(object)  # a FindingFilter
    closed = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ledger = ledger
        self._filter = FindingFilter()
        self.rows = {name: FieldRow(name, kind) for name, kind in FIELDS.items()}
        self.count = plain_label("", "heading", copied=False)
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        flow = Flow(inner, gap=12)
        for row in self.rows.values():
            row.setFixedWidth(ROW_WIDTH)
            if isinstance(row.widget, ChoiceEntry):
                row.widget.setItemText(0, "不限")
            row.entry.changed.connect(self._on_edited)
            flow.addWidget(row)
        buttons = QHBoxLayout()
        self.clear = Button("全部去掉", Kind.SECONDARY, on_click=self._clear)
        self.done = Button("看列表", Kind.PRIMARY, on_click=self.closed.emit)
        buttons.addStretch()
        buttons.addWidget(self.clear)
        buttons.addWidget(self.done)
        self.body.addWidget(self.count)
        self.body.addWidget(scrolled(inner), 1)
        self.body.addLayout(buttons)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    def open(self, chosen: FindingFilter) -> None:
        """Show what holds now, and wait at the first condition."""
        for name, words in (("place", places), ("person", persons)):
            entry = self.rows[name].widget
            if isinstance(entry, TypedEntry):
                entry.initials = self._ledger.initials
                entry.suggest(words(self._ledger))
        self.show_filter(chosen)
        self.rows["state"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_filter(self, chosen: FindingFilter) -> None:
        """Show these conditions; what is being typed stays."""
        self._filter = chosen
        for name, row in self.rows.items():
            if self._read(row) != getattr(chosen, name):
                row.entry.set_raw(getattr(chosen, name))

    def say_count(self, count: int) -> None:
        """How many findings they leave."""
        self.count.setText(f"符合条件的隐患 {count} 条")

    def _on_edited(self) -> None:
        given = {name: self._read(row) for name, row in self.rows.items()}
        if (chosen := replace(self._filter, **given)) != self._filter:
            self._filter = chosen
            self.changed.emit(chosen)

    @staticmethod
    def _read(row: FieldRow) -> str:
        """The condition, none where it cannot be read yet; its complaint stands below."""
        try:
            value = row.read() if row.entry.raw().strip() else None
        except Problem as problem:
            row.complain(str(problem))
            return ""
        row.complain("")
        return "" if value is None else str(value)

    def _clear(self) -> None:
        for row in self.rows.values():
            row.entry.set_raw("")
        self._on_edited()


def without(chosen: FindingFilter, name: str) -> FindingFilter:
    """The filter without one of its conditions."""
    assert name in CONDITIONS
    return replace(chosen, **{name: ""})
