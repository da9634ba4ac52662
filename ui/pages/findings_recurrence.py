"""反弹: which closed finding this one came back from, and where it has come back since."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.ledger.recurrence import later
from models.records.finding import Finding
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow


class Recurrence(QWidget):
    """One button for each linked finding; hidden where there is none."""

    asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._line = Flow(self, gap=4)

    def show_finding(self, finding: Finding) -> None:
        """Show what this finding is linked with."""
        ledger = self._session.ledger
        while (item := self._line.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()  # not at once: it may be the one that was pressed
        before = ledger.get(Finding, finding.recurs) if finding.recurs else None
        linked = [("反弹自", before)] if before else []
        linked += [("又出现", one) for one in later(ledger, finding)]
        for word, other in linked:
            act = partial(self.asked.emit, other.id)
            button = Button(f"{word} {other.number or '（未编号）'}", Kind.FLAT, on_click=act)
            button.setToolTip(other.description or "")
            self._line.addWidget(button)
        self.setVisible(bool(linked))
