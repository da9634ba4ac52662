"""What every page is: made when first shown, refreshed when shown, able to ask for another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icons
from ui.session import Session
from ui.tasks import Tasks


class Page(QWidget):
    """A page reads through the session, and never calls another page."""

    open_asked = Signal(str, str)  # page key, record id (or "" for the page itself)

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self.session, self.icons, self.tasks = session, icons, tasks
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 16)
        self.column.setSpacing(16)

    def refresh(self) -> None:
        """Show what stands in the ledger now."""

    def open_record(self, record: str) -> None:
        """Show one record of this page; an empty id starts a new one where that makes sense."""
