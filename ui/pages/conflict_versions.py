"""The versions of one answer side by side: who wrote which, where and when, and which shall be."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.ledger.conflicts import Conflict, Side
from models.problems import Problem
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Field, Link, Plain
from models.records.record import fields_of
from ui.colours import PALETTE, Tone
from ui.form.entries import entry_for
from ui.icons import Icons
from ui.moments import local_time
from ui.widgets.badge import Badge
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.history_list import NOTHING
from ui.widgets.plain_label import plain_label
from ui.widgets.scrolled import scrolled

DELETED, RESTORED = 1, 0
LEAST_WIDTH = 140


class VersionCard(Card):
    """One version: from what to what, by whom, on which PC, when."""

    def __init__(self, side: Side, title: str, pc: str) -> None:
        super().__init__(title)
        self.setMinimumWidth(LEAST_WIDTH)
        when = local_time(side.when.isoformat())
        self.body.addWidget(plain_label(side.shown or NOTHING, "heading"))
        if side.old_shown != side.shown:
            self.body.addWidget(plain_label(f"原来：{side.old_shown or NOTHING}", "hint"))
        self.body.addWidget(plain_label(f"{side.who} · {pc}\n{when}", "hint"))
        doubt = ""
        if side.doubtful:
            badge = Badge("时钟可疑", Tone.ORANGE)
            badge.setToolTip("写这一处的电脑日期不对，时间不能当真")
            self.body.addWidget(badge)
            doubt = "，时钟可疑"
        self.body.addStretch()
        self.spoken = f"{title}：{side.shown or NOTHING}，{side.who}，{pc}，{when}{doubt}"
        self.setAccessibleName(self.spoken)


class VersionsView(QWidget):
    """Shows a conflict, and says `chosen` with the value that shall hold."""

    chosen = Signal(object, object, str)  # the conflict, the plain value, the value in words

    def __init__(self, icons: Icons, pc_of: Callable[[str, str], str]) -> None:
        super().__init__()
        self._icons, self._pc_of = icons, pc_of
        self._conflict: Conflict | None = None
        self.entry: Any = None
        self.buttons: list[Button] = []
        self.cards: list[VersionCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget()

    def show_conflict(self, conflict: Conflict) -> None:
        """Show this one; nothing changes where it is shown already."""
        if conflict == self._conflict:
            return
        self._conflict = conflict
        self.buttons, self.cards, self.entry = [], [], None
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        column.addWidget(plain_label(conflict.title, "heading"))
        column.addWidget(plain_label(_question(conflict), "hint", copied=False))
        column.addLayout(self._versions(conflict))
        if conflict.kind == "deleted":
            column.addLayout(self._deletion(conflict))
        elif (kind := kind_of(conflict)) is not None:
            column.addWidget(self._own_words(conflict, kind))
        column.addStretch()
        self._column.addWidget(scrolled(inner))

    def focus(self) -> None:
        """Put the keyboard on the first button."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _versions(self, conflict: Conflict) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        sides = [conflict.standing, *conflict.others]
        for number, side in enumerate(sides):
            title = "现在显示的" if side is conflict.standing else "另一个"
            if number > 1:
                title = f"另一个（{number}）"
            pc = self._pc_of(conflict.unit, side.device)
            card = VersionCard(side, title, pc)
            if conflict.kind != "deleted":
                button = self._button(
                    "用这个", Kind.SECONDARY, conflict, side.value, side.shown or NOTHING
                )
                button.setAccessibleName(f"用这个，{card.spoken}")
                card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.cards.append(card)
            row.addWidget(card, 1)
        return row

    def _deletion(self, conflict: Conflict) -> Flow:
        """A record that one side deleted while the other went on with it."""
        row = Flow()
        for text, kind, value, words in (
            ("恢复", Kind.PRIMARY, RESTORED, "恢复"),
            ("仍然删除", Kind.DANGER, DELETED, "删除"),
        ):
            button = self._button(text, kind, conflict, value, words)
            button.setAccessibleName(f"{text}：{conflict.title}")
            row.addWidget(button)
        return row

    def _own_words(self, conflict: Conflict, kind: Field) -> QWidget:
        """另写: neither of them holds; an entry of the field's own kind."""
        card = Card("另写")
        self.entry = entry_for(kind)
        self.entry.setAccessibleName(f"{conflict.label}，另写")
        self.entry.set_value(value_of(kind, conflict.standing.value))
        self.problem = plain_label(role="problem")
        self.problem.hide()
        write = Button(
            "用另写的",
            Kind.SECONDARY,
            self._icons.icon("pencil", PALETTE.ink_soft),
            lambda: self._write(conflict, kind),
        )
        card.body.addWidget(self.entry)
        card.body.addWidget(self.problem)
        card.body.addWidget(write, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(write)
        return card

    def _write(self, conflict: Conflict, kind: Field) -> None:
        try:
            value = self.entry.value()
            if value is None and kind.required:
                raise Problem(f"请填写{kind.label}。")
            if value is not None:
                kind.check(value)
        except Problem as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            self.entry.setFocus()
            return
        plain = None if value is None else kind.to_plain(value)
        self.chosen.emit(conflict, plain, NOTHING if value is None else kind.show(value))

    def _button(
        self, text: str, kind: Kind, conflict: Conflict, value: Plain, words: str
    ) -> Button:
        button = Button(text, kind, on_click=lambda: self.chosen.emit(conflict, value, words))
        self.buttons.append(button)
        return button


def kind_of(conflict: Conflict) -> Field | None:
    """The kind of the field, where a person can write an answer of it here."""
    record = RECORD_TYPES.get(conflict.table)
    kind = fields_of(record).get(conflict.field) if record else None
    return None if kind is None or kind.hidden or isinstance(kind, Link) else kind


def value_of(kind: Field, plain: Plain) -> Any:
    """The value behind its plain form; empty where this program cannot read it."""
    try:
        return None if plain is None else kind.from_plain(plain)
    except (ValueError, ArithmeticError):
        return None


def _question(conflict: Conflict) -> str:
    if conflict.kind == "deleted":
        return "一边删除了这条记录，另一边不知道，又改了它。要恢复，还是仍然删除？"
    return f"“{conflict.label}”两边都改过，改得不一样。请选一个，或者另写；没选的会留在历史里。"
