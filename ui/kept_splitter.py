"""Two halves whose sizes are remembered."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from models.ledger.ledger import Ledger
from models.problems import AppError

DELAY_MS = 400
SIDE_BY_SIDE = Qt.Orientation.Horizontal


class KeptSplitter(QSplitter):
    """Keeps its sizes as a setting of this PC, once the dragging rests."""

    def __init__(
        self,
        ledger: Ledger,
        setting: str,
        usual: tuple[int, int],
        orientation: Qt.Orientation = SIDE_BY_SIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self._ledger, self._setting, self._usual = ledger, setting, usual
        self.setChildrenCollapsible(False)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DELAY_MS)
        self._rest.timeout.connect(self._keep)
        self.splitterMoved.connect(lambda *_place: self._rest.start())

    def restore(self) -> None:
        """Take the sizes of last time; call it once both halves are in."""
        kept = self._ledger.setting(self._setting).split(",")
        self.setSizes([int(size) for size in kept] if len(kept) == 2 else [*self._usual])

    def _keep(self) -> None:
        with suppress(AppError):  # a disk that takes no note of it must not stop the work
            self._ledger.set_setting(self._setting, ",".join(map(str, self.sizes())))
