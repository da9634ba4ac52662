"""The history of a record, folded away until somebody asks for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from models.ledger.history import Change as LedgerChange
from models.ledger.history import history_of
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.history_list import NOTHING, Change, HistoryList

HEIGHT, NAME_COLUMN = 280, 2


class FindingHistory(QWidget):
    """A button that unfolds the changes of one record; they are read only then."""

    unfolded = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = session, icons
        self._record = ("", "")
        self.button = Button("修改记录", Kind.FLAT, on_click=self._toggle)
        self.changes = HistoryList()
        self.changes.setFixedHeight(HEIGHT)
        # the panel is narrow: the name of the answer stands before its words, and they wrap
        self.changes.setColumnHidden(NAME_COLUMN, True)
        last = self.changes.columnCount() - 1
        self.changes.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.changes)
        self._fold(True)

    def show_record(self, table: str, record: str, keep_open: bool) -> None:
        """Stand on this record; unfolded it is read again, another record folds it."""
        self._record = (table, record)
        self._fold(not keep_open or self.changes.isHidden())

    def _toggle(self) -> None:
        self._fold(not self.changes.isHidden())
        if not self.changes.isHidden():
            self.unfolded.emit()

    def _fold(self, folded: bool) -> None:
        self.changes.setHidden(folded)
        arrow = "chevron-right" if folded else "chevron-down"
        self.button.setIcon(self._icons.icon(arrow, PALETTE.accent_dark, SMALL))
        if not folded:
            found = history_of(self._session.ledger, *self._record)
            self.changes.show_changes([_in_words(change) for change in found])


def _in_words(change: LedgerChange) -> Change:
    when = f"{change.when.astimezone():%Y-%m-%d\n%H:%M}"
    before = f"{change.field}：{change.old or NOTHING}"
    return Change(when, change.who, change.field, before, change.new)
