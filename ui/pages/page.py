"""What every page is: made when first shown, refreshed when shown, able to ask for another."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icons
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.notice import Notice


class Page(QWidget):
    """A page reads through the session, and never calls another page."""

    open_asked = Signal(str, str)  # page key, record id (or "" for the page itself)
    follows: ClassVar[frozenset[str]] = frozenset()  # what `session.changed` may name

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self.session, self.icons, self.tasks = session, icons, tasks
        self.notice = Notice(icons, self)  # each page lays it below its header
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 16)
        self.column.setSpacing(16)
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.timeout.connect(self._follow)
        session.changed.connect(self._note_change)

    def refresh(self) -> None:
        """Show what stands in the ledger now."""

    def open_record(self, record: str) -> None:
        """Show one record of this page; an empty id starts a new one where that makes sense."""

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do it; the words of an AppError are said in the notice, and the answer is no."""
        return self.notice.attempt(work)

    def _note_change(self, table: str) -> None:
        if table in self.follows:
            self._following.start(0)  # many writes in a row are one refresh

    def _follow(self) -> None:
        """A page out of sight is refreshed when it is shown again."""
        if self.isVisible():
            self.attempt(self.refresh)
