"""The history of a record, folded away until somebody asks for it."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from models.ledger.conflicts import lost_values
from models.ledger.history import Change as LedgerChange
from models.ledger.history import history_of
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link
from models.records.record import fields_of
from ui.colours import PALETTE
from ui.icons import SMALL, Icons
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.history_list import NOTHING, Change, HistoryList
from ui.widgets.scrolled import reveal

HEIGHT, NAME_COLUMN = 280, 2
LOST = "（没有采用：别人同时改了这一处）"


class RecordHistory(QWidget):
    """A button that unfolds the changes of one record; they are read only then."""

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
        # rows are as high as their words at the width of the moment
        self.changes.horizontalHeader().sectionResized.connect(
            lambda *_sizes: self.changes.resizeRowsToContents()
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.changes)
        self._fold(True)

    def show_record(self, table: str, record: str) -> None:
        """Stand on this record; unfolded it is read again, another record folds it."""
        same = self._record == (table, record)
        self._record = (table, record)
        self.setVisible(bool(record))  # what was never saved has no history
        self._fold(not same or self.changes.isHidden())

    def _toggle(self) -> None:
        self._fold(not self.changes.isHidden())
        if not self.changes.isHidden():  # once the layout has made room for it
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Where there is little room, the newest changes stand in it."""
        reveal(self.changes)
        reveal(self.button)

    def _fold(self, folded: bool) -> None:
        self.changes.setHidden(folded)
        arrow = "chevron-right" if folded else "chevron-down"
        self.button.setIcon(self._icons.icon(arrow, PALETTE.accent_dark, SMALL))
        if not folded:
            self.changes.show_changes(
                [_in_words(change) for change in readable(self._session, *self._record)]
            )


def readable(session: Session, table: str, record: str) -> list[LedgerChange]:
    """The changes that say something to people, newest first: no ids of other records.

    What lost against a change made elsewhere at the same time is marked as such.
    """
    kinds = fields_of(RECORD_TYPES[table]).values()
    unsaid = {kind.label for kind in kinds if kind.hidden or isinstance(kind, Link)}
    lost = {(one.side.op, one.label) for one in lost_values(session.ledger, table, record)}
    return [
        replace(change, new=(change.new or NOTHING) + LOST)
        if (change.op, change.field) in lost
        else change
        for change in history_of(session.ledger, table, record)
        if change.field not in unsaid
    ]


def _in_words(change: LedgerChange) -> Change:
    when = f"{change.when.astimezone():%Y-%m-%d\n%H:%M}"
    before = f"{change.field}：{change.old or NOTHING}"
    return Change(when, change.who, change.field, before, change.new)
