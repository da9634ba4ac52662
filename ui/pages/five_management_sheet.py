"""The settings of a month's sheet: which rules are kept, when and by whom it was filled."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.records.five_management import Checklist
from models.records.record import show_answer
from ui.form.record_form import RecordForm
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card

NARROWEST = 120
NAMES = ("rule_sets", "filled_on", "filled_by")


class SheetPanel(Card):
    """Folded out on demand; `save` tells whether it could."""

    def __init__(self, save: Callable[[Checklist], bool], parent: QWidget | None = None) -> None:
        super().__init__("自查表设置", parent)
        self._save = save
        self._edited = False
        self.form: RecordForm[Checklist] = RecordForm(Checklist, NAMES)
        self.form.edited.connect(self._on_edited)
        self.body.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.save_button = Button("保存设置", Kind.SECONDARY, on_click=self.save)
        buttons.addWidget(Button("收起", Kind.SECONDARY, on_click=self.hide))
        buttons.addWidget(self.save_button)
        self.body.addLayout(buttons)
        self.hide()

    def show_sheet(self, sheet: Checklist, anew: bool) -> None:
        """Show the settings of a sheet; what is being typed stays unless another is shown."""
        if anew or not self._edited:
            self._edited = False
            self.form.show_record(sheet)

    def save(self) -> bool:
        """Save the settings, or show what is wrong with them; tell whether they are saved."""
        typed = self.form.record()
        if typed is None or not self._save(typed):
            return False
        self._edited = False
        self.hide()
        return True

    def commit(self) -> bool:
        """Save what was typed, if anything was; tell whether nothing is left unsaved."""
        if not self._edited or self.save():
            return True
        self.show()  # the problem stands in it
        return False

    def _on_edited(self) -> None:
        self._edited = True


class SummaryButton(Button):
    """Says the settings of the sheet, as much of them as there is room for."""

    def __init__(self, icon: QIcon, on_click: Callable[[], object]) -> None:
        super().__init__("", Kind.FLAT, icon, on_click)
        self._words, self._whole = "", QSize()

    def say(self, words: str) -> None:
        """Change the words."""
        self._words = words
        self.setAccessibleName(words)
        self.setText(words)
        self._whole = super().sizeHint()
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        return self._whole if self._words else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        beside = self._whole.width() - metrics.horizontalAdvance(self._words)
        room = self.width() - beside
        self.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))


def summary_of(sheet: Checklist) -> str:
    """The settings in one line, the rules by their short names."""
    labels = show_answer(sheet, "rule_sets").split("、")
    rules = "、".join(label.partition("（")[0] for label in labels) or "没有选择"
    filled = " ".join(filter(None, (show_answer(sheet, "filled_on"), sheet.filled_by)))
    return f"执行标准：{rules}　填表：{filled}"
