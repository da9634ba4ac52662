"""Room for what is taller than the window: small screens and large scales must lose nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.look import mark

MARGIN = 60


def scrolled(content: QWidget) -> QScrollArea:
    """Let `content` scroll where it does not fit; what lies behind shows through."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    # what is inside takes the focus; the area alone would be a stop where nothing can be done
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    mark(content, role="scrolled")
    area.setWidget(content)
    return area


def reveal(widget: QWidget) -> None:
    """Scroll `widget` into sight, where it lies in a scroll area."""
    outer = widget.parentWidget()
    while outer is not None and not isinstance(outer, QScrollArea):
        outer = outer.parentWidget()
    if outer is not None:
        outer.ensureWidgetVisible(widget, 0, MARGIN)
