"""One photo large, with its neighbours a key away."""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from ui.look import mark
from ui.pages.findings_photos import placeholder, read_image
from ui.widgets.button import Button
from ui.widgets.flow import Flow

LARGEST = QSize(1600, 1600)


class PhotoViewer(QWidget):
    """Looks through some photos of a ledger; Esc goes back."""

    closed = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._hashes: Sequence[str] = ()
        self._at = 0
        self._picture = QPixmap()
        self.caption = QLabel()
        mark(self.caption, role="hint")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.back = Button("返回", on_click=self.closed.emit)
        self.before = Button("上一张", on_click=lambda: self._go(-1))
        self.after = Button("下一张", on_click=lambda: self._go(1))
        head = QWidget()
        line = Flow(head)
        for part in (self.back, self.before, self.after, self.caption):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(head)
        column.addWidget(self.picture, 1)
        acts = (("Esc", self.closed.emit), ("Left", self.before.click), ("Right", self.after.click))
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_photos(self, hashes: Sequence[str], at: int) -> None:
        """Show the one at this place; the others are its neighbours."""
        self._hashes, self._at = hashes, at
        self._go(0)
        first = self.after if self.after.isEnabled() else self.back  # else no key would be heard
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, by: int) -> None:
        self._at += by
        data = None
        with suppress(OSError):
            data = self._ledger.photo(self._hashes[self._at])
        image = read_image(data, LARGEST) if data else None
        self._picture = QPixmap.fromImage(image or placeholder("照片未到"))
        self.caption.setText(f"第 {self._at + 1} 张，共 {len(self._hashes)} 张")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._hashes) - 1)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        scale = self.devicePixelRatioF()
        fitted = self._picture.scaled(
            self.picture.size() * scale,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(scale)
        self.picture.setPixmap(fitted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
