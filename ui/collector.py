"""Python's collector of cycles, kept on the GUI thread.

It runs wherever something happens to be made. On the worker it would take away widgets that nobody
needs any more, which Qt allows on the GUI thread only: it would crash, seldom and anywhere.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1000


def collect_if_due(oldest: int = 2) -> None:
    """Collect what the collector would have collected by itself by now, none older than told."""
    counts, most = gc.get_count(), gc.get_threshold()
    due = [age for age in range(oldest + 1) if counts[age] > most[age]]
    if due:
        gc.collect(max(due))


class Collector(QObject):
    """As long as it lives, nothing is collected but here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._oldest = 2
        self._timer.timeout.connect(lambda: collect_if_due(self._oldest))
        self._timer.start(EVERY_MS)

    @Slot(bool)
    def hold(self, busy: bool) -> None:
        """While a worker fills the memory, to look at all of it would keep the window waiting."""
        self._oldest = 1 if busy else 2

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
