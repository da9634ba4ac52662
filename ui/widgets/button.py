"""Push buttons of the kinds the style sheet knows."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from ui.look import mark
from ui.widgets.pressable import Pressable


class Kind(StrEnum):
    """How weighty a button is; one PRIMARY on a page."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    FLAT = "flat"


class Button(Pressable):
    """A push button of one kind, which Enter presses as well as the space bar."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.SECONDARY,
        icon: QIcon | None = None,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        mark(self, kind=kind.value)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon is not None:
            self.setIcon(icon)
            self.setIconSize(QSize(16, 16))
        if on_click is not None:
            # `clicked` brings the checked state, which nobody asked for
            self.clicked.connect(lambda: on_click())

    def setMenu(self, menu: QMenu) -> None:
        """Open `menu` when pressed, and leave room for the arrow that says so."""
        super().setMenu(menu)
        mark(self, menu="true")
